import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../shared/care/change/change.ts";
import type { IntakeIds, IntakeRequest } from "../../../shared/care/people/intake-request.ts";
import { readResponses } from "../../../shared/questions/read-responses.ts";
import { type OpenedEpisode, openEpisode } from "../../../workflows/intake/open-episode.ts";
import { buildAnswers, buildInstruments } from "../../builders/instruments.ts";
import { buildContext, episodeId, participantId, tuesdayMorning } from "../../builders/state.ts";

const ctx = buildContext({ actor: { kind: "participant", participantId } });
const ids: IntakeIds = {
  episodeId,
  participantId,
  reference: "ABCD-EFGH",
  reach: { sms: "cp-sms", email: "cp-email" },
};

function request(
  more: Partial<IntakeRequest> = {},
  participant: Partial<IntakeRequest["participant"]> = {},
): IntakeRequest {
  return {
    programId: "adult-iop",
    source: "self",
    participant: {
      name: { given: "Amina", family: "Quillfeather" },
      birthDate: "1990-05-04",
      phone: "+12125550161",
      email: "amina.q@example.org",
      language: "en",
      ...participant,
    },
    consents: { sms: true, email: true, voicemail: true },
    ...more,
  };
}

function open(
  input: IntakeRequest,
  answers: Parameters<typeof openEpisode>[3] = [],
  own: IntakeIds = ids,
): OpenedEpisode {
  const opened = openEpisode(input, ctx, own, answers);
  if (isRefusal(opened)) throw new Error(opened.sentence);
  return opened;
}

describe("a referral that arrives", () => {
  it("opens an episode at the referral, pinned to the program's version", () => {
    const { episode, change } = open(request());
    expect(episode).toMatchObject({
      status: "referred",
      version: 1,
      programVersion: 1,
      siteId: "riverside",
      timeZone: "America/New_York",
    });
    expect(change.outbox).toEqual([
      { kind: "start-driver", episodeId, driverSk: `DRIVER#intake#${episodeId}` },
    ]);
    expect(change.audit).toMatchObject({ action: "episode-opened", facts: { source: "self" } });
  });

  it("keeps who the person is, and every word, out of care state", () => {
    const { change } = open(
      request(
        { reason: "Canarybird", availability: "Mornings", accessNeeds: "Stairs" },
        { preferredName: "Mina", recordNumber: "R-77" },
      ),
    );
    const care = JSON.stringify([change.episode, change.puts, change.audit]);
    for (const word of ["Amina", "Quillfeather", "Mina", "1990", "Canarybird", "Stairs", "R-77"])
      expect(care).not.toContain(word);
    expect(change.identityPuts.map((put) => put.sk)).toEqual(["PROFILE", `REFERRAL#${episodeId}`]);
    expect(open(request()).change.identityPuts).toHaveLength(1);
  });

  it("takes consents from nobody but the participant", () => {
    expect(open(request()).episode.consents).toMatchObject({
      sms: { grantedAt: tuesdayMorning, wordingVersion: "policy-1" },
      voicemail: true,
    });
    for (const source of ["referrer", "partner", "staff"] as const) {
      expect(open(request({ source })).episode.consents).toEqual({
        sms: {},
        email: {},
        voicemail: false,
      });
    }
  });

  it("takes no consent for a channel that has no address", () => {
    const own = { ...ids, reach: {} };
    const { episode } = open(request({}, { reachBy: "Ask at the shelter's desk" }), [], own);
    expect(episode.consents).toEqual({ sms: {}, email: {}, voicemail: false });
    expect(episode.reach).toEqual({ reachBy: true });
  });

  it("knows who shares a phone, where somebody lives, and who is under 18", () => {
    const { episode } = open(
      request(
        { pregnant: true, injects: false },
        {
          phoneKind: "shared",
          timeZone: "America/Denver",
          birthDate: "2009-01-13",
          interpreter: true,
        },
      ),
    );
    expect(episode.reach.sms).toEqual({ contactPointId: "cp-sms", kind: "shared" });
    expect(episode.timeZone).toBe("America/Denver");
    expect(episode.facts).toMatchObject({
      under18: true,
      pregnant: true,
      injects: false,
      interpreter: true,
    });
    expect(open(request({}, { birthDate: "2009-01-12" })).episode.facts.under18).toBe(false);
  });

  it.each([
    ["hospital", "2027-01-02", "2027-01-02"],
    ["detox", undefined, "2027-01-12"],
    ["outpatient", "2027-01-02", undefined],
    ["self", undefined, undefined],
  ])("from %s (%s) counts as higher care since %s", (kind, dischargedOn, since) => {
    const { episode } = open(request({ referralEvent: { kind, dischargedOn } }));
    expect(episode.facts.recentHigherCareOn).toBe(since);
  });

  it.each([
    ["reason", request({ reason: "I want to die" })],
    ["availability", request({ availability: "quiero morir" })],
    ["reachBy", request({}, { reachBy: "before I kill myself" })],
  ])("with words of crisis in %s pages at once", (_field, input) => {
    const { change, isSafetyPositive } = open(input);
    expect(isSafetyPositive).toBe(true);
    expect(change.puts.map((put) => put.item)).toContainEqual(
      expect.objectContaining({ kind: "escalation", tier: "RED", confirmed: false }),
    );
    expect(change.outbox.map((entry) => entry.kind)).toContain("page");
  });

  it("brings its answers with it: scores, and the alert that one of them asks for", () => {
    const { episode, change, isSafetyPositive } = open(request(), [
      { instrumentId: "phq-9", answers: buildAnswers("phq-9", 1, 2) },
    ]);
    expect(episode.scores).toMatchObject([
      { instrumentId: "phq-9", total: 10, occasion: "intake" },
    ]);
    expect(episode.facts.answeredInstruments).toEqual(["phq-9"]);
    expect(isSafetyPositive).toBe(true);
    expect(change.puts.map((put) => put.item)).toContainEqual(
      expect.objectContaining({ kind: "escalation", tier: "ORANGE" }),
    );
  });

  it("is refused whole where its answers are of no use", () => {
    const refused = openEpisode(request(), ctx, ids, [
      { instrumentId: "phq-9", answers: { "phq9-1": 9 } },
    ]);
    expect(refused).toMatchObject({ refused: "invalid", details: { response: 0 } });
  });
});

