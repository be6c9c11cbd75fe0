import { countsIn } from "./counts";
import type { table as english } from "./en-table";

const { number, plural } = countsIn("es");

export const table: typeof english = {
  title: "Tabla",
  of: (name) => `Tabla de ${name}`,
  search: "Buscar nombres, tipos y habilidades",
  found: (count, total) =>
    count === total
      ? plural(total, "fila", "filas")
      : `${number(count)} de ${plural(total, "fila", "filas")}`,
  columnCount: (shown, total) =>
    shown === total ? plural(total, "columna", "columnas") : `${number(shown)} de ${number(total)} columnas`,
  nothingFound: "Ninguna fila coincide",
  clearFilters: "Quitar filtros",
  clear: "Quitar búsqueda y filtros",
  yes: "Sí",
  no: "No",
  downloadRows: "Descargar estas filas",
  saved: (file, size) => `${file} guardado (${size})`,
  rowsPerPage: "Filas por página",
  perPage: (size) => `${number(size)} por página`,
  pagesAbove: "Páginas, encima de la tabla",
  pagesBelow: "Páginas, debajo de la tabla",
  range: (first, last, total) => `${number(first)}–${number(last)} de ${number(total)}`,
  first: "Primera página",
  previous: "Página anterior",
  next: "Página siguiente",
  last: "Última página",
  columns: "Columnas",
  columnsTitle: "Columnas de la tabla",
  columnsHelp:
    "Se guardan en este navegador, para todos los informes. El CSV siempre tiene todas las columnas.",
  moveUp: (name) => `Subir ${name}`,
  moveDown: (name) => `Bajar ${name}`,
  showAll: "Mostrar todas",
  reset: "Restablecer",
  done: "Listo",
  filters: "Filtros",
  filtersSet: (count) => `Filtros (${number(count)})`,
  type: "Tipo",
  allTypes: "Todos los tipos",
  generation: "Generación",
  allGenerations: "Todas las generaciones",
  category: "Categoría",
  allCategories: "Todas las categorías",
  minimum: (name) => `Mínimo de ${name}`,
  maximum: (name) => `Máximo de ${name}`,
  from: "Desde",
  to: "Hasta",
  inRange: (name, min, max) => {
    if (min === null || max === null) {
      return max === null ? `${name}: ${min ?? ""} o más` : `${name}: ${max} o menos`;
    }
    return `${name}: ${min === max ? min : `${min}–${max}`}`;
  },
  bar: (name, count) => `${name}: ${number(count)} Pokémon`,
  selectBar: "Selecciona una barra para filtrar la tabla.",
  seeRows: (count) => `Ver ${plural(count, "fila que coincide", "filas que coinciden")}`,
  emptyRange: "El mínimo es mayor que el máximo.",
  removeFilter: (filter) => `Quitar filtro: ${filter}`,
  activeFilters: "Filtros activos",
};
