import { revealOption, serverOptions } from "../api-client.ts";
import { type Command, type Input, type Outcome, textOption } from "../command.ts";
import { openCare } from "../open-care.ts";
import { field, maskName, plain, table } from "../output.ts";

export const messageCommands: readonly Command[] = [
  {
    name: "messages list",
    summary: "planned and sent messages, by person; what they say is not shown",
    options: [
      ...serverOptions,
      revealOption,
      { flags: "--status <status>", words: "only this status, e.g. UNKNOWN" },
    ],
    run: list,
  },
];

async function list(input: Input): Promise<Outcome> {
  const care = await openCare(input);
  const status = textOption(input, "status")?.toUpperCase();
  const site = textOption(input, "site");
  const rows: Readonly<Record<string, unknown>>[] = [];
  for (const person of await care.list("/participants")) {
    if (site !== undefined && person.siteId !== site) continue;
    const api = care.at(field(person, "siteId"));
    for (const message of await api.list(`/episodes/${field(person, "episodeId")}/messages`)) {
      if (status !== undefined && message.status !== status) continue;
      const name = field(person, "name");
      rows.push({ ...message, name: input.options.reveal === true ? name : maskName(name) });
    }
  }
  rows.sort((left, right) => field(left, "sendAt").localeCompare(field(right, "sendAt")));
  return {
    exitCode: 0,
    json: rows,
    text: table(
      ["Message", "Who", "Step", "Channel", "Status", "Planned for"],
      rows.map((row) =>
        ["messageId", "name", "step", "channel", "status", "sendAt"].map((name) =>
          plain(field(row, name)),
        ),
      ),
      "There are no messages.",
    ),
  };
}
