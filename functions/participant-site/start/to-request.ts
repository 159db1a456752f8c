import type { Site } from "../../../shared/care/program/site.ts";
import type { ProgramChoice } from "../../../shared/store/program-choices.ts";
import type { DraftValues } from "./draft.ts";

/** The finished form as the intake takes it. Fields that were left empty are left out. */
export function toRequest(
  values: DraftValues,
  site: Site,
  programs: readonly ProgramChoice[],
): Readonly<Record<string, unknown>> {
  const hasPhone = given(values.phone) !== undefined;
  const hasEmail = given(values.email) !== undefined;
  return defined({
    programId: values.programId ?? programs[0]?.programId,
    siteId: site.siteId,
    source: "self",
    participant: defined({
      name: { given: values.given, family: values.family },
      preferredName: given(values.usedName),
      birthDate: values.birthDate,
      phone: given(values.phone),
      phoneKind: hasPhone ? given(values.phoneKind) : undefined,
      email: given(values.email),
      reachBy: hasPhone || hasEmail ? undefined : given(values.reachBy),
      language: values.language,
      interpreter: values.interpreter === "yes",
      timeZone: site.timeZone,
    }),
    consents: {
      sms: hasPhone && values.smsConsent === "yes",
      email: hasEmail && values.emailConsent === "yes",
      voicemail: hasPhone && values.voicemailConsent === "yes",
    },
    reason: given(values.reason),
    availability: given(values.availability),
    // No tag says it: whoever calls reads the language in the person's words, and finds an interpreter for it.
    accessNeeds:
      values.otherLanguage === undefined ? undefined : `Language: ${values.otherLanguage}`,
  });
}

function given(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

function defined(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
