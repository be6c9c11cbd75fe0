"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { STATUSES } from "@/shared/api/types";
import { useRouter } from "@/shared/i18n/link";
import type { Filters } from "@/shared/reports/report-cache";

/** The filters, stored in the URL so that they survive a reload and can be bookmarked. */
export function useFilters(): [Filters, (filters: Filters) => void] {
  const parameters = useSearchParams();
  const router = useRouter();
  const path = usePathname();
  const status = STATUSES.find((known) => known === parameters.get("status")) ?? null;
  const filters = { status, type: parameters.get("type") };

  const setFilters = ({ status, type }: Filters) => {
    const query = new URLSearchParams({ ...(status && { status }), ...(type && { type }) }).toString();
    router.replace(query ? `${path}?${query}` : path, { scroll: false });
  };
  return [filters, setFilters];
}
