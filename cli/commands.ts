import type { Command } from "./command.ts";

/**
 * The files of commands by what calls begin with, in the order in which help lists them. A new one is one more line
 * here.
 */
const files: Readonly<Record<string, () => Promise<readonly Command[]>>> = {
  "sign-in": async () => (await import("./commands/sign-in.ts")).signInCommands,
  "program check": async () => (await import("./commands/program-check.ts")).programCheckCommands,
  "program publish": async () =>
    (await import("./commands/program-publish.ts")).programPublishCommands,
  "program offer": async () => (await import("./commands/program-offer.ts")).programOfferCommands,
  "program versions": async () =>
    (await import("./commands/program-versions.ts")).programVersionsCommands,
  "program preview": async () =>
    (await import("./commands/program-preview.ts")).programPreviewCommands,
  "program diff": async () => (await import("./commands/program-diff.ts")).programDiffCommands,
  "program simulate": async () =>
    (await import("./commands/program-simulate.ts")).programSimulateCommands,
  "program migrate": async () =>
    (await import("./commands/program-migrate.ts")).programMigrateCommands,
  participant: async () => (await import("./commands/participants.ts")).participantCommands,
  alerts: async () => (await import("./commands/alerts.ts")).alertCommands,
  messages: async () => (await import("./commands/messages.ts")).messageCommands,
  table: async () => (await import("./commands/tables.ts")).tableCommands,
  doctor: async () => (await import("./commands/doctor.ts")).doctorCommands,
  cost: async () => (await import("./commands/cost.ts")).costCommands,
  demo: async () => (await import("./commands/demo.ts")).demoCommands,
};

/** Every command, in the order in which help lists them. */
export async function allCommands(): Promise<readonly Command[]> {
  return (await Promise.all(Object.values(files).map((load) => load()))).flat();
}

/**
 * The commands that a call may mean: those of one file where it begins like one, since reading the sources of all the
 * others takes longer than checking a program; otherwise all.
 * @param argv - the words after `throughcare`
 */
export async function commandsFor(argv: readonly string[]): Promise<readonly Command[]> {
  const [first = "", second = ""] = argv;
  const name = [`${first} ${second}`, first].find((one) => Object.hasOwn(files, one));
  const load = name === undefined ? undefined : files[name];
  return load === undefined ? allCommands() : await load();
}
