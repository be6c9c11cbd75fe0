import type { Messages } from "./en";

export const shortcuts: Messages["shortcuts"] = {
  title: "Atajos de teclado",
  search: "Buscar en esta página",
  create: "Nuevo informe",
  next: "Informe o fila siguiente",
  previous: "Informe o fila anterior",
  help: "Mostrar estos atajos",
  enabled: "Usar atajos de teclado",
  enabledHelp:
    "No actúan mientras escribes. Desactívalos si interfieren con tu teclado o con el control por voz.",
};
