import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { IntakeSender, phq9Response, selfReferral } from "../../fakes/intake-sender.ts";
import { SiteWorld } from "../../fakes/site-world.ts";

type Item = { linkId: string; answer: Record<string, unknown>[]; [more: string]: unknown };
type Form = { item: Item[]; [more: string]: unknown };

const auditC = JSON.parse(
  readFileSync(
    new URL("../../fixtures/fhir/us-core-QuestionnaireResponse-AUDIT-C.json", import.meta.url),
    "utf8",
  ),
) as Form;

let world: SiteWorld;
let sender: IntakeSender;
beforeEach(async () => {
  world = await SiteWorld.start();
  sender = new IntakeSender(world);
});

/** A PHQ-9 as US Core publishes it, filled in today, changed before it is sent. */
function phq9(change: (form: Form) => void = () => {}): Form {
  const form = structuredClone(phq9Response) as Form;
  form.authored = world.now();
  change(form);
  return form;
}

function item9(form: Form): Item {
  const found = form.item.find((item) => item.linkId === "/44260-8");
  if (found === undefined) throw new Error("There is no item 9");
  return found;
}

function answerItem9(form: Form, ...codes: string[]): void {
  item9(form).answer = codes.map((code) => ({ valueCoding: { code } }));
}

async function refer(...responses: unknown[]) {
  const answer = await sender.send({ ...selfReferral, responses });
  expect(answer.status).toBe(202);
  const { episodeId } = answer.body;
  const [episode, alerts, tasks] = await Promise.all([
    world.episode(episodeId),
    world.episodeItems(episodeId, "escalation"),
    world.episodeItems(episodeId, "task"),
  ]);
  const review = tasks.find((task) => task.taskKind === "clinician-review");
  const note = world.store
    .all("identity")
    .find((item) => item.pk === `NOTES#${episodeId}` && item.source === "form");
  return { episode, alerts, review, note: String(note?.text ?? "") };
}

