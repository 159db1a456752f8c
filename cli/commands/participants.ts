import { revealOption, serverOptions } from "../api-client.ts";
import { type Command, type Input, NotDone, type Outcome, textOption } from "../command.ts";
import { type CareClient, openCare } from "../open-care.ts";
import { field, maskName, plain, table } from "../output.ts";

const options = [...serverOptions, revealOption];
const personArgument = {
  name: "<person>",
  words: "reference, participant id or episode id",
};

export const participantCommands: readonly Command[] = [
  {
    name: "participant list",
    summary: "who is where on the pathway",
    options: [
      ...options,
      { flags: "--search <words>", words: "part of a name or a reference" },
      { flags: "--phase <status>", words: "only this status, e.g. active" },
    ],
    run: list,
  },
  {
    name: "participant show",
    summary: "one person: where they are, what waits, what happened last",
    args: [personArgument],
    options,
    run: show,
  },
  {
    name: "participant explain",
    summary: "why a person's messages were, were not, or will be sent",
    args: [personArgument],
    options,
    run: explain,
  },
];

type Row = Readonly<Record<string, unknown>>;

async function list(input: Input): Promise<Outcome> {
  const care = await openCare(input);
  const query = new URLSearchParams();
  for (const name of ["search", "phase"]) {
    const value = textOption(input, name);
    if (value !== undefined) query.set(name, value);
  }
  const site = textOption(input, "site");
  const people = (await care.list(`/participants?${query}`)).filter(
    (person) => site === undefined || person.siteId === site,
  );
  const shown = people.map((person) => masked(input, person));
  return {
    exitCode: 0,
    json: shown,
    text: table(
      ["Reference", "Name", "Phase", "Week", "Site", "Program"],
      shown.map((person) =>
        ["reference", "name", "phase", "week", "siteId", "programId"].map((name) =>
          plain(field(person, name)),
        ),
      ),
      "Nobody.",
    ),
  };
}

/** Names are masked unless they are asked for. */
function masked(input: Input, person: Row): Row {
  if (input.options.reveal === true) return person;
  const name = field(person, "name") || field(person, "participant");
  return {
    ...person,
    ...("name" in person ? { name: maskName(name) } : {}),
    ...("participant" in person ? { participant: maskName(name) } : {}),
  };
}

async function findPerson(care: CareClient, asked: string): Promise<Row> {
  const people = await care.list("/participants");
  const wanted = asked.toUpperCase();
  const found = people.find((person) =>
    ["reference", "participantId", "episodeId"].some(
      (name) => field(person, name).toUpperCase() === wanted,
    ),
  );
  if (found === undefined) {
    throw new NotDone(
      `Nobody here has the reference or id ${plain(asked)}. participant list shows who is here.`,
    );
  }
  return found;
}

async function show(input: Input): Promise<Outcome> {
  const care = await openCare(input);
  const person = await findPerson(care, input.args[0] ?? "");
  const api = care.at(field(person, "siteId"));
  const path = `/episodes/${field(person, "episodeId")}`;
  const [episode, tasks, timeline] = await Promise.all([
    api.get(path),
    api.list(`${path}/tasks`),
    api.get(`${path}/timeline`),
  ]);
  const waiting = tasks.filter((task) => task.status === "open");
  const events: readonly Row[] = Array.isArray(timeline.items) ? timeline.items : [];
  const shown = masked(input, { ...episode, name: person.name });
  const lines = [
    `${plain(field(shown, "name"))}  ${field(shown, "reference")}`,
    `${field(shown, "phase")}${field(shown, "week") === "" ? "" : `, week ${field(shown, "week")}`}  ${field(shown, "programId")} version ${field(shown, "programVersion")}, ${field(shown, "siteId")}`,
    "",
    "Waiting for a person:",
    table(
      ["Due", "What", "Why"],
      waiting.map((task) => ["dueAt", "taskKind", "words"].map((name) => plain(field(task, name)))),
      "nothing",
    ),
    "",
    "Last events:",
    table(
      ["At", "What"],
      events.slice(0, 15).map((event) => [field(event, "at"), plain(field(event, "what"))]),
      "none",
    ),
  ];
  return {
    exitCode: 0,
    json: { episode: shown, waiting, timeline: events },
    text: lines.join("\n"),
  };
}

async function explain(input: Input): Promise<Outcome> {
  const care = await openCare(input);
  const person = await findPerson(care, input.args[0] ?? "");
  const api = care.at(field(person, "siteId"));
  const messages = await api.list(`/episodes/${field(person, "episodeId")}/messages`);
  const explained: Row[] = [];
  for (const message of messages) {
    const explanation = await api.get(`/messages/${field(message, "messageId")}/explanation`);
    explained.push({
      messageId: message.messageId,
      step: message.step,
      channel: message.channel,
      status: message.status,
      words: explanation.words,
      rules: explanation.rules,
      ...(explanation.nextInstant === undefined ? {} : { nextInstant: explanation.nextInstant }),
    });
  }
  return {
    exitCode: 0,
    json: explained,
    text: table(
      ["Message", "Step", "Channel", "Status", "Why"],
      explained.map((one) =>
        ["messageId", "step", "channel", "status", "words"].map((name) => plain(field(one, name))),
      ),
      "There are no messages.",
    ),
  };
}
