// Spanish: neutral, "usted"; to be read by a native speaker before it is used with real people.
const en = {
  navigation: "Site",
  language: "Language",
  brand: "Your pages",
  leave: "Leave this page",
  helpNow: "Help now",
  back: "Back",
  continue: "Continue",
  change: "Change",
  notAnswered: "Not answered",
  yes: "Yes",
  no: "No",
  optional: "optional",
  crisis: {
    heading: "If you need help now",
    call: "Call 988",
    text: "text 988",
    middle: " or ",
    after: ", day or night, to talk with someone. It is free.",
    danger: "If someone is in danger, ",
    emergency: "call 911",
    notWatched: "This page is not watched around the clock.",
  },
  notFound: {
    title: "This page is not here",
    words:
      "The address may be cut off. If you came from a message, open its link again, or call us.",
    start: "Go to the start page",
  },
  tooLarge: {
    title: "That was too long",
    words: "Go back, shorten what you wrote, and send it again.",
  },
  badForm: {
    title: "That did not arrive as it should",
    words: "Go back to the page before this one, load it again, and send it once more.",
  },
  otherSite: {
    title: "That did not come from our pages",
    words: "Go back to the page you were on, load it again, and send it once more.",
  },
  noSession: {
    title: "Open your link again",
    words:
      "For your privacy this page closes after a while. Open the link in our last message to you again, or call us.",
  },
  otherLink: {
    title: "This page belongs to another link",
    words:
      "Nothing was saved. Open the link in our last message to you again, and answer on the pages that it opens.",
  },
  trouble: {
    title: "Something went wrong on our side",
    words: "What you sent before is saved. Try again in a few minutes, or call us.",
  },
};

const es: typeof en = {
  navigation: "Sitio",
  language: "Idioma",
  brand: "Sus páginas",
  leave: "Salir de aquí",
  helpNow: "Ayuda ahora",
  back: "Atrás",
  continue: "Continuar",
  change: "Cambiar",
  notAnswered: "Sin respuesta",
  yes: "Sí",
  no: "No",
  optional: "opcional",
  crisis: {
    heading: "Si necesita ayuda ahora",
    call: "Llame al 988 y oprima 2",
    text: "envíe AYUDA por texto al 988",
    middle: ", o ",
    after: ", de día o de noche, para hablar con alguien. Es gratis.",
    danger: "Si alguien está en peligro, ",
    emergency: "llame al 911",
    notWatched: "Nadie vigila esta página las 24 horas.",
  },
  notFound: {
    title: "Esta página no está aquí",
    words:
      "Puede que la dirección esté incompleta. Si viene de un mensaje, abra su enlace otra vez o llámenos.",
    start: "Ir a la página de inicio",
  },
  tooLarge: {
    title: "Eso fue demasiado largo",
    words: "Regrese, acorte lo que escribió y envíelo de nuevo.",
  },
  badForm: {
    title: "Eso no llegó como debía",
    words: "Regrese a la página anterior, cárguela de nuevo y envíela otra vez.",
  },
  otherSite: {
    title: "Eso no vino de nuestras páginas",
    words: "Regrese a la página en la que estaba, cárguela de nuevo y envíela otra vez.",
  },
  noSession: {
    title: "Abra su enlace otra vez",
    words:
      "Por su privacidad, esta página se cierra después de un rato. Abra otra vez el enlace de nuestro último mensaje o llámenos.",
  },
  otherLink: {
    title: "Esta página es de otro enlace",
    words:
      "No se guardó nada. Abra otra vez el enlace de nuestro último mensaje y responda en las páginas que se abren con él.",
  },
  trouble: {
    title: "Algo falló de nuestro lado",
    words: "Lo que envió antes está guardado. Intente de nuevo en unos minutos o llámenos.",
  },
};

export const commonTexts = { en, es };
