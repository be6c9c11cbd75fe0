import { useQuery } from "@tanstack/react-query";
import { api, dataOf } from "@/shared/api/client";
import { TRY_AGAIN } from "@/shared/api/polling";

export function useGenerations() {
  return useQuery({
    queryKey: ["generations"],
    queryFn: async ({ signal }) => (await dataOf(api.GET("/generations", { signal }))).generations,
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.status === "error" ? TRY_AGAIN : false),
  });
}
