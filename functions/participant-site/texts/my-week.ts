import type { Modality } from "../../../shared/care/program/program.ts";

const modalityEn: Readonly<Record<Modality, string>> = {
  individual: "One-to-one",
  group: "Group",
  family: "Family meeting",
  psychoeducation: "Learning together",
  "medication-management": "Medication visit",
  skills: "Skills",
  holistic: "Body and mind",
  "case-management": "Meeting with your case manager",
  assessment: "Review",
  "peer-support": "Meeting with a peer",
};

const modalityEs: Readonly<Record<Modality, string>> = {
  individual: "Individual",
  group: "Grupo",
  family: "Reunión familiar",
  psychoeducation: "Aprender en grupo",
  "medication-management": "Visita de medicamentos",
  skills: "Habilidades",
  holistic: "Cuerpo y mente",
  "case-management": "Reunión con quien coordina su caso",
  assessment: "Revisión",
  "peer-support": "Reunión con un compañero o una compañera",
};

const en = {
  title: "Your week",
  nothing: "Nothing is planned for you this week.",
  time: (from: string, to: string) => `${from} to ${to}`,
  cancelled: "Cancelled",
  over: "over",
  join: "Online: join here",
  hours: (done: string, planned: string) => `This week: ${done} of ${planned} hours so far.`,
  call: "Cannot come, or running late? Call us:",
  preferences: "Choose how we write to you",
  modality: modalityEn,
};

const es: typeof en = {
  title: "Su semana",
  nothing: "No tiene nada planeado esta semana.",
  time: (from: string, to: string) => `${from} a ${to}`,
  cancelled: "Cancelado",
  over: "ya pasó",
  join: "Por internet: entre aquí",
  hours: (done: string, planned: string) => `Esta semana: ${done} de ${planned} horas hasta ahora.`,
  call: "¿No puede venir o llega tarde? Llámenos:",
  preferences: "Elegir cómo le escribimos",
  modality: modalityEs,
};

export const myWeekTexts = { en, es };
