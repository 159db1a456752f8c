import { describe, expect, it } from "vitest";
import { examplePlans } from "../../../local/seeds/example-plans.ts";
import { exampleScreens } from "../../../local/seeds/example-screens.ts";
import { admitWithout } from "../../../shared/care/approvals/approval-kinds.ts";
import { decideApproval } from "../../../shared/care/approvals/decide-approval.ts";
import { isRefusal } from "../../../shared/care/change/change.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { Escalation } from "../../../shared/care/episode/escalation.ts";
import { writePlan } from "../../../shared/care/plans/write-plan.ts";
import { raiseEscalation } from "../../../shared/care/safety/raise-escalation.ts";
import { intakeFormSk } from "../../../shared/questions/forms-request.ts";
import { recordAnswers } from "../../../shared/questions/record-answers.ts";
import { type AskedScreen, recordScreen } from "../../../workflows/run/record-screen.ts";
import { shippedProgram } from "../../builders/program-files.ts";
import { buildEpisode, buildRun, buildState, staff, tuesdayMorning } from "../../builders/state.ts";
import { itemsOf, openTasks } from "../../builders/steps.ts";
import { Story } from "../../builders/story.ts";

const { program: content, instruments } = shippedProgram();
const shipped = { ...content, version: 1, contentHash: "0".repeat(64) };
const nurse = staff("noor", "nurse");
const allNo = exampleScreens["suicide-screen"] ?? {};
const room = exampleScreens["in-the-room"] ?? {};

function referral(more: Partial<Episode> = {}, program = shipped): Story {
  const state = buildState(buildEpisode(more), [buildRun("intake")]);
  return new Story(state, tuesdayMorning, { program, instruments });
}

function ask(story: Story, input: Partial<AskedScreen> & { readonly screenId: string }): Story {
  return story.command(
    (state, ctx) =>
      recordScreen(
        state,
        { answers: {}, refused: [], mode: "in-person", safetyConcern: false, ...input },
        ctx,
      ),
    nurse,
  );
}

/** The PHQ-9 and GAD-7 of the intake, each item answered with 1, the ninth with 0. */
function answerForms(story: Story): Story {
  return story.command((state, ctx) => {
    const draft = new Draft(state, ctx);
    for (const instrumentId of ["phq-9", "gad-7"]) {
      const items = instruments[instrumentId]?.items ?? [];
      const answers = Object.fromEntries(
        items.map(({ itemId, safety }) => [itemId, safety ? 0 : 1]),
      );
      recordAnswers(draft, ctx, {
        formSk: intakeFormSk,
        instrumentId,
        answers,
        submissionKey: instrumentId,
      });
    }
    return draft.finish("form-answered");
  });
}

const alerts = (story: Story): readonly Escalation[] => itemsOf(story.state, "escalation");
const admission = (story: Story) => story.task("admission-approval");

describe("the suicide screen that staff ask everybody", () => {
  it("with four times no raises nothing, and says who asked and when", () => {
    const story = ask(referral(), { screenId: "suicide-screen", answers: allNo });
    expect(alerts(story)).toEqual([]);
    expect(story.state.episode.screens).toEqual({
      "suicide-screen": { version: 1, askedAt: tuesdayMorning, by: "noor", positive: [] },
    });
  });

  it.each([1, 2, 3, 4])("with yes to question %i and no to the fifth is ORANGE", (item) => {
    const answers = { ...allNo, [`asq-${item}`]: 1, "asq-5": 0 };
    const story = ask(referral(), { screenId: "suicide-screen", answers });
    expect(alerts(story).map(({ tier }) => tier)).toEqual(["ORANGE"]);
    expect(story.state.episode.screens?.["suicide-screen"]?.positive).toEqual(["asq"]);
  });

  it("with thoughts right now is RED", () => {
    const answers = { ...allNo, "asq-3": 1, "asq-5": 1 };
    const story = ask(referral(), { screenId: "suicide-screen", answers });
    expect(alerts(story).map(({ tier }) => tier)).toEqual(["RED"]);
  });

  it("with a yes is not complete before the fifth question is asked", () => {
    const story = referral();
    const answers = { ...allNo, "asq-4": 1 };
    const refusal = recordScreen(
      story.state,
      { screenId: "suicide-screen", answers, refused: [], mode: "phone" },
      story.ctx(nurse),
    );
    expect(refusal).toMatchObject({ refused: "invalid", details: { missing: "asq-5" } });
  });

  it("that the person would not answer is ORANGE; what was said before that counts, too", () => {
    const refused = { screenId: "suicide-screen", refused: ["asq"] };
    expect(alerts(ask(referral(), refused)).map(({ tier }) => tier)).toEqual(["ORANGE"]);
    const halfway = ask(referral(), { ...refused, answers: { "asq-1": 0, "asq-5": 1 } });
    expect(alerts(halfway).map(({ tier }) => tier)).toContain("RED");
  });

  it("never joins what a clinician assessed of the PHQ-9's ninth question, and is not taken for it", () => {
    const assessed = { value: 3, at: tuesdayMorning };
    const story = referral({ lastClinicianAssessedItem9: assessed });
    const answers = { ...allNo, "asq-3": 1, "asq-5": 1 };
    expect(alerts(ask(story, { screenId: "suicide-screen", answers }))).toHaveLength(1);
    const draft = new Draft(story.state, story.ctx());
    const raised = raiseEscalation(draft, story.ctx(), {
      tier: "ORANGE",
      source: "instrument",
      rule: "phq-9.phq9-9.ORANGE",
      value: 2,
      occasion: "w3",
      reason: "Item 9 answered 2",
    });
    expect(raised.outcome).toBe("joined");
  });
});

