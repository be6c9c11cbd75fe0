import { Suspense } from "react";
import { ReportView } from "@/features/report/components/report-view";

export default function ReportPage() {
  return (
    <Suspense>
      <ReportView />
    </Suspense>
  );
}
