import type { PhoneKind } from "../../../shared/care/episode/episode.ts";
import type { intakeFormEn } from "./intake-form.en.ts";

const kinds: Readonly<Record<PhoneKind, string>> = {
  own: "Es solo mío",
  shared: "Lo comparto con alguien",
  work: "Es un teléfono del trabajo",
  "held-by-staff": "Me lo guarda el personal donde vivo",
};

/** The form that asks for care, in Spanish. */
export const intakeFormEs: typeof intakeFormEn = {
  agreed: "Sí, acepto",
  notAgreed: "No",
  tooLong: (maximum: number) => `Use ${maximum} letras o menos, y letras que se puedan mostrar`,
  begin: {
    title: "Antes de empezar",
    lines: [
      "Le pedimos su nombre, su fecha de nacimiento y cómo podemos comunicarnos con usted. Toma unos 5 minutos.",
      "No se envía nada hasta que oprima Enviar al final. Este aparato guarda lo que escribe por 2 horas como máximo.",
      "Solo lo lee el personal de la oficina.",
    ],
    button: "Empezar",
  },
  begun: {
    title: "Hay un formulario empezado en este aparato",
    lines: [
      "No se ha enviado. ¿Lo empezó usted? Entonces puede seguir con él.",
      "Si no, empiece de nuevo. Lo que se escribió antes se borra entonces.",
    ],
    startOver: "Empezar de nuevo",
    goOn: "Seguir con el formulario empezado",
  },
  place: {
    title: "¿Qué oficina le queda más cerca?",
    row: "Oficina",
    missing: "Elija la oficina que le queda más cerca",
  },
  care: {
    title: "¿Con qué le gustaría más que le ayudemos?",
    hint: "Elija lo que mejor le describa. Hablaremos de todo con usted.",
    row: "Ayuda con",
    missing: "Elija con qué le gustaría más que le ayudemos",
  },
  name: {
    title: "¿Cómo se llama?",
    given: "Nombre",
    family: "Apellidos",
    row: "Nombre",
    givenMissing: "Escriba su nombre",
    familyMissing: "Escriba sus apellidos",
  },
  usedName: {
    title: "¿Qué nombre usa?",
    hint: "Si no es su primer nombre. Puede dejarlo vacío.",
    row: "Nombre que usa",
  },
  birthDate: {
    title: "¿Cuál es su fecha de nacimiento?",
    hint: "Por ejemplo: 3 28 1990",
    month: "Mes",
    day: "Día",
    year: "Año",
    missing: "Escriba su fecha de nacimiento",
    partMissing: {
      month: "La fecha de nacimiento debe incluir un mes",
      day: "La fecha de nacimiento debe incluir un día",
      year: "La fecha de nacimiento debe incluir un año",
    },
    notReal: "La fecha de nacimiento debe existir y tener un año de 4 cifras",
    future: "La fecha de nacimiento debe estar en el pasado",
  },
  phone: {
    title: "¿Cuál es su número de teléfono?",
    hint: "Déjelo vacío si no tiene. Llamamos desde el número de la oficina.",
    row: "Teléfono",
    problems: {
      "no-number": "Escriba un número de teléfono de EE. UU., como 212 555 0199",
      "wrong-length":
        "Escriba un número de teléfono de EE. UU. con sus 10 cifras, como 212 555 0199. Si es de otro país, empiece con +",
      "unknown-country": "Revise el código de país después del +. Ningún país tiene este",
      impossible:
        "Escriba un número de teléfono de EE. UU. al que se pueda llamar. Revise las 3 primeras cifras y las 3 siguientes",
      nobodys:
        "Este número es de una empresa o de un servicio. Escriba el número del teléfono donde podemos comunicarnos con usted",
    },
    extension: (digits: string) =>
      `Quite la extensión (${digits}) del número. Nuestros mensajes y llamadas no llegan a una extensión`,
    own: "Este es nuestro propio número. Escriba el número donde podemos comunicarnos con usted",
  },
  phoneKind: {
    title: "¿De quién es el teléfono?",
    hint: "Para no decir nada que otras personas no deban oír.",
    missing: "Elija de quién es el teléfono",
    kinds: kinds,
  },
  email: {
    title: "¿Cuál es su correo electrónico?",
    hint: "Déjelo vacío si no tiene.",
    row: "Correo electrónico",
    wrong: "Escriba un correo electrónico, como nombre@example.org",
  },
  reachBy: {
    title: "¿Cómo podemos encontrarle?",
    hint: "Un lugar, una persona que pueda darle un recado, o una hora en que usted pasa por aquí.",
    row: "Cómo encontrarle",
    missing: "Escriba al menos una manera de encontrarle, o regrese y dé un teléfono o un correo",
  },
  smsConsent: {
    title: "¿Podemos enviarle mensajes de texto?",
    hint: (address: string) => `Al ${address}. Puede dejar la casilla vacía.`,
    row: "Mensajes de texto",
    wrong: "Marque la casilla o déjela vacía",
  },
  emailConsent: {
    title: "¿Podemos enviarle correos?",
    hint: (address: string) => `A ${address}. Puede dejar la casilla vacía.`,
    row: "Correos",
    wrong: "Marque la casilla o déjela vacía",
  },
  voicemailConsent: {
    title: "¿Podemos dejarle un mensaje de voz?",
    hint: (address: string) => `En el ${address}. Puede dejar la casilla vacía.`,
    row: "Mensaje de voz",
    wrong: "Marque la casilla o déjela vacía",
  },
  language: {
    title: "¿Qué idioma prefiere?",
    row: "Idioma",
    missing: "Elija un idioma",
    another: "Otro idioma",
  },
  otherLanguage: {
    title: "¿Qué idioma habla?",
    hint: "También lenguas de señas.",
    row: "Qué idioma",
    missing: "Escriba el idioma, con 60 letras o menos",
  },
  interpreter: {
    title: "¿Quiere un intérprete cuando hablemos?",
    hint: "Es gratis. También en lengua de señas.",
    row: "Intérprete",
    missing: "Elija sí si quiere un intérprete",
  },
  reason: {
    title: "¿Por qué viene?",
    hint: "Con sus propias palabras. Puede dejarlo vacío. No escriba aquí si necesita ayuda ahora.",
    row: "Por qué viene",
  },
  availability: {
    title: "¿Qué días y horas son buenos para llamarle?",
    hint: "Puede dejarlo vacío.",
    row: "Días y horas buenos",
  },
  check: {
    title: "Revise sus respuestas",
    words: "Oprima Enviar si todo está bien.",
    button: "Enviar",
    changed:
      "Estas respuestas se cambiaron en otra ventana. No se ha enviado nada: léalas una vez más.",
  },
  sent: {
    title: "Tenemos su formulario",
    reference: "Su referencia es",
    nextTitle: "Qué sigue",
    next: (when: string) =>
      `Sabrá de nosotros antes del ${when}: unas preguntas por mensaje o correo, o una llamada.`,
    call: "¿Quiere hablar antes? Llámenos:",
    safety: "Puede que esté pasando por algo difícil. Por favor hable con alguien ahora:",
    office: "O llámenos a la oficina:",
  },
  gone: {
    title: "Por favor empiece de nuevo",
    words:
      "El formulario estuvo abierto demasiado tiempo, se borró, o se empezó otro en este aparato. Lo que estaba en esta página no se envió.",
    link: "Empezar de nuevo",
  },
  unfinished: {
    title: "Faltan algunas respuestas",
    words: "Por favor complételas primero. Todavía no se envió nada.",
    link: "Ir a la siguiente pregunta",
  },
  sentBefore: {
    title: "Ya envió este formulario",
    words: "Tenemos el primero. Para cambiar algo en él, llámenos.",
  },
  tooMany: {
    title: "Ese teléfono o correo se envió muchas veces",
    words: "Espere una hora o llámenos.",
  },
  refused: {
    title: "No pudimos recibir el formulario",
    words: "Regrese y revise sus respuestas. Si no le sirve, llámenos: no se envió nada.",
  },
};