describe("what staff ask everybody in the room", () => {
  const positive = (answers: Readonly<Record<string, number>>, refused: readonly string[] = []) =>
    ask(referral(), {
      screenId: "in-the-room",
      answers: Object.fromEntries(
        Object.entries({ ...room, ...answers }).filter(([id]) => !refused.includes(id)),
      ),
      refused,
    });
  const work = (story: Story) =>
    openTasks(story.state)
      .filter(({ taskKind }) => ["clinician-review", "housing"].includes(taskKind))
      .map(({ taskKind, assignedFunction }) => `${taskKind} by ${assignedFunction}`);

  it("opens nothing where there is nothing to follow up", () => {
    expect(work(positive({}))).toEqual([]);
  });

  it.each([
    ["alcohol in the last week", { "last-alcohol": 3 }, ["clinician-review by nurse"]],
    ["benzodiazepines", { "last-benzodiazepines": 2 }, ["clinician-review by nurse"]],
    ["opioids", { "last-opioids": 4 }, ["clinician-review by nurse"]],
    ["a pregnancy that may be", { pregnancy: 1 }, ["clinician-review by nurse"]],
    [
      "an earlier seizure",
      { "seizure-or-delirium": 1 },
      ["clinician-review by nurse", "clinician-review by clinician"],
    ],
    [
      "nowhere to sleep",
      { housing: 2 },
      ["clinician-review by clinician", "housing by case-manager"],
    ],
  ])("%s is looked at before the first group", (_what, answers, expected) => {
    expect(work(positive(answers))).toEqual(expected);
  });

  it("a question that the person would not answer is looked into as if it were yes", () => {
    const story = positive({}, ["pregnancy"]);
    expect(work(story)).toEqual(["clinician-review by nurse"]);
    expect(openTasks(story.state, "clinician-review")[0]?.words).toContain("would not answer");
  });

  it("asked again, one review holds what was found last and keeps its time", () => {
    const story = positive({ "last-opioids": 3 });
    const [before] = openTasks(story.state, "clinician-review");
    story.passHours(2);
    ask(story, { screenId: "in-the-room", answers: { ...room, "last-alcohol": 4 } });
    const [after, ...others] = openTasks(story.state, "clinician-review");
    expect(others).toEqual([]);
    expect(after?.dueAt).toBe(before?.dueAt);
    expect(after?.words).toContain("Alcohol");
    expect(story.state.episode.screens?.["in-the-room"]?.version).toBe(2);
  });

  it("says whether the person is pregnant, and takes it back", () => {
    const story = positive({ pregnancy: 2 });
    expect(story.state.episode.facts.pregnant).toBe(true);
    ask(story, { screenId: "in-the-room", answers: room });
    expect(story.state.episode.facts.pregnant).toBe(false);
  });

  it.each([
    ["a question left out", { ...room, housing: undefined }, "Answer every question"],
    ["an answer that is none", { ...room, housing: 7 }, "none of those offered"],
    ["a question of another screen", { ...room, "asq-1": 0 }, "not asked here"],
  ])("%s is refused, and nothing is kept", (_what, answers, sentence) => {
    const story = referral();
    const given = JSON.parse(JSON.stringify(answers)) as Record<string, number>;
    const refusal = recordScreen(
      story.state,
      { screenId: "in-the-room", answers: given, refused: [], mode: "phone" },
      story.ctx(nurse),
    );
    expect(isRefusal(refusal) && refusal.sentence).toContain(sentence);
  });
});

