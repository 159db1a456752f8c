import { asSentence } from "../../../shared/care/text/as-sentence.ts";

// On a clinic's tablet, seen by whoever stands there: no name, and nothing about health or care.
const en = {
  title: "Enter your code",
  lead: "Someone at the office gives you a code. It opens your page on this tablet.",
  hint: "8 letters and digits",
  label: "Code",
  button: "Open my page",
  wrong:
    "This code does not work. It may be mistyped, used already or more than 15 minutes old. Ask at the office for a new one.",
  tooMany: {
    title: "Codes are not taken right now",
    words:
      "Too many were tried in this hour. Ask someone at the office: it can be done on paper or with them.",
  },
  place: "Where is this tablet?",
  answered: {
    title: "This form was sent already",
    words: "We have the answers. There is nothing else to do.",
  },
  ended: {
    title: "This form is not open any more",
    words: "Nothing is wrong. Ask someone at the office.",
  },
  later: {
    title: "This page opens later",
    words: (when: string) =>
      `${asSentence(`It opens from ${when}`)} You can also answer with someone at the office.`,
  },
  closed: {
    title: "This page is closed",
    words: "For your privacy it opens with a new code only. Ask at the office for one.",
  },
  saved: "Each answer is saved when you press Continue. To stop, press “Leave this page”.",
  handBack: "You can give the tablet back. Nothing of yours is left on it.",
  next: "Enter another code",
};

const es: typeof en = {
  title: "Escriba su código",
  lead: "Alguien de la oficina le da un código. Con él se abre su página en esta tableta.",
  hint: "8 letras y números",
  label: "Código",
  button: "Abrir mi página",
  wrong:
    "Este código no sirve. Puede estar mal escrito, ya usado o tener más de 15 minutos. Pida uno nuevo en la oficina.",
  tooMany: {
    title: "Ahora no se aceptan códigos",
    words:
      "Se probaron demasiados en esta hora. Hable con alguien de la oficina: se puede hacer en papel o con esa persona.",
  },
  place: "¿Dónde está esta tableta?",
  answered: {
    title: "Este formulario ya se envió",
    words: "Tenemos las respuestas. No tiene que hacer nada más.",
  },
  ended: {
    title: "Este formulario ya no está abierto",
    words: "No pasa nada. Hable con alguien de la oficina.",
  },
  later: {
    title: "Esta página se abre más tarde",
    words: (when: string) =>
      `${asSentence(`Se abre a partir del ${when}`)} También puede responder con alguien de la oficina.`,
  },
  closed: {
    title: "Esta página está cerrada",
    words: "Por su privacidad, solo se abre con un código nuevo. Pídalo en la oficina.",
  },
  saved: "Cada respuesta se guarda cuando oprime Continuar. Para parar, oprima «Salir de aquí».",
  handBack: "Ya puede devolver la tableta. No queda nada suyo en ella.",
  next: "Escribir otro código",
};

export const tabletTexts = { en, es };
