import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, dataOf } from "@/shared/api/client";
import { TRY_AGAIN } from "@/shared/api/polling";

export interface Counted {
  type: string | null;
  includeForms: boolean;
}

/** The generations, with how many Pokémon of each the other filters leave. */
export function useGenerations({ type, includeForms }: Counted) {
  return useQuery({
    queryKey: ["generations", type, includeForms],
    queryFn: async ({ signal }) => {
      const query = { ...(type && { type }), ...(!includeForms && { include_forms: false }) };
      return (await dataOf(api.GET("/generations", { params: { query }, signal }))).generations;
    },
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.status === "error" ? TRY_AGAIN : false),
  });
}