describe("an admission waits for what the program says must be there", () => {
  const decide = (story: Story, choice?: string, who = staff("casey", "case-manager")) =>
    decideApproval(
      story.state,
      {
        taskSk: admission(story).sk,
        decision: "approved",
        reason: "Nobody could ask on the phone; asked on arrival",
        version: admission(story).version,
        choice,
      },
      story.ctx(who),
    );
  const askAll = (story: Story) => {
    ask(story, { screenId: "suicide-screen", answers: allNo });
    return ask(story, { screenId: "in-the-room", answers: room });
  };

  it("and says in words what is missing, until it has come", () => {
    const story = answerForms(referral());
    expect(admission(story).evidence.notMet).toBe(
      "Suicide screen: not asked yet. Alcohol, medicines, pregnancy and housing: not asked yet.",
    );
    // The plain admission is the one without what is missing: its reason says why.
    expect(isRefusal(decide(story, "admit"))).toBe(false);
    askAll(story);
    expect(admission(story).evidence.notMet).toBeUndefined();
    expect(isRefusal(decide(story, "admit"))).toBe(false);
  });

  it("without it somebody says why: the decision keeps that, and what is missing becomes work", () => {
    const story = answerForms(referral());
    story.decide("admission-approval", "approved");
    expect(story.state.episode.status).toBe("active");
    const { decision } = itemsOf(story.state, "task").find(
      ({ taskKind }) => taskKind === "admission-approval",
    ) ?? { decision: undefined };
    expect(decision?.choice).toBe(admitWithout);
    expect(openTasks(story.state, "screen-due").map(({ about }) => about?.id)).toEqual([
      "suicide-screen",
      "in-the-room",
    ]);
    askAll(story);
    expect(openTasks(story.state, "screen-due")).toEqual([]);
  });

  it("only those whom the program names may admit without", () => {
    const { admission: needs } = shipped.intake;
    if (needs === undefined) throw new Error("The shipped program asks for nothing");
    const strict = {
      ...shipped,
      intake: { ...shipped.intake, admission: { ...needs, withoutBy: ["clinician" as const] } },
    };
    const story = answerForms(referral({}, strict));
    for (const choice of [undefined, admitWithout])
      expect(decide(story, choice)).toMatchObject({
        refused: "not-allowed",
        sentence: expect.stringContaining("clinician"),
      });
    expect(isRefusal(decide(story, admitWithout, staff("avery", "clinician")))).toBe(false);
    expect(isRefusal(decide(story, "wait"))).toBe(false);
  });

  it("a plan that it asks for is there as soon as it is written", () => {
    const { admission: needs } = shipped.intake;
    if (needs === undefined) throw new Error("The shipped program asks for nothing");
    const program = {
      ...shipped,
      intake: { ...shipped.intake, admission: { ...needs, plans: ["crisis" as const] } },
    };
    const story = askAll(answerForms(referral({}, program)));
    expect(admission(story).evidence.notMet).toBe("Crisis plan: not written yet.");
    story.command((state, ctx) =>
      writePlan(
        state,
        { planKind: "crisis", sections: examplePlans.crisis, isShown: false, version: 0 },
        ctx,
      ),
    );
    expect(admission(story).evidence.notMet).toBeUndefined();
  });

  it("and is proposed anew with what staff have found", () => {
    const story = answerForms(referral());
    const before = admission(story).version;
    ask(story, { screenId: "in-the-room", answers: { ...room, pregnancy: 2 } });
    expect(admission(story)).toMatchObject({ proposal: "clinician-decides" });
    expect(admission(story).words).toContain("Pregnant");
    expect(admission(story).version).toBeGreaterThan(before);
  });
});
