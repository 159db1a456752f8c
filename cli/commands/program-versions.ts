import { serverOptions } from "../api-client.ts";
import type { Command, Input, Outcome } from "../command.ts";
import { programTarget, publishedVersions } from "../program-store.ts";

export const programVersionsCommands: readonly Command[] = [
  {
    name: "program versions",
    summary: "list the published versions of a program, and why one was published above capacity",
    args: [{ name: "<program>", words: "the program's id" }],
    options: serverOptions.slice(0, 1),
    run: versions,
  },
];

async function versions(input: Input): Promise<Outcome> {
  const [programId = ""] = input.args;
  const listed = await publishedVersions(input, programTarget(input), programId);
  const lines = listed.flatMap(({ version, publishedAt, isLatest, aboveCapacity }) => [
    `version ${version}, published ${publishedAt}${isLatest ? "; new episodes begin on it" : ""}`,
    ...(aboveCapacity === undefined
      ? []
      : [
          `    published above capacity: ${aboveCapacity.reason}`,
          ...aboveCapacity.loads.map((load) => `    ${load}`),
        ]),
  ]);
  return {
    exitCode: listed.length === 0 ? 1 : 0,
    json: { programId, versions: listed },
    text: listed.length === 0 ? `${programId} was never published.` : lines.join("\n"),
  };
}
