import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { answerAll } from "./support/answers.ts";
import { Client, type QueueItem } from "./support/client.ts";
import { LocalServer } from "./support/local-server.ts";
import { nextMondayMorning } from "./support/local-time.ts";
import { Office } from "./support/office.ts";
import { answerPages, linkOf, newestMessage, openLink } from "./support/participant.ts";
import { phq9FromElsewhere, type Referred, refer } from "./support/refer.ts";

describe("decisions of staff", () => {
  const server = new LocalServer({ startAt: "2027-01-11T14:00:00Z" });
  const client = new Client(() => server.url);
  const office = new Office(client);
  let people = 50;
  let person: Referred;
  let approval: QueueItem;

  beforeAll(() => server.start(), 90_000);
  afterAll(() => server.stop());
  beforeEach(async () => {
    await client.ok("DELETE", "/_local/faults");
    await client.ok("POST", "/_local/reset", { seed: "empty" });
    await client.advanceTo(nextMondayMorning(await client.now(), "America/New_York"));
    people += 1;
    person = await refer(client, String(people), { responses: [phq9FromElsewhere] });
    const message = await newestMessage(client, person.participantId, "ask-forms");
    await answerPages(await openLink(linkOf(message)), answerAll(1));
    await client.advanceBy("PT1S");
    const rows = await client.queue("case-manager", "approvals");
    approval = rows.find((row) => row.episodeId === person.episodeId) as QueueItem;
    expect(approval?.taskKind).toBe("admission-approval");
  });

  const decide = (as: "case-manager" | "clinician" | "clinical-lead", key: string, more = {}) =>
    client.tryApi(
      as,
      "POST",
      `/tasks/${approval.taskId}/decision`,
      { decision: "approved", reason: "Agreed", version: approval.version, ...more },
      key,
    );

  test("two at the same instant make one decision; the other hears who was first", async () => {
    const answers = await Promise.all([
      decide("case-manager", "decision-of-casey"),
      decide("clinician", "decision-of-avery", { decision: "rejected" }),
    ]);
    const won = answers.filter((answer) => answer.status === 200);
    const lost = answers.filter((answer) => answer.status === 409);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    const winner = won[0]?.body.decidedBy;
    expect(winner).toMatch(/^(casey|avery)-riverside$/);
    expect(JSON.stringify(lost[0]?.body)).toContain(winner);
    expect(JSON.stringify(lost[0]?.body)).toContain(won[0]?.body.decision);
    const entries = await office.audit(person.episodeId);
    expect(
      entries.filter((entry) => /^admission-(approved|rejected)$/.test(entry.action)),
    ).toHaveLength(1);
  });

  test("a retry of the same decision gets its own answer again; another body does not", async () => {
    const first = await decide("case-manager", "one-decision");
    expect(first.status).toBe(200);
    await client.advanceBy("PT2M");
    const again = await decide("case-manager", "one-decision");
    expect(again).toMatchObject({ status: 200, body: first.body });
    const other = await decide("case-manager", "one-decision", { reason: "Changed my mind" });
    expect(other.status).toBe(422);
    const late = await decide("clinician", "another-decision");
    expect(late.status).toBe(409);
    expect(JSON.stringify(late.body)).toContain("casey-riverside");
  });

  test("a decision can be taken back for thirty seconds, while nothing has followed", async () => {
    await decide("case-manager", "a-hasty-one");
    await client.advanceBy("PT20S");
    const path = `/tasks/${approval.taskId}/decision/retract`;
    const byAnother = await client.tryApi("clinician", "POST", path, {});
    expect(byAnother.status).toBe(409);
    const retracted = await client.tryApi("case-manager", "POST", path, {});
    expect(retracted.status, JSON.stringify(retracted.body)).toBe(200);
    const at = await client.now();
    await client.advanceBy("PT1H");
    expect((await office.episode(person.episodeId)).status).toBe("assessed");
    expect(await client.outbox({ participantId: person.participantId, since: at })).toEqual([]);
    const rows = await client.queue("case-manager", "approvals");
    const row = rows.find((one) => one.taskId === approval.taskId);
    expect(row?.version).toBeGreaterThan(approval.version);
    await client.api("case-manager", "POST", `/tasks/${approval.taskId}/decision`, {
      decision: "approved",
      reason: "Now with the chart read",
      version: row?.version,
    });
    await client.advanceBy("PT31S");
    expect((await office.episode(person.episodeId)).status).toBe("active");
    const late = await client.tryApi("case-manager", "POST", path, {});
    expect(late.status).toBe(409);
    expect(JSON.stringify(late.body)).toMatch(/30 seconds|taken effect|not needed/);
  });

  test("whoever decides on an older look at the task reads it again first", async () => {
    const stale = await decide("case-manager", "a-stale-one", { version: approval.version + 4 });
    expect(stale.status).toBe(409);
    expect(JSON.stringify(stale.body)).toMatch(/Read it again/);
  });

  test("time alone admits nobody: the question is passed on, and stays open", async () => {
    await client.advanceBy("P10D");
    expect((await office.episode(person.episodeId)).status).toBe("assessed");
    const task = await office.openTask(person.episodeId, "admission-approval");
    expect(task).toMatchObject({ assignedFunction: "clinical-lead" });
    expect(Number(task.evidence.escalations)).toBeGreaterThanOrEqual(9);
  });

  test("a message that waits says why and until when", async () => {
    await decide("case-manager", "admit-now");
    await client.advanceBy("PT1M");
    const messages = await office.messages(person.episodeId);
    const planned = messages.filter((message) => message.status === "PLANNED");
    let waiting = 0;
    for (const message of planned) {
      const explained = await client.api(
        "case-manager",
        "GET",
        `/messages/${message.messageId}/explanation`,
      );
      expect(explained.rules.length).toBeGreaterThan(8);
      // Some will find no hour: the day's two messages are sent, and tomorrow is too late for them.
      if (/^It will not be sent/.test(explained.words)) continue;
      waiting += 1;
      expect(explained.nextInstant >= (await client.now())).toBe(true);
      expect(explained.words).toContain(explained.nextInstant);
    }
    expect(waiting).toBeGreaterThan(0);
  });

  test("three refusals of the text provider end in an email", async () => {
    await client.ok("POST", "/_local/faults", { part: "sms", kind: "refuse" });
    await decide("case-manager", "admit-now");
    const at = await client.now();
    await client.advanceBy("PT30H");
    const sent = await client.outbox({ participantId: person.participantId, since: at });
    const welcomes = sent.filter((message) => message.templateId === "welcome");
    expect(welcomes.map((message) => message.channel)).toEqual(["email"]);
  });

  test("a pause that the provider asks for is no try, and nothing is lost by it", async () => {
    await client.ok("POST", "/_local/faults", { part: "sms", kind: "throttle", count: 5 });
    await decide("case-manager", "admit-now");
    const at = await client.now();
    await client.advanceBy("PT30H");
    const sent = await client.outbox({ participantId: person.participantId, since: at });
    const welcomes = sent.filter((message) => message.templateId === "welcome");
    expect(welcomes.map((message) => message.channel)).toEqual(["sms"]);
  });

  test("a send of unknown end is not repeated; a person looks into it", async () => {
    await client.ok("POST", "/_local/faults", {
      part: "sms",
      kind: "timeout-after-accept",
      count: 1,
    });
    await decide("case-manager", "admit-now");
    await client.advanceBy("PT30H");
    const unknown = (await office.messages(person.episodeId)).filter(
      (message) => message.status === "UNKNOWN",
    );
    expect(unknown).toHaveLength(1);
    const tasks = (await office.tasks(person.episodeId)).filter(
      (task) => task.about?.id === unknown[0]?.messageId,
    );
    expect(tasks).toMatchObject([{ status: "open" }]);
    // The provider's own report settles it after all.
    const sent = await client.outbox({ participantId: person.participantId });
    const captured = sent.find((message) => message.messageId === unknown[0]?.messageId);
    await client.ok("POST", `/_local/outbox/${captured?.id}/delivery`, { event: "delivered" });
    const settled = (await office.messages(person.episodeId)).find(
      (message) => message.messageId === unknown[0]?.messageId,
    );
    expect(settled?.status).toBe("DELIVERED");
  });
});
