// The rows by which a site runs, and where each is lived through. Staff act in these tests as they do in the product: a
// request enters the very router of the API, the rules and the state machines, and the clock is moved by hand through
// the days; what has to come over a socket, out of a real browser, is lived once more in test/e2e.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** A row: what is promised, and the test named after it, or the sentence of the README that says it is not there yet. */
type Row = readonly [
  row: string,
  shown: { readonly in: string; readonly as: string } | { readonly limit: string },
];

const at = (file: string) => (as: string) => ({ in: `test/${file}.test.ts`, as });
const safety = at("simulation/safety-matrix");
const questions = at("simulation/safety-questions");
const missed = at("simulation/missed-sessions");
const door = at("simulation/front-door");
const same = at("simulation/same-person");
const review = at("simulation/review-discharge-leave");
const after = at("simulation/aftercare-rows");

const rows: Readonly<Record<string, readonly Row[]>> = {
  Safety: [
    ["RED within 60 minutes", safety("RED: a person has spoken with the participant")],
    ["weekends and holidays count", safety("runs on weekends, too")],
    ["ORANGE within 4 hours", safety("ORANGE: 4 h")],
    ["YELLOW outside staffed hours", safety("YELLOW outside staffed hours: the on-call reads it")],
    ["YELLOW in staffed hours", safety("YELLOW in staffed hours")],
    ["acknowledging is not contact", safety("Acknowledging is not contact")],
    ["a page is a call and a text", safety("A page is a voice call plus a text, repeated")],
    [
      "links to a safety item open while somebody is there",
      at("functions/participant-site/safety")(
        "A link to an instrument with a safety item opens only",
      ),
    ],
    ["check-ins with 4 staffed hours left", questions("Check-ins that can raise an alert go out")],
    ["a suicide screen by a person", questions("Everyone is asked a validated suicide screen")],
    ["item 9 joins a clinician's assessment", safety("An item-9 answer no higher than one")],
    [
      "every free text is screened",
      at("functions/staff-api/written-words")("The crisis screen reads every free-text field"),
    ],
    ["a match of words locks nothing", safety("A word match pages but locks nothing")],
    ["what an open alert locks", safety("Open RED or ORANGE locks completed")],
  ],
  "Missed sessions": [
    ["only from a no-show entered", missed("The ladder starts only from a no-show")],
    ["not yet, at 20 and 45 minutes", missed("attendance still not yet is the group leader's")],
    ["on the way and late stop it", missed("The ladder starts only from a no-show")],
    ["staffed minutes", missed("Rungs count staffed minutes")],
    ["evening sessions", missed("after an evening session it is made before staff leave")],
    ["a ladder that runs out", missed("a ladder that runs out opens a decision task")],
    ["welfare: after higher care", missed("within 14 days of inpatient, emergency, detox")],
    ["welfare: after danger", missed("within 14 days of a RED or ORANGE alert")],
    ["welfare: first week", missed("in the first program week")],
    ["welfare: medication", missed("for a missed visit about medication")],
    ["welfare: all others", missed("for all others by 48 h, and asked once")],
    ["mobile crisis before police", at("e2e/missed-sessions")("with mobile crisis before police")],
    ["without a phone", missed("A participant without a phone is reached as they said")],
  ],
  "Front door": [
    [
      "a referral in three minutes",
      at("functions/staff-site/referral-page")("is taken on one page: who rang, why now"),
    ],
    ["forms by session code", at("simulation/forms-by-session-code")("forms by session code")],
    ["waiting", door("Phase waiting: since, reason, priority")],
    ["asked of everyone", door("Staff ask everyone last use of alcohol")],
    ["no refer-down after higher care", door("no refer-down within 30 days of higher care")],
    ["unstable housing", door("unstable housing: a clinician decides")],
    ["under 18", door("Under 18: intake becomes a staff call")],
    ["readmission within 30 days", same("at day 20: is screened again, confirms what is known")],
  ],
  "Review, discharge, leave": [
    [
      "use on 4 or more days",
      at("simulation/sud-year")("Step-up review after one week of use on 4 or more days"),
    ],
    ["PHQ-9 of 20, or a rise of 6", review("Step-up review: PHQ-9 of 20 or a rise of 6")],
    ["every two weeks", review("PHQ-9 and GAD-7 are asked every two weeks")],
    [
      "mood and safety round",
      at("functions/staff-site/mood-round")("the mood and safety round on the page of a session"),
    ],
    ["completed", review("completed is refused in silence before its weeks")],
    ["transfer up", review("transfer up: a step-up in week 2")],
    ["transfer down", review("transfer down: needs the visit")],
    ["left before completing", review("left before completing takes effect when recorded")],
    ["lost contact", review("lost contact is decided by a person")],
    ["administrative", review('"administrative", "Appeal text and referral list')],
    ["coverage ended", review('"coverage-ended", "Continuing-care plan')],
    ["hospitalised and incarcerated", review('"hospitalised", "incarcerated"')],
    ["moved", review("moved: the checklist asks for the supply")],
    ["deceased", review("deceased: all messages stop at once")],
    ["reversal within 24 hours", review("discharged is not the end of the episode")],
    ["leave and return", review("Leave has a kind, an expected return")],
    ["transfer of site", review("a site transfer needs a receiving owner who accepts")],
  ],
  Aftercare: [
    ["its own consent", after("It has its own consent, asked at admission")],
    ["the first contact is a call", after("The first contact after discharge is a human call")],
    ["the highest action wins", after("No summed risk score; the highest action wins")],
    ["same day: opioid use", after('"opioid use after abstinence"')],
    ["same day: 4 or more days", after('"use on 4 or more days"')],
    [
      "same day: a medicine stopped",
      after("medication for opioid use, lithium or an antipsychotic"),
    ],
    ["same day: nowhere to sleep", after('"nowhere to sleep"')],
    ["same day: a call is wanted", after('"wants a call"')],
    ["same day: a suicide answer", after("same day: any suicide answer")],
    ["48 hours: any use", after('"any use"')],
    ["48 hours: craving", after('"craving of 3"')],
    ["48 hours: confidence", after('"confidence of 1"')],
    ["48 hours: PHQ-2", after('"PHQ-2 of 3"')],
    ["48 hours: another medicine", after('"other medication stopped"')],
    ["48 hours: a missed visit", after('"missed follow-up visit"')],
    ["48 hours: job or housing", after('"loss of job or housing"')],
    ["cadence by risk and stability", after("Cadence shortens with risk and lengthens")],
    ["weekly calls", after("Track weekly-calls is staffed calls, off by default")],
    ["warm hand-off", after("Ownership may pass by warm hand-off at day 30")],
  ],
};

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

describe.each(Object.entries(rows))("the rows of: %s", (_section, all) => {
  it.each(all)("%s", (_row, shown) => {
    if ("limit" in shown) {
      expect(read("README.md").replaceAll(/\s+/g, " ")).toContain(shown.limit);
      return;
    }
    // As the name of a test, or of a case of one: a mention in a comment shows nothing.
    const named = read(shown.in)
      .split("\n")
      .filter((line) => line.includes(shown.as) && !/^\s*(\/\/|\*)/.test(line));
    expect(named, `${shown.in} has no test named “${shown.as}”`).not.toEqual([]);
  });
});
