"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { STATUSES } from "@/shared/api/names";
import type { Filters } from "@/shared/reports/cache";

/** The filters are in the address, so that they outlive a reload and can be kept as a bookmark. */
export function useFilters(): [Filters, (filters: Filters) => void] {
  const parameters = useSearchParams();
  const router = useRouter();
  const path = usePathname();
  const status = STATUSES.find((one) => one === parameters.get("status")) ?? null;
  const filters = { status, type: parameters.get("type") };

  const setFilters = ({ status, type }: Filters) => {
    const query = new URLSearchParams({ ...(status && { status }), ...(type && { type }) }).toString();
    router.replace(query ? `${path}?${query}` : path, { scroll: false });
  };
  return [filters, setFilters];
}
