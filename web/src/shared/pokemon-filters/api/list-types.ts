import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, dataOf } from "@/shared/api/client";
import { RETRY_INTERVAL } from "@/shared/api/polling";

export interface TypeFilters {
  generation: string | null;
  includeForms: boolean;
}

/** The types, each with the number of its Pokémon that match the other filters. */
export function useTypes({ generation, includeForms }: TypeFilters) {
  return useQuery({
    queryKey: ["types", generation, includeForms],
    queryFn: async ({ signal }) => {
      const query = { ...(generation && { generation }), ...(!includeForms && { include_forms: false }) };
      return (await dataOf(api.GET("/types", { params: { query }, signal }))).types;
    },
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.status === "error" ? RETRY_INTERVAL : false),
  });
}
