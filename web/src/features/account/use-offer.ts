import { useSyncExternalStore } from "react";
import { useSignInState } from "./api/get-principal";
import { useVisitorReports } from "./api/get-visitor";
import { declinedOffer, setDeclinedOffer, subscribeToDeclinedOffer } from "./declined-offer";

interface Offer {
  /** The reports that this browser has from before the sign-in. */
  count: number;
  isDeclined: boolean;
  decline: () => void;
  reopen: () => void;
}

/** The offer to move the visitor's reports to the signed-in user; null if there is nothing to move. */
export function useOffer(): Offer | null {
  const user = useSignInState().data?.user ?? null;
  const { data: count = 0 } = useVisitorReports({ enabled: user !== null });
  const declined = useSyncExternalStore(subscribeToDeclinedOffer, declinedOffer, () => null);
  if (user === null || count === 0) {
    return null;
  }
  // More reports are a new offer.
  const name = `${count} ${user}`;
  return {
    count,
    isDeclined: declined === name,
    decline: () => {
      setDeclinedOffer(name);
    },
    reopen: () => {
      setDeclinedOffer(null);
    },
  };
}
