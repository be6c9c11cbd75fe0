"use client";

import { Suspense, useRef, useState } from "react";
import { ProblemError } from "@/shared/api/errors";
import { useMessages } from "@/shared/i18n/language-provider";
import { useErrorMessage } from "@/shared/i18n/use-error-message";
import { useGenerations } from "@/shared/pokemon-filters/api/list-generations";
import { useTypes } from "@/shared/pokemon-filters/api/list-types";
import { NO_FILTERS } from "@/shared/pokemon-filters/no-filters";
import { Button } from "@/shared/ui/button";
import { Field } from "@/shared/ui/field";
import { draftOf, INITIAL_DRAFT, selectionOfDraft } from "../draft";
import { useNewReportForm } from "../use-new-report-form";
import { ColumnPicker } from "./column-picker";
import { FormHeading } from "./form-heading";
import { GenerationPicker } from "./generation-picker";
import { NameField } from "./name-field";
import type { Source } from "./request-source";
import { RequestTools } from "./request-tools";
import { SampleField } from "./sample-field";
import { SourceSlot } from "./source-slot";
import { SubmissionError } from "./submission-error";
import { TypePicker } from "./type-picker";
import styles from "./new-report-form.module.css";

export function NewReportForm() {
  const { newReport, form: messages } = useMessages();
  const errorMessage = useErrorMessage();
  const ref = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const form = useNewReportForm(ref);
  const { draft, change, create, errors, types, generations, population } = form;
  const all = { types: useTypes(NO_FILTERS), generations: useGenerations(NO_FILTERS) };
  const [source, setSource] = useState<Source>();

  const loadError = types.error ?? generations.error;
  const hasPickers = !(all.types.error ?? all.generations.error);
  const isPokeApiUnavailable =
    !hasPickers && loadError instanceof ProblemError && loadError.kind === "dependency-unavailable";

  return (
    <form
      noValidate
      data-shortcut="create"
      className={styles.form}
      ref={ref}
      onSubmit={(event) => void form.submit(event)}
    >
      <FormHeading
        draft={draft}
        headingRef={heading}
        onApply={form.replace}
        onReset={() => {
          form.replace(INITIAL_DRAFT);
          setSource(undefined);
        }}
      />
      <div className={styles.source} role="status">
        <Suspense>
          <SourceSlot
            source={source}
            onLoad={(loaded) => {
              setSource(loaded);
              if (loaded.report) {
                form.replace(draftOf(loaded.report));
              }
              heading.current?.focus();
            }}
          />
        </Suspense>
      </div>
      {loadError && (
        <p className={styles.notice} role="status">
          {isPokeApiUnavailable ? newReport.pokeapiUnavailable : errorMessage(loadError).message}
        </p>
      )}
      {hasPickers && (
        <>
          <TypePicker
            error={errors.type}
            everyPokemon={all.types.data ?? null}
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
      <SampleField draft={draft} errors={errors} population={population} onChange={change} />
      <ColumnPicker
        error={errors.columns}
        value={draft.columns}
        onChange={(columns) => {
          change({ columns });
        }}
      />
      <NameField
        error={errors.name}
        value={draft.name}
        onChange={(name) => {
          change({ name });
        }}
      />
      <RequestTools
        validRequest={form.validRequest}
        onUseSeed={(seed) => {
          change({ seed: String(seed) });
        }}
      />
      <div className={styles.submit}>
        {create.isError && <SubmissionError error={create.error} hasFieldErrors={form.hasServerErrors} />}
        {population === 0 && <p className={styles.noPokemon}>{newReport.noPokemon}</p>}
        <Button
          // A disabled button would lose the focus while the report is created.
          aria-disabled={create.isPending}
          disabled={population === 0}
          type="submit"
          variant="primary"
        >
          {create.isPending
            ? newReport.creating
            : form.isSizeInvalid
              ? messages.createInvalid
              : newReport.create(selectionOfDraft(draft, population))}
        </Button>
      </div>
    </form>
  );
}
