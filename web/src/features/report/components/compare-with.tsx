import { useId, useState, type SyntheticEvent } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import type { Row, Table } from "@/shared/report-table/table";
import { Button } from "@/shared/ui/button";
import { Field } from "@/shared/ui/field";
import inputStyles from "@/shared/ui/text-input.module.css";
import { normalize } from "@/shared/i18n/normalize";
import { MAX_COMPARED } from "../use-opened-pokemon";
import styles from "./compare-with.module.css";

interface CompareWithProps {
  table: Table;
  /** The keys of the Pokémon that are shown. */
  keys: readonly string[];
  keyOf: (row: Row) => string;
  nameOf: (row: Row) => string;
  onAdd: (row: Row) => void;
}

/** Adds another Pokémon of the report by its name. */
export function CompareWith({ table, keys, keyOf, nameOf, onAdd }: CompareWithProps) {
  const { pokemon: messages } = useMessages();
  const id = useId();
  const [text, setText] = useState("");
  const [error, setError] = useState<string | null>(null);

  if (table.rows.length === 1) {
    return null;
  }
  if (keys.length >= MAX_COMPARED) {
    return <p className={styles.full}>{messages.full}</p>;
  }
  const add = (event: SyntheticEvent) => {
    event.preventDefault();
    const row = table.rows.find((candidate) => normalize(nameOf(candidate)) === normalize(text));
    if (!row) {
      setError(messages.unknown(text.trim()));
    } else if (keys.includes(keyOf(row))) {
      setError(messages.alreadyShown(nameOf(row)));
    } else {
      setText("");
      setError(null);
      onAdd(row);
    }
  };
  return (
    <form noValidate className={styles.form} onSubmit={add}>
      <Field error={error === null ? undefined : { text: error }} id={id} label={messages.compareWith}>
        {(control) => (
          <span className={styles.control}>
            <input
              {...control}
              autoComplete="off"
              className={inputStyles.input}
              list={`${id}-names`}
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                setError(null);
              }}
            />
            <Button type="submit">{messages.add}</Button>
          </span>
        )}
      </Field>
      <datalist id={`${id}-names`}>
        {table.rows.map((row) => (
          <option key={row.index} value={nameOf(row)} />
        ))}
      </datalist>
    </form>
  );
}
