import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, dataOf } from "@/shared/api/client";
import { TRY_AGAIN } from "@/shared/api/polling";

export interface Counted {
  generation: string | null;
  includeForms: boolean;
}

/** The types, with how many Pokémon of each the other filters leave. */
export function useTypes({ generation, includeForms }: Counted) {
  return useQuery({
    queryKey: ["types", generation, includeForms],
    queryFn: async ({ signal }) => {
      const query = { ...(generation && { generation }), ...(!includeForms && { include_forms: false }) };
      return (await dataOf(api.GET("/types", { params: { query }, signal }))).types;
    },
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.status === "error" ? TRY_AGAIN : false),
  });
}
