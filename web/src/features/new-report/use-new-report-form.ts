import type { UseQueryResult } from "@tanstack/react-query";
import { useRef, useState, type RefObject, type SyntheticEvent } from "react";
import { ProblemError } from "@/shared/api/errors";
import type { NameCount } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { useGenerations } from "@/shared/pokemon-filters/api/list-generations";
import { useTypes } from "@/shared/pokemon-filters/api/list-types";
import { reportPath, selectionOf } from "@/shared/reports/report";
import { focusFirstError } from "@/shared/ui/field";
import { useToast } from "@/shared/ui/toasts";
import { useCreateReport } from "./api/create-report";
import { INITIAL_DRAFT, invalidFields, populationOf, requestOf, type Draft } from "./draft";
import { fieldErrorsOf, type FieldErrors } from "./field-errors";

/** The state of the form: the draft, its errors, the matching Pokémon, and the submission. */
export function useNewReportForm(form: RefObject<HTMLFormElement | null>) {
  const { newReport, actions, report: messages } = useMessages();
  const showToast = useToast();
  const create = useCreateReport();
  const [draft, setDraft] = useState<Draft>(INITIAL_DRAFT);
  const [serverErrors, setServerErrors] = useState<FieldErrors>({});
  const [isSubmitted, setSubmitted] = useState(false);
  const lastRequest = useRef({ body: "", idempotencyKey: "" });

  const types = useTypes(draft);
  const generations = useGenerations(draft);
  const population = populationOf(draft, currentCounts(types), currentCounts(generations));
  const invalid = invalidFields(draft);

  const clientErrors: FieldErrors = {};
  if (invalid.has("sample_size") && population !== 0) {
    clientErrors.sample_size = { text: newReport.errors.sampleSize(population) };
  }
  if (invalid.has("seed")) {
    clientErrors.seed = { text: newReport.errors.seed };
  }
  if (invalid.has("columns")) {
    clientErrors.columns = { text: newReport.errors.columns };
  }
  const hasServerErrors = Object.keys(serverErrors).length > 0;
  const errors: FieldErrors = isSubmitted || hasServerErrors ? { ...serverErrors, ...clientErrors } : {};

  const change = (changes: Partial<Draft>) => {
    setDraft((current) => ({ ...current, ...changes }));
    setServerErrors({});
    if (create.isError) {
      create.reset();
    }
  };

  const focusErrorAfterRender = () => {
    requestAnimationFrame(() => {
      focusFirstError(form.current);
    });
  };

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setSubmitted(true);
    if (invalid.size > 0) {
      focusErrorAfterRender();
      return;
    }
    const request = requestOf(draft, population);
    const body = JSON.stringify(request);
    if (lastRequest.current.body !== body) {
      lastRequest.current = { body, idempotencyKey: crypto.randomUUID() };
    }
    try {
      const { idempotencyKey } = lastRequest.current;
      const report = await create.mutateAsync({ request, idempotencyKey });
      lastRequest.current = { body: "", idempotencyKey: "" };
      setSubmitted(false);
      const link = { href: reportPath(report.id), text: actions.open };
      showToast({ kind: "success", text: newReport.created(messages.name(selectionOf(report))), link });
    } catch (error) {
      if (error instanceof ProblemError) {
        lastRequest.current = { body: "", idempotencyKey: "" };
        setServerErrors(fieldErrorsOf(error));
        focusErrorAfterRender();
      }
    }
  };

  return { draft, change, submit, create, errors, hasServerErrors, types, generations, population };
}

/** Null while loading: placeholder data was counted for other filters. */
function currentCounts({ data, isPlaceholderData }: UseQueryResult<NameCount[]>): NameCount[] | null {
  return isPlaceholderData ? null : (data ?? null);
}
