import type { ColumnName, Status } from "@/shared/api/names";
import type { Catalogue } from "./en";
import { generationNumeral, humanize } from "./names";
import type { Selection } from "./names";

const numbers = new Intl.NumberFormat("es", { useGrouping: "always" });

function number(value: number): string {
  return numbers.format(value);
}

function many(count: number, one: string, other: string): string {
  return `${number(count)} ${count === 1 ? one : other}`;
}

const types: Record<string, string> = {
  normal: "normal",
  fire: "fuego",
  water: "agua",
  electric: "eléctrico",
  grass: "planta",
  ice: "hielo",
  fighting: "lucha",
  poison: "veneno",
  ground: "tierra",
  flying: "volador",
  psychic: "psíquico",
  bug: "bicho",
  rock: "roca",
  ghost: "fantasma",
  dragon: "dragón",
  dark: "siniestro",
  steel: "acero",
  fairy: "hada",
  stellar: "astral",
  unknown: "desconocido",
  shadow: "oscuro",
};

const columns: Record<ColumnName, string> = {
  id: "Id",
  name: "Nombre",
  species: "Especie",
  generation: "Generación",
  types: "Tipos",
  hp: "PS",
  attack: "Ataque",
  defense: "Defensa",
  special_attack: "At. esp.",
  special_defense: "Def. esp.",
  speed: "Velocidad",
  base_stat_total: "Total",
  abilities: "Habilidades",
  hidden_ability: "Habilidad oculta",
  weak_to: "Débil a",
  resists: "Resiste",
  immune_to: "Inmune a",
  height_m: "Altura (m)",
  weight_kg: "Peso (kg)",
  base_experience: "Experiencia base",
  capture_rate: "Ratio de captura",
  color: "Color",
  habitat: "Hábitat",
  shape: "Forma",
  is_default: "Forma por defecto",
  is_legendary: "Legendario",
  is_mythical: "Singular",
  is_baby: "Bebé",
  evolves_from: "Evoluciona de",
  sprite_url: "Imagen",
};

const statuses: Record<Status, string> = {
  queued: "En cola",
  running: "En marcha",
  succeeded: "Terminado",
  partial: "Parcial",
  failed: "Fallido",
  canceling: "Cancelándose",
  canceled: "Cancelado",
};

function typeName(type: string): string {
  return types[type] ?? humanize(type);
}

function generationName(generation: string): string {
  return `generación ${generationNumeral(generation)}`;
}

function pokemon({ type, generation }: Pick<Selection, "type" | "generation">): string {
  const ofType = type ? ` de tipo ${typeName(type)}` : "";
  return `Pokémon${ofType}${generation ? ` de la ${generationName(generation)}` : ""}`;
}

function selection({ sample, population, includeForms, ...filters }: Selection): string {
  const total = population === null ? null : number(population);
  const share =
    sample === null
      ? `todos los ${total === null ? "" : `${total} `}`
      : `${number(sample)} ${total === null ? "" : `de ${total} `}`;
  return `${share}${pokemon(filters)}${includeForms ? "" : ", solo formas por defecto"}`;
}

