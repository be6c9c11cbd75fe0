import { lazy, useState, type RefObject } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { Button } from "@/shared/ui/button";
import { LazyPart } from "@/shared/ui/lazy-part";
import type { Draft } from "../draft";
import styles from "./form-heading.module.css";

const PresetsDialog = lazy(() => import("./presets-dialog"));

interface FormHeadingProps {
  draft: Draft;
  headingRef: RefObject<HTMLHeadingElement | null>;
  onApply: (draft: Draft) => void;
  onReset: () => void;
}

/** The form's title, and what replaces all its choices at once. */
export function FormHeading({ draft, headingRef, onApply, onReset }: FormHeadingProps) {
  const { newReport, form } = useMessages();
  const [isChoosing, setChoosing] = useState(false);
  return (
    <header className={styles.header}>
      <h2 className={styles.title} ref={headingRef} tabIndex={-1}>
        {newReport.title}
      </h2>
      <div className={styles.actions}>
        <Button
          icon="bookmark"
          variant="bare"
          onClick={() => {
            setChoosing(true);
          }}
        >
          {form.presets}
        </Button>
        <Button variant="bare" onClick={onReset}>
          {form.reset}
        </Button>
      </div>
      {isChoosing && (
        <LazyPart>
          <PresetsDialog
            draft={draft}
            onApply={onApply}
            onClose={() => {
              setChoosing(false);
            }}
          />
        </LazyPart>
      )}
    </header>
  );
}
