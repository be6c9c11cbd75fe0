"use client";

import Link from "next/link";
import { useMessages } from "@/shared/i18n/messages";
import { buttonClass } from "@/shared/ui/button";
import { StatePanel } from "@/shared/ui/state-panel";

export function NotFound() {
  const { trouble, report, app } = useMessages();
  return (
    <>
      <title>{`${trouble.notFound} · ${app.name}`}</title>
      <StatePanel help={trouble.notFoundHelp} level={1} mood="trouble" title={trouble.notFound}>
        <Link className={buttonClass("plain")} href="/">
          {report.back}
        </Link>
      </StatePanel>
    </>
  );
}
