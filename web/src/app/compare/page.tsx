import { Suspense } from "react";
import { CompareView } from "@/features/compare/components/compare-view";

export default function ComparePage() {
  return (
    <Suspense>
      <CompareView />
    </Suspense>
  );
}
