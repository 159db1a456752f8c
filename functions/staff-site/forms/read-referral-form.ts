import { readPhone } from "../../../shared/care/contact-points/contact-point.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import type { Form } from "../../../shared/web/http/read-form.ts";
import { readConsents } from "./consent-fields.tsx";
import type { FieldNames } from "./send-form.ts";

/** The one form of the page, and the start of the names of its answers about records that exist. */
export const referralForm = "referral";
export const samePrefix = "same.";

/** Who rings, beside the person: whose the name and number on the form are. */
export const callers = ["person", "service", "family", "other"] as const;

/** The fields behind the parts of an intake's body, for what is wrong with them. */
export const referralNames: FieldNames = {
  programId: { field: "place", label: "Site and program" },
  siteId: { field: "place", label: "Site and program" },
  "participant.name.given": { field: "given", label: "Given name" },
  "participant.name.family": { field: "family", label: "Family name" },
  "participant.preferredName": { field: "preferredName", label: "Preferred name" },
  "participant.birthDate": { field: "birthDate", label: "Birth date" },
  "participant.phone": { field: "phone", label: "Phone number" },
  "participant.phoneKind": { field: "phoneKind", label: "Whose phone it is" },
  "participant.email": { field: "email", label: "Email address" },
  "participant.reachBy": { field: "reachBy", label: "How to reach them" },
  "participant.language": { field: "language", label: "Language" },
  "participant.recordNumber": { field: "recordNumber", label: "Record number" },
  participant: { field: "phone", label: "How to reach the person" },
  "referrer.name": { field: "callerName", label: "Name of who is calling or writing" },
  "referrer.organisation": { field: "callerFrom", label: "Where they work, or who they are" },
  "referrer.relationship": { field: "callerFrom", label: "Where they work, or who they are" },
  "referrer.phone": { field: "callerPhone", label: "Number of who is calling or writing" },
  referrer: { field: "callerName", label: "Who is calling or writing" },
  "referralEvent.facility": { field: "facility", label: "Name of the place" },
  "referralEvent.dischargedOn": { field: "dischargedOn", label: "Day of leaving there" },
  referralEvent: { field: "afterKind", label: "Comes from" },
  reason: { field: "reason", label: "Why now" },
  safety: { field: "safety", label: "Said about safety" },
  availability: { field: "availability", label: "When they can come" },
  how: { field: "how", label: "How they said it" },
  witness: { field: "witness", label: "Witness" },
  accessNeeds: { field: "accessNeeds", label: "What they need to take part" },
};

/** What was heard about safety where nothing of it is in the caller's words. */
const safetySentences: Readonly<Record<string, string>> = {
  "not-asked": "Not asked in this call.",
  nothing: "Asked in this call: nothing was said.",
};

/** The body of the intake as the form says it. Fields that were left empty are left out. */
export function readReferral(form: Form, timeZone: string | undefined) {
  const field = (name: string) => (form.get(name) ?? "").trim();
  const orNone = (name: string) => (field(name) === "" ? undefined : field(name));
  const number = (name: string) => {
    const text = orNone(name);
    // A number as staff write it need not say that it is a US one; what is none is refused as it stands.
    return text === undefined ? undefined : (readPhone(text, "us").phone ?? text);
  };
  const [siteId = "", programId = ""] = field("place").split("/");
  const yesOrNo = (name: string) => (field(name) === "" ? undefined : field(name) === "yes");
  const phone = number("phone");
  const said = orNone("safety");
  return defined({
    programId,
    siteId,
    source: "staff",
    participant: defined({
      name: { given: field("given"), family: field("family") },
      preferredName: orNone("preferredName"),
      birthDate: orNone("birthDate"),
      phone,
      phoneKind: phone === undefined ? undefined : field("phoneKind"),
      email: orNone("email"),
      reachBy: orNone("reachBy"),
      language: field("language") === "other" ? field("otherLanguage") : field("language"),
      interpreter: field("interpreter") === "yes",
      timeZone,
      recordNumber: orNone("recordNumber"),
    }),
    // What is agreed to aloud is written down apart, with its wording and who heard it.
    consents: { sms: false, email: false, voicemail: false },
    referrer: readCaller(form, number("callerPhone")),
    referralEvent:
      orNone("afterKind") === undefined
        ? undefined
        : defined({
            kind: field("afterKind"),
            facility: orNone("facility"),
            dischargedOn: orNone("dischargedOn"),
          }),
    pregnant: yesOrNo("pregnant"),
    injects: yesOrNo("injects"),
    safetyConcern: field("safetyAsked") === "concern" ? true : undefined,
    reason: orNone("reason"),
    safety: said ?? ownValue(safetySentences, field("safetyAsked")),
    availability: orNone("availability"),
    accessNeeds: orNone("accessNeeds"),
  });
}

function readCaller(form: Form, phone: string | undefined) {
  const field = (name: string) => (form.get(name) ?? "").trim();
  const caller = field("caller");
  if (caller === "person" || caller === "") return undefined;
  const from = field("callerFrom") === "" ? undefined : field("callerFrom");
  return defined({
    name: field("callerName"),
    ...(caller === "service" ? { organisation: from } : { relationship: from }),
    phone,
  });
}

/** What was agreed to or refused aloud; `undefined` where nothing was asked. */
export function readAgreed(form: Form): Readonly<Record<string, unknown>> | undefined {
  const asked = readConsents(form);
  if (asked === undefined) return undefined;
  const witness = (form.get("witness") ?? "").trim();
  return { ...asked, how: form.get("how") ?? "", ...(witness === "" ? {} : { witness }) };
}

/** What was answered about records that exist, by their episode. */
export function readSame(form: Form): ReadonlyMap<string, string> {
  return new Map(
    [...form].flatMap(([name, value]) =>
      name.startsWith(samePrefix) && value !== "" ? [[name.slice(samePrefix.length), value]] : [],
    ),
  );
}

function defined(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
