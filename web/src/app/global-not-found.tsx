import { English } from "@/shared/i18n/english";
import { Spanish } from "@/shared/i18n/spanish";
import { InLanguageOfDocument } from "@/shared/site/in-language-of-document";
import { NotFound } from "@/shared/site/not-found";
import { NOT_FOUND_START_SCRIPT } from "@/shared/start/start-script";
import { Site, SiteDocument, viewport } from "./site-document";

export { viewport };

/** The page for unknown paths, which is one file for all languages. */
export default function GlobalNotFound() {
  const page = (
    <Site>
      <NotFound />
    </Site>
  );
  return (
    <SiteDocument locale="en" script={NOT_FOUND_START_SCRIPT}>
      <InLanguageOfDocument en={<English>{page}</English>} es={<Spanish>{page}</Spanish>} />
    </SiteDocument>
  );
}