export const es: Catalogue = {
  app: {
    name: "Poke Queue",
    description: "Pide un informe sobre Pokémon, mira cómo se hace, consúltalo y quédate el CSV.",
    promise: "Elige unos Pokémon. Llévate una tabla.",
    promiseHelp:
      "Características, habilidades y debilidades, reunidas en segundo plano y guardadas en un CSV.",
    skip: "Ir al contenido",
    footer: "Datos de PokéAPI. Pokémon y los nombres de sus personajes son marcas registradas de Nintendo.",
    api: "API HTTP",
    home: "Poke Queue: todos los informes",
    language: "Idioma",
    theme: { label: "Tema", system: "Como el sistema", light: "Claro", dark: "Oscuro" },
  },
  account: {
    signIn: "Entrar",
    signInWith: (provider) => `Entrar con ${provider}`,
    signOut: "Salir",
    signedInAs: (name) => `Has entrado como ${name}`,
  },
  names: { type: typeName, generation: generationName, columns, statuses },
  ask: {
    title: "Pide un informe",
    type: "Tipo",
    anyType: "Todos los tipos",
    generation: "Generación",
    anyGeneration: "Todas",
    generationCount: (generation, count) => `${generationName(generation)}, ${number(count)}`,
    forms: "También otras formas",
    formsHelp: "Mega, Gigamax, regionales y demás formas, junto a la de cada especie por defecto.",
    howMany: "Cuántos",
    all: "Todos",
    sample: "Una muestra al azar",
    sampleSize: "Tamaño de la muestra",
    population: (count) => `de ${number(count)}`,
    nobody: "No hay ningún Pokémon así. Elige otro tipo u otra generación.",
    advanced: "Avanzado",
    seed: "Semilla",
    seedHelp: "La misma semilla saca la misma muestra. Vacía: se sortea una y se guarda con el informe.",
    columns: "Columnas",
    columnsChosen: (count, of) => `${number(count)} de ${number(of)}`,
    columnGroups: {
      identity: "Quién es",
      statistics: "Características",
      abilities: "Habilidades",
      matchups: "Ventajas y debilidades",
      body: "Cuerpo",
      species: "Especie",
      kind: "Clase",
    },
    allColumns: "Todas",
    fewColumns: "Lo esencial",
    make: (chosen) => `Hacer un informe de ${selection(chosen)}`,
    making: "Pidiendo …",
    accepted: (chosen) => `Aceptado: ${chosen}.`,
    catalogueAway:
      "Ahora mismo no se llega a PokéAPI, así que faltan los tipos y las generaciones. Aun así puedes pedir todos los Pokémon: el informe se hará cuando PokéAPI responda.",
    loading: "Leyendo los tipos y las generaciones",
    faults: {
      sampleSize: (population) =>
        population === null
          ? "Un número entero desde 1."
          : `Un número entero del 1 al ${number(population)}.`,
      seed: "Un número entero del 0 al 9.007.199.254.740.991.",
      columns: "Elige al menos una columna.",
    },
    refused: "El servidor no lo ha aceptado:",
  },
  queue: {
    title: "Informes",
    status: "Estado",
    anyStatus: "Cualquier estado",
    type: "Tipo",
    anyType: "Cualquier tipo",
    loading: "Leyendo los informes",
    empty: "Todavía no hay informes",
    emptyHelp: "Elige unos Pokémon y pide el primero: aparecerá aquí al momento.",
    noneMatches: "Ningún informe es así",
    noneMatchesHelp: "No hay ninguno con ese estado y ese tipo.",
    clearFilters: "Verlos todos",
    more: "Informes anteriores",
    loadingMore: "Leyendo informes anteriores …",
    selectAll: "Seleccionar los que se ven",
    select: (name) => `Seleccionar ${name}`,
    selected: (count) => many(count, "seleccionado", "seleccionados"),
    deleteSelected: (count) => `Borrar ${many(count, "informe", "informes")}`,
    clearSelection: "Ninguno",
    live: (count) => `${number(count)} haciéndose`,
  },
  report: {
    name: ({ sample, population, ...filters }) => {
      const count = sample ?? population;
      const all = population === null ? "Todos los " : `Los ${number(population)} `;
      const share = sample === null ? all : `${number(count ?? 0)} `;
      return `${share}${pokemon(filters)}${filters.includeForms ? "" : ", solo formas por defecto"}`;
    },
    progress: (done, total) => `${number(done)} de ${number(total)}`,
    progressOf: (name) => `Progreso de ${name}`,
    planning: "Eligiendo los Pokémon",
    waiting: "A la espera de empezar",
    missing: (count) => many(count, "falta", "faltan"),
    rows: (count) => many(count, "fila", "filas"),
    back: "Todos los informes",
    download: "Descargar el CSV",
    cancel: "Cancelar",
    again: "Hacerlo otra vez",
    delete: "Borrar",
    actionOn: (action, name) => `${action}: ${name}`,
    loading: "Leyendo el informe",
    gone: "No existe ese informe",
    goneHelp: "Puede que se haya borrado, o que haya caducado. Los demás siguen ahí.",
    noId: "¿Qué informe?",
    noIdHelp: "La dirección no dice cuál.",
    runs: "El informe se está haciendo",
    runsHelp: "Su tabla y sus gráficos aparecerán aquí sin hacer nada más.",
    canceled: "El informe se canceló",
    canceledHelp: "No tiene tabla. Hazlo otra vez para tenerla, con la misma petición y la misma semilla.",
    canceling: "El informe se está cancelando",
    failed: "El informe no se pudo hacer",
    noRows: "Ningún Pokémon cumple todos los filtros, así que el informe no tiene filas.",
    fewer: (asked, total) =>
      `Se pidió una muestra de ${number(asked)} y no hay más que ${number(total)}: el informe los tiene todos.`,
    facts: "Sobre este informe",
    request: "Petición",
    includesForms: { yes: "con otras formas", no: "solo formas por defecto" },
    everything: "todos los Pokémon",
    sampleOf: (size) => `una muestra de ${number(size)}`,
    seed: "Semilla",
    checksum: "SHA-256",
    copy: "Copiar",
    copied: "Copiado.",
    notCopied: "El navegador no quiso copiarlo.",
    size: "Tamaño",
    made: "Pedido",
    took: "Tardó",
    expires: "Se guarda hasta",
    retryOf: "Repite",
    earlier: "un informe anterior",
    columnCount: (count) => many(count, "columna", "columnas"),
    failures: (count) => (count === 1 ? "Falta 1 Pokémon" : `Faltan ${number(count)} Pokémon`),
    failuresHelp: "Los que no se pudieron conseguir tras todos los intentos, y por qué.",
    moreFailures: (count) => `y ${number(count)} más`,
    pokemon: "Pokémon",
    statistics: "Cómo se reparten las características",
    statistic: "Característica",
    distribution: "Reparto",
    lowest: "Mínimo",
    median: "Mediana",
    highest: "Máximo",
    spread: (name, low, quarter, median, threeQuarters, high) =>
      `${name}: de ${low} a ${high}, la mitad entre ${quarter} y ${threeQuarters}, mediana ${median}`,
    typesChart: "Tipos",
    typesHelp: "Un Pokémon de dos tipos cuenta en ambos.",
    table: "La tabla",
    tableOf: (name) => `Tabla de ${name}`,
    search: "Buscar en la tabla",
    found: (count, of) =>
      count === of ? many(of, "fila", "filas") : `${number(count)} de ${many(of, "fila", "filas")}`,
    nothingFound: "Ninguna fila tiene ese texto.",
    previous: "Anterior",
    next: "Siguiente",
    pages: "Páginas de la tabla",
    page: (page, of) => `${number(page)} de ${number(of)}`,
    yes: "Sí",
    no: "No",
    tableAway: "No se pudo leer la tabla",
    tableAwayHelp: "El CSV no llegó desde el almacenamiento. Todavía se puede descargar.",
    tableAgain: "Intentar otra vez",
    tableLoading: "Leyendo la tabla",
  },
  actions: {
    downloaded: (file, size) => `${file} guardado (${size}), y su suma de comprobación es correcta.`,
    wrongChecksum: (file) =>
      `${file} no llegó como se hizo: su suma de comprobación no es correcta. No se ha guardado nada.`,
    handedOver: "El navegador trae el CSV por su cuenta; desde aquí no se puede ver si llegó.",
    notDownloaded: "El CSV no se ha descargado.",
    canceled: (name) => `Cancelado: ${name}.`,
    canceling: (name) => `Cancelándose: ${name}.`,
    notCanceled: (name) => `Sin cancelar: ${name}.`,
    again: (name) => `Aceptado, se hará otra vez: ${name}.`,
    notAgain: (name) => `No se hará otra vez: ${name}.`,
    deleted: (count) => (count === 1 ? "1 informe borrado." : `${number(count)} informes borrados.`),
    deletedSome: (done, failed) =>
      `${many(done, "informe borrado", "informes borrados")}; ${number(failed)} no se ${failed === 1 ? "pudo" : "pudieron"} borrar.`,
    deletedNone: (count) => `${many(count, "informe no se pudo", "informes no se pudieron")} borrar.`,
    confirmTitle: (count) => (count === 1 ? "¿Borrar este informe?" : `¿Borrar ${number(count)} informes?`),
    confirmHelp: "El CSV y el registro se eliminan para siempre. No se puede deshacer.",
    confirmRunning: (count) =>
      count === 1
        ? "Uno que aún se está haciendo se parará."
        : `${number(count)} que aún se están haciendo se pararán.`,
    confirm: (count) => `Borrar ${many(count, "informe", "informes")}`,
    keep: "Conservar",
    deleting: "Borrando …",
    showReport: "Abrir",
    dismiss: "Cerrar",
    messages: "Mensajes",
  },
  trouble: {
    offline: "No hay conexión. Ves lo último que se supo; todo sigue solo cuando vuelva.",
    away: "No se llega al servidor. Ves lo último que se supo; se vuelve a intentar cada pocos segundos.",
    unreachable: "No se llega al servidor",
    unreachableHelp: "Se vuelve a intentar cada pocos segundos, hasta que responda.",
    offlineTitle: "No hay conexión",
    offlineHelp: "Para esto hace falta la red. Todo sigue solo cuando vuelva.",
    signIn: "Entra para seguir",
    signInHelp: "Los informes se guardan para cada persona que entra.",
    tryAgain: "Intentar otra vez",
    broken: "Esta página se ha roto",
    brokenHelp: "Es un fallo nuestro. Tus informes están a salvo; vuelve a cargar la página.",
    reload: "Cargar otra vez",
    notFound: "No existe esa página",
    notFoundHelp: "Puede que la dirección esté mal escrita, o que la página ya no esté.",
    kinds: {
      "dependency-unavailable": "Falta algo que el servidor necesita. Inténtalo dentro de un rato.",
      "no-such-report": "El informe ya no existe.",
      "already-ended": "Ya ha terminado.",
      "still-open": "Todavía se está haciendo.",
      "not-published": "Todavía no tiene CSV.",
      "invalid-request": "La petición no es válida.",
      "too-many-open-reports": "Se están haciendo demasiados informes. Espera a que termine alguno.",
      internal: "Algo ha fallado en el servidor.",
    },
  },
};
