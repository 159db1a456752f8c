import type { ConsentWay } from "../episode/episode.ts";

/** What a person agrees to: being texted, emailed, spoken to on voicemail, and being followed up after the program. */
export const agreements = ["sms", "email", "voicemail", "aftercare"] as const;
export type Agreement = (typeof agreements)[number];

/** What a person agrees to or takes back, as a member of staff heard or read it. */
export type ConsentRecord = {
  readonly given?: readonly Agreement[] | undefined;
  readonly takenBack?: readonly Agreement[] | undefined;
  readonly how: ConsentWay;
  /** Who else was there; asked for where something was agreed to on paper or in person. */
  readonly witness?: string | undefined;
};

/** The key of each agreement's wording in the policy's legal text. */
export const consentTextKeys: Readonly<Record<Agreement, string>> = {
  sms: "smsConsent",
  email: "emailConsent",
  voicemail: "voicemailConsent",
  aftercare: "aftercareConsent",
};
