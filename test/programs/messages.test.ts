import { describe, expect, test } from "vitest";
import type { Channel } from "../../shared/care/program/program.ts";
import { policyFileSchema, sitesFileSchema } from "../../shared/contracts/program-seed-files.ts";
import { lintTemplate } from "../../shared/messages/lint-template.ts";
import { renderMessage } from "../../shared/messages/render.ts";
import { countSmsParts } from "../../shared/messages/sms-parts.ts";
import { templateValues } from "../../shared/messages/template.ts";
import { parseYaml } from "../../shared/publishing/parse-yaml.ts";
import { programFolders } from "../../shared/publishing/publish-files.ts";
import { templateClass } from "../../shared/publishing/template-ids.ts";
import { shippedFiles, shippedProgram } from "../builders/program-files.ts";
import { fc } from "../builders/properties.ts";

const policy = policyFileSchema.parse(
  parseYaml("policy.yaml", shippedFiles["policy.yaml"] ?? "").value,
);
const { sites } = sitesFileSchema.parse(
  parseYaml("sites.yaml", shippedFiles["sites.yaml"] ?? "").value,
);

const templates = programFolders(shippedFiles).flatMap((folder) => {
  const { program, templates: byLanguage } = shippedProgram(folder);
  return Object.entries(byLanguage).flatMap(([language, byId]) =>
    Object.entries(byId).map(([templateId, template]) => {
      const rows = program.messages.filter((row) => row.templateId === templateId);
      return {
        folder,
        language,
        templateId,
        template,
        class: templateClass(templateId, program.messages),
        channels: [...new Set<Channel>(rows.flatMap((row) => row.channelOrder))],
      };
    }),
  );
});

/** A real link is its origin, `/k/`, an id and its seal. */
const link = `https://care.example.org/k/${"8".repeat(26)}.${"s".repeat(22)}`;

/** Spoken and read by staff, who know what it is about. */
const forStaff = ["page-staff-text", "page-staff-voice"];

describe.each(templates)("$folder $language $templateId", (one) => {
  const { template, templateId, language, channels } = one;

  test("says nothing about care, no crisis line where it is routine, one part, known variables only", () => {
    const findings = lintTemplate(template, { ...one, policy });
    expect(findings).toEqual([]);
  });

  test("is one text at the price of one, with everything that it may be filled with", () => {
    const instants = fc.date({
      min: new Date("2026-01-01T00:00:00Z"),
      max: new Date("2028-12-31T23:59:59Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...sites),
        instants,
        fc.integer({ min: 0, max: 9 }),
        (site, at, days) => {
          const aboutAt = new Date(at.getTime() + days * 86_400_000).toISOString();
          const values = templateValues({
            senderName: site.senderName,
            phone: site.phone,
            language,
            timeZone: site.timeZone,
            now: at.toISOString(),
            aboutAt,
            wasAt: aboutAt,
            link,
          });
          if (template.sms !== undefined) {
            const { text } = renderMessage(template, values, language, {
              channel: "sms",
              class: one.class,
            });
            expect(countSmsParts(text), text).toMatchObject({ encoding: "gsm-7", parts: 1 });
            expect(text).not.toMatch(/[{}]|undefined| {2}/);
            if (!forStaff.includes(templateId))
              expect(text.startsWith(`${site.senderName}:`)).toBe(true);
          }
          if (template.emailBody !== undefined) {
            const mail = renderMessage(template, values, language, {
              channel: "email",
              class: one.class,
            });
            expect(`${mail.subject} ${mail.text}`).not.toMatch(/[{}]|undefined/);
            expect(mail.subject).toContain(site.senderName);
            if (one.class === "routine") expect(mail.text).not.toMatch(/\b988\b|crisis/i);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test("a routine text says how to end it; an answer about danger names 988", () => {
    if (one.class === "routine") expect(template.sms).toMatch(/\bSTOP\b/);
    const namesCrisisLine = one.class === "reply" || templateId === "crisis-reply";
    if (namesCrisisLine) expect(template.sms).toMatch(/\b988\b/);
  });

  test("has words on every channel that the program sends it on", () => {
    if (channels.includes("sms")) expect(template.sms).toBeDefined();
    if (channels.includes("email"))
      expect([template.emailSubject, template.emailBody]).not.toContain(undefined);
  });
});

describe("the two languages of a program", () => {
  test.each(programFolders(shippedFiles))("%s says the same things in both", (folder) => {
    const { templates: byLanguage } = shippedProgram(folder);
    const variables = (text: string | undefined) =>
      [...(text ?? "").matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted();
    expect(Object.keys(byLanguage.es ?? {})).toEqual(Object.keys(byLanguage.en ?? {}));
    for (const [templateId, english] of Object.entries(byLanguage.en ?? {})) {
      const spanish = byLanguage.es?.[templateId];
      expect(variables(spanish?.sms), templateId).toEqual(variables(english.sms));
      expect(variables(spanish?.emailBody), templateId).toEqual(variables(english.emailBody));
    }
  });

  test("HELP and AYUDA are told apart from the words that end texts", () => {
    const { templates: byLanguage } = shippedProgram();
    for (const templateId of ["opt-in-confirm", "start-confirm"]) {
      expect(byLanguage.en?.[templateId]?.sms).toContain("HELP for help, STOP to end");
      expect(byLanguage.es?.[templateId]?.sms).toContain("AYUDA para ayuda, STOP para salir");
    }
  });

  test("Spanish texts use no letter that doubles the price; Spanish mails use all accents", () => {
    const { templates: byLanguage } = shippedProgram();
    for (const { sms } of Object.values(byLanguage.es ?? {}))
      expect(sms ?? "").not.toMatch(/[áíóúÁÍÓÚ]/);
    const mails = Object.values(byLanguage.es ?? {})
      .map(({ emailBody }) => emailBody ?? "")
      .join("\n");
    expect(mails).toMatch(/Llámenos/);
    expect(mails).not.toMatch(
      /\b(Llamenos|tambien|telefono|mas|formulario|Tambien)\b(?<!formulario)/,
    );
  });
});

describe("a text that reveals care is found in every wording", () => {
  test.each([
    ["en", "Your PHQ-9 is due"],
    ["en", "See you at group"],
    ["en", "about your Medication"],
    ["en", "your DEPRESSION score"],
    ["es", "su evaluación le espera"],
    ["es", "tome su Medicina"],
    ["es", "la próxima sesión"],
  ])("%s: %s", (language, words) => {
    const findings = lintTemplate(
      { sms: `{org}: ${words}. Reply STOP to opt out.` },
      { templateId: "x", class: "routine", language, policy, channels: ["sms"] },
    );
    expect(findings.map((finding) => finding.rule)).toContain("forbidden-word");
  });
});

test.each(templates.filter(({ templateId }) => templateId === "intake-received"))(
  "$folder $language: the first message promises no call, because the forms that follow may be all that comes",
  ({ template }) => {
    const words = `${template.sms} ${template.emailBody}`;
    expect(words).toMatch(/write|escrib/);
    expect(words).not.toMatch(/will call you|va a llamar/);
  },
);
