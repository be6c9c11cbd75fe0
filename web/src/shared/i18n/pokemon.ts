/** Which Pokémon a report is about, in the form that the messages need. */
export interface Selection {
  sample: number | null;
  population: number | null;
  type: string | null;
  generation: string | null;
  includeForms: boolean;
}

/** A PokéAPI name without a translation, made readable: "mr-mime-galar" becomes "mr mime galar". */
export function humanize(name: string): string {
  return name.replaceAll(/[-_]/g, " ");
}

export function capitalize(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

export function lowerFirst(text: string): string {
  return text.charAt(0).toLocaleLowerCase() + text.slice(1);
}

/** "generation-iv" becomes "IV". */
export function generationNumeral(generation: string): string {
  return generation.replace(/^generation-/, "").toUpperCase();
}
