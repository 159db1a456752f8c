export const planKinds = ["crisis", "relapse-prevention", "treatment"] as const;
/** A plan that is written with the person, in their words. */
export type PlanKind = (typeof planKinds)[number];

/** Room for one part of a plan: with all parts full, it still prints on one page. */
export const maxPlanCharacters = 500;
export const maxPlanLines = 8;

/** What staff and the person read of it, by language. */
type Texts = { readonly en: string; readonly es: string };

export type PlanSection = {
  readonly id: string;
  readonly label: Texts;
  /** What to ask for, for whoever writes it down. */
  readonly hint: string;
  /** True where it is talked about with whom opioids concern, and with nobody else. */
  readonly isForOpioidUse?: true;
};

export type PlanKindRecord = {
  readonly label: Texts;
  /** In the order in which they are talked about and printed. */
  readonly sections: readonly PlanSection[];
};

/**
 * Every kind of plan: one that is missing here does not compile. The seven parts of the crisis plan are what such
 * plans are for, in our own words, and one more is for whom opioids concern; no published form is copied. By when each is there is what a program says.
 */
export const planKindRecords: Readonly<Record<PlanKind, PlanKindRecord>> = {
  crisis: {
    label: { en: "Crisis plan", es: "Plan para una crisis" },
    sections: [
      {
        id: "warning-signs",
        label: {
          en: "How I notice that it is getting bad",
          es: "Cómo noto que las cosas van mal",
        },
        hint: "Thoughts, moods, places, times of day, what others see.",
      },
      {
        id: "own-ways",
        label: { en: "What I can do by myself", es: "Lo que puedo hacer yo" },
        hint: "What has helped before, without anybody else.",
      },
      {
        id: "people-and-places",
        label: {
          en: "People and places that take my mind off it",
          es: "Personas y lugares que me distraen",
        },
        hint: "Where the person can go, and with whom, without having to talk about it.",
      },
      {
        id: "people-to-tell",
        label: {
          en: "Whom I can tell and ask for help",
          es: "A quién puedo contarle y pedir ayuda",
        },
        hint: "Names and numbers, and what each one knows.",
      },
      {
        id: "professionals",
        label: { en: "Professionals I call", es: "Profesionales a quienes llamo" },
        hint: "Clinic, therapist, prescriber, after hours. 988 and 911 stand on every print.",
      },
      {
        id: "safer-surroundings",
        label: { en: "How I make my surroundings safer", es: "Cómo hago más seguro mi entorno" },
        hint: "Medicine, weapons, alcohol: who keeps what, and since when.",
      },
      {
        id: "naloxone",
        label: {
          en: "Where my naloxone is, and who can give it",
          es: "Dónde está mi naloxona y quién puede dármela",
        },
        hint: "Where it is kept at home and when out, who knows how to give it, and that 911 is called at once. Not using alone.",
        isForOpioidUse: true,
      },
      {
        id: "reasons",
        label: { en: "What I hold on for", es: "Lo que me da fuerzas para seguir" },
        hint: "People, animals, plans, beliefs: in the person's words.",
      },
    ],
  },
  "relapse-prevention": {
    label: { en: "Plan for staying well", es: "Plan para seguir bien" },
    sections: [
      {
        id: "triggers",
        label: { en: "What can set it off", es: "Lo que puede provocarlo" },
        hint: "People, places, things, feelings, dates.",
      },
      {
        id: "high-risk-situations",
        label: { en: "Situations to be careful with", es: "Situaciones en que debo tener cuidado" },
        hint: "Which ones are coming, and what is planned for each.",
      },
      {
        id: "early-signs",
        label: { en: "First signs", es: "Primeras señales" },
        hint: "What changes first: sleep, appetite, thoughts, who notices.",
      },
      {
        id: "strategies",
        label: { en: "What I do then", es: "Lo que hago entonces" },
        hint: "Skills, routines, what to do within a day of a return to use.",
      },
      {
        id: "supports",
        label: { en: "Who stands by me", es: "Quién me apoya" },
        hint: "Names and numbers, meetings, peer, family.",
      },
      {
        id: "first-calls",
        label: { en: "Whom I call first", es: "A quién llamo primero" },
        hint: "In order, with numbers.",
      },
    ],
  },
  treatment: {
    label: { en: "Treatment plan", es: "Plan de tratamiento" },
    sections: [
      {
        id: "problems",
        label: { en: "What we work on", es: "En qué trabajamos" },
        hint: "Problems in the order that matters to the person; co-occurring conditions too.",
      },
      {
        id: "goals",
        label: { en: "What I want to reach", es: "Lo que quiero lograr" },
        hint: "In the person's words, and by what it will be seen.",
      },
      {
        id: "services",
        label: { en: "What we do for it", es: "Lo que hacemos para lograrlo" },
        hint: "Groups, individual, family, medication, peer, holistic: how often.",
      },
      {
        id: "who",
        label: { en: "Who does what", es: "Quién hace qué" },
        hint: "Names and functions; what the person does.",
      },
      {
        id: "preferences",
        label: { en: "What matters to me in my care", es: "Lo que me importa en mi atención" },
        hint: "Culture, faith, language, gender of the therapist, what has not helped.",
      },
    ],
  },
};
