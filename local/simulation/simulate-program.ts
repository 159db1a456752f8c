/**
 * Simulates people on a program and prints what was counted as JSON; how far it is goes to stderr.
 * `node local/simulation/simulate-program.ts --root programs --program adult-iop --participants N --seed S`
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { readProgramFiles } from "../../shared/aws/program-files/read-program-files.ts";
import { courses } from "./program/courses.ts";
import { simulatePeople } from "./program/simulate-people.ts";

const text = { type: "string" } as const;
const { values } = parseArgs({
  options: { root: text, program: text, participants: text, seed: text, sites: text },
});
const { root = "programs", program: folder = "adult-iop" } = values;
const participants = Number(values.participants ?? "100");
const files = readProgramFiles(root);
const sites = values.sites === undefined ? undefined : files[values.sites];
const rows = await simulatePeople({
  files: sites === undefined ? files : { ...files, "sites.yaml": sites },
  folder,
  participants,
  seed: Number(values.seed ?? "1"),
  threads: availableParallelism(),
  say: (done) => process.stderr.write(`${JSON.stringify({ done, of: participants })}\n`),
});
process.stdout.write(
  JSON.stringify({
    ...rows,
    courses: courses.map(({ course, words, share }) => ({ course, words, share })),
  }),
);
