// Long because the rules of review, discharge and leave are shown one by one, and read as one.
import { describe, expect, it } from "vitest";
import { dateAfter, instantOf } from "../e2e/support/local-time.ts";
import { Life } from "./life.ts";
import { avery, casey, type StaffCalls, taylor } from "./staff-calls.ts";

const at = (wallTime: string) => instantOf(wallTime, "America/New_York");
const monday = (week: number) => dateAfter("2027-01-11", (week - 1) * 7);

/** Somebody who was admitted on Monday 11 January. */
async function admitted() {
  const life = new Life("2027-01-11 08:30");
  await life.start();
  await life.until("2027-01-11 09:00");
  await life.refer();
  await life.until("2027-01-11 10:00");
  await life.answerForm("ask-forms", 1);
  await life.decide("admission-approval", "admit");
  await life.until("2027-01-11 11:00");
  const staff = life.staff;
  const path = `/episodes/${life.episodeId}`;
  const episode = async () => (await life.state()).episode;
  const transition = (body: object, as: string = casey) =>
    staff.ok(as, "POST", `${path}/transition`, { reason: "Talked about it", ...body });
  /** Answers to an instrument, one value for each item; the suicide item stays at nothing. */
  const measure = (instrumentId: "phq-9" | "gad-7", value: number, last = value) => {
    const name = instrumentId.replace("-", "");
    const count = instrumentId === "phq-9" ? 8 : 7;
    const answers = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `${name}-${index + 1}`,
        index === count - 1 ? last : value,
      ]),
    );
    return staff.ok(avery, "POST", `${path}/measures`, {
      instrumentId,
      answers: instrumentId === "phq-9" ? { ...answers, "phq9-9": 0 } : answers,
      mode: "in-person",
    });
  };
  const decide = async (kind: "week-review-approval" | "discharge-approval", choice?: string) => {
    const { taskId, version } = await staff.task(kind);
    await staff.ok(taylor, "POST", `/tasks/${taskId}/decision`, {
      decision: "approved",
      reason: "Agreed in the team meeting",
      version,
      ...(choice === undefined ? {} : { choice }),
    });
  };
  const words = async (kind: Parameters<StaffCalls["tasks"]>[0]) =>
    (await staff.tasks(kind)).map((one) => one.words);
  return { life, staff, path, episode, transition, measure, decide, words };
}

describe("Step-up review: PHQ-9 of 20 or a rise of 6 once is a clinician's review, twice a proposal", () => {
  it("worsening in week 3 is put before a clinician, and the second time a step up is proposed", async () => {
    const { life, staff, measure, words } = await admitted();
    await life.until(`${monday(3)} 12:00`);
    await measure("phq-9", 2);
    expect((await words("clinician-review")).join()).toContain("PHQ-9");
    expect(await staff.tasks("week-review-approval")).toEqual([]);
    await life.until(`${monday(5)} 12:00`);
    await measure("phq-9", 3);
    await life.until(`${monday(6)} 08:00`);
    expect(await staff.task("week-review-approval")).toMatchObject({
      proposal: "step-up",
      words: expect.stringContaining("for the second time"),
    });
  });

  it("PHQ-9 and GAD-7 are asked every two weeks, and what nobody answers is a task", async () => {
    const { life, words } = await admitted();
    /** The weeks in which both are asked, so far. */
    const asked = async () =>
      [...(await life.state()).items.values()].flatMap((item) =>
        item.kind === "form" && item.occasion !== "intake"
          ? [[item.occasion, item.instruments] as const]
          : [],
      );
    const seen = new Map<string, readonly string[]>();
    for (const week of [1, 2, 3, 4, 5, 6]) {
      await life.until(`${monday(week)} 18:00`);
      for (const [occasion, instruments] of await asked()) seen.set(occasion, instruments);
    }
    const weeks = [...seen.keys()].map((occasion) => Number(occasion.slice(1)));
    expect(weeks.length).toBeGreaterThan(1);
    for (const [index, week] of weeks.slice(1).entries())
      expect(week - (weeks[index] ?? 0)).toBe(2);
    for (const instruments of seen.values())
      expect(instruments).toEqual(expect.arrayContaining(["phq-9", "gad-7"]));
    expect((await words("measure-due")).join()).toContain("PHQ-9");
  });
});

