import { openApi, revealOption, serverOptions } from "../api-client.ts";
import { type Command, type Input, NotDone, type Outcome, textOption } from "../command.ts";
import { type CareClient, openCare } from "../open-care.ts";
import { field, maskName, plain, table } from "../output.ts";

export const alertCommands: readonly Command[] = [
  {
    name: "alerts list",
    summary: "safety alerts that wait for a person; exit code 1 while one is past due",
    options: [...serverOptions, revealOption],
    run: list,
  },
  {
    name: "alerts ack",
    summary: "take an alert, so that paging stops; contact still has to follow",
    args: [{ name: "<alert>", words: "the alert's id, as alerts list shows it" }],
    options: serverOptions,
    run: acknowledge,
  },
];

type Row = Readonly<Record<string, unknown>>;

async function openAlerts(input: Input, care: CareClient): Promise<readonly Row[]> {
  const site = textOption(input, "site");
  const rows = await care.list("/queue?tab=safety");
  return rows.flatMap((row) => {
    const about: unknown = row.about;
    // Other work stands under safety too, such as a decision about a welfare check: that is no alert to be taken.
    const isAlert =
      about !== null && typeof about === "object" && Reflect.get(about, "type") === "escalation";
    const alertId: unknown = isAlert ? Reflect.get(about, "id") : undefined;
    if (typeof alertId !== "string" || (site !== undefined && row.siteId !== site)) return [];
    return [{ alertId, ...row }];
  });
}

async function list(input: Input): Promise<Outcome> {
  const alerts = (await openAlerts(input, await openCare(input))).map((alert) =>
    input.options.reveal === true
      ? alert
      : { ...alert, participant: maskName(field(alert, "participant")) },
  );
  const isPastDue = alerts.some((alert) => alert.isOverdue === true);
  return {
    exitCode: isPastDue ? 1 : 0,
    json: alerts,
    text: table(
      ["Alert", "Contact by", "Past due", "Who", "Site", "Why"],
      alerts.map((alert) =>
        [
          alert.alertId,
          field(alert, "dueAt"),
          alert.isOverdue === true ? "YES" : "no",
          plain(field(alert, "participant")),
          field(alert, "siteId"),
          plain(field(alert, "words")),
        ].map(String),
      ),
      "No open alerts.",
    ),
  };
}

async function acknowledge(input: Input): Promise<Outcome> {
  const [alertId = ""] = input.args;
  const alerts = await openAlerts(input, await openCare(input));
  const alert = alerts.find((one) => one.alertId === alertId);
  if (alert === undefined)
    throw new NotDone(`There is no open alert ${plain(alertId)}. alerts list shows the open ones.`);
  const api = await openApi(input, "clinician", field(alert, "siteId"));
  const answer = await api.post(`/escalations/${alertId}/acknowledgement`, {});
  return {
    exitCode: 0,
    json: answer,
    text: `Taken. Speak with the participant by ${field(answer, "contactDueAt")} and record the contact: until then the next person is paged.`,
  };
}
