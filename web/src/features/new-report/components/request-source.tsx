import { Link } from "@/shared/i18n/link";
import { useEffect, useEffectEvent } from "react";
import type { Report } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { useErrorMessage } from "@/shared/i18n/use-error-message";
import { isNotFound } from "@/shared/reports/api/get-report";
import { reportPath, selectionOf } from "@/shared/reports/report";
import { useRequestOf } from "../api/get-request";

/** Where the form's content came from: a report, or null if that report no longer exists. */
export type Source = { report: Report | null } | undefined;

interface RequestSourceProps {
  /** The id of a report to load; null for none. */
  id: string | null;
  source: Source;
  onLoad: (source: { report: Report | null }) => void;
}

/** Loads a report for the form to start from its request, and says so. */
export default function RequestSource({ id, source, onLoad }: RequestSourceProps) {
  if (id !== null) {
    return <LoadingRequest key={id} id={id} onLoad={onLoad} />;
  }
  return source && <LoadedRequest report={source.report} />;
}

function LoadingRequest({ id, onLoad }: { id: string; onLoad: RequestSourceProps["onLoad"] }) {
  const { form } = useMessages();
  const errorMessage = useErrorMessage();
  const { data, error } = useRequestOf(id);
  const isGone = isNotFound(error);

  const load = useEffectEvent((report: Report | null) => {
    // A reload keeps the changes that follow.
    const { pathname, search } = window.location;
    const query = new URLSearchParams(search);
    query.delete("from");
    window.history.replaceState(null, "", query.size > 0 ? `${pathname}?${query.toString()}` : pathname);
    onLoad({ report });
  });
  useEffect(() => {
    if (isGone) {
      load(null);
    } else if (data) {
      load(data);
    }
  }, [data, isGone]);

  return <>{error ? errorMessage(error).message : form.loadingRequest}</>;
}

function LoadedRequest({ report }: { report: Report | null }) {
  const { form, report: messages } = useMessages();
  if (!report) {
    return <>{form.requestGone}</>;
  }
  const name = report.name ?? messages.name(selectionOf(report));
  return (
    <>
      {form.filledFrom} <Link href={reportPath(report.id)}>{name}</Link>
    </>
  );
}