describe("Dispositions", () => {
  it("transfer up: a step-up in week 2 is urgent, has a receiver, and is handed over until the arrival is confirmed", async () => {
    const { life, staff, episode, transition, decide } = await admitted();
    await life.until(`${monday(2)} 10:00`);
    await transition({ to: "discharge", disposition: "transfer-up" });
    await life.until(`${monday(2)} 10:05`);
    const items = await staff.tasks("discharge-checklist");
    expect(items.map(({ words }) => words).join()).toContain("accepted by a named receiver");
    for (const item of items)
      await staff.finish(item.assignedFunction === "clinician" ? avery : taylor, item, "done", {
        ...(item.words.startsWith("Follow-up visit") ? { visitOn: dateAfter(monday(2), 1) } : {}),
      });
    await life.until(`${monday(2)} 10:30`);
    await decide("discharge-approval");
    await life.until(`${monday(2)} 11:00`);
    expect((await episode()).disposition).toBe("transfer-up");
    const handOff = await staff.task("hand-off");
    expect(handOff.dueAt <= at(`${monday(2)} 16:00`)).toBe(true);
    await staff.finish(casey, handOff, "arrived", { note: "Dr. Vale, day hospital" });
    expect(await staff.tasks("hand-off")).toEqual([]);
  });

  it("transfer down: needs the visit, the screen, the supply and the plans, and is handed over by the next staffed day", async () => {
    const { life, staff, episode, transition, decide, words } = await admitted();
    await life.until(`${monday(4)} 10:00`);
    await transition({ to: "discharge", disposition: "transfer-down" });
    await life.until(`${monday(4)} 10:05`);
    const items = (await words("discharge-checklist")).join();
    for (const needed of [
      "accepted by a named receiver",
      "Suicide screen",
      "supply",
      "Crisis plan",
    ])
      expect(items).toContain(needed);
    await life.writeCrisisPlan();
    for (const item of await staff.tasks("discharge-checklist"))
      await staff.finish(item.assignedFunction === "clinician" ? avery : taylor, item, "done", {
        ...(item.words.startsWith("Follow-up visit") ? { visitOn: dateAfter(monday(4), 3) } : {}),
      });
    await life.until(`${monday(4)} 10:30`);
    await decide("discharge-approval");
    await life.until(`${monday(4)} 11:00`);
    expect((await episode()).disposition).toBe("transfer-down");
    const handOff = await staff.task("hand-off");
    expect(handOff.dueAt <= at(`${dateAfter(monday(4), 1)} 19:00`)).toBe(true);
  });

  it("completed is refused in silence before its weeks, hours and measures: the decision says what is missing", async () => {
    const { life, staff, transition } = await admitted();
    await life.until(`${monday(2)} 10:00`);
    await transition({ to: "discharge", disposition: "completed" });
    await life.until(`${monday(2)} 10:05`);
    await life.writeCrisisPlan();
    for (const item of await staff.tasks("discharge-checklist"))
      await staff.finish(taylor, item, "done");
    await life.until(`${monday(2)} 10:30`);
    const { taskId, version, evidence } = await staff.task("discharge-approval");
    expect(evidence).toMatchObject({ notMet: expect.stringContaining("week") });
    const refused = await staff.refused(taylor, "POST", `/tasks/${taskId}/decision`, {
      decision: "approved",
      reason: "Done",
      version,
    });
    expect(refused).not.toBe("");
    expect((await life.state()).episode.status).toBe("discharge-planning");
  });

  it("left before completing takes effect when recorded, with a supervisor's review within one staffed day", async () => {
    const { life, staff, episode, transition } = await admitted();
    await life.until(`${monday(2)} 10:00`);
    await transition({ to: "discharge", disposition: "left-before-completing" });
    expect((await episode()).status).toBe("discharged");
    const review = (await staff.tasks("clinician-review")).find(
      ({ assignedFunction }) => assignedFunction === "supervisor",
    );
    expect(
      review !== undefined && review.dueAt <= at(`${dateAfter(monday(2), 1)} 19:00`)
        ? "in time"
        : review,
    ).toBe("in time");
  });

  it.each([
    ["administrative", "Appeal text and referral list given."],
    ["coverage-ended", "Continuing-care plan written with the person."],
  ])("%s asks for what it owes the person: %s", async (disposition, item) => {
    const { life, transition, words } = await admitted();
    await life.until(`${monday(2)} 10:00`);
    await transition({ to: "discharge", disposition });
    await life.until(`${monday(2)} 10:05`);
    expect(await words("discharge-checklist")).toContain(item);
  });

  it.each(["hospitalised", "incarcerated"])(
    "%s takes effect when recorded, says no farewell, and the aftercare follows with a call",
    async (disposition) => {
      const { life, staff, episode, transition } = await admitted();
      await life.until(`${monday(2)} 10:00`);
      await transition({ to: "discharge", disposition });
      expect(await episode()).toMatchObject({ status: "discharged", disposition });
      const sent = life.outbox().length;
      await life.until(`${dateAfter(monday(2), 2)} 12:00`);
      expect(life.outbox().length).toBe(sent);
      expect((await episode()).status).toBe("aftercare");
      expect(
        (await staff.task("aftercare-call")).dueAt <= at(`${dateAfter(monday(2), 3)} 10:00`),
      ).toBe(true);
    },
  );

  it("moved: the checklist asks for the supply of medicine, and the team decides before it takes effect", async () => {
    const { life, episode, transition, words, decide } = await admitted();
    await life.until(`${monday(2)} 10:00`);
    await transition({ to: "discharge", disposition: "moved" });
    await life.until(`${monday(2)} 10:05`);
    expect((await episode()).status).toBe("discharge-planning");
    expect(await words("discharge-checklist")).toEqual([
      "Medication supply lasts to the next prescriber visit, or none is taken.",
    ]);
    await life.finish("discharge-checklist", "done");
    await life.until(`${monday(2)} 10:10`);
    await decide("discharge-approval");
    await life.until(`${monday(2)} 10:30`);
    expect(await episode()).toMatchObject({ status: "discharged", disposition: "moved" });
  });

  it("lost contact is decided by a person after the outreach, with the supervisor's review, and never by time", async () => {
    const { life, staff, episode, transition, words, decide } = await admitted();
    await life.until(`${monday(2)} 10:00`);
    await transition({ to: "discharge", disposition: "lost-contact" });
    await life.until(`${monday(2)} 10:05`);
    expect(await words("discharge-checklist")).toEqual([
      "Supervisor has reviewed the outreach and the record, within one staffed day.",
    ]);
    await life.until(`${monday(4)} 10:00`);
    expect((await episode()).status).toBe("discharge-planning");
    const item = await staff.task("discharge-checklist");
    expect(
      await staff.refused(casey, "POST", `/tasks/${item.taskId}/outcome`, { outcome: "done" }),
    ).toContain("supervisor");
    await staff.finish(taylor, item, "done");
    await life.until(`${monday(4)} 10:05`);
    await decide("discharge-approval");
    await life.until(`${monday(4)} 10:30`);
    expect(await episode()).toMatchObject({ status: "discharged", disposition: "lost-contact" });
  });

  it("deceased: all messages stop at once, and an event review opens with no attendance asked for", async () => {
    const { life, staff, transition, words } = await admitted();
    await life.until(`${monday(2)} 10:00`);
    await transition({ to: "discharge", disposition: "deceased" }, taylor);
    const sent = life.outbox().length;
    await life.until(`${monday(4)} 10:00`);
    expect(life.outbox().length).toBe(sent);
    expect(await staff.tasks("mark-attendance")).toEqual([]);
    expect((await words("clinician-review")).join()).toMatch(/^Event review after a death/);
  });

  it("discharged is not the end of the episode; it is reversed within 24 h, and not after", async () => {
    const { life, staff, path, episode, transition } = await admitted();
    await life.until(`${monday(2)} 10:00`);
    const restOfTheWeek = async () =>
      [...(await life.state()).items.values()]
        .flatMap((item) =>
          item.kind === "session" && item.status === "planned" ? [item.scheduledStartAt] : [],
        )
        .filter((start) => start > at(`${monday(2)} 20:00`))
        .sort();
    const before = await restOfTheWeek();
    expect(before.length).toBeGreaterThan(3);
    await transition({ to: "discharge", disposition: "left-before-completing" });
    expect(await restOfTheWeek()).toEqual([]);
    await life.until(`${monday(2)} 20:00`);
    await transition({ to: "reverse-discharge" }, taylor);
    expect((await episode()).status).toBe("active");
    expect(await restOfTheWeek()).toEqual(before);
    await transition({ to: "discharge", disposition: "left-before-completing" });
    await life.until(`${monday(2)} 23:00`);
    await life.until(`${dateAfter(monday(2), 2)} 10:00`);
    expect((await episode()).status).toBe("aftercare");
    expect(
      await staff.refused(taylor, "POST", `${path}/transition`, {
        to: "reverse-discharge",
        reason: "Changed their mind",
      }),
    ).not.toBe("");
  });
});

