import { countsIn } from "./counts";
import type { pokemon as english } from "./en-pokemon";

const { number } = countsIn("es");

export const pokemon: typeof english = {
  comparison: (count) => `Comparación de ${number(count)} Pokémon`,
  number: (id) => `N.º ${id}`,
  statistics: "Características",
  median: "Mediana del informe",
  matchups: "Debilidades y resistencias",
  attackedBy: "Ataque de tipo",
  weak: "Débil",
  resists: "Resiste",
  immune: "Inmune",
  neutral: "Neutro",
  compareWith: "Comparar con",
  add: "Añadir",
  unknown: (name) => `Este informe no tiene ningún Pokémon llamado «${name}». Elige uno de la lista.`,
  alreadyShown: (name) => `${name} ya se muestra.`,
  full: "Puedes comparar hasta cuatro Pokémon.",
  remove: (name) => `Quitar ${name}`,
  fewColumns: "Este informe no tiene columnas de características ni de debilidades.",
};
