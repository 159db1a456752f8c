import type { PhoneKind } from "../../../shared/domain/episode/episode.ts";
import { sentence } from "./words.ts";

/** Languages by their own names; others are told to us on the phone. */
export const spokenLanguages = [
  { tag: "en", name: "English" },
  { tag: "es", name: "Español" },
  { tag: "ar", name: "العربية" },
  { tag: "fr", name: "Français" },
  { tag: "ht", name: "Kreyòl ayisyen" },
  { tag: "ko", name: "한국어" },
  { tag: "pt", name: "Português" },
  { tag: "ru", name: "Русский" },
  { tag: "vi", name: "Tiếng Việt" },
  { tag: "zh", name: "中文" },
] as const;

const kindsEn: Readonly<Record<PhoneKind, string>> = {
  own: "Mine alone",
  shared: "I share it with someone",
  work: "It is a phone at work",
  "held-by-staff": "Staff where I live keep it for me",
};
const kindsEs: Readonly<Record<PhoneKind, string>> = {
  own: "Es solo mío",
  shared: "Lo comparto con alguien",
  work: "Es un teléfono del trabajo",
  "held-by-staff": "Me lo guarda el personal donde vivo",
};

const en = {
  agreed: "Yes, I agree",
  notAgreed: "No",
  tooLong: (maximum: number) => `Use ${maximum} letters or fewer, and letters that can be shown`,
  begin: {
    title: "Before you start",
    lines: [
      "We ask for your name, your date of birth and how we can reach you. It takes about 5 minutes.",
      "Nothing is sent until you press Send at the end. This device keeps what you enter for up to 2 hours.",
      "Only the office staff read it.",
    ],
    button: "Start",
  },
  place: {
    title: "Which office is closer to you?",
    row: "Office",
    missing: "Select the office that is closer to you",
  },
  name: {
    title: "What is your name?",
    given: "First name",
    family: "Last name",
    row: "Name",
    givenMissing: "Enter your first name",
    familyMissing: "Enter your last name",
  },
  usedName: {
    title: "What name do you use?",
    hint: "If it is not your first name. You can leave this empty.",
    row: "Name you use",
  },
  birthDate: {
    title: "What is your date of birth?",
    hint: "For example: 3 28 1990",
    month: "Month",
    day: "Day",
    year: "Year",
    missing: "Enter your date of birth",
    partMissing: {
      month: "Date of birth must include a month",
      day: "Date of birth must include a day",
      year: "Date of birth must include a year",
    },
    notReal: "Date of birth must be a real date, with a year of 4 digits",
    future: "Date of birth must be in the past",
  },
  phone: {
    title: "What is your phone number?",
    hint: "Leave this empty if you have none. We call from the office number.",
    row: "Phone",
    wrong: "Enter a US phone number, like 555 010 0199",
  },
  phoneKind: {
    title: "Whose phone is it?",
    hint: "So that we do not say anything that others should not hear.",
    missing: "Select whose phone it is",
    kinds: kindsEn,
  },
  email: {
    title: "What is your email address?",
    hint: "Leave this empty if you have none.",
    row: "Email",
    wrong: "Enter an email address, like name@example.org",
  },
  reachBy: {
    title: "How can we find you?",
    hint: "A place, a person who may take a message, or a time when you come by.",
    row: "How to find you",
    missing: "Enter at least one way to find you, or go back and give a phone or email",
  },
  smsConsent: {
    title: "May we text you?",
    hint: (address: string) => `To ${address}. You can leave the box empty.`,
    row: "Texts",
    wrong: "Tick the box or leave it empty",
  },
  emailConsent: {
    title: "May we email you?",
    hint: (address: string) => `To ${address}. You can leave the box empty.`,
    row: "Emails",
    wrong: "Tick the box or leave it empty",
  },
  voicemailConsent: {
    title: "May we leave a voicemail?",
    hint: (address: string) => `At ${address}. You can leave the box empty.`,
    row: "Voicemail",
    wrong: "Tick the box or leave it empty",
  },
  language: {
    title: "Which language do you like best?",
    row: "Language",
    missing: "Select a language",
  },
  interpreter: {
    title: "Do you want an interpreter when we talk?",
    hint: "It is free. Sign language too.",
    row: "Interpreter",
    missing: "Select yes if you want an interpreter",
  },
  reason: {
    title: "What brings you here?",
    hint: "In your own words. You can leave this empty. Do not write here if you need help now.",
    row: "What brings you here",
  },
  availability: {
    title: "Which days and times are good for a call?",
    hint: "You can leave this empty.",
    row: "Good days and times",
  },
  check: {
    title: "Check your answers",
    words: "Press Send if this is right.",
    button: "Send",
  },
  sent: {
    title: "We have your form",
    reference: "Your reference is",
    nextTitle: "What happens next",
    next: (when: string) => sentence(`A person from the office gets in touch with you by ${when}`),
    call: "Would you like to talk sooner? Call us:",
    safety: "You may be going through something hard. Please talk with someone now:",
    office: "Or call us at the office:",
  },
  gone: {
    title: "Please start again",
    words: "The form was open for too long, or in two windows at once. Nothing was sent.",
    link: "Start again",
  },
  unfinished: {
    title: "Some answers are missing",
    words: "Please fill them in first. Nothing was sent so far.",
    link: "Go to the next question",
  },
  sentBefore: {
    title: "You sent this form before",
    words: "We have the first one. To change something in it, call us.",
  },
  tooMany: {
    title: "That phone or email was sent many times",
    words: "Wait an hour, or call us.",
  },
  refused: {
    title: "We could not take the form",
    words: "Go back and check your answers. If that does not help, call us: nothing was sent.",
  },
};

const es: typeof en = {
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
  place: {
    title: "¿Qué oficina le queda más cerca?",
    row: "Oficina",
    missing: "Elija la oficina que le queda más cerca",
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
    wrong: "Escriba un número de teléfono de EE. UU., como 555 010 0199",
  },
  phoneKind: {
    title: "¿De quién es el teléfono?",
    hint: "Para no decir nada que otras personas no deban oír.",
    missing: "Elija de quién es el teléfono",
    kinds: kindsEs,
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
  },
  sent: {
    title: "Tenemos su formulario",
    reference: "Su referencia es",
    nextTitle: "Qué sigue",
    next: (when: string) =>
      sentence(`Una persona de la oficina se comunica con usted antes del ${when}`),
    call: "¿Quiere hablar antes? Llámenos:",
    safety: "Puede que esté pasando por algo difícil. Por favor hable con alguien ahora:",
    office: "O llámenos a la oficina:",
  },
  gone: {
    title: "Por favor empiece de nuevo",
    words:
      "El formulario estuvo abierto demasiado tiempo, o en dos ventanas a la vez. No se envió nada.",
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

export const formTexts = { en, es };
