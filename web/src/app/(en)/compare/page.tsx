import { Suspense } from "react";
import { CompareTitle, CompareView } from "@/features/compare/components/compare-view";

export default function ComparePage() {
  return (
    <>
      <CompareTitle />
      <Suspense>
        <CompareView />
      </Suspense>
    </>
  );
}
