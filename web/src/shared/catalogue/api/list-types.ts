import { useQuery } from "@tanstack/react-query";
import { api, dataOf } from "@/shared/api/client";
import { TRY_AGAIN } from "@/shared/api/polling";

export function useTypes() {
  return useQuery({
    queryKey: ["types"],
    queryFn: async ({ signal }) => (await dataOf(api.GET("/types", { signal }))).types,
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.status === "error" ? TRY_AGAIN : false),
  });
}
