// Long because it sends every field in which staff write words of their own.
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { exampleScreens } from "../../../local/seeds/example-screens.ts";
import type { Escalation } from "../../../shared/care/episode/escalation.ts";
import type { Session } from "../../../shared/care/episode/session.ts";
import * as bodies from "../../../shared/contracts/api-bodies.ts";
import {
  closeReachBodySchema,
  consentBodySchema,
  programChoiceBodySchema,
  programVersionBodySchema,
  siteTransferBodySchema,
} from "../../../shared/contracts/person-bodies.ts";
import { publishFiles } from "../../../shared/publishing/publish-files.ts";
import { siteTaskItem } from "../../../shared/store/site-task-item.ts";
import { buildCheckIn } from "../../builders/aftercare.ts";
import { filesWith } from "../../builders/program-files.ts";
import { buildTask, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { type Answer, personAt, StaffWorld } from "../../fakes/staff-world.ts";

const taylor = "taylor-riverside";
const group = "riverside:adult-iop:2027-01-12:tue-group";
const escalationId = "01JHTEST0000000000000000X1";
const siteTaskId = "01JHTEST0000000000000000Z1";
const call = buildTask({ sk: "TASK#first-contact-call#one", taskKind: "first-contact-call" });
const review = buildTask({
  sk: "TASK#hours-review#w1",
  taskKind: "hours-review",
  words: "Hours are short.",
});
const approval = buildTask({
  sk: "TASK#week-review-approval#w2",
  taskKind: "week-review-approval",
  isApproval: true,
  words: "Decide about the week.",
  proposal: "Discharge",
});
const followUp = buildTask({
  sk: `TASK#safety-follow-up#${escalationId}`,
  taskKind: "safety-follow-up",
  priority: "safety",
  about: { type: "escalation", id: escalationId },
});
const alert: Escalation = {
  kind: "escalation",
  sk: "ESC#intake#phq-9/phq9-9",
  version: 1,
  escalationId,
  tier: "YELLOW",
  status: "acknowledged",
  raisedAt: tuesdayMorning,
  contactDueAt: "2027-01-12T23:00:00.000Z",
  trigger: { source: "instrument", rule: "phq-9/phq9-9", value: 1 },
  reason: "An answer about self-harm.",
  pageTier: 0,
  pageAttempt: 1,
  tierEndsAt: "2027-01-12T16:15:00.000Z",
  acknowledgements: [],
  contacts: [],
  confirmed: true,
};
const session: Session = {
  kind: "session",
  sk: "SESSION#2027-01-12#tue-group",
  version: 1,
  sessionId: "01JHTEST0000000000000000A1",
  groupSessionId: group,
  slot: "tue-group",
  week: 2,
  on: "2027-01-12",
  scheduledStartAt: "2027-01-12T15:00:00.000Z",
  scheduledEndAt: "2027-01-12T18:00:00.000Z",
  timeZone: "America/New_York",
  modality: "group",
  counts: true,
  status: "planned",
};
const week = {
  week: 2,
  startsOn: "2027-01-11",
  expectedMinutes: 540,
  attendedMinutes: 0,
  isFullWeek: true,
  byDay: {},
};

type JsonSchema = {
  readonly type?: string;
  readonly pattern?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
};

/** The fields of all bodies that take words of one's own, and the ids and codes that look like it. */
const wordFields = Object.entries({
  ...bodies,
  consentBodySchema,
  closeReachBodySchema,
  programChoiceBodySchema,
  programVersionBodySchema,
  siteTransferBodySchema,
})
  .flatMap(([name, schema]) => {
    const json = z.toJSONSchema(schema, { unrepresentable: "any", io: "input" }) as JsonSchema;
    return Object.entries((json.items ?? json).properties ?? {})
      .filter(([, { type, pattern, format, enum: one }]) => {
        return type === "string" && (pattern ?? format ?? one) === undefined;
      })
      .map(([field]) => `${name}.${field}`);
  })
  .sort();

/** Takes no words: an id, and the code of a button. */
const codes = [
  "assignBodySchema.staffId",
  "decisionBodySchema.choice",
  "groupTrackBodySchema.track",
  "outcomeBodySchema.receiverId",
];

const word = (field: string) => `Canary of ${field.replace(".", " ")}, written by hand.`;

/** Somebody before admission, whose program can still be chosen. */
const newcomerId = "01JHTEST0000000000000000N1";
/** Somebody in the aftercare. */
const inAftercareId = "01JHTEST0000000000000000A1";

const releaseFields = ["name", "relation", "about", "purpose", "witness"] as const;
const release = {
  name: "Ana Marrow (fictional)",
  relation: "sister",
  about: "How the program goes",
  purpose: "Family sessions",
  from: "2027-01-04",
  until: "2027-06-30",
  how: "in-person",
  witness: "Avery Chen (fictional)",
};

/** How each is sent, and the page on which it stands beside that of the person. */
const calls: Readonly<
  Record<
    string,
    {
      readonly method?: string;
      /** Whom it is about, where that is the newcomer. */
      readonly person?: string;
      readonly path: string;
      readonly body: (text: string) => unknown;
      readonly page?: string;
    }
  >
> = {
  "screenBodySchema.note": {
    path: `/episodes/${episodeId}/screens`,
    body: (note) => ({
      screenId: "in-the-room",
      answers: exampleScreens["in-the-room"],
      refused: [],
      mode: "in-person",
      note,
      safetyConcern: false,
    }),
  },
  "checkInBodySchema.note": {
    person: inAftercareId,
    path: `/episodes/${inAftercareId}/check-ins`,
    body: (note) => ({ number: 2, answers: { craving: 0 }, mode: "paper", note }),
  },
  ...Object.fromEntries(
    (["prescriber", "pharmacy", "note"] as const).map((field, index) => [
      `medicineBodySchema.${field}`,
      {
        path: `/episodes/${episodeId}/medicines`,
        body: (text: string) => ({
          medicine: (["lithium", "antipsychotic", "other"] as const)[index],
          isTaken: true,
          prescriber: "Dr. Haddad (fictional)",
          version: 0,
          safetyConcern: false,
          [field]: text,
        }),
      },
    ]),
  ),
  ...Object.fromEntries(
    (
      [
        ["topic", { service: "skills" }],
        ["with", { service: "education-work" }],
        ["toldBy", { service: "drug-screen", on: "2027-01-14" }],
        ["note", { service: "individual" }],
      ] as const
    ).map(([field, service]) => [
      `serviceBodySchema.${field}`,
      {
        path: `/episodes/${episodeId}/services`,
        body: (text: string) => ({
          ...service,
          state: "offered",
          version: 0,
          safetyConcern: false,
          [field]: text,
        }),
      },
    ]),
  ),
  ...Object.fromEntries(
    releaseFields.map((field, version) => [
      `releaseBodySchema.${field}`,
      {
        path: `/episodes/${episodeId}/releases`,
        body: (text: string) => ({ ...release, version, [field]: text }),
        page: `/staff/episodes/${episodeId}/releases`,
      },
    ]),
  ),
  "releaseRevocationBodySchema.reason": {
    path: `/episodes/${episodeId}/releases/revocation`,
    body: (reason) => ({ release: 1, reason }),
  },
  "contactBodySchema.note": {
    path: `/escalations/${escalationId}/contact`,
    body: (note) => ({ outcome: "spoke-with-participant", note }),
    page: `/staff/alerts/${escalationId}`,
  },
  "closureBodySchema.reason": {
    path: `/escalations/${escalationId}/closure`,
    body: (reason) => ({ outcome: "safe-with-plan", reason }),
    page: `/staff/alerts/${escalationId}`,
  },
  "snoozeBodySchema.reason": {
    path: `/tasks/${review.taskId}/snooze`,
    body: (reason) => ({ until: "2027-01-12T20:00:00.000Z", reason }),
  },
  "outcomeBodySchema.note": {
    path: `/tasks/${call.taskId}/outcome`,
    body: (note) => ({ outcome: "reached", note, safetyConcern: false }),
    page: `/staff/tasks/${call.taskId}`,
  },
  "decisionBodySchema.reason": {
    path: `/tasks/${approval.taskId}/decision`,
    body: (reason) => ({ decision: "rejected", reason, version: 1 }),
    page: `/staff/tasks/${approval.taskId}`,
  },
  "attendanceBodySchema.reason": {
    method: "PUT",
    path: `/sessions/${group}/attendance`,
    body: (reason) => [{ episodeId, status: "excused", reason }],
  },
  "contactLogBodySchema.note": {
    path: `/episodes/${episodeId}/contacts`,
    body: (note) => ({ channel: "phone", outcome: "reached", note }),
  },
  "consentBodySchema.witness": {
    path: `/episodes/${episodeId}/consents`,
    body: (witness) => ({ given: ["voicemail"], how: "paper", witness }),
  },
  "consentBodySchema.reason": {
    path: `/episodes/${episodeId}/consents`,
    body: (reason) => ({ given: ["voicemail"], how: "phone", reason }),
  },
  "siteTransferBodySchema.reason": {
    path: `/episodes/${episodeId}/site-transfer`,
    body: (reason) => ({ toSiteId: "mesa", reason }),
  },
  "programChoiceBodySchema.reason": {
    person: newcomerId,
    path: `/episodes/${newcomerId}/program-choice`,
    body: (reason) => ({ programId: "adult-iop", reason }),
  },
  "programVersionBodySchema.reason": {
    path: `/episodes/${episodeId}/program-version`,
    body: (reason) => ({ version: 3, reason }),
  },
  "keeperBodySchema.reason": {
    person: inAftercareId,
    path: `/episodes/${inAftercareId}/aftercare-keeper`,
    body: (reason) => ({ keptBy: "casey-riverside", reason }),
  },
  "groupTrackBodySchema.reason": {
    path: `/episodes/${episodeId}/group-track`,
    body: (reason) => ({ track: "evening", from: "2027-01-18", reason }),
  },
  "payerBodySchema.reason": {
    path: `/episodes/${episodeId}/payer`,
    body: (reason) => ({ payer: "self-pay", from: "2027-01-18", reason }),
  },
  "closeReachBodySchema.reason": {
    path: `/episodes/${episodeId}/reach-closure`,
    body: (reason) => ({ channel: "email", why: "asked-for-no-more", reason }),
  },
  "confirmReachBodySchema.reason": {
    path: `/episodes/${episodeId}/reach-confirmation`,
    body: (reason) => ({ channel: "sms", reason }),
  },
  "holdBodySchema.reason": {
    path: `/episodes/${episodeId}/hold`,
    body: (reason) => ({ kind: "family", contactKeptBy: taylor, reason }),
  },
  "reasonBodySchema.reason": {
    path: `/episodes/${newcomerId}/withdraw`,
    body: (reason) => ({ reason }),
    person: newcomerId,
  },
  "resumeBodySchema.reason": {
    path: `/episodes/${episodeId}/resume`,
    body: (reason) => ({ reason }),
  },
  "trackBodySchema.reason": {
    path: `/episodes/${episodeId}/aftercare-track`,
    body: (reason) => ({ track: "program-days", reason }),
  },
  "transitionBodySchema.reason": {
    path: `/episodes/${episodeId}/transition`,
    body: (reason) => ({ to: "discharge", disposition: "left-before-completing", reason }),
  },
};

/** Somebody in week 2 about whom there is one of each: an alert, a call, a review, an approval, a session. */
async function inWeekTwo(): Promise<StaffWorld> {
  const world = await StaffWorld.create(tuesdayMorning);
  // A version with two tracks of groups, and a later one to which somebody can be moved.
  const file = "adult-iop/program.yaml";
  const tracks =
    "groupTracks: [{ track: day, title: Days }, { track: evening, title: Evenings }]\nsessions:\n";
  const { files } = filesWith(file, "sessions:\n", tracks);
  await publishFiles(world.deps, files);
  const later = files[file]?.replace("name: Adult intensive", "name: Intensive") ?? "";
  await publishFiles(world.deps, { ...files, [file]: later });
  await world.add({
    episode: personAt("riverside", {
      status: "active",
      programVersion: 2,
      admittedOn: "2027-01-04",
      week: 2,
      weeks: [week],
      openEscalations: [{ escalationId, tier: "YELLOW" }],
      aftercare: {
        steady: 0,
        track: { name: "weekly-calls", since: tuesdayMorning },
      },
    }),
    items: [alert, followUp, call, review, approval, session],
  });
  await world.add({
    episode: personAt("riverside", {
      episodeId: newcomerId,
      participantId: "01JHTEST0000000000000000N2",
      status: "screening",
      programId: "sud-iop",
    }),
  });
  await world.add({
    episode: personAt("riverside", {
      episodeId: inAftercareId,
      participantId: "01JHTEST0000000000000000A2",
      status: "aftercare",
      dischargedAt: tuesdayMorning,
    }),
    items: [buildCheckIn({ status: "open" })],
  });
  await world.put(
    siteTaskItem({
      siteId: "riverside",
      taskId: siteTaskId,
      taskKind: "inbound-reply",
      occurrence: "in-1",
      words: "A text came from a number that nobody here has. Read it and answer.",
      assignedFunction: "front-desk",
      priority: "normal",
      now: tuesdayMorning,
      dueInHours: 24,
      evidence: {},
    }),
  );
  await world.call(taylor, "PUT", `/sessions/${group}/attendance`, [
    { episodeId, status: "present" },
  ]);
  return world;
}

let world: StaffWorld;
beforeAll(async () => {
  world = await inWeekTwo();
  for (const [field, { method = "POST", path, body }] of Object.entries(calls)) {
    world.clock.advanceMinutes(1);
    const answer = await world.call(taylor, method, path, body(word(field)));
    expect(answer.status, `${field}: ${JSON.stringify(answer.body)}`).toBe(200);
  }
});

const textOf = (answer: Answer) => JSON.stringify(answer);
const ask = async (path: string) => (await world.call(taylor, "GET", path)).body;

describe("the words that staff write", () => {
  it("are all in this test: what a body takes in words of one's own has a reader", () => {
    expect(wordFields.filter((field) => !codes.includes(field))).toEqual(Object.keys(calls).sort());
  });

  it.each(Object.entries(calls))(
    "%s stands where it is looked for",
    async (field, { page, person = episodeId }) => {
      // What was written stands in pages of twenty, the newest first.
      const pages = await Promise.all(
        [1, 2, 3].map((number) => world.page(taylor, `/staff/episodes/${person}?page=${number}`)),
      );
      expect(pages.map(({ html }) => html).join()).toContain(word(field));
      if (page !== undefined) expect((await world.page(taylor, page)).html).toContain(word(field));
      const told = [
        await ask(`/episodes/${person}/timeline`),
        await ask(`/episodes/${person}/notes`),
      ];
      expect(told.map(textOf).join()).toContain(word(field));
    },
  );

  it("are in the API's answers about the task and the alert, too", async () => {
    expect(await ask(`/tasks/${call.taskId}`)).toMatchObject({
      outcomeNote: word("outcomeBodySchema.note"),
    });
    expect(await ask(`/tasks/${approval.taskId}`)).toMatchObject({
      decisionReason: word("decisionBodySchema.reason"),
    });
    expect(await ask(`/escalations/${escalationId}`)).toMatchObject({
      contacts: [{ by: taylor, note: word("contactBodySchema.note") }],
      closure: { by: taylor, note: word("closureBodySchema.reason") },
    });
  });

  it("stand on the next task about the person: whoever rings knows what was said before", async () => {
    const { html } = await world.page(taylor, `/staff/tasks/${review.taskId}`);
    expect(html).toContain(word("outcomeBodySchema.note"));
    expect(html).toContain(word("contactLogBodySchema.note"));
    const { notes } = await ask(`/tasks/${review.taskId}`);
    expect(JSON.stringify(notes)).toContain(word("contactLogBodySchema.note"));
  });

  it("stand on a task that belongs to no participant", async () => {
    const note = "Rang back: a wrong number.";
    const path = `/tasks/${siteTaskId}`;
    await world.call(taylor, "POST", `${path}/outcome`, { outcome: "answered", note });
    expect((await world.page(taylor, `/staff${path}`)).html).toContain(note);
    expect(await ask(path)).toMatchObject({ outcomeNote: note });
  });

  it("are told to nobody of another site", async () => {
    for (const path of [`/episodes/${episodeId}/notes`, `/escalations/${escalationId}`])
      expect((await world.call("taylor-mesa", "GET", path)).status).toBe(404);
  });
});

/** Each is the next one of the person; what takes one back needs the first. */
function releasesBefore(field: string): readonly string[] {
  const all = releaseFields.map((name) => `releaseBodySchema.${name}`);
  return field === "releaseRevocationBodySchema.reason"
    ? all.slice(0, 1)
    : all.slice(0, Math.max(0, all.indexOf(field)));
}

describe("The crisis screen reads every free-text field", () => {
  const words = "Says that he wants to kill himself and has a plan.";
  /** A clinician writes these about an alert that is a clinician's until it is closed. */
  const aboutAnAlert = ["contactBodySchema.note", "closureBodySchema.reason"];

  it.each(Object.entries(calls).filter(([field]) => !aboutAnAlert.includes(field)))(
    "%s: a clinician reads what speaks of danger",
    async (field, { method = "POST", path, body, person = episodeId }) => {
      const fresh = await inWeekTwo();
      const make = async (made: (typeof calls)[string] | undefined, text: string) => {
        if (made === undefined) throw new Error("There is no such call");
        return fresh.call(taylor, made.method ?? "POST", made.path, made.body(text));
      };
      await fresh.call(taylor, "PUT", `/sessions/${group}/attendance`, [
        { episodeId, status: "present" },
      ]);
      if (field === "resumeBodySchema.reason")
        await make(calls["holdBodySchema.reason"], "To see family");
      for (const earlier of releasesBefore(field))
        await make(calls[earlier], "Nothing that speaks of danger");
      fresh.clock.advanceMinutes(1);
      const concerns = async () => {
        const { body: tasks } = await fresh.call(taylor, "GET", `/episodes/${person}/tasks`);
        return (tasks.items as readonly Answer[]).filter(
          ({ status, taskKind, priority, taskId }) =>
            status === "open" &&
            priority === "safety" &&
            (taskKind === "clinician-review" || taskKind === "safety-follow-up") &&
            taskId !== followUp.taskId,
        ).length;
      };
      expect(await concerns()).toBe(0);
      const answer = await make({ method, path, body }, words);
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      expect(await concerns()).toBe(1);
    },
  );
});
