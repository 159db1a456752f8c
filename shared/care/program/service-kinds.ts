/** The services that have a record of this sort, in the order in which staff see them. */
export const serviceKinds = [
  "individual",
  "group",
  "family",
  "drug-screen",
  "holistic",
  "skills",
  "education-work",
  "peer",
  "alumni",
  "mutual-support",
] as const;
/** A service of the program other than medicine, which has a record of its own. */
export type ServiceKind = (typeof serviceKinds)[number];

/** How far somebody is with a service. */
export const serviceStates = ["offered", "accepted", "declined", "done"] as const;
export type ServiceState = (typeof serviceStates)[number];

export const screenResults = ["negative", "positive", "inconclusive"] as const;
/** What a drug screen showed; a presumptive result is no fact until it is confirmed. */
export type ScreenResult = (typeof screenResults)[number];

/** What a record may say beside how far it is; each kind of service asks for some of it. */
export const serviceDetails = [
  "topic",
  "with",
  "on",
  "nextOn",
  "result",
  "isConfirmed",
  "isCleared",
  "wasThere",
  "isRead",
  "toldBy",
  "note",
] as const;
export type ServiceDetail = (typeof serviceDetails)[number];

type AskedDetail = {
  /** As staff read it. */
  readonly label: string;
  /** Where nothing is recorded without it: in these states. */
  readonly neededFor?: readonly ServiceState[];
  /** Said where it is missing. */
  readonly unless?: string;
  /** The names that may be chosen, where it is not free. */
  readonly choices?: readonly string[];
  /** The names that may be chosen stand in the program. */
  readonly ofProgram?: true;
};

type ServiceRecord = {
  /** As staff read it. */
  readonly label: string;
  /** The states in the words of this service. */
  readonly states: Readonly<Record<ServiceState, string>>;
  readonly details: Readonly<Partial<Record<ServiceDetail, AskedDetail>>>;
};

const usualStates = {
  offered: "Offered",
  accepted: "Accepted",
  declined: "Declined",
  done: "Took place",
} as const;
const note = { label: "Note (optional)" };
const agreed = ["accepted", "done"] as const;

/** Every kind of service, with what its record asks for: one that is missing here does not compile. */
export const serviceRecords: Readonly<Record<ServiceKind, ServiceRecord>> = {
  individual: {
    label: "Individual sessions",
    states: usualStates,
    details: {
      on: { label: "Day", neededFor: ["done"], unless: "Say on which day it took place." },
      with: { label: "With whom" },
      note,
    },
  },
  group: {
    label: "Groups",
    states: { ...usualStates, done: "Comes to it" },
    details: {
      topic: {
        label: "Which group",
        neededFor: ["offered", "accepted", "declined", "done"],
        unless: "Say which group.",
      },
      on: { label: "From which day" },
      note,
    },
  },
  family: {
    label: "Family sessions",
    states: usualStates,
    details: {
      with: { label: "Who comes", neededFor: agreed, unless: "Say who comes." },
      on: { label: "Day", neededFor: ["done"], unless: "Say on which day it took place." },
      wasThere: { label: "The participant was there (without them it is not counted)" },
      note,
    },
  },
  "drug-screen": {
    label: "Drug screens",
    states: {
      offered: "Planned",
      accepted: "Collected",
      declined: "Declined",
      done: "The result is in",
    },
    details: {
      on: {
        label: "Day it is planned for, or was collected",
        neededFor: ["offered", "accepted", "done"],
        unless: "Say for which day it is planned, or when it was collected.",
      },
      result: {
        label: "Result",
        neededFor: ["done"],
        unless: "Choose the result.",
        choices: screenResults,
      },
      isConfirmed: { label: "Confirmed by the laboratory (a presumptive result is not a fact)" },
      isRead: { label: "I am a clinician and have read the result" },
      toldBy: { label: "Who told the person, in words and never by message" },
      nextOn: { label: "Next screen" },
      note,
    },
  },
  holistic: {
    label: "Holistic offerings",
    states: usualStates,
    details: {
      topic: {
        label: "Offering",
        neededFor: ["offered", "accepted", "declined", "done"],
        unless: "Choose the offering by its name.",
        ofProgram: true,
      },
      isCleared: {
        label: "Medically cleared for it",
      },
      on: { label: "Day" },
      note,
    },
  },
  skills: {
    label: "Skills and psychoeducation",
    states: { ...usualStates, done: "Attended" },
    details: {
      topic: {
        label: "Series and topic",
        neededFor: ["offered", "accepted", "declined", "done"],
        unless: "Say which topic of which series.",
      },
      on: { label: "Day", neededFor: ["done"], unless: "Say on which day they attended." },
      note,
    },
  },
  "education-work": {
    label: "Education and work",
    states: {
      offered: "Spoken of",
      accepted: "A goal is set",
      declined: "No wish for it",
      done: "Back at school or work",
    },
    details: {
      topic: { label: "Goal", neededFor: agreed, unless: "Say what the goal is." },
      with: { label: "Referred to (optional)" },
      nextOn: { label: "Return on (asked about after the program)" },
      note,
    },
  },
  peer: {
    label: "Peer support",
    states: { ...usualStates, done: "Met" },
    details: {
      with: { label: "Which peer", neededFor: agreed, unless: "Name the peer." },
      on: { label: "First meeting", neededFor: ["done"], unless: "Say when they met." },
      note,
    },
  },
  alumni: {
    label: "Alumni group",
    states: { ...usualStates, done: "Came to it" },
    details: {
      isCleared: {
        label: "The person gave the alumni group’s own consent",
        neededFor: agreed,
        unless: "The alumni group has a consent of its own: ask for it first.",
      },
      on: { label: "First meeting" },
      note,
    },
  },
  "mutual-support": {
    label: "Community and mutual support",
    states: { ...usualStates, done: "Attended" },
    // Whether they went, and never its content: there is no note.
    details: {
      with: {
        label: "Which group, by its name",
        neededFor: ["offered", "accepted", "done"],
        unless: "Name the group that is offered.",
      },
      on: { label: "First meeting" },
    },
  },
};
