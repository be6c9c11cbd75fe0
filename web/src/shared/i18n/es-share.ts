import type { share as english } from "./en-share";

export const share: typeof english = {
  action: "Compartir",
  shared: "Compartido",
  title: "Compartir este informe",
  help: "Cualquiera que tenga el enlace puede ver este informe y descargar su CSV sin iniciar sesión. No puede modificarlo ni ver tus otros informes.",
  until: (time) =>
    `El enlace funciona hasta que dejes de compartir el informe o hasta que caduque el ${time}.`,
  create: "Crear enlace",
  created: "Enlace creado.",
  notCreated: "No se pudo crear el enlace.",
  link: "Enlace",
  copy: "Copiar enlace",
  copied: "Enlace copiado.",
  notCopied: "No se pudo copiar. Selecciona el enlace y cópialo tú.",
  stop: "Dejar de compartir",
  stopped: "El enlace ya no funciona.",
  notStopped: "No se pudo dejar de compartir.",
  sharedReport: "Informe compartido.",
  sharedHelp: (time) =>
    `Puedes consultarlo y descargarlo hasta el ${time}, salvo que su propietario deje de compartirlo antes.`,
  createYourOwn: "Crear tu propio informe",
  deadLink: "Este enlace no funciona",
  deadLinkHelp:
    "Puede que esté incompleto, que su propietario haya dejado de compartir el informe, o que el informe se haya borrado o haya caducado.",
};
