import { describe, expect, it } from "vitest";
import type { Escalation } from "../../../../shared/care/episode/escalation.ts";
import { answerTransfer, askForTransfer } from "../../../../workflows/run/people/transfer-site.ts";
import { buildSession } from "../../../builders/attendance.ts";
import { buildMessage } from "../../../builders/message.ts";
import { buildSite } from "../../../builders/program.ts";
import {
  applyChange,
  buildContext,
  buildEpisode,
  buildRun,
  buildState,
  buildTask,
  caseManager,
  putsOf,
  tuesdayMorning,
} from "../../../builders/state.ts";
import { changeOf, openTaskOf } from "../../../builders/steps.ts";

const riverside = buildSite();
/** Two hours behind, and open from noon there. */
const mesa = buildSite({
  siteId: "mesa",
  name: "Mesa (fictional)",
  timeZone: "America/Phoenix",
  staffedHours: [1, 2, 3, 4, 5].map((dayOfWeek) => ({ dayOfWeek, from: "12:00", to: "20:00" })),
});
const ctx = buildContext({ actor: caseManager, site: riverside });

const call = buildTask({ sk: "TASK#first-contact-call#one", assignedTo: "casey" });
const attendance = buildTask({
  sk: "TASK#mark-attendance#past",
  taskKind: "mark-attendance",
  assignedTo: "casey",
});
const planned = buildMessage();
const sent = buildMessage({ step: "welcome", occurrence: "intake", status: "ACCEPTED" });
const alert = (id: string, status: Escalation["status"]): Escalation => ({
  kind: "escalation",
  sk: `ESCALATION#${id}`,
  version: 1,
  escalationId: id,
  tier: "RED",
  status,
  raisedAt: tuesdayMorning,
  contactDueAt: tuesdayMorning,
  trigger: { source: "text", rule: "crisis-words" },
  reason: "Words of danger",
  pageTier: 0,
  pageAttempt: 1,
  tierEndsAt: tuesdayMorning,
  acknowledgements: [],
  contacts: [],
  confirmed: true,
});
const alerts = (["open", "acknowledged", "contacted"] as const).map((status) =>
  alert(status, status),
);
const over = alert("over", "closed");
const thursday = buildSession({
  sk: "SESSION#2027-01-14#thu-group",
  sessionId: "thursday",
  groupSessionId: "riverside:adult-iop:2027-01-14:thu-group",
  slot: "thu-group",
  on: "2027-01-14",
  scheduledStartAt: "2027-01-14T14:00:00.000Z",
  scheduledEndAt: "2027-01-14T17:00:00.000Z",
});
const past = buildSession();
const running = buildRun("weekly-program", "w1");
const done = buildRun("intake", "intake", { status: "done" });

const here = buildState(
  buildEpisode({
    status: "active",
    admittedOn: "2027-01-08",
    aftercare: {
      firstVisitOn: "2027-03-01",
      steady: 0,
      keptBy: { staffId: "casey", since: tuesdayMorning },
    },
  }),
  [call, attendance, planned, sent, ...alerts, over, thursday, past, running, done],
);

function asked() {
  const change = changeOf(askForTransfer(here, { reason: "Moves there" }, mesa, ctx));
  return applyChange(here, change);
}

function accepted() {
  const state = asked();
  const { sk } = openTaskOf(state, "site-transfer");
  return changeOf(answerTransfer(state, { taskSk: sk, outcome: "accepted" }, mesa, ctx));
}

describe("a person who is asked for by another site", () => {
  it("is asked for within the hours of whoever is to answer", () => {
    const atNoon = openTaskOf(asked(), "site-transfer");
    const sameHours = changeOf(
      askForTransfer(
        here,
        { reason: "Moves there" },
        { ...mesa, staffedHours: riverside.staffedHours, timeZone: riverside.timeZone },
        ctx,
      ),
    );
    const asHere = openTaskOf(applyChange(here, sameHours), "site-transfer");
    expect(atNoon.atSite).toBe("mesa");
    expect(atNoon.dueAt).not.toBe(asHere.dueAt);
  });
});

describe("a person who is taken over by another site", () => {
  it("comes with all that is still to be done, sent or watched: each of it is the new site's, and nobody's of the old one", () => {
    const change = accepted();
    const puts = putsOf(change);
    expect(change.episode.siteId).toBe("mesa");
    for (const { sk } of [call, planned, ...alerts, thursday])
      expect(puts, sk).toHaveProperty([sk]);
    for (const { sk } of [sent, over, past]) expect(puts, sk).not.toHaveProperty([sk]);
    expect(puts[call.sk]).not.toHaveProperty("assignedTo");
    // Asking who was there stays with the site where it took place, and with whoever does.
    expect(puts[attendance.sk]).toMatchObject({ atSite: "riverside", assignedTo: "casey" });
  });

  it("is expected by the timetable and the clock there", () => {
    expect(putsOf(accepted())[thursday.sk]).toMatchObject({
      groupSessionId: "mesa:adult-iop:2027-01-14:thu-group",
      timeZone: "America/Phoenix",
    });
    expect(accepted().outbox).toContainEqual(
      expect.objectContaining({
        kind: "apply",
        command: expect.objectContaining({
          type: "site-day-changed",
          sessionSks: [thursday.sk],
          isToldByCall: true,
        }),
      }),
    );
  });

  it("has no keeper who works elsewhere, and keeps what else is known of the aftercare", () => {
    expect(accepted().episode.aftercare).toEqual({ firstVisitOn: "2027-03-01", steady: 0 });
  });

  it("goes on at once by the facts there: what runs is woken, what is done is left", () => {
    const woken = accepted().outbox.flatMap((entry) =>
      entry.kind === "wake-driver" ? [entry.driverSk] : [],
    );
    expect(woken).toEqual([running.sk]);
  });
});
