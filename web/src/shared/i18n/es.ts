import type { ColumnName, Status } from "@/shared/api/types";
import { generationName as nameOfGeneration, typeName as nameOfType } from "@/shared/pokemon-names/catalogue";
import { countsIn } from "./counts";
import type { Messages } from "./en";
import { account } from "./es-account";
import { compare } from "./es-compare";
import { form } from "./es-form";
import { following } from "./es-following";
import { pokemon as pokemonMessages } from "./es-pokemon";
import { queue } from "./es-queue";
import { share } from "./es-share";
import { shortcuts } from "./es-shortcuts";
import { table } from "./es-table";
import { lowerFirst, type Selection } from "./pokemon";

const { number, plural } = countsIn("es");

const columns: Record<ColumnName, string> = {
  id: "N.º",
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
  shape: "Forma del cuerpo",
  is_default: "Forma predeterminada",
  is_legendary: "Legendario",
  is_mythical: "Singular",
  is_baby: "Bebé",
  evolves_from: "Evoluciona de",
  sprite_url: "Imagen",
};

const statuses: Record<Status, string> = {
  queued: "En cola",
  running: "En curso",
  succeeded: "Completado",
  partial: "Parcial",
  failed: "Fallido",
  canceling: "Cancelando",
  canceled: "Cancelado",
};

const typeName = (type: string) => nameOfType(type, "es");
const generationName = (generation: string) => nameOfGeneration(generation, "es");

function pokemon({ type, generation }: Pick<Selection, "type" | "generation">): string {
  const ofType = type ? ` de tipo ${lowerFirst(typeName(type))}` : "";
  return `Pokémon${ofType}${generation ? ` de la ${lowerFirst(generationName(generation))}` : ""}`;
}

function selection({ sample, population, includeForms, ...filters }: Selection): string {
  const total = population === null ? null : number(population);
  const share =
    sample === null
      ? `todos los ${total === null ? "" : `${total} `}`
      : `${number(sample)} ${total === null ? "" : `de ${total} `}`;
  return `${share}${pokemon(filters)}${includeForms ? "" : ", sin formas alternativas"}`;
}

