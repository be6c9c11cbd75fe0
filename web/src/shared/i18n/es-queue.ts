import { countsIn } from "./counts";
import type { queue as english } from "./en-queue";

const { number, plural } = countsIn("es");

export const queue: typeof english = {
  title: "Informes",
  count: (matching, total) =>
    matching === total ? number(total) : `${number(matching)} de ${number(total)}`,
  inProgress: (count) => `${number(count)} en curso`,
  search: "Buscar informes",
  searchHint: "Nombre, tipo, generación, semilla…",
  status: "Estado",
  allStatuses: "Todos los estados",
  type: "Tipo",
  allTypes: "Todos los tipos",
  compact: "Filas compactas",
  loading: "Cargando informes…",
  loadingOlder: "Cargando informes anteriores…",
  empty: "Todavía no hay informes",
  emptyHelp: "Elige unos Pokémon y crea tu primer informe. Aparecerá aquí al instante.",
  noMatches: "Ningún informe coincide",
  noMatchesHelp: "Ningún informe coincide con la búsqueda y los filtros.",
  clearFilters: "Quitar filtros",
  showMore: (count) => `Mostrar ${number(count)} más`,
  shown: (shown, total) => `${plural(shown, "mostrado", "mostrados")} de ${number(total)}`,
  selectAll: (count) => (count === 1 ? "Seleccionar el único" : `Seleccionar los ${number(count)}`),
  selectAllMatching: (count) =>
    count === 1 ? "Seleccionar el único que coincide" : `Seleccionar los ${number(count)} que coinciden`,
  select: (name) => `Seleccionar ${name}`,
  selected: (count) => plural(count, "seleccionado", "seleccionados"),
  deleteSelected: (count) => `Borrar ${plural(count, "informe", "informes")}`,
  clearSelection: "Quitar selección",
  actionsOn: (name) => `Acciones: ${name}`,
  edit: "Editar y repetir",
  seed: (seed) => `semilla ${String(seed)}`,
  otherForms: "con formas alternativas",
  downloadSelected: (count) => `Descargar ${number(count)} CSV (ZIP)`,
  downloading: (done, total) => `Descargando ${number(done)} de ${number(total)}…`,
  downloaded: (file, count, size) =>
    `${file} guardado (${number(count)} CSV, ${size}), sumas de comprobación verificadas`,
  partlyDownloaded: (file, count, failed) =>
    `${file} guardado con ${number(count)} CSV; ${number(failed)} no se ${failed === 1 ? "pudo" : "pudieron"} descargar.`,
  damaged: (file) => `${file} llegó dañado (la suma de comprobación no coincide).`,
  notDownloaded: "No se pudieron descargar los CSV.",
  zipName: "informes-pokemon.zip",
};
