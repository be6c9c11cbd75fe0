"use client";

import { useSyncExternalStore, type ReactNode } from "react";
import { Link } from "@/shared/i18n/link";
import { listAddress, returning } from "./list-address";

interface ListLinkProps {
  className: string;
  children: ReactNode;
}

/** Leads back to the list as the user left it: with its filters and its scroll position. */
export function ListLink({ className, children }: ListLinkProps) {
  const href = useSyncExternalStore(
    () => () => undefined,
    listAddress,
    () => "/",
  );
  return (
    <Link
      className={className}
      href={href}
      scroll={false}
      onClick={() => {
        returning.byLink();
      }}
    >
      {children}
    </Link>
  );
}
