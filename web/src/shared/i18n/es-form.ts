import { countsIn } from "./counts";
import type { Messages } from "./en";

const { number, plural } = countsIn("es");

export const form: Messages["form"] = {
  name: "Nombre (opcional)",
  nameHelp: "Se muestra con el informe. El nombre del archivo CSV empieza por él.",
  wholePopulation: (population) =>
    `Solo coinciden ${number(population)} Pokémon, así que el informe los incluye todos.`,
  createInvalid: "Crear informe",
  offline: "No tienes conexión. Vuelve a intentarlo cuando la recuperes.",
  noColumns: "Ninguna",
  columnOrder: "Orden",
  customOrder: "Orden (propio)",
  columnsOf: (group, selected, total) =>
    `${group}: ${number(selected)} de ${plural(total, "columna", "columnas")}`,
  orderTitle: "Orden de las columnas",
  orderHelp: "El CSV tiene las columnas seleccionadas en este orden.",
  resetOrder: "Orden predeterminado",
  reset: "Restablecer",
  presets: "Preajustes",
  presetsHelp: "Todas las opciones salvo el nombre, guardadas en este navegador.",
  noPresets: "Todavía no hay preajustes",
  presetName: "Guardar las opciones actuales como",
  savePreset: "Guardar",
  applyPreset: (name) => `Aplicar ${name}`,
  deletePreset: (name) => `Borrar ${name}`,
  presetApplied: (name) => `Aplicado: ${name}`,
  preview: "Vista previa",
  previewLoading: "Cargando la vista previa…",
  previewRows: (shown, total) =>
    shown === total
      ? plural(total, "fila en total", "filas en total")
      : `Primeras ${number(shown)} de ${number(total)} filas`,
  randomSeed: (seed) =>
    `Muestra aleatoria con la semilla ${String(seed)}. Sin semilla, el informe tendrá otra muestra.`,
  useSeed: "Usar esta semilla",
  copyAs: (command) => `Copiar como ${command}`,
  copiedCommand: (command) =>
    `Comando de ${command} copiado. Se ejecuta fuera de tu sesión, así que su informe no aparece aquí.`,
  loadingRequest: "Cargando la solicitud…",
  filledFrom: "Con la solicitud de",
  requestGone:
    "El informe ya no existe, así que no se puede cargar su solicitud. El formulario no ha cambiado.",
};
