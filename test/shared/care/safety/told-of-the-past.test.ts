import { describe, expect, it } from "vitest";
import { screenWords } from "../../../../shared/care/safety/find-crisis-phrase.ts";
import { shippedPolicy } from "../../../builders/shipped-policy.ts";

const policy = shippedPolicy();
const gradeOf = (text: string) => {
  const { rule, isForReading } = screenWords(policy, text);
  if (rule === undefined) return "nothing";
  return isForReading ? "read" : "page";
};

describe("danger that is told of a time long gone", () => {
  it.each([
    "I used to think about suicide, not anymore",
    "I used to be suicidal in high school",
    "I attempted suicide in 2015 but I'm doing well now",
    "I overdosed nine years ago",
    "hx of suicide attempt 2009, none since",
    "History of SI, SA x2",
    "as a teenager I cut my wrists",
    "antes pensaba en matarme pero ya no",
    "hace diez años intenté suicidarme",
    "antecedentes de intento de suicidio",
    "de joven intenté suicidarme, hoy estoy bien",
  ])("is read by a clinician and rings nobody: %s", (text) => {
    expect(gradeOf(text)).toBe("read");
  });

  it.each([
    "I used to think about it, now I think about killing myself every day",
    "I was suicidal in 2012 and I'm suicidal again now",
    "I used to be suicidal and the thoughts are back",
    "Hx of SA 2018. Currently endorses SI with plan.",
    "hx of depression, now has SI with plan",
    "the knife I used to cut myself is in my hand",
    "I took 40 pills because my wife died two years ago",
    "my wife died two years ago and I want to die",
    "I attempted suicide two days ago",
    "antes de matarme quiero despedirme",
    "hace años quería morir y ahora otra vez me quiero matar",
  ])("pages all the same where the text speaks of today: %s", (text) => {
    expect(gradeOf(text)).toBe("page");
  });

  it("is known to no policy that was published before it", () => {
    const old = Object.fromEntries(
      Object.entries(policy.crisisWords).map(([language, { past: _past, ...words }]) => [
        language,
        words,
      ]),
    );
    const { rule } = screenWords(
      { ...policy, crisisWords: old },
      "hx of suicide attempt 2009, none since",
    );
    expect(rule).toBe("crisis-words.en.suicide");
  });
});

describe("danger that a clinician denies", () => {
  it.each([
    "client denies SI and HI",
    "Pt denies SI/HI/AVH at this time",
    "pt denies plan, intent or means",
    "SI/HI: denied",
    "niega ideación suicida u homicida",
  ])("raises nothing: %s", (text) => {
    expect(gradeOf(text)).toBe("nothing");
  });

  it.each([
    ["denies intent, endorses active SI with method", "page"],
    ["client denies SI today but took 30 tylenol last night", "page"],
    ["denies HI, +SI", "page"],
    ["client denies SI but mother is worried she is hiding it", "read"],
  ])("hides nothing beside it: %s", (text, grade) => {
    expect(gradeOf(text)).toBe(grade);
  });
});
