// Long because what every act on an alert writes stands here whole: a field that is lost is seen at once.
import { describe, expect, it } from "vitest";
import { type Change, isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { CareTask } from "../../../shared/care/episode/care-task.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { EpisodeItem, OpenState } from "../../../shared/care/episode/episode-item.ts";
import type { Escalation } from "../../../shared/care/episode/escalation.ts";
import {
  raiseEscalation,
  type SafetyConcern,
} from "../../../shared/care/safety/raise-escalation.ts";
import { addMinutes } from "../../../shared/care/time/instants.ts";
import { acknowledgeEscalation, hasTaken } from "../../../workflows/escalation/acknowledge.ts";
import { answerReading } from "../../../workflows/escalation/answer-reading.ts";
import { closeEscalation } from "../../../workflows/escalation/close-escalation.ts";
import { recordContact } from "../../../workflows/escalation/record-contact.ts";
import { recordPage } from "../../../workflows/escalation/record-page.ts";
import { runOf } from "../../builders/run-pathway.ts";
import {
  buildContext,
  buildEpisode,
  buildState,
  caseManager,
  clinician,
  systemActor,
  tuesdayMorning,
} from "../../builders/state.ts";
import { act, carriedOut, changeOf, review } from "../../builders/steps.ts";

const sk = "ESC#w3#phq-9.phq9-9.RED";
const at = (minutes: number) => addMinutes(tuesdayMorning, minutes);
/** Tuesday, 21:00 in New York: nobody is at the site. */
const night = "2027-01-13T02:00:00.000Z";

function raised(
  concern: Partial<SafetyConcern> = {},
  more: {
    readonly now?: string;
    readonly episode?: Partial<Episode>;
    readonly hasNoValue?: true;
  } = {},
) {
  const state = buildState(buildEpisode({ status: "active", ...more.episode }));
  const ctx = buildContext({ now: more.now ?? tuesdayMorning, actor: systemActor });
  const draft = new Draft(state, ctx);
  const result = raiseEscalation(draft, ctx, {
    tier: "RED",
    source: "instrument",
    rule: "phq-9.phq9-9.RED",
    ...(more.hasNoValue === true ? {} : { value: 3 }),
    occasion: "w3",
    reason: "PHQ-9 item 9 answered 3",
    ...concern,
  });
  const change = draft.finish("raised");
  return { change, result, state: carriedOut(state, change) };
}

const itemsIn = (state: OpenState) => [...state.items.values()];
function only<Kind extends EpisodeItem["kind"]>(state: OpenState, kind: Kind) {
  const found = itemsIn(state).filter((item) => item.kind === kind);
  expect(found).toHaveLength(1);
  return found[0] as Extract<EpisodeItem, { kind: Kind }>;
}
const alertIn = (state: OpenState): Escalation => only(state, "escalation");
const taskIn = (state: OpenState): CareTask => only(state, "task");

/** What a change makes of an item that was there: the fields that are other than before. */
function differs(before: object, after: object): Record<string, unknown> {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries(
    [...names]
      .filter((name) => name !== "version")
      .map((name) => [name, Reflect.get(before, name), Reflect.get(after, name)] as const)
      .filter(([, old, now]) => JSON.stringify(old) !== JSON.stringify(now))
      .map(([name, , now]) => [name, now]),
  );
}

/** Carries out a command and says what it changed of the alert, of its task and of the episode, and what it noted. */
function done(state: OpenState, decided: Change | Refusal | undefined) {
  const change = changeOf(decided);
  const after = carriedOut(state, change);
  return {
    after,
    audit: change.audit,
    alert: differs(alertIn(state), alertIn(after)),
    task: differs(taskIn(state), taskIn(after)),
  };
}
const refused = (decided: Change | Refusal | undefined) => {
  if (decided === undefined || !isRefusal(decided)) throw new Error("It was not refused");
  return decided.refused;
};
const by = (now: string, actor: DecisionContext["actor"] = clinician) =>
  buildContext({ now, actor });

/** The alert in a state that it can be in. */
function withAlert(more: Partial<Escalation>, concern: Partial<SafetyConcern> = {}, episode = {}) {
  const { state } = raised(concern, { episode });
  const alert = { ...alertIn(state), ...more };
  return { ...state, items: new Map([...state.items, [alert.sk, alert]]) };
}

describe("what stands in an alert when it is raised", () => {
  it("about danger: everything that a person needs to act, and the first page with it", () => {
    const { change, result, state } = raised({ about: "FORM#w3" });
    const alert = alertIn(state);
    expect(result).toEqual({ outcome: "raised", escalationId: alert.escalationId });
    expect(alert).toEqual({
      kind: "escalation",
      sk,
      version: 1,
      escalationId: expect.any(String),
      tier: "RED",
      status: "open",
      raisedAt: tuesdayMorning,
      contactDueAt: at(60),
      trigger: { source: "instrument", rule: "phq-9.phq9-9.RED", about: "FORM#w3", value: 3 },
      reason: "PHQ-9 item 9 answered 3",
      pageTier: 0,
      pageTo: "primary",
      pageAttempt: 0,
      tierEndsAt: at(15),
      acknowledgements: [],
      contacts: [],
      confirmed: true,
    });
    expect(taskIn(state)).toEqual({
      kind: "task",
      sk: `TASK#safety-follow-up#${alert.escalationId}`,
      version: 1,
      taskId: expect.any(String),
      taskKind: "safety-follow-up",
      status: "open",
      isApproval: false,
      assignedFunction: "clinician",
      priority: "safety",
      words: "PHQ-9 item 9 answered 3. Speak with the participant, then record the contact.",
      openedAt: tuesdayMorning,
      dueAt: at(60),
      evidence: { tier: "RED", answer: 3 },
      about: { type: "escalation", id: alert.escalationId },
      owed: {
        tier: "ROUTINE",
        occurrence: alert.escalationId,
        steps: [{ to: "clinical-lead", at: at(60) }],
      },
    });
    expect(state.episode.openEscalations).toEqual([
      { escalationId: alert.escalationId, tier: "RED" },
    ]);
    expect(runOf(state, "escalation")).toMatchObject({
      subject: alert.escalationId,
      data: { escalationSk: sk },
    });
    expect(change.outbox.filter(({ kind }) => kind === "page")).toEqual([
      { kind: "page", episodeId: state.episode.episodeId, escalationSk: sk, tier: 0, attempt: 0 },
    ]);
  });

  it("about words: unconfirmed, without a number that nobody answered", () => {
    const { state } = raised(
      { source: "text", rule: "words", confirmed: false },
      { hasNoValue: true },
    );
    expect(alertIn(state)).toMatchObject({
      confirmed: false,
      trigger: { source: "text", rule: "words" },
    });
    expect(alertIn(state).trigger).not.toHaveProperty("about");
    expect(taskIn(state).evidence).toEqual({ tier: "RED" });
  });

  it.each([
    ["in the night, to be read by the on-call at once", night, "text", true],
    ["in staffed hours, in the queue first", tuesdayMorning, "text", false],
    [
      "in staffed hours, for work that is late already, at once",
      tuesdayMorning,
      "overdue-work",
      true,
    ],
  ] as const)("of the third tier: %s", (_what, now, source, isPaged) => {
    const { change, state } = raised({ tier: "YELLOW", source, rule: "words" }, { now });
    const readBy = addMinutes(now, 60);
    expect(alertIn(state)).toMatchObject({
      tierEndsAt: readBy,
      readBy,
      contactDueAt: addMinutes(now, 480),
      readLadder: isPaged
        ? { from: now, tier: 0, pages: 0 }
        : { from: readBy, tier: 0, pages: 0, isOnce: true },
    });
    expect(taskIn(state)).toMatchObject({
      dueAt: readBy,
      words:
        "PHQ-9 item 9 answered 3. Read it, then speak with the participant and record the contact.",
      owed: {
        steps: [
          { to: "clinical-lead", at: readBy },
          { to: "supervisor", at: expect.stringMatching(/^2027-01-13T14:00:00/) },
        ],
      },
    });
    expect(change.outbox.some(({ kind }) => kind === "page")).toBe(isPaged);
    expect(runOf(state, "escalation").data).toEqual({ escalationSk: alertIn(state).sk });
  });

  it("of the fourth tier: a task, nobody is paged and nothing runs", () => {
    const { change, result, state } = raised({ tier: "ROUTINE" });
    expect(result.outcome).toBe("raised");
    expect(change.outbox).toEqual([]);
    expect(
      itemsIn(state)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(["escalation", "task"]);
  });

  it("is one alert for the same answer, and another for another occasion or rule", () => {
    const { state } = raised();
    const ctx = by(at(5));
    const again = (more: Partial<SafetyConcern>) => {
      const draft = new Draft(state, ctx);
      return raiseEscalation(draft, ctx, {
        tier: "RED",
        source: "instrument",
        rule: "phq-9.phq9-9.RED",
        occasion: "w3",
        reason: "-",
        ...more,
      });
    };
    expect(again({})).toEqual({ outcome: "known", escalationId: alertIn(state).escalationId });
    expect(again({ occasion: "w4" }).outcome).toBe("raised");
    expect(again({ rule: "phq-9.phq9-9.ORANGE" }).outcome).toBe("raised");
  });

  it("joins what a clinician assessed within seven days and no higher, for the ninth question alone", () => {
    const assessed = (value: number, ago: number) => ({
      episode: { lastClinicianAssessedItem9: { value, at: at(-ago) } },
    });
    const week = 7 * 24 * 60;
    const outcome = (concern: Partial<SafetyConcern>, more: ReturnType<typeof assessed>) =>
      raised(concern, more).result.outcome;
    expect(outcome({}, assessed(3, week))).toBe("joined");
    expect(outcome({}, assessed(3, week + 1))).toBe("raised");
    expect(outcome({}, assessed(2, 1))).toBe("raised");
    expect(outcome({ value: 2 }, assessed(3, 1))).toBe("joined");
    expect(outcome({ source: "text" }, assessed(3, 1))).toBe("raised");
    for (const rule of [
      "phq-9.phq9-90.RED",
      "phq-9.phq9-1.RED",
      "xphq-9.phq9-9.RED",
      "bam.phq-9.phq9-9",
    ])
      expect(outcome({ rule }, assessed(3, 1)), rule).toBe("raised");
    for (const rule of ["phq-9/phq9-9", "phq-9.phq9-9"])
      expect(outcome({ rule }, assessed(3, 1)), rule).toBe("joined");
  });
});

describe("what taking an alert writes", () => {
  it("who took it and when, whose the call is, and the time to make it", () => {
    const { state } = raised();
    const { after, alert, task, audit } = done(
      state,
      acknowledgeEscalation(state, { escalationSk: sk }, by(at(4))),
    );
    expect(alert).toEqual({
      status: "acknowledged",
      tierEndsAt: at(19),
      acknowledgements: [{ by: "avery", at: at(4) }],
    });
    expect(task).toEqual({ assignedTo: "avery" });
    expect(audit).toMatchObject({
      action: "escalation-acknowledged",
      facts: { escalationId: alertIn(state).escalationId, tier: "RED" },
    });
    expect(hasTaken(after, sk, "avery")).toBe(true);
    expect(hasTaken(after, sk, "casey")).toBe(false);
    expect(hasTaken(state, sk, "avery")).toBe(false);
    // Taken by the next, it is theirs, with no more time.
    const next = done(
      after,
      acknowledgeEscalation(after, { escalationSk: sk }, by(at(10), caseManager)),
    );
    expect(next.alert).toEqual({
      acknowledgements: [
        { by: "avery", at: at(4) },
        { by: "casey", at: at(10) },
      ],
    });
    expect(hasTaken(next.after, sk, "avery")).toBe(false);
  });

  it("takes no time away that was given", () => {
    const state = withAlert({ tierEndsAt: at(60) });
    const { alert } = done(state, acknowledgeEscalation(state, { escalationSk: sk }, by(at(4))));
    expect(alert).not.toHaveProperty("tierEndsAt");
  });

  it("gives the time of the tier that is being paged", () => {
    const state = withAlert({ pageTier: 1, tierEndsAt: at(1) });
    const program = buildContext().program;
    const tiers = program.safety.pageTiers.map((tier, index) => ({
      ...tier,
      acknowledgeWithinMinutes: 15 + 7 * index,
    }));
    const ctx = {
      ...by(at(4)),
      program: { ...program, safety: { ...program.safety, pageTiers: tiers } },
    };
    expect(
      done(state, acknowledgeEscalation(state, { escalationSk: sk }, ctx)).alert,
    ).toMatchObject({
      tierEndsAt: at(26),
    });
    const beyond = withAlert({ pageTier: 9, tierEndsAt: at(1) });
    expect(
      done(beyond, acknowledgeEscalation(beyond, { escalationSk: sk }, ctx)).alert,
    ).toMatchObject({ tierEndsAt: at(19) });
  });

  it("of one that is to be read: in the day the call is due, in the night it is to be made now", () => {
    const day = raised({ tier: "YELLOW", source: "text", rule: "words" });
    const key = alertIn(day.state).sk;
    expect(
      done(day.state, acknowledgeEscalation(day.state, { escalationSk: key }, by(at(4)))).task,
    ).toEqual({ assignedTo: "avery", dueAt: at(480) });
    const late = raised({ tier: "YELLOW", source: "text", rule: "words" }, { now: night });
    const taken = done(
      late.state,
      acknowledgeEscalation(late.state, { escalationSk: key }, by(addMinutes(night, 4))),
    );
    expect(taken.audit).toMatchObject({ action: "escalation-read", facts: { answer: "call-now" } });
  });

  it("of another alert's task, a task of another kind, or one that is done: nothing", () => {
    const { state } = raised();
    const task = taskIn(state);
    const others: readonly CareTask[] = [
      { ...task, sk: "TASK#a", about: { type: "escalation", id: "another" } },
      { ...task, sk: "TASK#b", status: "done" },
      { ...task, sk: "TASK#c", taskKind: "clinician-review" },
    ];
    const more = {
      ...state,
      items: new Map([...state.items, ...others.map((one) => [one.sk, one] as const)]),
    };
    const change = changeOf(acknowledgeEscalation(more, { escalationSk: sk }, by(at(4))));
    expect(change.puts.map(({ item }) => item.sk).sort()).toEqual([sk, task.sk].sort());
  });
});

describe("what contact writes", () => {
  it.each([
    ["spoke-with-participant", "escalation-contact-made", { status: "contacted" }],
    ["help-sent", "escalation-contact-made", { status: "contacted" }],
    ["not-reached", "escalation-contact-tried", {}],
  ] as const)("%s", (outcome, action, more) => {
    const { state } = raised();
    const { after, alert, task, audit } = done(
      state,
      recordContact(state, { escalationSk: sk, outcome, note: "Rang twice" }, by(at(20))),
    );
    expect(alert).toEqual({ ...more, contacts: [{ by: "avery", at: at(20), outcome }] });
    expect(audit).toMatchObject({
      action,
      facts: { escalationId: alertIn(state).escalationId, outcome },
      reason: "Rang twice",
    });
    expect(audit.facts).not.toHaveProperty("confirmed");
    if (outcome === "not-reached") expect(task).toEqual({});
    else
      expect(task).toMatchObject({
        words: "Contact is made. A clinician closes the alert with its outcome.",
        dueAt: at(20 + 24 * 60),
        owed: { steps: [{ to: "clinical-lead", at: at(20 + 24 * 60) }] },
      });
    expect(after.episode.lastContact).toEqual(
      outcome === "spoke-with-participant" ? { at: at(20), how: "spoke", by: "avery" } : undefined,
    );
  });

  it("confirms a match of words where a clinician found danger, or where help was sent", () => {
    const words = { confirmed: false };
    const input = { escalationSk: sk, outcome: "not-reached" } as const;
    const state = withAlert(words);
    expect(done(state, recordContact(state, input, by(at(1)))).alert).not.toHaveProperty(
      "confirmed",
    );
    const found = done(state, recordContact(state, { ...input, confirmed: true }, by(at(1))));
    expect(found.alert).toMatchObject({ confirmed: true });
    expect(found.audit.facts).toMatchObject({ confirmed: true });
    expect(
      refused(recordContact(state, { ...input, confirmed: true }, by(at(1), caseManager))),
    ).toBe("not-allowed");
    const help = { ...input, outcome: "help-sent" } as const;
    expect(done(state, recordContact(state, help, by(at(1), caseManager))).alert).toMatchObject({
      confirmed: true,
    });
  });
});

describe("what a page writes", () => {
  const page = { tier: 0, attempt: 0, outcome: "taken", to: ["avery", "casey"] } as const;
  it("whom it rang and when, how it ended, and that the next one counts from here", () => {
    const { state } = raised();
    const { alert, task, audit } = done(state, recordPage(state, sk, page, by(at(1), systemActor)));
    expect(alert).toEqual({
      lastPagedAt: at(1),
      pageAttempt: 1,
      pages: [{ at: at(1), to: ["avery", "casey"], outcome: "taken" }],
    });
    expect(task).toEqual({});
    expect(audit).toMatchObject({
      action: "on-call-paged",
      facts: {
        escalationId: alertIn(state).escalationId,
        tier: 0,
        attempt: 0,
        outcome: "taken",
      },
    });
  });

  it("counts on the ladder of reading only where somebody was rung", () => {
    const ladder = { readLadder: { from: tuesdayMorning, tier: 0, pages: 1 } };
    const state = withAlert(ladder);
    const rung = done(state, recordPage(state, sk, page, by(at(1), systemActor)));
    expect(rung.alert).toMatchObject({ readLadder: { pages: 2 } });
    const lost = done(
      state,
      recordPage(state, sk, { ...page, outcome: "undelivered" }, by(at(1), systemActor)),
    );
    expect(lost.alert).not.toHaveProperty("readLadder");
  });

  it("is remembered for the last twenty", () => {
    const pages = Array.from({ length: 20 }, (_, index) => ({
      at: at(index),
      to: [`p-${index}`],
      outcome: "taken" as const,
    }));
    const state = withAlert({ pages });
    const { after } = done(state, recordPage(state, sk, page, by(at(30), systemActor)));
    const kept = alertIn(after).pages ?? [];
    expect(kept).toHaveLength(20);
    expect(kept[0]).toEqual(pages[1]);
    expect(kept.at(-1)).toMatchObject({ at: at(30) });
  });

  it("that was recorded, or of another turn, changes nothing", () => {
    const { state } = raised();
    for (const other of [{ tier: 1 }, { attempt: 1 }])
      expect(refused(recordPage(state, sk, { ...page, ...other }, by(at(1), systemActor)))).toBe(
        "not-now",
      );
    expect(refused(recordPage(state, "ESC#none", page, by(at(1), systemActor)))).toBe("not-found");
    // The task's key is no alert's.
    expect(refused(recordPage(state, taskIn(state).sk, page, by(at(1), systemActor)))).toBe(
      "not-found",
    );
  });
});

describe("what closing writes", () => {
  const close = { escalationSk: sk, outcome: "safe-at-home", reason: "Sleeps at her sister's" };
  it("who closed it, when and how, ends its follow-up, and keeps what was assessed", () => {
    const state = withAlert({ status: "contacted" });
    const { after, alert, task, audit } = done(state, closeEscalation(state, close, by(at(90))));
    expect(alert).toEqual({
      status: "closed",
      closure: { by: "avery", at: at(90), outcome: "safe-at-home" },
    });
    expect(task).toEqual({
      status: "done",
      outcome: { code: "safe-at-home", recordedBy: "avery", recordedAt: at(90) },
    });
    expect(after.episode).toMatchObject({
      openEscalations: [],
      lastDangerAt: tuesdayMorning,
      lastClinicianAssessedItem9: { value: 3, at: at(90) },
    });
    expect(audit).toMatchObject({
      action: "escalation-closed",
      facts: {
        escalationId: alertIn(state).escalationId,
        tier: "RED",
        outcome: "safe-at-home",
      },
      reason: "Sleeps at her sister's",
    });
  });

  it.each([
    ["RED", "safe-at-home", true],
    ["ORANGE", "safe-at-home", true],
    ["YELLOW", "safe-at-home", false],
    ["ROUTINE", "safe-at-home", false],
    ["RED", "no-danger", false],
  ] as const)("of tier %s as %s: danger is remembered, %s", (tier, outcome, isDanger) => {
    const state = withAlert({ status: "contacted", tier });
    const { after } = done(state, closeEscalation(state, { ...close, outcome }, by(at(90))));
    expect(after.episode.lastDangerAt).toBe(isDanger ? tuesdayMorning : undefined);
  });

  it("leaves other alerts open", () => {
    const base = withAlert({ status: "contacted" });
    const other = { escalationId: "another", tier: "ORANGE" } as const;
    const state = {
      ...base,
      episode: { ...base.episode, openEscalations: [...base.episode.openEscalations, other] },
    };
    const { after } = done(state, closeEscalation(state, close, by(at(90))));
    expect(after.episode.openEscalations).toEqual([other]);
  });

  it("keeps what the clinician assessed, of any alert, and nothing of another question", () => {
    const assessed = (concern: Partial<SafetyConcern>, value?: number) => {
      const { state } = raised(concern);
      const key = alertIn(state).sk;
      const contacted = {
        ...state,
        items: new Map([
          ...state.items,
          [key, { ...alertIn(state), status: "contacted" as const }],
        ]),
      };
      const input = {
        ...close,
        escalationSk: key,
        ...(value === undefined ? {} : { assessedItemValue: value }),
      };
      return done(contacted, closeEscalation(contacted, input, by(at(90)))).after.episode
        .lastClinicianAssessedItem9?.value;
    };
    expect(assessed({})).toBe(3);
    expect(assessed({}, 0)).toBe(0);
    expect(assessed({ source: "text", rule: "words" }, 1)).toBe(1);
    expect(assessed({ source: "text" })).toBeUndefined();
    expect(assessed({ rule: "gad-7.gad7-1.RED" })).toBeUndefined();
  });

  it("is refused before contact, to whoever is no clinician, and once it is closed", () => {
    for (const status of ["open", "acknowledged"] as const) {
      const state = withAlert({ status });
      expect(refused(closeEscalation(state, close, by(at(90))))).toBe("not-now");
      // A confirmed alert is dismissed by nobody.
      expect(refused(closeEscalation(state, { ...close, outcome: "no-danger" }, by(at(90))))).toBe(
        "not-now",
      );
      const words = withAlert({ status, confirmed: false });
      expect(refused(closeEscalation(words, close, by(at(90))))).toBe("not-now");
      expect(
        isRefusal(closeEscalation(words, { ...close, outcome: "no-danger" }, by(at(90)))),
      ).toBe(false);
      const died = withAlert({ status }, {}, { disposition: "deceased" });
      expect(isRefusal(closeEscalation(died, close, by(at(90))))).toBe(false);
    }
    const state = withAlert({ status: "contacted" });
    expect(refused(closeEscalation(state, close, by(at(90), caseManager)))).toBe("not-now");
    expect(refused(closeEscalation(state, close, by(at(90), systemActor)))).toBe("not-found");
    const closed = withAlert({ status: "closed" });
    expect(refused(closeEscalation(closed, close, by(at(90))))).toBe("not-now");
  });

  it("of an act under way without contact: the first reading is kept, the second clinician's closes", () => {
    const words = { ...close, outcome: "no-danger" };
    const state = withAlert({ confirmed: false, isActUnderWay: true });
    const first = done(state, closeEscalation(state, words, by(at(5))));
    expect(first.alert).toEqual({ readings: [{ by: "avery", at: at(5) }] });
    expect(first.audit).toMatchObject({
      action: "escalation-read-no-danger",
      facts: {
        escalationId: alertIn(state).escalationId,
        tier: "RED",
        outcome: "no-danger",
      },
      reason: close.reason,
    });
    expect(first.task).toEqual({});
    expect(refused(closeEscalation(first.after, words, by(at(6))))).toBe("not-now");
    const other = { kind: "staff", staffId: "blake", functions: ["clinician"] } as const;
    expect(
      done(first.after, closeEscalation(first.after, words, by(at(7), other))).alert,
    ).toMatchObject({ status: "closed" });
    // After contact, and after a death, one clinician is enough.
    const spoken = withAlert({ isActUnderWay: true, status: "contacted" });
    expect(done(spoken, closeEscalation(spoken, close, by(at(7)))).alert).toMatchObject({
      status: "closed",
    });
    const died = withAlert({ isActUnderWay: true }, {}, { disposition: "deceased" });
    expect(done(died, closeEscalation(died, close, by(at(7)))).alert).toMatchObject({
      status: "closed",
    });
  });
});

describe("what reading writes", () => {
  const concern = { tier: "YELLOW", source: "text", rule: "words" } as const;
  const key = "ESC#w3#words";
  it("now: the call is theirs, within the hour, then the lead's and the supervisor's", () => {
    const { state } = raised(concern, { now: night });
    const now = addMinutes(night, 10);
    const { alert, task, audit } = done(
      state,
      answerReading(state, { escalationSk: key, answer: "call-now" }, by(now)),
    );
    expect(alert).toEqual({
      status: "acknowledged",
      contactDueAt: addMinutes(now, 60),
      tierEndsAt: addMinutes(now, 60),
      answers: [{ by: "avery", at: now, answer: "call-now" }],
      acknowledgements: [{ by: "avery", at: now }],
    });
    expect(task).toEqual({
      words: "PHQ-9 item 9 answered 3 Read: call now, then record the contact.",
      dueAt: addMinutes(now, 60),
      assignedTo: "avery",
      owed: {
        tier: "ROUTINE",
        occurrence: alertIn(state).escalationId,
        steps: [
          { to: "clinical-lead", at: addMinutes(now, 60) },
          { to: "supervisor", at: addMinutes(now, 120) },
        ],
      },
    });
    expect(audit).toMatchObject({
      action: "escalation-read",
      facts: {
        escalationId: alertIn(state).escalationId,
        tier: "YELLOW",
        answer: "call-now",
      },
    });
    expect(audit.facts).not.toHaveProperty("callAt");
  });

  it("in the morning: the call is owed at nine by whoever is there, an hour later by the lead", () => {
    const { state } = raised(concern, { now: night });
    const now = addMinutes(night, 10);
    const morning = "2027-01-13T14:00:00.000Z";
    const { alert, task, audit } = done(
      state,
      answerReading(state, { escalationSk: key, answer: "call-in-the-morning" }, by(now)),
    );
    expect(alert).toMatchObject({
      contactDueAt: addMinutes(morning, 60),
      tierEndsAt: addMinutes(morning, 60),
      answers: [{ by: "avery", at: now, answer: "call-in-the-morning", callAt: morning }],
    });
    expect(task).toMatchObject({
      words: "PHQ-9 item 9 answered 3 Read: call in the morning, then record the contact.",
      dueAt: morning,
      owed: {
        steps: [
          { to: "clinical-lead", at: addMinutes(morning, 60) },
          { to: "supervisor", at: addMinutes(morning, 120) },
        ],
      },
    });
    expect(task).not.toHaveProperty("assignedTo");
    expect(audit.facts).toMatchObject({ callAt: morning });
  });

  it("on a morning with nobody there the on-call is asked at nine itself", () => {
    const friday = "2027-01-16T02:00:00.000Z";
    const { state } = raised(concern, { now: friday });
    const { alert, task } = done(
      state,
      answerReading(state, { escalationSk: key, answer: "call-in-the-morning" }, by(friday)),
    );
    const saturday = "2027-01-16T14:00:00.000Z";
    expect(alert).toMatchObject({ contactDueAt: saturday, tierEndsAt: saturday });
    expect(task).toMatchObject({
      dueAt: saturday,
      owed: { steps: [{ at: saturday }, { at: addMinutes(saturday, 60) }] },
    });
  });

  it("takes the place of an earlier answer, and keeps it", () => {
    const { state } = raised(concern, { now: night });
    const first = done(
      state,
      answerReading(state, { escalationSk: key, answer: "call-now" }, by(night)),
    ).after;
    const later = done(
      first,
      answerReading(
        first,
        { escalationSk: key, answer: "call-in-the-morning" },
        by(addMinutes(night, 5), caseManager),
      ),
    );
    expect(alertIn(later.after).answers?.map(({ answer }) => answer)).toEqual([
      "call-now",
      "call-in-the-morning",
    ]);
    expect(taskIn(later.after)).not.toHaveProperty("assignedTo");
  });

  it("is refused of what is closed, contacted, about danger, not there, and to what is no person", () => {
    const input = { escalationSk: key, answer: "call-now" } as const;
    const { state } = raised(concern, { now: night });
    const having = (status: Escalation["status"]) => ({
      ...state,
      items: new Map([...state.items, [key, { ...alertIn(state), status }]]),
    });
    expect(refused(answerReading(having("closed"), input, by(night)))).toBe("not-now");
    expect(refused(answerReading(having("contacted"), input, by(night)))).toBe("not-now");
    expect(refused(answerReading(state, input, by(night, systemActor)))).toBe("not-found");
    const danger = raised({}, { now: night }).state;
    expect(refused(answerReading(danger, { ...input, escalationSk: sk }, by(night)))).toBe(
      "not-now",
    );
    const staffed = raised(concern).state;
    const later = { ...input, answer: "call-in-the-morning" } as const;
    expect(refused(answerReading(staffed, later, by(at(1))))).toBe("not-now");
  });
});

describe("what an alert needs next", () => {
  const next = (more: Partial<Escalation>, now: string) => {
    const state = withAlert(more);
    return review(state, runOf(state, "escalation"), "review-alert", by(now, systemActor));
  };
  const paged = { lastPagedAt: tuesdayMorning, pageAttempt: 1, tierEndsAt: at(15) };

  it("half a minute for the first page that its change owes, then a page", () => {
    expect(next({}, at(0.4))).toEqual({ outcome: "wait", holdUntil: at(0.5) });
    expect(next({}, at(0.5))).toEqual({ outcome: "page" });
    expect(next({ pageAttempt: 1 }, at(0.1))).toEqual({ outcome: "page" });
    expect(next({ pageTier: 1 }, at(0.1))).toEqual({ outcome: "page" });
  });

  it("a page every five minutes, the next person after fifteen, to the second", () => {
    expect(next(paged, at(4.9))).toEqual({ outcome: "wait", holdUntil: at(5) });
    expect(next(paged, at(5))).toEqual({ outcome: "page" });
    expect(next({ ...paged, lastPagedAt: at(12) }, at(13))).toEqual({
      outcome: "wait",
      holdUntil: at(15),
    });
    expect(next({ ...paged, lastPagedAt: at(12) }, at(15))).toEqual({ outcome: "next-tier" });
  });

  it("time for the call once it is taken, the later of its two clocks", () => {
    const taken = { ...paged, status: "acknowledged" } as const;
    expect(next(taken, at(59.9))).toEqual({ outcome: "wait", holdUntil: at(60) });
    expect(next(taken, at(60))).toEqual({ outcome: "next-tier" });
    expect(next({ ...taken, tierEndsAt: at(75) }, at(60))).toEqual({
      outcome: "wait",
      holdUntil: at(75),
    });
    expect(next({ ...taken, status: "open" }, at(20)).outcome).toBe("next-tier");
  });

  it("a clinician, looked for once a day, after contact; nothing once it is closed", () => {
    expect(next({ status: "contacted" }, at(60))).toEqual({
      outcome: "wait",
      holdUntil: at(60 + 24 * 60),
    });
    expect(next({ status: "closed" }, at(60))).toEqual({ outcome: "closed" });
  });

  it("turns to the next person: open again, with their time, and the count of pages goes on", () => {
    const state = withAlert({ ...paged, status: "acknowledged", pageAttempt: 4 });
    const run = runOf(state, "escalation");
    const { change, state: after } = act(state, run, "go-to-next-tier", by(at(60), systemActor));
    expect(differs(alertIn(state), alertIn(after))).toEqual({
      status: "open",
      pageTier: 1,
      pageTo: "backup",
      pageAttempt: 5,
      tierEndsAt: at(75),
      lastPagedAt: undefined,
    });
    expect(change?.audit).toMatchObject({
      action: "escalation-went-to-next-tier",
      facts: {
        escalationId: alertIn(state).escalationId,
        pageTier: 1,
        wasAcknowledged: true,
      },
    });
    const last = withAlert({ ...paged, pageTier: 2 });
    expect(
      alertIn(
        act(last, runOf(last, "escalation"), "go-to-next-tier", by(at(15), systemActor)).state,
      ),
    ).toMatchObject({ pageTier: 0, pageTo: "primary", tierEndsAt: at(30) });
  });
});
