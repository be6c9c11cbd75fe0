import type { ReactNode } from "react";
import { es } from "@/shared/i18n/es";
import { Spanish } from "@/shared/i18n/spanish";
import { Alternates } from "@/shared/site/alternates";
import { START_SCRIPT } from "@/shared/start/start-script";
import { metadataOf, Site, SiteDocument, viewport } from "../site-document";

export { viewport };
export const metadata = metadataOf("es", es);

export default function SpanishLayout({ children }: { children: ReactNode }) {
  return (
    <SiteDocument locale="es" script={START_SCRIPT}>
      <Spanish>
        <Alternates />
        <Site>{children}</Site>
      </Spanish>
    </SiteDocument>
  );
}
