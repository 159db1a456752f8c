import { readPhone } from "../../../shared/care/contact-points/contact-point.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { confirmReachBodySchema, reasonBodySchema } from "../../../shared/contracts/api-bodies.ts";
import {
  closeReachBodySchema,
  consentBodySchema,
  correctionBodySchema,
  notTheSameBodySchema,
  programChoiceBodySchema,
  siteTransferBodySchema,
} from "../../../shared/contracts/person-bodies.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { episodeCommands } from "../../../workflows/run/commands/episode-commands.ts";
import type { PageContext } from "../session/signed-in.tsx";
import type { AboutField } from "./about-form-parts.tsx";
import { readConsents } from "./consent-fields.tsx";
import { notTheSameForm } from "./not-the-same-forms.tsx";
import { type FieldNames, type RefusedForm, sendForm } from "./send-form.ts";
import { fieldId } from "./sent-form.ts";

const names: FieldNames = {
  reason: { field: "reason", label: "Reason" },
  "name.given": { field: "given", label: "Given name" },
  "name.family": { field: "family", label: "Family name" },
  preferredName: { field: "preferredName", label: "Preferred name" },
  pronouns: { field: "pronouns", label: "Pronouns" },
  birthDate: { field: "birthDate", label: "Birth date" },
  recordNumber: { field: "recordNumber", label: "Record number" },
  "phone.kind": { field: "phoneKind", label: "Whose phone it is" },
  "phone.givenBy": { field: "givenBy", label: "Who gave it" },
  "phone.former": { field: "former", label: "The one before" },
  phone: { field: "phone", label: "Phone number" },
  "email.givenBy": { field: "givenBy", label: "Who gave it" },
  "email.former": { field: "former", label: "The one before" },
  email: { field: "email", label: "Email address" },
  safeTimes: { field: "safeTimes", label: "When it is safe to ring" },
  reachBy: { field: "reachBy", label: "How to reach them" },
  "home.address": { field: "homeAddress", label: "Home address" },
  "home.state": { field: "homeState", label: "State" },
  language: { field: "language", label: "Language" },
  interpreter: { field: "interpreter", label: "Interpreter" },
  timeZone: { field: "timeZone", label: "Time zone" },
  accessNeeds: { field: "accessNeeds", label: "What they need to take part" },
  "emergencyContact.name": { field: "contactName", label: "Name" },
  "emergencyContact.relationship": {
    field: "contactRelationship",
    label: "Who they are to the person",
  },
  emergencyContact: { field: "contactPhone", label: "Their phone" },
  pregnant: { field: "pregnant", label: "Pregnant" },
  injects: { field: "injects", label: "Injects drugs" },
  recentHigherCareOn: { field: "recentHigherCareOn", label: "Last day of higher care" },
};

const consentNames: FieldNames = {
  given: { field: "consent.sms", label: "What they agree to" },
  takenBack: { field: "consent.sms", label: "What they take back" },
  how: { field: "how", label: "How they said it" },
  witness: { field: "witness", label: "Witness" },
  reason: { field: "reason", label: "Note" },
};
const reachNames: FieldNames = {
  channel: { field: "channel", label: "Which" },
  why: { field: "what", label: "What was said" },
  reason: { field: "reason", label: "Reason" },
};

/** Carries out what a form of the page about a person stands for. */
export function sendAboutForm(
  context: PageContext,
  deps: CareDeps,
  episodeId: string,
  zone: string,
): Promise<RefusedForm | undefined> {
  const form = context.get("form");
  const field = (name: string) => (form.get(name) ?? "").trim();
  const reason = field("reason");
  if (field("form").startsWith(notTheSameForm))
    return sendForm(context, {
      schema: notTheSameBodySchema,
      body: { otherEpisodeId: field("form").slice(notTheSameForm.length), reason },
      names: { reason: { field: "reason", label: "How it came about" } },
      zone,
      carryOut: (call, body) =>
        episodeCommands["same-person-taken-back"](deps, call, episodeId, body),
    });
  switch (field("form")) {
    case "program":
      return sendForm(context, {
        schema: programChoiceBodySchema,
        body: { programId: field("programId"), reason },
        names: {
          programId: { field: "programId", label: "Which program" },
          reason: { field: "reason", label: "Why" },
        },
        zone,
        carryOut: (call, body) => episodeCommands["program-choice"](deps, call, episodeId, body),
      });
    case "transfer":
      return sendForm(context, {
        schema: siteTransferBodySchema,
        body: { toSiteId: field("toSiteId"), reason },
        names: {
          toSiteId: { field: "toSiteId", label: "Which site" },
          reason: { field: "reason", label: "Why" },
        },
        zone,
        carryOut: (call, body) => episodeCommands["site-transfer"](deps, call, episodeId, body),
      });
    case "death":
      return sendForm(context, {
        schema: reasonBodySchema,
        body: { reason },
        names: { reason: { field: "reason", label: "How it came about" } },
        zone,
        carryOut: (call, body) => episodeCommands["death-correction"](deps, call, episodeId, body),
      });
    case "consent":
      return sendForm(context, {
        schema: consentBodySchema,
        body: {
          ...readConsents(form),
          how: field("how"),
          ...(field("witness") === "" ? {} : { witness: field("witness") }),
          ...(reason === "" ? {} : { reason }),
        },
        names: consentNames,
        zone,
        carryOut: (call, body) => episodeCommands.consents(deps, call, episodeId, body),
      });
    case "reach-state":
      return field("what") === "confirm"
        ? sendForm(context, {
            schema: confirmReachBodySchema,
            body: { channel: field("channel"), reason },
            names: reachNames,
            zone,
            carryOut: (call, body) =>
              episodeCommands["reach-confirmation"](deps, call, episodeId, body),
          })
        : sendForm(context, {
            schema: closeReachBodySchema,
            body: { channel: field("channel"), why: field("what"), reason },
            names: reachNames,
            zone,
            carryOut: (call, body) => episodeCommands["reach-closure"](deps, call, episodeId, body),
          });
    default:
      return sendCorrection(context, deps, episodeId, zone);
  }
}

