import { manifestOf } from "@/app/manifest-of";
import { es } from "@/shared/i18n/es";

export const dynamic = "force-static";

export function GET(): Response {
  return Response.json(manifestOf("es", es));
}
