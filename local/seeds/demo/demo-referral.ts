import type { DemoPerson } from "./demo-people.ts";

const phq9Items = [
  "44250-9",
  "44255-8",
  "44259-0",
  "44254-1",
  "44251-7",
  "44258-2",
  "44252-5",
  "44253-3",
];
const gad7Items = ["69725-0", "68509-9", "69733-4", "69734-2", "69735-9", "69689-8", "69736-7"];
const suicideItem = "44260-8";

/** The body of `POST /intakes` for one person. Codes are LOINC's, as a FHIR response carries them. */
export function referral(person: DemoPerson): Readonly<Record<string, unknown>> {
  const isSelf = person.source === "self";
  const name = `${person.given}.${person.family}`.normalize("NFD").replaceAll(/[^A-Za-z.]/g, "");
  return {
    programId: "adult-iop",
    siteId: person.siteId,
    source: person.source,
    participant: {
      name: { given: person.given, family: `${person.family} (fictional)` },
      birthDate: `19${70 + (Number(person.number) % 30)}-05-1${person.number.slice(-1)}`,
      phone: `+121255501${person.number}`,
      phoneKind: "own",
      email: `${name.toLowerCase()}@example.org`,
      language: person.language,
    },
    consents: { sms: isSelf, email: isSelf, voicemail: isSelf },
    ...(isSelf
      ? {}
      : { referrer: { name: "Dr. Noor Haddad (fictional)", organisation: "Elm Street Clinic" } }),
    ...(person.bringsAnswers
      ? {
          responses: [
            response(phq9Items, person.answers, [[suicideItem, person.item9 ?? 0]]),
            response(gad7Items, person.answers, []),
          ],
        }
      : {}),
  };
}

function response(
  items: readonly string[],
  value: number,
  more: readonly (readonly [string, number])[],
): Readonly<Record<string, unknown>> {
  const answered = [...items.map((item) => [item, value] as const), ...more];
  return {
    resourceType: "QuestionnaireResponse",
    status: "completed",
    item: answered.map(([linkId, valueInteger]) => ({ linkId, answer: [{ valueInteger }] })),
  };
}
