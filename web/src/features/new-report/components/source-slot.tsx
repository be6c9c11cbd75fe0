import { useSearchParams } from "next/navigation";
import { lazy, type ComponentProps } from "react";
import { LazyPart } from "@/shared/ui/lazy-part";

const RequestSource = lazy(() => import("./request-source"));

/** Where the form's content came from, if it came from the report that the URL names. */
export function SourceSlot(props: Omit<ComponentProps<typeof RequestSource>, "id">) {
  const id = useSearchParams().get("from");
  return (
    (id !== null || props.source) && (
      <LazyPart>
        <RequestSource id={id} {...props} />
      </LazyPart>
    )
  );
}
