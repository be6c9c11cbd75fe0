import { countsIn } from "./counts";
import type { account as english } from "./en-account";

const { number, plural } = countsIn("es");

export const account: typeof english = {
  signIn: "Iniciar sesión",
  signInWith: (provider) => `Iniciar sesión con ${provider}`,
  signOut: "Cerrar sesión",
  signedInAs: (name) => `Sesión iniciada como ${name}`,
  unavailable: "Podrás iniciar sesión cuando vuelva la conexión.",
  keptForThisBrowser: "Tus informes se guardan para este navegador. Inicia sesión para pasarlos a tu cuenta.",
  keptForThisBrowserOnly: "Tus informes se guardan solo para este navegador.",
  visitorReports: "Informes anteriores al inicio de sesión",
  offer: (count) =>
    `Creaste ${plural(count, "informe", "informes")} en este navegador antes de iniciar sesión.`,
  move: (count) => `Pasar ${plural(count, "informe", "informes")} a tu cuenta`,
  moving: (done, total) => `Pasando… ${number(done)} de ${number(total)}`,
  moved: (count) => `${plural(count, "informe pasado", "informes pasados")} a tu cuenta`,
  notMoved: "No se pudieron pasar tus informes.",
  stillOpen: (count) =>
    count === 1
      ? "1 informe aún está en curso. Podrás pasarlo cuando termine."
      : `${number(count)} informes aún están en curso. Podrás pasarlos cuando terminen.`,
  notNow: "Ahora no",
};
