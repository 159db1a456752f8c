import { asSentence } from "../../../shared/care/text/as-sentence.ts";

// Seen before anybody has shown who they are: no name, and nothing about health or care.
const en = {
  ready: {
    title: "Your page is ready",
    words: "Press the button to open it. It is only for the person we sent the link to.",
    button: "Open my page",
  },
  unknown: {
    title: "This link does not work",
    words:
      "A part of it may be missing, or a newer one has taken its place. Open the link in our last message to you again. If that does not help, call us.",
  },
  ended: {
    title: "This link has ended",
    words: "Nothing is wrong. Call us if you still want to answer, or if you need a new link.",
  },
  answered: {
    title: "You already sent this",
    words: (day: string) => [
      `We got it on ${day}. There is nothing else to do.`,
      "Questions? Call us:",
    ],
  },
  later: {
    title: "This page opens later",
    words: (when: string) => [
      `${asSentence(`You can open it from ${when}`)} Use the same link then.`,
      "Would you rather talk with someone, or answer on the phone? Call us:",
    ],
  },
};

const es: typeof en = {
  ready: {
    title: "Su página está lista",
    words: "Oprima el botón para abrirla. Es solo para la persona a quien le enviamos el enlace.",
    button: "Abrir mi página",
  },
  unknown: {
    title: "Este enlace no funciona",
    words:
      "Puede que le falte una parte o que uno más nuevo lo haya reemplazado. Abra otra vez el enlace de nuestro último mensaje. Si no le sirve, llámenos.",
  },
  ended: {
    title: "Este enlace ya terminó",
    words: "No pasa nada. Llámenos si todavía quiere responder o si necesita un enlace nuevo.",
  },
  answered: {
    title: "Ya lo envió",
    words: (day: string) => [
      `Lo recibimos el ${day}. No tiene que hacer nada más.`,
      "¿Preguntas? Llámenos:",
    ],
  },
  later: {
    title: "Esta página se abre más tarde",
    words: (when: string) => [
      `${asSentence(`Puede abrirla a partir del ${when}`)} Use el mismo enlace.`,
      "¿Prefiere hablar con alguien o responder por teléfono? Llámenos:",
    ],
  },
};

export const linkTexts = { en, es };
