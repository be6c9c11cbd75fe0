import { useQuery } from "@tanstack/react-query";

interface Principal {
  userDetails: string;
}

/**
 * The signed-in user, from Static Web Apps; null if nobody is signed in. Fails if the site does not run
 * on Static Web Apps, in which case it offers no sign-in.
 */
export function usePrincipal() {
  return useQuery({
    queryKey: ["principal"],
    queryFn: async ({ signal }) => {
      const response = await fetch("/.auth/me", { signal });
      if (!response.ok) {
        throw new Error(`/.auth/me returned ${response.status}`);
      }
      const { clientPrincipal } = (await response.json()) as { clientPrincipal: Principal | null };
      return clientPrincipal;
    },
    staleTime: Infinity,
  });
}
