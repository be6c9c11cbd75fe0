import type { UseQueryResult } from "@tanstack/react-query";
import {
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type RefObject,
  type SyntheticEvent,
} from "react";
import { ProblemError } from "@/shared/api/errors";
import type { NameCount, ReportRequest } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { useGenerations } from "@/shared/pokemon-filters/api/list-generations";
import { useTypes } from "@/shared/pokemon-filters/api/list-types";
import { useFollowing } from "@/shared/reports/following/following-provider";
import { focusFirstError } from "@/shared/ui/field";
import { useCreateReport } from "./api/create-report";
import { INITIAL_DRAFT, invalidFields, populationOf, requestOf, type Draft } from "./draft";
import { storedDraft } from "./draft-storage";
import { fieldErrorsOf, type FieldErrors } from "./field-errors";

/** The state of the form: the draft, its errors, the matching Pokémon, and the submission. */
export function useNewReportForm(form: RefObject<HTMLFormElement | null>) {
  const { newReport } = useMessages();
  const { follow } = useFollowing();
  const create = useCreateReport();
  // The exported page has the initial draft; React replaces it before it shows the page.
  const draft = useSyncExternalStore(storedDraft.subscribe, storedDraft.read, () => INITIAL_DRAFT);
  const [serverErrors, setServerErrors] = useState<FieldErrors>({});
  const [isSubmitted, setSubmitted] = useState(false);
  const [refusals, setRefusals] = useState(0);
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

  // After the render that shows the errors.
  useEffect(() => {
    if (refusals > 0) {
      focusFirstError(form.current);
    }
  }, [refusals, form]);

  const refuse = () => {
    setRefusals((count) => count + 1);
  };

  const change = (changes: Partial<Draft>) => {
    storedDraft.write({ ...storedDraft.read(), ...changes });
    setServerErrors({});
    if (create.isError) {
      create.reset();
    }
  };

  /** Replaces the whole draft. Its errors are shown when it is submitted. */
  const replace = (changes: Partial<Draft>) => {
    change(changes);
    setSubmitted(false);
  };

  /** The request, or null after the invalid fields are shown. */
  const validRequest = (): ReportRequest | null => {
    if (invalid.size > 0) {
      setSubmitted(true);
      refuse();
      return null;
    }
    return requestOf(draft, population);
  };

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const request = create.isPending ? null : validRequest();
    if (!request) {
      return;
    }
    const body = JSON.stringify(request);
    if (lastRequest.current.body !== body) {
      lastRequest.current = { body, idempotencyKey: crypto.randomUUID() };
    }
    try {
      const { idempotencyKey } = lastRequest.current;
      const report = await create.mutateAsync({ request, idempotencyKey });
      lastRequest.current = { body: "", idempotencyKey: "" };
      // The next report is another one, even if its request is the same.
      replace({ name: "" });
      follow(report);
    } catch (error) {
      if (error instanceof ProblemError) {
        lastRequest.current = { body: "", idempotencyKey: "" };
        setServerErrors(fieldErrorsOf(error));
        refuse();
      }
    }
  };

  return {
    draft,
    change,
    replace,
    submit,
    validRequest,
    create,
    errors,
    hasServerErrors,
    isSizeInvalid: invalid.has("sample_size"),
    types,
    generations,
    population,
  };
}

/** Null while loading: placeholder data was counted for other filters. */
function currentCounts({ data, isPlaceholderData }: UseQueryResult<NameCount[]>): NameCount[] | null {
  return isPlaceholderData ? null : (data ?? null);
}
