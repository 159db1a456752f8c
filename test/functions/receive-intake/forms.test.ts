// Long because every way in which a form may come from outside is read here.
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

/** Questions so many groups deep. */
function grouped(items: Item[], levels: number): unknown[] {
  let inner: unknown[] = items;
  for (let level = 0; level < levels; level += 1) inner = [{ linkId: `g${level}`, item: inner }];
  return inner;
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

  it("about two questionnaires is scored for both, and neither is asked again", async () => {
    const { episode, alerts, review } = await refer(
      phq9((form) => {
        const asked = ["69725-0", "68509-9", "69733-4", "69734-2", "69735-9", "69689-8", "69736-7"];
        for (const code of asked)
          form.item.push({ linkId: `/${code}`, answer: [{ valueCoding: { code: "LA6570-1" } }] });
      }),
    );
    expect(episode.scores).toMatchObject([
      { instrumentId: "phq-9", total: 12 },
      { instrumentId: "gad-7", total: 14 },
    ]);
    expect(episode.facts.answeredInstruments).toEqual(["phq-9", "gad-7"]);
    expect(alerts).toEqual([]);
    expect(review).toBeUndefined();
  });

  it.each<[string, (items: Item[]) => unknown]>([
    ["groups within groups", (items) => grouped(items, 12)],
    ["an answer", (items) => [{ linkId: "panel", answer: [{ valueBoolean: true, item: items }] }]],
  ])("whose questions stand under %s is read all the same", async (_where, nest) => {
    const form = phq9((one) => answerItem9(one, "LA6571-9"));
    const { episode, alerts } = await refer({ ...form, item: nest(form.item) });
    expect(episode.scores).toMatchObject([{ instrumentId: "phq-9", total: 15 }]);
    expect(alerts).toMatchObject([{ tier: "RED", trigger: { value: 3 } }]);
  });

  it("whose link id and code name different questions counts for both, and says so", async () => {
    const { alerts, review } = await refer(
      phq9((form) => {
        const [first] = form.item.filter((item) => item.linkId === "/44250-9");
        if (first === undefined) throw new Error("There is no item 1");
        first.code = [{ system: "http://loinc.org", code: "44260-8" }];
        first.answer = [{ valueCoding: { code: "LA6571-9" } }];
        answerItem9(form, "LA6568-5");
      }),
    );
    expect(alerts).toMatchObject([{ tier: "RED", trigger: { value: 3 } }]);
    expect(review?.words).toContain("contradict each other (0, 3)");
  });

  it.each([
    ["2019", "was filled in on 2019: it tells how things were then"],
    ["2031-01-01", "in the future"],
    ["last Tuesday", "has a date that cannot be read"],
  ])("of %s is kept and asked again, and its danger is not lost", async (authored, words) => {
    const { episode, alerts, review, note } = await refer(
      phq9((form) => {
        form.authored = authored;
        answerItem9(form, "LA6571-9");
      }),
    );
    expect(episode.scores).toEqual([]);
    expect(episode.facts.answeredInstruments).toEqual([]);
    expect(alerts).toMatchObject([{ tier: "RED", status: "open" }]);
    expect(review?.words).toContain(words);
    expect(note).toContain(`filled in ${authored}`);
  });

  it("of years ago is scored with its own day, and a clinician is told that it is old", async () => {
    const { episode, review } = await refer({ ...phq9(), authored: "2019-05-04" });
    expect(episode.scores).toMatchObject([{ instrumentId: "phq-9", total: 12 }]);
    expect(String(episode.scores[0]?.scoredAt).slice(0, 10)).toBe("2019-05-04");
    expect(review?.words).toContain("was filled in on 2019-05-04: it tells how things were then");
  });

  it("of last week is scored with its own day, not with today's", async () => {
    const day = new Date(Date.parse(world.now()) - 7 * 86_400_000).toISOString().slice(0, 10);
    const { episode, review } = await refer({ ...phq9(), authored: day });
    expect(episode.scores).toMatchObject([{ instrumentId: "phq-9", total: 12 }]);
    expect(String(episode.scores[0]?.scoredAt).slice(0, 10)).toBe(day);
    expect(review).toBeUndefined();
  });

  it("that the intake does not ask for is kept for a person beside one that is scored", async () => {
    const { episode, alerts, review, note } = await refer(phq9(), auditC);
    expect(episode.scores).toMatchObject([{ instrumentId: "phq-9", total: 12 }]);
    expect(alerts).toEqual([]);
    expect(review?.words).toContain(
      "Form 2 cannot be scored as AUDIT-C, which the intake does not ask for.",
    );
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

  it("to whose narrative somebody added words of danger raises the alert; one that was made from the form does not", async () => {
    const narrative = (status: string) => (form: Form) => {
      form.text = { status, div: "<div><p>Says she <b>took all</b> of her pills</p></div>" };
    };
    expect((await refer(phq9(narrative("additional")))).alerts).toMatchObject([
      { tier: "RED", trigger: { source: "text" } },
    ]);
    world = await SiteWorld.start();
    sender = new IntakeSender(world);
    expect((await refer(phq9(narrative("generated")))).alerts).toEqual([]);
  });

  it.each<[string, (form: Form) => void, number]>([
    [
      "twice, in two places, with the worse of them",
      (form) => {
        const again = structuredClone(item9(form));
        answerItem9(form, "LA6568-5");
        again.answer = [{ valueCoding: { code: "LA6570-1" } }];
        form.item.push(again);
      },
      2,
    ],
    [
      "as a quantity",
      (form) => {
        item9(form).answer = [{ valueQuantity: { value: 3 } }];
      },
      3,
    ],
    [
      "in the words of the option",
      (form) => {
        item9(form).answer = [{ valueString: "Nearly every day" }];
      },
      3,
    ],
    [
      "with yes, and nothing more, as the worst",
      (form) => {
        item9(form).answer = [{ valueBoolean: true }];
      },
      3,
    ],
  ])("that answers item 9 %s raises its alert", async (_how, change, value) => {
    const { alerts } = await refer(phq9(change));
    expect(alerts).toMatchObject([{ trigger: { rule: expect.stringContaining("phq9-9"), value } }]);
  });

  it("that was entered in error, or is wrapped in a bundle, loses no danger", async () => {
    const error = phq9((form) => {
      form.status = "entered-in-error";
      answerItem9(form, "LA6571-9");
    });
    const first = await refer(error);
    expect(first.alerts).toMatchObject([{ tier: "RED" }]);
    expect(first.episode.scores).toEqual([]);
    world = await SiteWorld.start();
    sender = new IntakeSender(world);
    const resource = phq9((form) => answerItem9(form, "LA6571-9"));
    const wrapped = await refer({ resourceType: "Bundle", entry: [{ resource }] });
    expect(wrapped.alerts).toMatchObject([{ tier: "RED" }]);
    expect(wrapped.episode.scores).toMatchObject([{ total: 15 }]);
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
