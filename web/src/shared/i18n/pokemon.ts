/** Which Pokémon, as the catalogues put it into words. */
export interface Selection {
  sample: number | null;
  population: number | null;
  type: string | null;
  generation: string | null;
  includeForms: boolean;
}

/** A name of PokéAPI's that no catalogue knows, for people: "mr-mime-galar" is "mr mime galar". */
export function humanize(name: string): string {
  return name.replaceAll(/[-_]/g, " ");
}

/** "generation-iv" is "IV". */
export function generationNumeral(generation: string): string {
  return generation.replace(/^generation-/, "").toUpperCase();
}
