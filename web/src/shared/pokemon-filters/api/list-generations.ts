import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, dataOf } from "@/shared/api/client";
import { RETRY_INTERVAL } from "@/shared/api/polling";

export interface GenerationFilters {
  type: string | null;
  includeForms: boolean;
}

/** The generations, each with the number of its Pokémon that match the other filters. */
export function useGenerations({ type, includeForms }: GenerationFilters) {
  return useQuery({
    queryKey: ["generations", type, includeForms],
    queryFn: async ({ signal }) => {
      const query = { ...(type && { type }), ...(!includeForms && { include_forms: false }) };
      return (await dataOf(api.GET("/generations", { params: { query }, signal }))).generations;
    },
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.status === "error" ? RETRY_INTERVAL : false),
  });
}