export const es: Messages = {
  app: {
    name: "Poke Queue",
    description: "Crea informes sobre Pokémon, sigue su progreso, explora los resultados y descarga el CSV.",
    tagline: "Elige unos Pokémon. Obtén una tabla.",
    introduction:
      "Características, habilidades y debilidades, recopiladas en segundo plano y guardadas en un CSV.",
    skip: "Ir al contenido",
    footer: "Datos de PokéAPI. Pokémon y los nombres de sus personajes son marcas registradas de Nintendo.",
    api: "API HTTP",
    home: "Poke Queue: todos los informes",
    language: "Idioma",
    settings: "Idioma y tema",
    theme: { label: "Tema", system: "Según el sistema", light: "Claro", dark: "Oscuro" },
  },
  account,
  names: {
    type: typeName,
    generation: generationName,
    columns,
    statuses,
  },
  newReport: {
    title: "Nuevo informe",
    type: "Tipo",
    allTypes: "Todos los tipos",
    generation: "Generación",
    allGenerations: "Todas",
    allGenerationsLabel: "Todas las generaciones",
    generationCount: (generation, count) => `${generationName(generation)}: ${number(count)} Pokémon`,
    forms: "Incluir formas alternativas",
    formsHelp:
      "Megaevoluciones, formas Gigamax, regionales y otras, además de la forma predeterminada de cada especie.",
    quantity: "Cantidad de Pokémon",
    all: "Todos",
    sample: "Muestra aleatoria",
    sampleSize: "Tamaño de la muestra",
    sampleSizeSlider: "Ajustar el tamaño",
    population: (count) => `de ${number(count)}`,
    noPokemon: "Ningún Pokémon coincide. Elige otro tipo u otra generación.",
    seed: "Semilla (opcional)",
    seedHelp: "La misma semilla produce siempre la misma muestra. Si la dejas vacía, se elige una al azar.",
    columns: "Columnas",
    columnsSelected: (count, total) => `${number(count)} de ${number(total)}`,
    columnGroups: {
      identity: "Identidad",
      statistics: "Características",
      abilities: "Habilidades",
      matchups: "Debilidades y resistencias",
      body: "Físico",
      species: "Especie",
      category: "Categoría",
    },
    allColumns: "Todas",
    essentialColumns: "Esenciales",
    create: (selected) => `Crear informe: ${selection(selected)}`,
    creating: "Creando…",
    pokeapiUnavailable:
      "PokéAPI no está disponible, así que no se pueden mostrar los tipos ni las generaciones. Aun así puedes crear un informe de todos los Pokémon: se generará en cuanto PokéAPI vuelva a responder.",
    loading: "Cargando tipos y generaciones…",
    errors: {
      sampleSize: (population) =>
        population === null
          ? "Introduce un número entero a partir de 1."
          : `Introduce un número entero del 1 al ${number(population)}.`,
      seed: "Introduce un número entero del 0 al 9.007.199.254.740.991.",
      columns: "Selecciona al menos una columna.",
    },
  },
  queue,
  report: {
    name: ({ sample, population, ...filters }) => {
      const count = sample ?? population;
      const all = population === null ? "Todos los " : `Los ${number(population)} `;
      const share = sample === null ? all : `${number(count ?? 0)} `;
      return `${share}${pokemon(filters)}${filters.includeForms ? "" : ", sin formas alternativas"}`;
    },
    progress: (done, total) => `${number(done)} de ${number(total)}`,
    progressOf: (name) => `Progreso de ${name}`,
    planning: "Seleccionando los Pokémon…",
    waiting: "Esperando para empezar…",
    inLine: (position) => (position === 1 ? "Siguiente en la cola" : `${number(position)}.º en la cola`),
    timeLeft: (duration) => `quedan unos ${duration}`,
    missing: (count) => plural(count, "falta", "faltan"),
    rows: (count) => plural(count, "fila", "filas"),
    back: "Todos los informes",
    download: "Descargar CSV",
    cancel: "Cancelar",
    retry: "Repetir",
    delete: "Borrar",
    actionOn: (action, name) => `${action}: ${name}`,
    loading: "Cargando el informe…",
    notFound: "Informe no encontrado",
    notFoundHelp: "Puede que se haya borrado o que haya caducado.",
    noId: "Ningún informe seleccionado",
    noIdHelp: "Este enlace no contiene el identificador de un informe.",
    running: "Informe en curso",
    runningHelp: "La tabla y los gráficos aparecerán aquí automáticamente.",
    canceled: "Informe cancelado",
    canceledHelp: "No tiene resultados. Repítelo para usar la misma solicitud y la misma semilla.",
    canceling: "Cancelando el informe",
    failed: "El informe ha fallado",
    noRows: "Ningún Pokémon cumple todos los filtros, así que este informe no tiene filas.",
    smallPopulation: (requested, total) =>
      `Solicitaste una muestra de ${number(requested)}, pero solo ${total === 1 ? "coincide" : "coinciden"} ${number(total)} Pokémon. El informe los incluye todos.`,
    details: "Detalles",
    request: "Solicitud",
    includeForms: { yes: "Con formas alternativas", no: "Sin formas alternativas" },
    everything: "Todos los Pokémon",
    sampleOf: (size) => `Muestra de ${number(size)}`,
    seed: "Semilla",
    checksum: "SHA-256",
    copy: "Copiar",
    copied: "Copiado",
    copyFailed: "No se pudo copiar",
    size: "Tamaño",
    requested: "Solicitado",
    duration: "Duración",
    expires: "Caduca",
    retryOf: "Repetición de",
    originalReport: "Informe original",
    columnCount: (count) => plural(count, "columna", "columnas"),
    failures: (count) => (count === 1 ? "Falta 1 Pokémon" : `Faltan ${number(count)} Pokémon`),
    failuresHelp: "No se pudieron obtener tras todos los reintentos:",
    moreFailures: (count) => `y ${number(count)} más`,
    pokemon: "Pokémon",
    statistics: "Distribución de las características",
    statistic: "Característica",
    distribution: "Distribución",
    lowest: "Mín.",
    median: "Mediana",
    highest: "Máx.",
    distributionOf: (name, minimum, lowerQuartile, median, upperQuartile, maximum) =>
      `${name}: de ${minimum} a ${maximum}, mediana ${median}, mitad central de ${lowerQuartile} a ${upperQuartile}`,
    typesChart: "Tipos",
    typesHelp: "Los Pokémon de dos tipos cuentan en ambos.",
    tableUnavailable: "No se pudo cargar la tabla",
    tableUnavailableHelp: "No se pudo leer el CSV del almacenamiento. Aún puedes descargarlo.",
    tableLoading: "Cargando la tabla…",
  },
  form,
  table,
  pokemon: pokemonMessages,
  compare,
  share,
  following,
  shortcuts,
  actions: {
    downloaded: (file, size) => `${file} guardado (${size}), suma de comprobación verificada`,
    wrongChecksum: (file) =>
      `${file} llegó dañado (la suma de comprobación no coincide); no se ha guardado nada`,
    downloadedByBrowser: "Tu navegador lo está descargando",
    notDownloaded: "No se pudo descargar el CSV.",
    canceled: (name) => `Cancelado: ${name}`,
    canceling: (name) => `Cancelando: ${name}`,
    notCanceled: (name) => `No se pudo cancelar: ${name}.`,
    notRetried: (name) => `No se pudo repetir: ${name}.`,
    deleted: (count) => plural(count, "informe borrado", "informes borrados"),
    partlyDeleted: (deleted, failed) =>
      `${plural(deleted, "informe borrado", "informes borrados")}; ${number(failed)} no se ${failed === 1 ? "pudo" : "pudieron"} borrar.`,
    notDeleted: (count) =>
      count === 1 ? "No se pudo borrar 1 informe." : `No se pudieron borrar ${number(count)} informes.`,
    confirmTitle: (count) => (count === 1 ? "¿Borrar este informe?" : `¿Borrar ${number(count)} informes?`),
    confirmHelp: (count) =>
      count === 1
        ? "También se borrará su CSV. Podrás deshacerlo durante 10 segundos."
        : "También se borrarán sus CSV. Podrás deshacerlo durante 10 segundos.",
    confirmRunning: (running, count) => {
      if (count === 1) {
        return "Aún se está creando: se detendrá.";
      }
      return running === 1
        ? "1 aún se está creando: se detendrá."
        : `${number(running)} aún se están creando: se detendrán.`;
    },
    confirm: (count) => `Borrar ${plural(count, "informe", "informes")}`,
    keep: "No borrar",
    open: "Abrir",
    close: "Cerrar",
    dismiss: "Cerrar",
    notifications: "Notificaciones",
  },
  errors: {
    offline:
      "Sin conexión. Estás viendo los últimos datos recibidos; se reanudará cuando vuelva la conexión.",
    unreachableBanner:
      "No se puede conectar con el servidor. Estás viendo los últimos datos recibidos; se reintenta cada pocos segundos.",
    unreachable: "No se puede conectar con el servidor",
    unreachableHelp: "Se reintenta cada pocos segundos hasta que responda.",
    offlineTitle: "Sin conexión",
    offlineHelp: "Esta página necesita conexión. Se reanudará cuando vuelva.",
    signIn: "Inicia sesión para continuar",
    signInHelp: "Tus informes solo se ven desde tu cuenta.",
    tryAgain: "Reintentar",
    pageCrashed: "Algo ha ido mal",
    pageCrashedHelp: "Es un error nuestro; tus informes están a salvo. Vuelve a cargar la página.",
    reload: "Volver a cargar",
    partCrashed: "Esta parte no se puede mostrar",
    partCrashedHelp: "Es un error nuestro. El resto de la página funciona.",
    pageNotFound: "Página no encontrada",
    pageNotFoundHelp: "Comprueba la dirección o ve a la lista de informes.",
    unknown: "El servidor ha devuelto un error.",
    tryAgainIn: (time) => `Vuelve a intentarlo ${time}.`,
    problems: {
      "dependency-unavailable": "Un servicio necesario no está disponible. Inténtalo más tarde.",
      "no-such-report": "El informe ya no existe.",
      "no-such-link": "Este enlace ya no funciona.",
      "already-ended": "Ya ha terminado.",
      "still-open": "Aún está en curso.",
      "not-published": "Su CSV aún no está listo.",
      "invalid-request": "La solicitud no es válida.",
      "too-many-open-reports": "Hay demasiados informes en curso. Espera a que termine alguno.",
      "too-many-reports-per-hour": "Has creado tantos informes como se permiten en una hora.",
      "too-many-kept-reports": "Tienes tantos informes como se permiten. Borra los que ya no necesites.",
      internal: "Algo ha fallado en el servidor.",
    },
  },
};
