import type { ReactNode } from "react";
import { en } from "@/shared/i18n/en";
import { English } from "@/shared/i18n/english";
import { Alternates } from "@/shared/site/alternates";
import { START_SCRIPT } from "@/shared/start/start-script";
import { metadataOf, Site, SiteDocument, viewport } from "../site-document";

export { viewport };
export const metadata = metadataOf("en", en);

export default function EnglishLayout({ children }: { children: ReactNode }) {
  return (
    <SiteDocument locale="en" script={START_SCRIPT}>
      <English>
        <Alternates />
        <Site>{children}</Site>
      </English>
    </SiteDocument>
  );
}
