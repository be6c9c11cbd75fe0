"use client";

import { useRef } from "react";
import { ProblemError } from "@/shared/api/errors";
import { useMessages } from "@/shared/i18n/language-provider";
import { useErrorMessage } from "@/shared/i18n/use-error-message";
import { useGenerations } from "@/shared/pokemon-filters/api/list-generations";
import { useTypes } from "@/shared/pokemon-filters/api/list-types";
import { NO_FILTERS } from "@/shared/pokemon-filters/no-filters";
import { Button } from "@/shared/ui/button";
import { Field } from "@/shared/ui/field";
import { selectionOfDraft } from "../draft";
import { useNewReportForm } from "../use-new-report-form";
import { AdvancedFields } from "./advanced-fields";
import { GenerationPicker } from "./generation-picker";
import { SampleField } from "./sample-field";
import { SubmissionError } from "./submission-error";
import { TypePicker } from "./type-picker";
import styles from "./new-report-form.module.css";

export function NewReportForm() {
  const { newReport } = useMessages();
  const errorMessage = useErrorMessage();
  const ref = useRef<HTMLFormElement>(null);
  const form = useNewReportForm(ref);
  const { draft, change, create, errors, types, generations, population } = form;
  const all = { types: useTypes(NO_FILTERS), generations: useGenerations(NO_FILTERS) };

  const loadError = types.error ?? generations.error;
  const hasPickers = !(all.types.error ?? all.generations.error);
  const isPokeApiUnavailable =
    !hasPickers && loadError instanceof ProblemError && loadError.kind === "dependency-unavailable";

  return (
    <form noValidate className={styles.form} ref={ref} onSubmit={(event) => void form.submit(event)}>
      <h2 className={styles.title}>{newReport.title}</h2>
      {loadError && (
        <p className={styles.notice} role="status">
          {isPokeApiUnavailable ? newReport.pokeapiUnavailable : errorMessage(loadError).message}
        </p>
      )}
      {hasPickers && (
        <>
          <TypePicker
            error={errors.type}
            isCounted={!types.error}
            types={types.data ?? all.types.data ?? null}
            value={draft.type}
            onChange={(type) => {
              change({ type });
            }}
          />
          <GenerationPicker
            error={errors.generation}
            generations={generations.data ?? all.generations.data ?? null}
            isCounted={!generations.error}
            value={draft.generation}
            onChange={(generation) => {
              change({ generation });
            }}
          />
        </>
      )}
      <Field
        error={errors.include_forms}
        help={newReport.formsHelp}
        id="include_forms"
        label={newReport.forms}
        layout="checkbox"
      >
        {(control) => (
          <input
            {...control}
            checked={draft.includeForms}
            type="checkbox"
            onChange={(event) => {
              change({ includeForms: event.target.checked });
            }}
          />
        )}
      </Field>
      <SampleField draft={draft} error={errors.sample_size} population={population} onChange={change} />
      <AdvancedFields draft={draft} errors={errors} onChange={change} />
      <div className={styles.submit}>
        {create.isError && <SubmissionError error={create.error} hasFieldErrors={form.hasServerErrors} />}
        {population === 0 && <p className={styles.noPokemon}>{newReport.noPokemon}</p>}
        <Button disabled={population === 0 || create.isPending} type="submit" variant="primary">
          {create.isPending ? newReport.creating : newReport.create(selectionOfDraft(draft, population))}
        </Button>
      </div>
    </form>
  );
}
