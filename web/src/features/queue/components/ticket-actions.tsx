import { Link } from "@/shared/i18n/link";
import { useState, type KeyboardEvent, type ReactNode } from "react";
import type { ReportSummary } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { comparePath } from "@/shared/reports/compare-path";
import { editPath } from "@/shared/reports/edit-path";
import { useReportActions } from "@/shared/reports/use-report-actions";
import { buttonClass, IconButton } from "@/shared/ui/button";
import { Icon, type IconName } from "@/shared/ui/icon";
import styles from "./report-ticket.module.css";

interface TicketActionsProps {
  report: ReportSummary;
  /** The report's title, for the accessible names of the buttons. */
  title: string;
  /** The view of the list, which editing a report keeps. */
  viewQuery: string;
  onDelete: () => void;
}

/**
 * The actions that the report's links and status allow. They are a toolbar: one stop of the Tab key, in which
 * the arrow keys move.
 */
export function TicketActions({ report, title, viewQuery, onDelete }: TicketActionsProps) {
  const { report: messages, queue, compare } = useMessages();
  const { download, cancel, retry } = useReportActions();
  const [current, setCurrent] = useState<IconName | null>(null);
  const { links } = report;
  const edit = `${editPath(report.id)}${viewQuery && `&${viewQuery}`}`;
  const all = [
    { icon: "download", text: messages.download, enabled: links.download, run: () => void download(report) },
    { icon: "cancel", text: messages.cancel, enabled: links.cancel, run: () => void cancel(report) },
    { icon: "retry", text: messages.retry, enabled: links.retry, run: () => void retry(report) },
    { icon: "edit", text: queue.edit, enabled: true, href: edit },
    {
      icon: "compare",
      text: compare.action,
      enabled: links.download && links.retry,
      href: comparePath(report.id),
    },
    { icon: "delete", text: messages.delete, enabled: true, run: onDelete },
  ] as const;
  const actions = all.filter(({ enabled }) => enabled);
  const stop = actions.find(({ icon }) => icon === current) ?? actions[0];

  return (
    <div
      aria-label={queue.actionsOn(title)}
      className={styles.actions}
      role="toolbar"
      onKeyDown={moveWithArrows}
    >
      {actions.map((action) => {
        const shared = {
          label: messages.actionOn(action.text, title),
          title: action.text,
          tabIndex: action === stop ? 0 : -1,
          onFocus: () => {
            setCurrent(action.icon);
          },
        };
        return "href" in action ? (
          <IconLink key={action.icon} href={action.href} icon={action.icon} {...shared} />
        ) : (
          <IconButton key={action.icon} icon={action.icon} onClick={action.run} {...shared} />
        );
      })}
    </div>
  );
}

interface IconLinkProps {
  icon: IconName;
  href: string;
  label: string;
  title: string;
  tabIndex: number;
  onFocus: () => void;
}

function IconLink({ icon, label, ...rest }: IconLinkProps): ReactNode {
  return (
    <Link aria-label={label} className={buttonClass("bare", true)} prefetch={false} {...rest}>
      <Icon name={icon} />
    </Link>
  );
}

const STEPS: Record<string, (index: number, count: number) => number> = {
  ArrowLeft: (index, count) => (index + count - 1) % count,
  ArrowRight: (index, count) => (index + 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

function moveWithArrows(event: KeyboardEvent<HTMLElement>): void {
  const controls = [...event.currentTarget.children] as HTMLElement[];
  const index = controls.findIndex((control) => control === event.target);
  const step = STEPS[event.key];
  if (step && index >= 0) {
    event.preventDefault();
    controls[step(index, controls.length)]?.focus();
  }
}
