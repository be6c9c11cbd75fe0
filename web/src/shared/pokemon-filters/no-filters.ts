/** Matches every Pokémon. */
export const NO_FILTERS = { type: null, generation: null, includeForms: true } as const;