describe("answers in the form of another system", () => {
  const instruments = buildInstruments();
  const fixture = JSON.parse(
    readFileSync(
      new URL("../../fixtures/fhir/us-core-QuestionnaireResponse-phq-9.json", import.meta.url),
      "utf8",
    ),
  );
  const codes = ["44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5"];
  const phq9 = (value: number, but: Readonly<Record<string, unknown>> = {}) => ({
    item: [...codes, "44253-3", "44260-8"].flatMap((code) =>
      but[code] === null ? [] : [{ linkId: code, answer: [{ valueInteger: value }] }],
    ),
  });

  it("are read by the codes of their questions, as US Core writes them", () => {
    const { answers, problems } = readResponses(instruments, [fixture]);
    // The eleventh question, how difficult all this makes life, is not among these instruments.
    expect(problems).toEqual([
      { path: "responses.0", problem: "holds answers to other questions" },
    ]);
    expect(answers).toHaveLength(1);
    expect(answers[0]?.instrumentId).toBe("phq-9");
    expect(Object.keys(answers[0]?.answers ?? {})).toHaveLength(9);
  });

  it("are read by value, by code, by our own ids, and in groups", () => {
    expect(readResponses(instruments, [phq9(2)]).answers[0]?.answers["phq9-1"]).toBe(2);
    const own = (linkId: string) => ({
      linkId,
      answer: [{ valueCoding: { code: "LA6571-9" } }],
    });
    const grouped = {
      item: [{ linkId: "group", item: ["phq2-1", "phq2-2"].map(own) }],
    };
    expect(readResponses(instruments, [grouped]).answers).toEqual([
      { instrumentId: "phq-2", answers: { "phq2-1": 3, "phq2-2": 3 } },
    ]);
  });

  it.each([
    ["answers none of the questionnaires", { item: [{ linkId: "horoscope" }] }],
    ["answers none of the questionnaires", {}],
    ["does not answer question phq9-9", phq9(1, { "44260-8": null })],
    ["with none of its options", phq9(7)],
  ])("are a problem that says where: %s", (problem, response) => {
    const { answers, problems } = readResponses(instruments, [response]);
    expect(answers).toEqual([]);
    expect(problems[0]?.path).toMatch(/^responses\.0/);
    expect(problems[0]?.problem).toContain(problem);
  });

  it("count once where they come twice", () => {
    const { answers, problems } = readResponses(instruments, [phq9(1), phq9(2)]);
    expect(answers).toHaveLength(1);
    expect(problems).toEqual([{ path: "responses.1", problem: "answers PHQ-9 a second time" }]);
    const double = readResponses(instruments, [{ item: [...phq9(1).item, ...phq9(2).item] }]);
    expect(double.answers[0]?.answers["phq9-9"]).toBe(2);
    expect(double.problems[0]?.problem).toContain("contradict each other (1, 2)");
  });
});
