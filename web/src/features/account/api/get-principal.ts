import { useQuery } from "@tanstack/react-query";

interface Principal {
  userDetails: string;
}

/**
 * Who is signed in, as Static Web Apps tells it; null for nobody. Fails where the site is not behind
 * Static Web Apps, and then there is no signing in.
 */
export function usePrincipal() {
  return useQuery({
    queryKey: ["principal"],
    queryFn: async ({ signal }) => {
      const response = await fetch("/.auth/me", { signal });
      if (!response.ok) {
        throw new Error(`/.auth/me answered ${response.status}`);
      }
      const { clientPrincipal } = (await response.json()) as { clientPrincipal: Principal | null };
      return clientPrincipal;
    },
    staleTime: Infinity,
  });
}
