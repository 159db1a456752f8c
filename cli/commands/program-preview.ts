import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { EpisodeItem } from "../../shared/care/episode/episode-item.ts";
import type { Site } from "../../shared/care/program/site.ts";
import { dayOfWeek, instantAt, localDate, localTime } from "../../shared/care/time/zoned-time.ts";
import { policyFileSchema, sitesFileSchema } from "../../shared/contracts/program-seed-files.ts";
import { compileProgram, type ProgramFiles } from "../../shared/publishing/compile-program.ts";
import { parseYaml } from "../../shared/publishing/parse-yaml.ts";
import { CalledWrongly, type Command, type Input, type Outcome, textOption } from "../command.ts";
import { table } from "../output.ts";
import { examplePerson } from "../preview/example-person.ts";
import { planLife } from "../preview/planned-life.ts";
import { type PreviewedText, previewTexts } from "../preview/preview-texts.ts";
import { openedFolder, stageOption } from "../program-folder.ts";

export const programPreviewCommands: readonly Command[] = [
  {
    name: "program preview",
    summary: "one person's calendar, and every message in each language",
    args: [{ name: "<folder>", words: "a program's folder" }],
    options: [
      stageOption,
      { flags: "--site <id>", words: "at this site; the first that runs the program" },
      { flags: "--on <date>", words: "referred on this day; today where it is left out" },
      { flags: "--texts", words: "the messages alone" },
      { flags: "--calendar", words: "the calendar alone" },
    ],
    run: preview,
  },
];

type Line = {
  readonly on: string;
  readonly at: string;
  readonly what: "session" | "text" | "email" | "call" | "check-in";
  readonly about: string;
};

async function preview(input: Input): Promise<Outcome> {
  const { files, folders } = openedFolder(input);
  const [folder, ...others] = folders;
  if (folder === undefined || others.length > 0)
    throw new CalledWrongly(
      `Name one program: ${folders.map((one) => `programs/${one}`).join(", ")}.`,
    );
  const compiled = compileProgram(files, folder);
  if (!compiled.ok)
    throw new CalledWrongly(
      `${folder} does not compile yet. See what is wrong: throughcare program check ${input.args[0]}`,
    );
  const { content } = compiled;
  const site = siteOf(files, content.program.programId, textOption(input, "site"));
  const on = referredOn(input, site);
  const ctx: DecisionContext = {
    now: instantAt(on, "09:00", site.timeZone),
    program: { ...content.program, version: 1, contentHash: "preview" },
    instruments: content.instruments,
    policy: policyFileSchema.parse(parseYaml("policy.yaml", files["policy.yaml"] ?? "").value),
    site,
    actor: { kind: "system", part: "preview" },
    newId: countingIds(),
  };
  const calendar = linesOf(
    planLife(ctx, examplePerson(site, content.program.programId, ctx.now)),
    site.timeZone,
  );
  const texts = previewTexts(ctx, content.templates);
  const isWhole = input.options.texts !== true && input.options.calendar !== true;
  return {
    exitCode: 0,
    json: { program: folder, site: site.siteId, referredOn: on, calendar, texts },
    text: [
      `${content.program.name} at ${site.name}, for somebody referred on ${on} who answers at once and comes to everything.`,
      ...(isWhole || input.options.calendar === true ? [calendarText(calendar)] : []),
      ...(isWhole || input.options.texts === true ? [textsText(texts)] : []),
    ].join("\n\n"),
  };
}

function siteOf(files: ProgramFiles, programId: string, wanted: string | undefined): Site {
  const { sites } = sitesFileSchema.parse(parseYaml("sites.yaml", files["sites.yaml"] ?? "").value);
  const running = sites.filter((site) => site.programs.includes(programId));
  const names = running.map(({ siteId }) => siteId).join(", ");
  if (running.length === 0) throw new CalledWrongly(`No site runs ${programId}: see sites.yaml.`);
  const site = wanted === undefined ? running[0] : running.find((one) => one.siteId === wanted);
  if (site === undefined)
    throw new CalledWrongly(`${wanted} is no site that runs ${programId}. They are: ${names}.`);
  return { ...site, version: 1 };
}

function referredOn(input: Input, site: Site): string {
  const named = textOption(input, "on");
  if (named === undefined) return localDate(new Date().toISOString(), site.timeZone);
  const isDate = /^\d{4}-\d\d-\d\d$/.test(named) && !Number.isNaN(Date.parse(`${named}T00:00:00Z`));
  if (!isDate || new Date(`${named}T00:00:00Z`).toISOString().slice(0, 10) !== named)
    throw new CalledWrongly(`${named} is no day. Write it like 2027-01-11.`);
  return named;
}

function countingIds(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `preview-${count}`;
  };
}

function linesOf(items: readonly EpisodeItem[], timeZone: string): readonly Line[] {
  const line = (instant: string, what: Line["what"], about: string): Line => ({
    on: localDate(instant, timeZone),
    at: localTime(instant, timeZone),
    what,
    about,
  });
  return items
    .flatMap((item): readonly Line[] => {
      if (item.kind === "session" && item.status === "planned")
        return [line(item.scheduledStartAt, "session", `week ${item.week}: ${item.slot}`)];
      if (item.kind === "message")
        return [line(item.sendAt, item.channel === "sms" ? "text" : "email", item.templateId)];
      if (item.kind !== "check-in") return [];
      const day = item.day === undefined ? "" : `, day ${item.day} after the discharge`;
      return item.checkInKind === "staff-call"
        ? [line(item.dueAt, "call", `by staff${day}`)]
        : [line(item.dueAt, "check-in", `number ${item.number}${day}`)];
    })
    .sort((left, right) => `${left.on} ${left.at}`.localeCompare(`${right.on} ${right.at}`));
}

const dayNames = ["", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

function calendarText(calendar: readonly Line[]): string {
  const rows = calendar.map(({ on, at, what, about }, index) => [
    calendar[index - 1]?.on === on ? "" : `${dayNames[dayOfWeek(on)] ?? ""} ${on}`,
    at,
    what,
    about,
  ]);
  return table(["day", "at", "what", "about"], rows, "Nothing is planned.");
}

function textsText(texts: readonly PreviewedText[]): string {
  return texts
    .map(({ templateId, language, channel, subject, text, smsParts }) => {
      const parts = smsParts === undefined ? "" : `, ${smsParts} part${smsParts === 1 ? "" : "s"}`;
      const how = channel === "sms" ? `text${parts}` : "email";
      const lines = [...(subject === undefined ? [] : [subject]), ...text.split("\n")];
      return [`${templateId} (${language}, ${how})`, ...lines.map((line) => `  ${line}`)].join(
        "\n",
      );
    })
    .join("\n\n");
}
