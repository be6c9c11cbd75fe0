"use client";

import { Link } from "@/shared/i18n/link";
import { useMessages } from "@/shared/i18n/language-provider";
import { buttonClass } from "@/shared/ui/button";
import { StatePanel } from "@/shared/ui/state-panel";

export function NotFound() {
  const { errors, report, app } = useMessages();
  return (
    <>
      <title>{`${errors.pageNotFound} · ${app.name}`}</title>
      <StatePanel help={errors.pageNotFoundHelp} level={1} tone="error" title={errors.pageNotFound}>
        <Link className={buttonClass("plain")} href="/">
          {report.back}
        </Link>
      </StatePanel>
    </>
  );
}
