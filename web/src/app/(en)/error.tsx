"use client";

import { useMessages } from "@/shared/i18n/language-provider";
import { Button } from "@/shared/ui/button";
import { StatePanel } from "@/shared/ui/state-panel";

export default function ErrorPage() {
  const { errors, app } = useMessages();
  return (
    <>
      <title>{`${errors.pageCrashed} · ${app.name}`}</title>
      <StatePanel help={errors.pageCrashedHelp} level={1} tone="error" title={errors.pageCrashed}>
        <Button
          icon="retry"
          onClick={() => {
            window.location.reload();
          }}
        >
          {errors.reload}
        </Button>
      </StatePanel>
    </>
  );
}
