import type { Context } from "hono";
import { sealedCookie } from "../../../shared/web/http/sealed-cookie.ts";
import type { ParticipantSiteDeps } from "../site-deps.ts";

export const draftFields = [
  "siteId",
  "programId",
  "given",
  "family",
  "usedName",
  "birthDate",
  "phone",
  "phoneKind",
  "email",
  "reachBy",
  "smsConsent",
  "emailConsent",
  "voicemailConsent",
  "language",
  "otherLanguage",
  "interpreter",
  "reason",
  "availability",
] as const;
export type DraftField = (typeof draftFields)[number];

/** What was entered so far; a field that was left out on purpose is an empty text. */
export type DraftValues = { readonly [field in DraftField]?: string };

export type Draft = {
  /** The key under which it is sent: the same draft opens one episode, however often it is sent. */
  readonly key: string;
  readonly values: DraftValues;
};

const keptSeconds = 2 * 3600;
/** Browsers keep no cookie above 4096 bytes, its name and attributes included. */
const longestCookie = 3800;

/** The form as it is filled in, kept by the browser alone until it is sent: encrypted, and for two hours. */
export function draftCookie(deps: ParticipantSiteDeps) {
  const cookie = sealedCookie(deps, "start", keptSeconds);
  return {
    read(context: Context): Draft | undefined {
      const text = cookie.read(context)?.value;
      return text === undefined ? undefined : parseDraft(text);
    },
    /** False when it has grown too long to keep; nothing is written then. */
    write(context: Context, draft: Draft): boolean {
      const text = JSON.stringify([draft.key, draft.values]);
      if (cookie.lengthOf(text) > longestCookie) return false;
      cookie.write(context, text);
      return true;
    },
    clear: (context: Context) => cookie.clear(context),
  };
}

function parseDraft(text: string): Draft | undefined {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed) || typeof parsed[0] !== "string") return undefined;
  const given: unknown = parsed[1];
  if (given === null || typeof given !== "object") return undefined;
  const values = Object.fromEntries(
    draftFields.flatMap((field) => {
      const value: unknown = Reflect.get(given, field);
      return typeof value === "string" ? [[field, value]] : [];
    }),
  );
  return { key: parsed[0], values };
}

/** Whether anything was entered so far. */
export function isBegun(draft: Draft | undefined): draft is Draft {
  return draft !== undefined && Object.keys(draft.values).length > 0;
}

/** What is shown once it was sent. */
export type SentIntake = {
  /** The key of the form that was sent. */
  readonly key: string;
  readonly reference: string;
  readonly siteId: string;
  readonly contactBy: string;
  readonly isSafetyPositive: boolean;
};

/** Remembers for the thank-you page what became of the form; holds nothing that was entered. */
export function sentCookie(deps: ParticipantSiteDeps) {
  const cookie = sealedCookie(deps, "sent", keptSeconds);
  return {
    read(context: Context): SentIntake | undefined {
      const [key, reference, siteId, contactBy, safety] = (cookie.read(context)?.value ?? "").split(
        " ",
      );
      if (
        key === undefined ||
        reference === undefined ||
        siteId === undefined ||
        contactBy === undefined
      )
        return undefined;
      return { key, reference, siteId, contactBy, isSafetyPositive: safety === "safety" };
    },
    write(context: Context, sent: SentIntake): void {
      const safety = sent.isSafetyPositive ? "safety" : "none";
      cookie.write(
        context,
        [sent.key, sent.reference, sent.siteId, sent.contactBy, safety].join(" "),
      );
    },
    clear: (context: Context) => cookie.clear(context),
  };
}
