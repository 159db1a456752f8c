import * as z from "zod";
import { ownValue } from "../../shared/care/text/own-value.ts";
import { call, isLoopback, serverAddress, serverOptions } from "../api-client.ts";
import { CalledWrongly, type Command, type Input, type Outcome } from "../command.ts";

export const doctorCommands: readonly Command[] = [
  {
    name: "doctor",
    summary: "look for stalled work and set it going again, and recompute the audit trail",
    options: [
      ...serverOptions.slice(0, 1),
      {
        flags: "--rebuild",
        words: "look at every driver, not just the overdue ones, and restart the lost ones",
      },
    ],
    run: doctor,
  },
];

type Count = readonly [name: string, one: string, several: string];

const counts: readonly Count[] = [
  ["drivers", "pathway step was put back to work", "pathway steps were put back to work"],
  [
    "effects",
    "owed action had not been carried out and was",
    "owed actions had not been carried out and were",
  ],
  ["claims", "send without an end was settled", "sends without an end were settled"],
  ["unknowns", "message of unknown fate became a task", "messages of unknown fate became tasks"],
  [
    "attendance",
    "attendance was not marked in time and was asked for",
    "attendances were not marked in time and were asked for",
  ],
  [
    "owed",
    "task owed to a person was not done in time and was passed on",
    "tasks owed to people were not done in time and were passed on",
  ],
  [
    "failures",
    "item could not be put right: see the server's log",
    "items could not be put right: see the server's log",
  ],
];

const auditSchema = z.object({
  entries: z.number(),
  breaks: z.array(z.object({ aggregateId: z.string(), sequence: z.number(), kind: z.string() })),
});

const breakLabels: Readonly<Record<string, string>> = {
  changed: "is not what was written",
  missing: "is missing",
  "out-of-place": "is not where it was written, or does not follow the one before it",
  "not-the-last": "is not the latest that the record names",
};

/** What was found out about the audit trail, one line each; a server of an earlier release says nothing. */
function auditLines(audit: unknown): { readonly isWhole: boolean; readonly lines: string[] } {
  const { data } = auditSchema.safeParse(audit);
  if (data === undefined) return { isWhole: true, lines: [] };
  const lines = data.breaks.map(
    ({ aggregateId, sequence, kind }) =>
      `Audit entry ${sequence} of ${aggregateId} ${ownValue(breakLabels, kind) ?? kind}.`,
  );
  return lines.length === 0
    ? { isWhole: true, lines: [`The audit trail holds: ${data.entries} entries.`] }
    : {
        isWhole: false,
        lines: [...lines, "Change nothing; read docs/runbooks/audit-changed.md."],
      };
}

async function doctor(input: Input): Promise<Outcome> {
  const server = serverAddress(input);
  if (!isLoopback(server)) {
    throw new CalledWrongly(
      'doctor works on this machine. In AWS, invoke the function sweep-stalled-work, with {"rebuild":true} to look at every driver.',
    );
  }
  const rebuild = input.options.rebuild === true;
  const body = await call(input, `${server}/_local/doctor`, { method: "POST", body: { rebuild } });
  const result: unknown = body.result;
  const found = counts.flatMap(([name, one, several]) => {
    const count: unknown =
      result !== null && typeof result === "object" ? Reflect.get(result, name) : undefined;
    if (typeof count !== "number" || count === 0) return [];
    return [{ name, count, words: `${count} ${count === 1 ? one : several}.` }];
  });
  const audit = auditLines(body.audit);
  const isWell = audit.isWhole && found.every(({ name }) => name !== "failures");
  const lines = found.length === 0 ? ["Nothing is stalled."] : found.map(({ words }) => words);
  return {
    exitCode: isWell ? 0 : 1,
    json: { ok: isWell, ...body },
    text: [
      ...lines,
      ...audit.lines,
      `Executions running now: ${String(body.runningExecutions)}.`,
    ].join("\n"),
  };
}
