/** No filters: every Pokémon there is. */
export const EVERYONE = { type: null, generation: null, includeForms: true } as const;
