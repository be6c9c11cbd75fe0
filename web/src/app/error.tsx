"use client";

import { useMessages } from "@/shared/i18n/messages";
import { Button } from "@/shared/ui/button";
import { StatePanel } from "@/shared/ui/state-panel";

export default function BrokenPage() {
  const { trouble, app } = useMessages();
  return (
    <>
      <title>{`${trouble.broken} · ${app.name}`}</title>
      <StatePanel help={trouble.brokenHelp} level={1} mood="trouble" title={trouble.broken}>
        <Button
          icon="again"
          onClick={() => {
            window.location.reload();
          }}
        >
          {trouble.reload}
        </Button>
      </StatePanel>
    </>
  );
}
