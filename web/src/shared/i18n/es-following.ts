import type { following as english } from "./en-following";

export const following: typeof english = {
  queued: (name) => `En cola: ${name}`,
  running: (name) => `En curso: ${name}`,
  succeeded: (name) => `Listo: ${name}`,
  partial: (name) => `Listo, pero incompleto: ${name}`,
  failed: (name) => `Fallido: ${name}`,
  canceling: (name) => `Cancelando: ${name}`,
  canceled: (name) => `Cancelado: ${name}`,
  notifyMe: "Avisarme",
  undo: "Deshacer",
  editAndRun: "Editar y repetir",
  retryMissing: "Reintentar solo lo que falta",
};