describe("The end is put before a person while the last week runs", () => {
  it("an extension from six to seven weeks is decided before the week begins, which then begins on its Monday", async () => {
    const { life, staff, episode, decide, words } = await admitted();
    await life.until(`${monday(6)} 12:00`);
    // The planning of the discharge begins a week before the planned end, while the person still comes.
    expect((await words("discharge-checklist")).join()).toContain("Follow-up visit within 7 days");
    for (const { dueAt } of await staff.tasks("discharge-checklist"))
      expect(dueAt <= at(`${dateAfter(monday(6), 4)} 19:00`)).toBe(true);
    const question = await staff.task("week-review-approval");
    expect(question.words).toContain("This is week 6 of 6 planned weeks.");
    await life.until(`${dateAfter(monday(6), 3)} 12:00`);
    await decide("week-review-approval", "extend");
    expect((await episode()).week).toBe(6);
    await life.until(`${monday(7)} 08:00`);
    expect(await episode()).toMatchObject({ status: "active", week: 7 });
    expect((await staff.task("week-review-approval")).words).toContain("week 7 of 6");
  });
});

describe("Leave has a kind, an expected return, who keeps contact and messages by kind", () => {
  it("in hospital nothing is sent; looked at within 7 days; the return asks for the screens and the coverage, and deletes nothing owed", async () => {
    const { life, staff, path, episode, words } = await admitted();
    await life.until(`${monday(2)} 10:00`);
    const owed = (await staff.tasks("plan-due")).map(({ taskId }) => taskId);
    await staff.ok(casey, "POST", `${path}/hold`, {
      kind: "hospital",
      contactKeptBy: casey,
      expectedReturnOn: dateAfter(monday(3), 2),
      reason: "Appendix",
    });
    const sent = life.outbox().length;
    expect(await episode()).toMatchObject({
      status: "onhold",
      hold: { kind: "hospital", contactKeptBy: casey },
    });
    const review = (await staff.tasks("clinician-review")).find(({ words: said }) =>
      said.startsWith("On leave"),
    );
    expect(review?.dueAt).toBe(at(`${monday(3)} 10:00`));
    await life.until(`${dateAfter(monday(3), 2)} 09:00`);
    expect(life.outbox().length).toBe(sent);
    expect(await staff.tasks("leave-return")).toHaveLength(1);
    await staff.ok(casey, "POST", `${path}/resume`, { reason: "Back today" });
    expect(await episode()).toMatchObject({ status: "active" });
    expect((await words("clinician-review")).join()).toContain(
      "ask the suicide and withdrawal screens again, and check the coverage",
    );
    expect(await staff.tasks("leave-return")).toEqual([]);
    expect((await staff.tasks("plan-due")).map(({ taskId }) => taskId)).toEqual(
      expect.arrayContaining(owed),
    );
    await life.until(`${dateAfter(monday(3), 3)} 09:10`);
    await staff.mark(dateAfter(monday(3), 3), "thu-group", { status: "present" });
  });

  it.each([
    ["jail", false],
    ["detox", false],
    ["vacation", false],
    ["family", false],
    ["medical", false],
  ] as const)(
    "on leave (%s) no routine message goes, and who keeps contact is asked to look",
    async (kind, isSent) => {
      const { life, staff, path } = await admitted();
      await life.until(`${monday(2)} 10:00`);
      await staff.ok(casey, "POST", `${path}/hold`, {
        kind,
        contactKeptBy: casey,
        expectedReturnOn: dateAfter(monday(3), 2),
        reason: "Away",
      });
      const sent = life.outbox().length;
      await life.until(`${dateAfter(monday(3), 1)} 12:00`);
      expect(life.outbox().length > sent).toBe(isSent);
      const review = (await staff.tasks("clinician-review")).find(({ words: said }) =>
        said.startsWith("On leave"),
      );
      expect(String(review?.dueAt) <= at(`${monday(3)} 10:00`)).toBe(true);
    },
  );

  it("a site transfer needs a receiving owner who accepts; until then the person stays", async () => {
    const { staff, path, episode } = await admitted();
    await staff.ok(casey, "POST", `${path}/site-transfer`, { toSiteId: "mesa", reason: "Moves" });
    expect((await episode()).siteId).toBe("riverside");
    expect(await staff.tasks("site-transfer")).toHaveLength(1);
  });
});
