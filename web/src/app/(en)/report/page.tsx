import { Suspense } from "react";
import { ReportPlaceholder } from "@/features/report/components/report-placeholder";
import { ReportView } from "@/features/report/components/report-view";

export default function ReportPage() {
  return (
    <Suspense fallback={<ReportPlaceholder />}>
      <ReportView />
    </Suspense>
  );
}
