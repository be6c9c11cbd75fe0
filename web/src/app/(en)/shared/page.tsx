import type { Metadata } from "next";
import { Suspense } from "react";
import { ReportPlaceholder } from "@/features/report/components/report-placeholder";
import { SharedReportView } from "@/features/report/components/shared-report-view";

// The link is a secret of those who have it.
export const metadata: Metadata = { robots: { index: false } };

export default function SharedReportPage() {
  return (
    <Suspense fallback={<ReportPlaceholder />}>
      <SharedReportView />
    </Suspense>
  );
}
