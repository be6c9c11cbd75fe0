import { manifestOf } from "@/app/manifest-of";
import { en } from "@/shared/i18n/en";

export const dynamic = "force-static";

export function GET(): Response {
  return Response.json(manifestOf("en", en));
}
