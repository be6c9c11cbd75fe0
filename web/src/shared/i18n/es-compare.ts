import { countsIn } from "./counts";
import type { compare as english } from "./en-compare";
import { lowerFirst } from "./pokemon";

const { number, plural } = countsIn("es");

export const compare: typeof english = {
  action: "Comparar",
  title: "Comparar informes",
  help: "Las filas que solo tiene uno de los informes y las celdas que difieren.",
  a: "Informe A",
  b: "Informe B",
  choose: "Elige un informe",
  option: (name, created, seed) => `${name} (${created}${seed === null ? "" : `, semilla ${String(seed)}`})`,
  swap: "Intercambiar A y B",
  noReports: "No hay informes para comparar",
  noReportsHelp: "Solo se pueden comparar los informes completados. Crea uno primero.",
  chooseBoth: "Elige dos informes para compararlos.",
  sameReport: "Elige dos informes distintos.",
  loading: "Cargando los informes…",
  notFound: (side) => `${side}: informe no encontrado`,
  notFoundHelp: "Puede que se haya borrado o que haya caducado. Elige otro informe.",
  notPublished: (side) => `El ${lowerFirst(side)} no tiene CSV`,
  notPublishedHelp: "Solo se pueden comparar los informes completados.",
  tableUnavailable: (side) => `No se pudo cargar el ${lowerFirst(side)}`,
  notComparable: "Estos informes no se pueden comparar",
  notComparableHelp:
    "No tienen ninguna columna en común que identifique a los Pokémon. Incluye el nombre en ambos.",
  same: "Sin diferencias",
  sameHelp: (count) => `Los ${number(count)} Pokémon tienen las mismas celdas en ambos informes.`,
  summary: (inBoth, changedCells, changedRows) =>
    changedCells === 0
      ? `${number(inBoth)} Pokémon en ambos, con las mismas celdas`
      : `${number(inBoth)} Pokémon en ambos; ${plural(changedCells, "celda difiere", "celdas difieren")} en ${number(changedRows)} de ellos`,
  onlyIn: (side, count) => `Solo en el ${lowerFirst(side)}: ${number(count)} Pokémon`,
  columnsOnlyIn: (side, columns) => `Columnas solo en el ${lowerFirst(side)}: ${columns}`,
  partial: (side, missing) =>
    `El ${lowerFirst(side)} es parcial: no se ${missing === 1 ? "pudo obtener" : "pudieron obtener"} ${number(missing)} Pokémon.`,
  changed: (count) => `Celdas distintas: ${number(count)}`,
  column: "Columna",
  empty: "Vacía",
  showAll: (count) => `Mostrar los ${number(count)}`,
};