describe("a form that comes with a referral", () => {
  it("is scored, and asks nobody for anything, where it is whole and plain", async () => {
    const { episode, alerts, review } = await refer(phq9());
    expect(episode.scores).toMatchObject([{ instrumentId: "phq-9", total: 12 }]);
    expect(alerts).toEqual([]);
    expect(review).toBeUndefined();
  });

  it("with several answers to item 9 counts with the highest, which raises its alert", async () => {
    const { alerts, review } = await refer(
      phq9((form) => answerItem9(form, "LA6568-5", "LA6571-9")),
    );
    expect(alerts).toMatchObject([{ tier: "RED", trigger: { value: 3 } }]);
    expect(review?.words).toContain("contradict each other (0, 3)");
  });

  it("whose codes contradict what the answers are worth counts with the worst, and says so", async () => {
    const { alerts, review } = await refer(
      phq9((form) => {
        item9(form).answer = [
          {
            extension: [
              { url: "http://hl7.org/fhir/StructureDefinition/ordinalValue", valueDecimal: 3 },
            ],
            valueCoding: { system: "http://loinc.org", code: "LA6568-5", display: "Not at all" },
          },
        ];
      }),
    );
    expect(alerts).toMatchObject([{ tier: "RED" }]);
    expect(review?.words).toContain("contradict each other (0, 3)");
  });

  it("whose total is another than its answers make says so", async () => {
    const { episode, review } = await refer(
      phq9((form) => {
        for (const item of form.item)
          if (item.linkId === "/44261-6") item.answer = [{ valueDecimal: 27 }];
      }),
    );
    expect(episode.scores).toMatchObject([{ total: 12 }]);
    expect(review?.words).toContain("a total of 27 for PHQ-9, and its answers make 12");
  });

  it("that lacks an answer is kept, raises its alert and is asked again", async () => {
    const { episode, alerts, review, note } = await refer(
      phq9((form) => {
        answerItem9(form, "LA6571-9");
        form.item = form.item.filter((item) => item.linkId !== "/44251-7");
      }),
    );
    expect(alerts).toMatchObject([{ tier: "RED", status: "open" }]);
    expect(episode.scores).toEqual([]);
    expect(episode.facts.answeredInstruments).toEqual([]);
    expect(review).toMatchObject({ assignedFunction: "clinician", about: { type: "note" } });
    expect(review?.words).toContain("does not answer question phq9-5");
    expect(note).toContain("Feeling down, depressed, or hopeless?: More than half the days");
  });

  it("that is in progress is kept, raises its alert and is asked again", async () => {
    const { episode, alerts, review } = await refer(
      phq9((form) => {
        form.status = "in-progress";
        answerItem9(form, "LA6571-9");
      }),
    );
    expect(alerts).toMatchObject([{ tier: "RED" }]);
    expect(episode.scores).toEqual([]);
    expect(review?.words).toContain("is not finished (in-progress)");
  });

  it("with link ids of another system is read by the codes of its questions", async () => {
    const { episode, alerts } = await refer(
      phq9((form) => {
        answerItem9(form, "LA6570-1");
        form.item = form.item.map((item, index) => ({
          ...item,
          linkId: `page1.row${index}`,
          definition: `http://example.org/Questionnaire/mood#${item.linkId.slice(1)}`,
        }));
      }),
    );
    expect(episode.scores).toMatchObject([{ instrumentId: "phq-9", total: 14 }]);
    expect(alerts).toMatchObject([{ tier: "ORANGE" }]);
  });

  it("that is not used here is kept for a person beside one that is scored", async () => {
    const { episode, alerts, review, note } = await refer(phq9(), auditC);
    expect(episode.scores).toMatchObject([{ instrumentId: "phq-9", total: 12 }]);
    expect(alerts).toEqual([]);
    expect(review?.words).toContain("Form 2 answers none of the questionnaires");
    expect(note).toContain("How often do you have 6 or more drinks on 1 occasion: Never");
  });

  it("that holds words of danger raises the alert, which shows them", async () => {
    const { alerts, note } = await refer(
      phq9((form) => {
        form.item.push({ linkId: "note", answer: [{ valueString: "I want to die" }] });
      }),
    );
    expect(alerts).toMatchObject([{ tier: "RED", confirmed: false, trigger: { source: "text" } }]);
    expect(note).toContain("note: I want to die");
  });

  it("that asks about suicide otherwise, and was answered yes, raises the alert", async () => {
    const { alerts } = await refer({
      resourceType: "QuestionnaireResponse",
      status: "completed",
      item: [
        {
          linkId: "c-ssrs-2",
          text: "Have you had any thoughts of killing yourself?",
          answer: [{ valueBoolean: true }],
        },
      ],
    });
    expect(alerts).toMatchObject([{ tier: "RED", confirmed: false }]);
  });

  it("twice raises one alert", async () => {
    const form = phq9((one) => answerItem9(one, "LA6571-9"));
    const { alerts, review } = await refer(form, form);
    expect(alerts).toHaveLength(1);
    expect(review?.words).toContain("answers PHQ-9 a second time");
  });

  it.each<[string, unknown]>([
    ["words", "see attached fax"],
    ["nothing", null],
    ["an object of another kind", { resourceType: "Observation", status: "final" }],
    ["a list of odd things", [1, null, {}, [], "x", { item: "x", answer: 3 }, { __proto__: 1 }]],
    ["twenty forms", Array.from({ length: 20 }, () => ({ item: [] }))],
  ])("never refuses the referral: %s", async (_what, responses) => {
    const answer = await sender.send({ ...selfReferral, responses });
    expect(answer.status).toBe(202);
  });
});

describe("words of danger in any field of a referral", () => {
  it.each<[string, Record<string, unknown>]>([
    ["reason", { reason: "Patient stated he wants to kill himself and has a plan. Endorses SI." }],
    ["availability", { availability: "Any time. He took a bunch of pills yesterday" }],
    ["accessNeeds", { accessNeeds: "Dice que se quiere matar" }],
    ["facility", { referralEvent: { kind: "hospital", facility: "After a suicide attempt" } }],
    [
      "referrer",
      { referrer: { name: "Sam Field", organisation: "Says she wants to die, call now" } },
    ],
  ])("raise the alert: %s", async (_field, more) => {
    const answer = await sender.send({ ...selfReferral, ...more });
    expect(await world.episodeItems(answer.body.episodeId, "escalation")).toMatchObject([
      { tier: "RED", confirmed: false },
    ]);
  });

  it("raise none where they are denied", async () => {
    const answer = await sender.send({ ...selfReferral, reason: "Low mood. Denies SI/HI." });
    expect(await world.episodeItems(answer.body.episodeId, "escalation")).toEqual([]);
  });
});
