import { useQuery } from "@tanstack/react-query";
import { RETRY_INTERVAL } from "@/shared/api/polling";

interface MeResponse {
  clientPrincipal: { userId: string; userDetails: string } | null;
}

export interface SignInState {
  /** False if the site does not run on Static Web Apps. */
  isOffered: boolean;
  id: string | null;
  /** The name of the signed-in user. */
  user: string | null;
}

/** Who is signed in. Fails only while the network is unavailable, and then tries again. */
export function useSignInState() {
  return useQuery<SignInState>({
    queryKey: ["principal"],
    queryFn: async ({ signal }) => {
      const response = await fetch("/.auth/me", { signal });
      if (!response.ok) {
        return { isOffered: false, id: null, user: null };
      }
      const { clientPrincipal } = (await response.json()) as MeResponse;
      const { userId = null, userDetails = null } = clientPrincipal ?? {};
      return { isOffered: true, id: userId, user: userDetails };
    },
    refetchInterval: ({ state }) => (state.error ? RETRY_INTERVAL : false),
    staleTime: Infinity,
  });
}
