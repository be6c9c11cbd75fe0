"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useRef, useState, type SyntheticEvent } from "react";
import type { NameCount } from "@/shared/api/names";
import { ProblemError } from "@/shared/api/problem";
import { useTrouble } from "@/shared/api/use-trouble";
import { useGenerations } from "@/shared/catalogue/api/list-generations";
import { useTypes } from "@/shared/catalogue/api/list-types";
import { EVERYONE } from "@/shared/catalogue/everyone";
import { useMessages } from "@/shared/i18n/messages";
import { reportAddress, selectionOf } from "@/shared/reports/report";
import { Button } from "@/shared/ui/button";
import { useToast } from "@/shared/ui/toasts";
import { useCreateReport } from "../api/create-report";
import {
  faultsOf,
  fieldOf,
  FIRST_DRAFT,
  populationOf,
  requestOf,
  selectionOfDraft,
  type Draft,
  type Field,
} from "../draft";
import { ColumnPicker } from "./column-picker";
import { FieldFault } from "./field-fault";
import { GenerationPicker } from "./generation-picker";
import { SampleField } from "./sample-field";
import { TypePicker } from "./type-picker";
import styles from "./ask-form.module.css";

type FaultTexts = Partial<Record<Field, string>>;

export function AskForm() {
  const { ask, actions, report: words } = useMessages();
  const describe = useTrouble();
  const tell = useToast();
  const create = useCreateReport();
  const [draft, setDraft] = useState<Draft>(FIRST_DRAFT);
  const names = { types: useTypes(EVERYONE), generations: useGenerations(EVERYONE) };
  const types = useTypes(draft);
  const generations = useGenerations(draft);
  const [refused, setRefused] = useState<FaultTexts>({});
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const sent = useRef({ body: "", key: "" });

  const trouble = types.error ?? generations.error;
  const isListed = !(names.types.error ?? names.generations.error);
  const population = populationOf(draft, countedBy(types), countedBy(generations));
  const nobody = population === 0;
  const faults = faultsOf(draft);
  const texts: FaultTexts = { ...refused };
  if (faults.has("sample_size") && !nobody) {
    texts.sample_size = ask.faults.sampleSize(population);
  }
  if (faults.has("seed")) {
    texts.seed = ask.faults.seed;
  }
  if (faults.has("columns")) {
    texts.columns = ask.faults.columns;
  }
  const shown: FaultTexts = tried || Object.keys(refused).length > 0 ? texts : {};
  const hasAdvancedFault = shown.seed !== undefined || shown.columns !== undefined;

  const change = (changes: Partial<Draft>) => {
    setDraft((current) => ({ ...current, ...changes }));
    setRefused({});
    if (create.isError) {
      create.reset();
    }
  };

  const focusFirstFault = () => {
    requestAnimationFrame(() => {
      const fault = form.current?.querySelector<HTMLElement>("[id$='-fault']");
      const field = fault?.closest("fieldset, div")?.querySelector<HTMLElement>("input");
      field?.focus();
    });
  };

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (faults.size > 0) {
      focusFirstFault();
      return;
    }
    const request = requestOf(draft, population);
    const body = JSON.stringify(request);
    if (sent.current.body !== body) {
      sent.current = { body, key: crypto.randomUUID() };
    }
    try {
      const report = await create.mutateAsync({ request, key: sent.current.key });
      sent.current = { body: "", key: "" };
      setTried(false);
      const link = { href: reportAddress(report.id), text: actions.showReport };
      tell({ kind: "good", text: ask.accepted(words.name(selectionOf(report))), link });
    } catch (fault) {
      if (fault instanceof ProblemError) {
        sent.current = { body: "", key: "" };
        setRefused(faultsByField(fault));
        focusFirstFault();
      }
    }
  };

  return (
    <form noValidate className={styles.form} ref={form} onSubmit={(event) => void submit(event)}>
      <h2 className={styles.title}>{ask.title}</h2>
      {trouble && (
        <p className={styles.notice} role="status">
          {trouble instanceof ProblemError && !isListed ? ask.catalogueAway : describe(trouble).message}
        </p>
      )}
      {isListed && (
        <>
          <TypePicker
            fault={shown.type}
            isCounted={!types.error}
            types={types.data ?? names.types.data ?? null}
            value={draft.type}
            onChange={(type) => {
              change({ type });
            }}
          />
          <GenerationPicker
            fault={shown.generation}
            generations={generations.data ?? names.generations.data ?? null}
            isCounted={!generations.error}
            value={draft.generation}
            onChange={(generation) => {
              change({ generation });
            }}
          />
        </>
      )}
      <div>
        <div className={styles.check}>
          <input
            aria-describedby="forms-help"
            checked={draft.includeForms}
            id="include_forms"
            type="checkbox"
            onChange={(event) => {
              change({ includeForms: event.target.checked });
            }}
          />
          <label className={styles.label} htmlFor="include_forms">
            {ask.forms}
          </label>
          <p className={styles.help} id="forms-help">
            {ask.formsHelp}
          </p>
        </div>
        <FieldFault field="include_forms" text={shown.include_forms} />
      </div>
      <SampleField draft={draft} fault={shown.sample_size} population={population} onChange={change} />
      <details className={styles.advanced} open={hasAdvancedFault || undefined}>
        <summary>{ask.advanced}</summary>
        <div className={styles.fields}>
          <div className={styles.seed}>
            <label className={styles.label} htmlFor="seed">
              {ask.seed}
            </label>
            <input
              aria-describedby={shown.seed ? "seed-help seed-fault" : "seed-help"}
              aria-invalid={shown.seed !== undefined}
              autoComplete="off"
              className={styles.input}
              id="seed"
              inputMode="numeric"
              value={draft.seed}
              onChange={(event) => {
                change({ seed: event.target.value });
              }}
            />
            <p className={styles.help} id="seed-help">
              {ask.seedHelp}
            </p>
            <FieldFault field="seed" text={shown.seed} />
          </div>
          <ColumnPicker
            fault={shown.columns}
            value={draft.columns}
            onChange={(columns) => {
              change({ columns });
            }}
          />
        </div>
      </details>
      {create.isError && (
        <div className={styles.refused} role="alert">
          {refusal(create.error)}
        </div>
      )}
      <div className={styles.make}>
        {nobody && <p className={styles.nobody}>{ask.nobody}</p>}
        <Button disabled={nobody || create.isPending} look="primary" type="submit">
          {create.isPending ? ask.making : ask.make(selectionOfDraft(draft, population))}
        </Button>
      </div>
    </form>
  );

  function refusal(fault: unknown) {
    const { message, detail } = describe(fault);
    const elsewhere = fault instanceof ProblemError ? (fault.problem.errors ?? []).filter(isElsewhere) : [];
    return (
      <>
        <p>{message}</p>
        {detail && Object.keys(refused).length === 0 && <p lang="en">{detail}</p>}
        {elsewhere.map(({ pointer, detail: text }) => (
          <p key={pointer} lang="en">
            {`${pointer}: ${text}`}
          </p>
        ))}
      </>
    );
  }
}

/** Null while they are on their way: what is shown then was counted for other filters. */
function countedBy({ data, isPlaceholderData }: UseQueryResult<NameCount[]>): NameCount[] | null {
  return isPlaceholderData ? null : (data ?? null);
}

function isElsewhere({ pointer }: { pointer: string }): boolean {
  return fieldOf(pointer) === null;
}

function faultsByField({ problem }: ProblemError): FaultTexts {
  const texts: FaultTexts = {};
  for (const { pointer, detail } of problem.errors ?? []) {
    const field = fieldOf(pointer);
    if (field) {
      texts[field] = [texts[field], detail].filter(Boolean).join(" ");
    }
  }
  return texts;
}
