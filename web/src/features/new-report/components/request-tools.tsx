import { lazy, useState } from "react";
import type { ReportRequest } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { Button } from "@/shared/ui/button";
import { LazyPart } from "@/shared/ui/lazy-part";
import { useToast } from "@/shared/ui/toasts";
import { commandOf, type CommandKind } from "../commands";
import styles from "./request-tools.module.css";

const PreviewDialog = lazy(() => import("./preview-dialog"));
const COMMANDS: readonly CommandKind[] = ["curl", "poke"];

interface RequestToolsProps {
  /** Returns the form's request, or null after it has shown why there is none. */
  validRequest: () => ReportRequest | null;
  onUseSeed: (seed: number) => void;
}

/** Previews the form's request, and copies it as a command. */
export function RequestTools({ validRequest, onUseSeed }: RequestToolsProps) {
  const { form, report } = useMessages();
  const showToast = useToast();
  const [previewed, setPreviewed] = useState<ReportRequest | null>(null);

  const copy = async (kind: CommandKind) => {
    const request = validRequest();
    if (!request) {
      return;
    }
    try {
      await navigator.clipboard.writeText(commandOf(kind, request, window.location.origin));
      showToast({ kind: "success", text: form.copiedCommand(kind) });
    } catch {
      showToast({ kind: "error", text: report.copyFailed });
    }
  };
  return (
    <div className={styles.tools}>
      <Button
        icon="view"
        onClick={() => {
          const request = validRequest();
          // A preview of another name would be the same.
          setPreviewed(request && { ...request, name: null });
        }}
      >
        {form.preview}
      </Button>
      {COMMANDS.map((kind) => (
        <Button key={kind} icon="copy" variant="bare" onClick={() => void copy(kind)}>
          {form.copyAs(kind)}
        </Button>
      ))}
      {previewed && (
        <LazyPart>
          <PreviewDialog
            request={previewed}
            onClose={() => {
              setPreviewed(null);
            }}
            onUseSeed={(seed) => {
              setPreviewed(null);
              onUseSeed(seed);
            }}
          />
        </LazyPart>
      )}
    </div>
  );
}
