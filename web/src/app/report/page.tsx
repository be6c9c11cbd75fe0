import { Suspense } from "react";
import { ReportPlaceholder, ReportView } from "@/features/report/components/report-view";

export default function ReportPage() {
  return (
    <Suspense fallback={<ReportPlaceholder />}>
      <ReportView />
    </Suspense>
  );
}
