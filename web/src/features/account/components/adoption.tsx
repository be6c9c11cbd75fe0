"use client";

import { lazy } from "react";
import { LazyPart } from "@/shared/ui/lazy-part";
import { useOffer } from "../use-offer";

const AdoptionBanner = lazy(() => import("./adoption-banner"));

/** Offers a user who has signed in to move the reports from before. */
export function Adoption() {
  const offer = useOffer();
  return (
    offer &&
    !offer.isDeclined && (
      <LazyPart>
        <AdoptionBanner count={offer.count} onDecline={offer.decline} />
      </LazyPart>
    )
  );
}
