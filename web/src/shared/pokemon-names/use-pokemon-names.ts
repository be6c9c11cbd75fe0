import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { capitalize, humanize } from "@/shared/i18n/pokemon";
import { useLocale } from "@/shared/i18n/language-provider";
import type { Locale } from "@/shared/i18n/locale";
import { generationName, typeName } from "./catalogue";

type Names = Readonly<Record<string, string>>;

type NameData = Record<"abilities" | "colors" | "habitats" | "shapes" | "pokemon", Names>;

const LOADERS: Record<Locale, () => Promise<{ default: NameData }>> = {
  en: () => import("./en.json"),
  es: () => import("./es.json"),
};

/** Each returns the name of an identifier in the page's language. */
export interface PokemonNames {
  type: (id: string) => string;
  generation: (id: string) => string;
  ability: (id: string) => string;
  color: (id: string) => string;
  habitat: (id: string) => string;
  shape: (id: string) => string;
  /** Of a Pokémon or a species: "swampert-mega" becomes "Mega Swampert". */
  pokemon: (id: string) => string;
}

/**
 * The names in the page's language. Until they are loaded, and for an identifier that is new, the names are the
 * identifiers in a readable form. `isLoading` is not set while another language is shown instead.
 */
export function usePokemonNames(): { names: PokemonNames; isLoading: boolean } {
  const locale = useLocale();
  const { data, isPending } = useQuery({
    queryKey: ["pokemon-names", locale],
    queryFn: async () => (await LOADERS[locale]()).default,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    networkMode: "always",
    // Otherwise each component that reads the names would load them again, and the page would wait each time.
    retryOnMount: false,
  });
  const names = useMemo(() => {
    const nameIn = (kind: keyof NameData) => (id: string) => data?.[kind][id] ?? capitalize(humanize(id));
    return {
      type: (id: string) => typeName(id, locale),
      generation: (id: string) => generationName(id, locale),
      ability: nameIn("abilities"),
      color: nameIn("colors"),
      habitat: nameIn("habitats"),
      shape: nameIn("shapes"),
      pokemon: nameIn("pokemon"),
    };
  }, [data, locale]);
  return { names, isLoading: isPending };
}