/** Corrects the facts that were changed in a form of the page about a person; what was left as it stood is not touched. */
async function sendCorrection(
  context: PageContext,
  deps: CareDeps,
  episodeId: string,
  zone: string,
): Promise<RefusedForm | undefined> {
  const facts = readFacts(context);
  const form = context.get("form");
  const name = form.get("form") ?? "";
  if (Object.keys(facts).length === 0)
    return {
      name,
      fields: form,
      errors: [
        {
          field: name === "" ? "main" : fieldId(name, ownValue(firstFields, name) ?? "reason"),
          text: "Nothing here differs from what is on record. Change what is wrong, then save.",
        },
      ],
      status: 400,
      isKept: false,
    };
  return sendForm(context, {
    schema: correctionBodySchema,
    body: { ...facts, reason: (form.get("reason") ?? "").trim() },
    names,
    zone,
    carryOut: (call, body) => episodeCommands.corrections(deps, call, episodeId, body),
  });
}

const firstFields: Readonly<Record<string, AboutField>> = {
  names: "given",
  birth: "birthDate",
  phone: "phone",
  email: "email",
  reach: "safeTimes",
  home: "homeAddress",
  language: "language",
  access: "accessNeeds",
  emergency: "contactName",
  referral: "pregnant",
};

/** The body of a correction as the form's fields say it. */
function readFacts(context: PageContext): Readonly<Record<string, unknown>> {
  const form = context.get("form");
  const field = (name: string) => (form.get(name) ?? "").trim();
  const isChanged = (...fields: readonly AboutField[]) =>
    fields.some((one) => form.has(one) && field(one) !== (form.get(`was.${one}`) ?? "").trim());
  const orNone = (name: AboutField) => (field(name) === "" ? null : field(name));
  const given = {
    givenBy: field("givenBy"),
    ...(field("former") === "" ? {} : { former: field("former") }),
  };
  const language = field("language") === "other" ? field("otherLanguage") : field("language");
  const facts: Record<string, unknown> = {};
  if (isChanged("given", "family")) facts.name = { given: field("given"), family: field("family") };
  for (const one of ["preferredName", "pronouns", "recordNumber"] as const)
    if (isChanged(one)) facts[one] = orNone(one);
  for (const one of ["reachBy", "safeTimes", "accessNeeds"] as const)
    if (isChanged(one)) facts[one] = orNone(one);
  for (const one of ["birthDate", "timeZone"] as const) if (isChanged(one)) facts[one] = field(one);
  if (isChanged("language")) facts.language = language;
  if (isChanged("interpreter")) facts.interpreter = field("interpreter") === "yes";
  for (const one of ["pregnant", "injects"] as const)
    if (isChanged(one)) facts[one] = field(one) === "" ? null : field(one) === "yes";
  if (isChanged("recentHigherCareOn")) facts.recentHigherCareOn = orNone("recentHigherCareOn");
  if (isChanged("homeAddress", "homeState"))
    facts.home =
      field("homeAddress") === "" && field("homeState") === ""
        ? null
        : { address: field("homeAddress"), state: field("homeState") };
  if (isChanged("phone") || (field("phone") !== "" && isChanged("phoneKind")))
    facts.phone =
      field("phone") === ""
        ? null
        : { number: phoneNumber(field("phone")), kind: field("phoneKind"), ...given };
  if (isChanged("email"))
    facts.email = field("email") === "" ? null : { address: field("email"), ...given };
  if (isChanged("contactName", "contactRelationship", "contactPhone"))
    facts.emergencyContact =
      field("contactName") === "" && field("contactPhone") === ""
        ? null
        : {
            name: field("contactName"),
            ...(field("contactRelationship") === ""
              ? {}
              : { relationship: field("contactRelationship") }),
            phone: phoneNumber(field("contactPhone")),
          };
  return facts;
}

/** A number as staff write it, which need not say that it is a US one; what is none is refused as it stands. */
function phoneNumber(text: string): string {
  return readPhone(text, "us").phone ?? text;
}
