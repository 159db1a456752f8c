import { answerAll } from "../../e2e/support/answers.ts";
import type { Client } from "../../e2e/support/client.ts";
import { nextMondayMorning } from "../../e2e/support/local-time.ts";
import { Office } from "../../e2e/support/office.ts";
import { answerPages } from "../../e2e/support/participant.ts";
import { type Referred, refer, walkToItem9 } from "../../e2e/support/refer.ts";

/**
 * What the main job has no need of, so that every function does all that it is for: texts from participants
 * and staff, reports of the providers, sends that fail, a safety answer while the state machines are down.
 */
export async function playOtherCare(riverside: Client, mesa: Client): Promise<void> {
  await onMonday(riverside);
  await writeBack(riverside, await refer(riverside, "81"));
  await refer(mesa, "82", { siteId: "mesa" });
  await textFromStranger(riverside);
  const unreached = await failToSend(riverside);
  await onMonday(riverside);
  await raiseAlertWithMachinesDown(riverside, await refer(riverside, "85"));
  // Every execution is lost at once, and everything goes on from what the tables know.
  await riverside.ok("DELETE", "/_local/executions");
  await riverside.ok("POST", "/_local/doctor", { rebuild: true });
  await riverside.advanceBy("P3D");
  await callWrongNumber(new Office(riverside), unreached);
}

/** Nine in the morning: what is sent at once in the hours for messages goes now. */
async function onMonday(client: Client): Promise<void> {
  await client.advanceTo(nextMondayMorning(await client.now(), "America/New_York"));
}

/** A participant texts, and the providers say what became of what was sent. */
async function writeBack(client: Client, person: Referred): Promise<void> {
  for (const body of ["HELP", "STOP", "START"])
    await client.ok("POST", "/_local/sms", { from: person.phone, body });
  const sent = await client.outbox({ participantId: person.participantId });
  for (const [index, { id }] of sent.entries())
    await client.ok("POST", `/_local/outbox/${id}/delivery`, {
      event: index % 2 === 0 ? "delivered" : "bounced",
    });
  await client.advanceBy("P2D");
  const mails = await client.outbox({ to: person.email });
  for (const { id } of mails)
    await client.ok("POST", `/_local/outbox/${id}/delivery`, { event: "complained" });
  const leave = mails.flatMap(({ links }) => links).find((link) => link.includes("/u/"));
  if (leave === undefined) throw new Error("No email says how to be left alone");
  const answer = await fetch(leave, { method: "POST" });
  if (!answer.ok) throw new Error(`${leave} answered ${answer.status}`);
}

/** Whoever never filled in the forms is called: somebody else answers. */
async function callWrongNumber(office: Office, person: Referred): Promise<void> {
  const tasks = await office.tasks(person.episodeId);
  const call = tasks.find((task) => task.status === "open" && task.taskKind.endsWith("-call"));
  if (call === undefined)
    throw new Error(`No call is asked for, but: ${tasks.map((task) => task.taskKind).join(", ")}`);
  await office.finishTask(call, "wrong-number");
  await office.client.advanceBy("PT1M");
}

/** Texts that are refused, that nobody knows the end of, and that the number's network was told to stop. */
async function failToSend(client: Client): Promise<Referred> {
  const referWith = async (
    number: string,
    fault: { readonly kind: string; readonly count?: number },
  ) => {
    await onMonday(client);
    await client.ok("POST", "/_local/faults", { part: "sms", ...fault });
    const person = await refer(client, number);
    await client.advanceBy("PT2H");
    await client.ok("DELETE", "/_local/faults");
    return person;
  };
  await referWith("83", { kind: "refuse" });
  const unreached = await referWith("84", { kind: "timeout-after-accept", count: 1 });
  await onMonday(client);
  await client.ok(
    "POST",
    "/_local/aws/sms-voice/",
    { OptOutListName: "participants", OptedOutNumber: "+12125550186" },
    {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "PinpointSMSVoiceV2.PutOptedOutNumber",
    },
  );
  await refer(client, "86");
  await client.advanceBy("PT2H");
  return unreached;
}

/** A number that belongs to nobody we know: somebody is paged, whoever it is. */
async function textFromStranger(client: Client): Promise<void> {
  await client.ok("POST", "/_local/sms", {
    from: "+12125550199",
    to: "+12125550111",
    body: "i want to kill myself",
  });
}

/** Nobody can start or wake an execution for a while; the sweep does it once that works again. */
async function raiseAlertWithMachinesDown(client: Client, person: Referred): Promise<void> {
  const browser = await walkToItem9(client, person);
  await client.ok("POST", "/_local/faults", { part: "workflows" });
  await browser.submit({ "phq9-9": "1" });
  await answerPages(browser, answerAll(1));
  await client.advanceBy("PT2M");
  await client.ok("DELETE", "/_local/faults");
  await client.advanceBy("PT20M");
  await client.ok("POST", "/_local/sms", {
    from: person.phone,
    body: "i dont want to live anymore",
  });
  const alerts = await client.all<{ readonly escalationId: string }>(
    "clinician",
    `/episodes/${person.episodeId}/escalations`,
  );
  for (const { escalationId } of alerts) {
    const act = (what: string, body: Readonly<Record<string, string>>) =>
      client.api("clinician", "POST", `/escalations/${escalationId}/${what}`, body);
    await act("acknowledgement", {});
    await act("contact", { outcome: "spoke-with-participant" });
    await act("closure", { outcome: "safe-with-plan", reason: "Spoke for half an hour" });
  }
}
