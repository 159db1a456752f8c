import type { PhoneProblem } from "../../../shared/care/contact-points/contact-point.ts";
import type { PhoneKind } from "../../../shared/care/episode/episode.ts";

const kinds: Readonly<Record<PhoneKind, string>> = {
  own: "Mine alone",
  shared: "I share it with someone",
  work: "It is a phone at work",
  "held-by-staff": "Staff where I live keep it for me",
};

type PhoneTexts = Readonly<Record<Exclude<PhoneProblem, "extension">, string>>;

/** The form that asks for care, in English. */
export const intakeFormEn = {
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
  begun: {
    title: "A form was begun on this device",
    lines: [
      "It was not sent. Did you begin it yourself? Then you can go on with it.",
      "If not, start over. What was entered before is cleared then.",
    ],
    startOver: "Start over",
    goOn: "Go on with the form that was begun",
  },
  place: {
    title: "Which office is closer to you?",
    row: "Office",
    missing: "Select the office that is closer to you",
  },
  care: {
    title: "What would you like help with most?",
    hint: "Choose what fits best. We will talk about everything with you.",
    row: "Help with",
    missing: "Select what you would like help with most",
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
    problems: {
      "no-number": "Enter a US phone number, like 212 555 0199",
      "wrong-length":
        "Enter a US phone number with all 10 digits, like 212 555 0199. Start a number from another country with +",
      "unknown-country": "Check the country code after the +. No country has this one",
      impossible:
        "Enter a US phone number that can be called. Check the first 3 digits and the 3 after them",
      nobodys:
        "This number belongs to a company or a service. Enter the number of the phone where we can reach you",
    } satisfies PhoneTexts,
    extension: (digits: string) =>
      `Take the extension (${digits}) off the number. Our texts and calls cannot reach an extension`,
    own: "This is our own number. Enter the number where we can reach you",
  },
  phoneKind: {
    title: "Whose phone is it?",
    hint: "So that we do not say anything that others should not hear.",
    missing: "Select whose phone it is",
    kinds: kinds,
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
    another: "Another language",
  },
  otherLanguage: {
    title: "Which language do you speak?",
    hint: "Sign languages too.",
    row: "Which language",
    missing: "Enter the language, in 60 letters or fewer",
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
    changed:
      "These answers were changed in another window. Nothing was sent so far: read them once more.",
  },
  sent: {
    title: "We have your form",
    reference: "Your reference is",
    nextTitle: "What happens next",
    next: (when: string) =>
      `You hear from us by ${when}: a few questions by text or email, or a call.`,
    call: "Would you like to talk sooner? Call us:",
    safety: "You may be going through something hard. Please talk with someone now:",
    office: "Or call us at the office:",
  },
  gone: {
    title: "Please start again",
    words:
      "The form was open for too long, was cleared, or another one was begun on this device. What stood on this page was not sent.",
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
