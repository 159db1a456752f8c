import { describe, expect, it } from "vitest";
import type { EpisodeItem } from "../../../../shared/care/episode/episode-item.ts";
import type { Message } from "../../../../shared/care/episode/message.ts";
import type { Correction, NamedPoint } from "../../../../shared/care/people/correction.ts";
import { correctPerson } from "../../../../workflows/run/people/correct-person.ts";
import { buildMessage } from "../../../builders/message.ts";
import {
  buildContext,
  buildEpisode,
  buildState,
  caseManager,
  participantId,
} from "../../../builders/state.ts";
import { carriedOut, changeOf, itemsOf, openTasks, refusalOf } from "../../../builders/steps.ts";

const ctx = buildContext({ actor: caseManager });
const profile = { participantId, given: "Ada", family: "Quill", birthDate: "1990-05-04" };
const text = buildMessage({
  anchorAt: "2027-01-13T14:00:00.000Z",
  sendAt: "2027-01-13T14:00:00.000Z",
});
const mail = buildMessage({ step: "welcome", channel: "email", occurrence: "admitted" });

function correct(
  correction: Correction,
  points: readonly NamedPoint[] = [],
  items: readonly EpisodeItem[] = [text, mail],
) {
  const state = buildState(buildEpisode({ status: "active", week: 1 }), items);
  const body = { ...correction, reason: "Said on the phone" };
  const result = correctPerson(state, body, ctx, { profile, points });
  return {
    result,
    corrected: () => carriedOut(state, result),
    facts: () => changeOf(result).audit.facts,
  };
}

const messages = (items: ReturnType<typeof itemsOf<"message">>) =>
  items.map(({ channel, contactPointId, status, reason }) => [
    channel,
    contactPointId,
    status,
    reason,
  ]);
const newPhone = (state: NamedPoint["state"] = "open"): NamedPoint => ({
  channel: "sms",
  contactPointId: "cp-new",
  state,
});

describe("a number put right", () => {
  const phone = { number: "+12125550142", kind: "own", givenBy: "participant" } as const;

  it("has the planned texts from now on, and the old one none", () => {
    const { corrected, facts } = correct({ phone }, [newPhone()]);
    expect(messages(itemsOf(corrected(), "message"))).toEqual([
      ["sms", "cp-new", "PLANNED", undefined],
      ["email", "cp-email", "PLANNED", undefined],
    ]);
    expect(facts()).toMatchObject({ facts: "phone", toNewNumber: 1, phoneGivenBy: "participant" });
  });

  it("is written to only with the person's own word: given by somebody else, what was planned takes the other way", () => {
    const { corrected, facts } = correct({ phone: { ...phone, givenBy: "someone-else" } }, [
      newPhone(),
    ]);
    const planned = itemsOf(corrected(), "message").filter(({ status }) => status === "PLANNED");
    expect(planned.every(({ channel }) => channel === "email")).toBe(true);
    expect(corrected().episode.consents.sms).toEqual({});
    expect(facts()).toMatchObject({ notSent: 1 });
  });

  it("tells the record of a number that is somebody else's", () => {
    const { result } = correct({ phone: { ...phone, former: "somebody-elses" } }, [newPhone()]);
    expect(changeOf(result).outbox).toContainEqual(
      expect.objectContaining({ command: "wrong-number", contactPointId: "cp-sms" }),
    );
  });

  it("is not written to where its record says that it is not to be", () => {
    const { corrected } = correct({ phone }, [newPhone("opted-out")]);
    const texts = itemsOf(corrected(), "message").filter(({ channel }) => channel === "sms");
    expect(texts.map(({ status }) => status)).not.toContain("PLANNED");
  });

  it("taken away leaves the other way, or a task for a person", () => {
    const both = correct({ phone: null, email: null }).corrected();
    expect(itemsOf(both, "message").map(({ status }) => status)).not.toContain("PLANNED");
    expect(openTasks(both, "channel-needed").length).toBeGreaterThan(0);
  });
});

describe("a zone or a language put right", () => {
  it("moves what is planned into the hours of the new zone", () => {
    const { corrected, facts } = correct({ timeZone: "Pacific/Honolulu" });
    const [moved] = itemsOf(corrected(), "message").filter(({ channel }) => channel === "sms");
    expect(moved?.sendAt).toBe("2027-01-14T00:00:00.000Z");
    expect(facts()).toMatchObject({
      timeZone: "Pacific/Honolulu",
      firstWasAt: expect.any(String),
      firstIsAt: expect.any(String),
    });
  });

  it("says in a reviewed language what was planned in the other", () => {
    const { corrected, facts } = correct({ language: "es" });
    expect(itemsOf(corrected(), "message").map(({ status }) => status)).toContain("PLANNED");
    expect(facts()).toMatchObject({ language: "es", inOtherWords: 2 });
  });

  it("has a call with an interpreter in place of messages that nobody reviewed", () => {
    const { corrected } = correct({ language: "vi" });
    expect(
      itemsOf(corrected(), "message").filter(({ status }: Message) => status === "PLANNED"),
    ).toEqual([]);
    expect(openTasks(corrected(), "interpreted-call").length).toBeGreaterThan(0);
  });
});

describe("who the person is", () => {
  it("goes to the identity record, with who said so, and to the audit by name of the fact only", () => {
    const { result } = correct({
      name: { given: "Ada", family: "Quillfeather" },
      preferredName: "Addie",
      pronouns: "she/her",
      emergencyContact: { name: "Ben Quill", phone: "+12125550143" },
    });
    const change = changeOf(result);
    expect(change.identityPuts[0]?.attributes).toMatchObject({
      family: "Quillfeather",
      preferredName: "Addie",
      said: { name: { by: "casey" } },
    });
    expect(JSON.stringify(change.audit)).not.toContain("Quillfeather");
    expect(change.audit.facts.facts).toBe("name preferredName pronouns emergencyContact");
  });

  it("that turns out to be a minor is called by staff, and nothing is sent on their own word", () => {
    const { corrected } = correct({ birthDate: "2011-05-04" });
    expect(corrected().episode).toMatchObject({ facts: { under18: true }, consents: { sms: {} } });
    expect(openTasks(corrected(), "first-contact-call")[0]?.words).toContain("under 18");
  });

  it("is refused where nothing differs, where it was erased, and to anybody but staff", () => {
    expect(refusalOf(correct({ name: { given: "Ada", family: "Quill" } }).result).sentence).toBe(
      "This is on record already. Nothing was changed.",
    );
    const state = buildState(buildEpisode({ status: "active" }));
    const body = { pronouns: "they/them", reason: "Said so" };
    expect(
      refusalOf(correctPerson(state, body, ctx, { profile: undefined, points: [] })).sentence,
    ).toBe("Who this person is has been erased.");
    expect(
      refusalOf(correctPerson(state, body, buildContext(), { profile, points: [] })).refused,
    ).toBe("not-allowed");
  });

  it("is read by a clinician where its words speak of danger", () => {
    const { corrected } = correct({ safeTimes: "Not in the evening: I want to kill myself then" });
    expect(openTasks(corrected(), "clinician-review")).toHaveLength(1);
  });
});
