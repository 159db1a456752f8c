import * as z from "zod";
import { type Compiled, compileProgram } from "../../shared/publishing/compile-program.ts";
import { publishFiles } from "../../shared/publishing/publish-files.ts";
import { contentHashOf } from "../../shared/publishing/publish-program.ts";
import { removeVersion } from "../../shared/publishing/remove-version.ts";
import { call, serverOptions } from "../api-client.ts";
import {
  CalledWrongly,
  type Command,
  type Input,
  NotDone,
  type Outcome,
  textOption,
} from "../command.ts";
import {
  countLabel,
  findingLines,
  openedFolder,
  type ProgramFolder,
  stageOption,
} from "../program-folder.ts";
import { type ProgramTarget, programTarget, publishedVersions } from "../program-store.ts";
import { type AboveCapacity, programsAboveCapacity } from "../simulation/above-capacity.ts";

export const programPublishCommands: readonly Command[] = [
  {
    name: "program publish",
    summary: "check a program and write it as an immutable version that new episodes begin on",
    args: [{ name: "<folder>", words: "a program's folder, or the folder of all programs" }],
    options: [
      ...serverOptions.slice(0, 1),
      stageOption,
      {
        flags: "--above-capacity <reason>",
        words:
          "publish although simulated people need more hours of staff than capacity.yaml declares",
      },
    ],
    run: publish,
  },
  {
    name: "program remove",
    summary: "remove a published version that no live episode is on",
    args: [
      { name: "<program>", words: "the program's id" },
      { name: "<version>", words: "the version's number" },
    ],
    options: serverOptions.slice(0, 1),
    run: remove,
  },
];

async function publish(input: Input): Promise<Outcome> {
  const opened = openedFolder(input);
  const compiled = opened.folders.map((folder) => compileProgram(opened.files, folder));
  const findings = compiled.flatMap((one) => one.findings);
  if (compiled.some((one) => !one.ok)) {
    return {
      exitCode: 1,
      json: { ok: false, findings },
      text: `${findingLines(input.io, opened, findings)}\nNothing was published: ${countLabel(findings)}.`,
    };
  }
  // Where they would go, and that it answers, is said before anybody waits for a simulation.
  const target = programTarget(input);
  const changed = await foldersToWeigh(input, target, opened.folders, compiled);
  const above = await programsAboveCapacity(input, { ...opened, folders: changed });
  const reason = textOption(input, "aboveCapacity")?.trim() ?? "";
  if (above.length > 0 && reason === "")
    return { exitCode: 1, json: { ok: false, aboveCapacity: above }, text: refusal(above) };
  const reasons = Object.fromEntries(above.map(({ folder, loads }) => [folder, { reason, loads }]));
  const outcome = await publishTo(input, target, opened, reasons);
  return { exitCode: 0, json: outcome, text: words(outcome) };
}

/** The programs that would change something: what new episodes begin on already was weighed when it was published. */
async function foldersToWeigh(
  input: Input,
  target: ProgramTarget,
  folders: readonly string[],
  compiled: readonly Compiled[],
): Promise<readonly string[]> {
  const isChanged = await Promise.all(
    compiled.map(async (one) => {
      if (!one.ok) return false;
      const versions = await publishedVersions(input, target, one.content.program.programId);
      const hash = await contentHashOf(one.content);
      return !versions.some(({ isLatest, contentHash }) => isLatest && contentHash === hash);
    }),
  );
  return folders.filter((_, index) => isChanged[index]);
}

function refusal(above: readonly AboveCapacity[]): string {
  return [
    ...above.flatMap(({ folder, loads }) => [
      `${folder} needs more hours of staff than capacity.yaml declares:`,
      ...loads.map((load) => `    ${load}`),
    ]),
    'Nothing was published. Change the program or what is declared, or publish it all the same with --above-capacity "why"; the reason is kept with the version.',
  ].join("\n");
}

const saidSchema = z.object({
  programs: z.array(z.object({ programId: z.string(), version: z.number(), isNew: z.boolean() })),
  liveData: z.object({ policy: z.string(), newSiteIds: z.array(z.string()) }),
  atNoSite: z.array(z.string()).default([]),
});
type Said = {
  readonly programs: readonly Readonly<z.infer<typeof saidSchema>["programs"][number]>[];
  readonly liveData: { readonly policy: string; readonly newSiteIds: readonly string[] };
  readonly atNoSite: readonly string[];
};
const removalSchema = z.union([
  z.object({ removed: z.literal(true) }),
  z.object({ removed: z.literal(false), sentence: z.string() }),
]);

function words({ programs, liveData, atNoSite }: Said): string {
  return [
    ...programs.map(({ programId, version, isNew }) =>
      isNew
        ? `${programId} version ${version} is published; new episodes begin on it.`
        : `${programId} version ${version} holds this very content already; no other version was needed, and new episodes begin on it.`,
    ),
    `The policy was ${liveData.policy === "written" ? "changed and counts from now on" : "left as it is"}.`,
    ...liveData.newSiteIds.map((siteId) => `The site ${siteId} was set up.`),
    ...atNoSite.map(
      (programId) =>
        `No site offers ${programId} yet, so nobody can be referred to it. A supervisor or clinical lead of a site has it offered there: throughcare program offer ${programId} --site <id>. (sites.yaml sets up new sites only.)`,
    ),
  ].join("\n");
}

async function publishTo(
  input: Input,
  target: ProgramTarget,
  opened: ProgramFolder,
  above: Readonly<Record<string, { readonly reason: string; readonly loads: readonly string[] }>>,
): Promise<Said> {
  const { files, folders } = opened;
  if (target.kind === "tables") {
    const outcome = await publishFiles(target.deps, files, folders, above);
    if (!outcome.ok) throw new NotDone("The program could not be published: run program check.");
    return outcome;
  }
  const answer = await call(input, target.url, {
    method: "POST",
    body: { files, folders, ...(Object.keys(above).length === 0 ? {} : { above }) },
  });
  return saidSchema.parse(answer);
}

async function remove(input: Input): Promise<Outcome> {
  const [programId = "", given = ""] = input.args;
  const version = Number(given);
  if (!Number.isInteger(version) || version < 1)
    throw new CalledWrongly("A version is a whole number from 1 on.");
  const target = programTarget(input);
  const removal =
    target.kind === "tables"
      ? await removeVersion(target.deps, programId, version)
      : removalSchema.parse(
          await call(input, target.url, { method: "DELETE", body: { programId, version } }),
        );
  return {
    exitCode: removal.removed ? 0 : 1,
    json: removal,
    text: removal.removed
      ? `${programId} version ${version} is gone.`
      : `Nothing was removed. ${removal.sentence}`,
  };
}
