import { describe, expect, it } from "vitest";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import { localDate, localTime } from "../../../shared/care/time/zoned-time.ts";
import { type PlanRequest, planMessages } from "../../../shared/messages/plan-messages.ts";
import { buildProgram } from "../../builders/program.ts";
import { buildContext, buildEpisode, buildState, tuesdayMorning } from "../../builders/state.ts";

function plan(
  request: Partial<PlanRequest> = {},
  episode: Partial<Episode> = {},
  now = tuesdayMorning,
) {
  const ctx = buildContext({ now });
  const draft = new Draft(buildState(buildEpisode(episode)), ctx);
  const full: PlanRequest = {
    anchor: "forms-asked",
    anchorAt: now,
    occurrence: "intake",
    ...request,
  };
  return { draft, result: planMessages(draft, ctx, full), change: () => draft.finish("planned") };
}

describe("planning messages", () => {
  it("plans every row of the anchor whose circumstances hold, under its business key", () => {
    const { result } = plan({ circumstances: ["reminder"] });
    expect(result.planned.map((message) => message.sk)).toEqual([
      "MSG#ask-forms#intake#sms",
      "MSG#remind-forms-1#intake#email",
      "MSG#remind-forms-2#intake#email",
    ]);
    expect(result.unreachable).toBeUndefined();
  });

  it("leaves out rows that ask for other circumstances", () => {
    expect(plan().result.planned.map((message) => message.step)).toEqual(["ask-forms"]);
  });

  it("plans a session's reminder once although two rows ask for it", () => {
    const { result } = plan({
      anchor: "session-start",
      anchorAt: "2027-01-14T14:00:00.000Z",
      occurrence: "s1",
      circumstances: ["week-one", "missed-in-14-days"],
    });
    expect(result.planned).toHaveLength(1);
  });

  it("plans nothing twice when it runs again", () => {
    const ctx = buildContext();
    const draft = new Draft(buildState(), ctx);
    const request: PlanRequest = { anchor: "forms-asked", anchorAt: ctx.now, occurrence: "intake" };
    planMessages(draft, ctx, request);
    expect(planMessages(draft, ctx, request)).toEqual({ planned: [], unreachable: undefined });
    expect(draft.finish("planned").puts).toHaveLength(1);
  });

  it("says that nobody agreed to be written to when no channel has a live consent", () => {
    const { result } = plan({}, { consents: { sms: {}, email: {}, voicemail: true } });
    expect(result).toEqual({ planned: [], unreachable: "no-consented-channel" });
  });

  it("takes the second channel when the first consent was withdrawn", () => {
    const withdrawn = {
      grantedAt: "2027-01-01T00:00:00.000Z",
      withdrawnAt: "2027-01-02T00:00:00.000Z",
    };
    const granted = { grantedAt: "2027-01-01T00:00:00.000Z" };
    const { result } = plan({}, { consents: { sms: withdrawn, email: granted, voicemail: false } });
    expect(result.planned.map((message) => message.channel)).toEqual(["email"]);
  });

  it("says that a language has no reviewed templates", () => {
    expect(plan({}, { language: "vi" }).result.unreachable).toBe("language-without-templates");
  });

  it("serves a regional language by its main one", () => {
    expect(plan({}, { language: "es-MX" }).result.planned).toHaveLength(1);
  });

  it("says nothing about an anchor that the program sends nothing for", () => {
    const program = buildProgram({ messages: [] });
    const ctx = buildContext({ program });
    const draft = new Draft(buildState(buildEpisode({ language: "vi" })), ctx);
    const request: PlanRequest = { anchor: "admitted", anchorAt: ctx.now, occurrence: "1" };
    expect(planMessages(draft, ctx, request)).toEqual({ planned: [], unreachable: undefined });
  });

  it.each(["shared", "work", "held-by-staff"] as const)(
    "writes nothing about a missed session to a phone that is %s",
    (kind) => {
      const sms = { contactPointId: "cp-sms", kind };
      const email = { contactPointId: "cp-email", kind: "own" as const };
      const request = { anchor: "missed-session", occurrence: "s1" } as const;
      expect(
        plan(request, { reach: { sms, email } }).result.planned.map((one) => one.channel),
      ).toEqual(["email"]);
      expect(plan(request, { reach: { sms } }).result.unreachable).toBe("no-consented-channel");
      expect(plan({ anchor: "admitted" }, { reach: { sms } }).result.planned[0]?.channel).toBe(
        "sms",
      );
    },
  );

  it("needs the follow-up consent for a check-in once it was asked for", () => {
    const granted = { grantedAt: tuesdayMorning };
    const consents = { sms: granted, email: granted, voicemail: true };
    const withdrawn = {
      ...consents,
      aftercare: { grantedAt: tuesdayMorning, withdrawnAt: "2027-02-01T00:00:00.000Z" },
    };
    const request = { anchor: "check-in-opened", occurrence: "2" } as const;
    expect(plan(request, { status: "aftercare", consents: withdrawn }).result.unreachable).toBe(
      "no-consented-channel",
    );
    expect(plan(request, { status: "aftercare", consents }).result.planned).toHaveLength(1);
  });

  it("mirrors the link of a row that has one, and of no other", () => {
    const link = {
      itemSk: "FORM#intake",
      opensAt: tuesdayMorning,
      endsAt: "2027-01-26T16:00:00.000Z",
    };
    const { result, change } = plan({ link });
    expect(change().projections).toEqual([
      { kind: "link", linkId: result.planned[0]?.linkId, purpose: "forms", ...link },
    ]);
    expect(plan({ anchor: "admitted", link }).change().projections).toEqual([]);
  });

  it("owes a message without a workflow run as an outbox entry, and one with a workflow run to the run", () => {
    const sk = "MSG#ask-forms#intake#sms";
    expect(plan().change().outbox).toEqual([
      { kind: "send", episodeId: buildEpisode().episodeId, messageSk: sk },
    ]);
    expect(plan({ driverId: "intake-1" }).change().outbox).toEqual([]);
  });

  it("sends at once what answers something that just happened in the window", () => {
    expect(plan().result.planned[0]?.sendAt).toBe(tuesdayMorning);
  });

  it("moves what comes at night into the next window, spread by the participant", () => {
    const night = "2027-01-13T04:30:00.000Z";
    const minutes = new Set(
      Array.from({ length: 40 }, (_, index) => {
        const sendAt =
          plan({}, { participantId: `P${index}` }, night).result.planned[0]?.sendAt ?? "";
        expect(localDate(sendAt, "America/New_York")).toBe("2027-01-13");
        const time = localTime(sendAt, "America/New_York");
        expect(time >= "09:00" && time < "19:00").toBe(true);
        return time;
      }),
    );
    expect(minutes.size).toBeGreaterThan(20);
  });

  it("moves a reminder of an early session back to the day before, never past the session", () => {
    // Twenty hours before a session at 05:00 is 09:00; twenty before one at 03:00 is 07:00, before the window.
    const request = {
      anchor: "session-start",
      occurrence: "s1",
      circumstances: ["week-one"],
    } as const;
    const early = plan({ ...request, anchorAt: "2027-01-15T08:00:00.000Z" }).result.planned[0];
    expect(early?.sendAt.slice(0, 10)).toBe("2027-01-14");
    expect((early?.sendAt ?? "z") < "2027-01-15T08:00:00.000Z").toBe(true);
    expect(early?.expiresAt).toBe("2027-01-15T08:00:00.000Z");
  });

  it("keeps a reminder that no hour is left for as suppressed, with its reason", () => {
    const { result, change } = plan(
      {
        anchor: "session-start",
        occurrence: "s1",
        circumstances: ["week-one"],
        anchorAt: "2027-01-13T12:00:00.000Z",
      },
      {},
      "2027-01-13T02:00:00.000Z",
    );
    expect(result.planned).toEqual([]);
    expect(change().puts[0]?.item).toMatchObject({ status: "SUPPRESSED", reason: "no-time-left" });
    expect(change().episode.open).toEqual([]);
    expect(change().outbox).toEqual([]);
  });

  it("ends with the link it carries", () => {
    const endsAt = "2027-01-12T18:00:00.000Z";
    const link = { itemSk: "FORM#intake", opensAt: tuesdayMorning, endsAt };
    expect(plan({ link }).result.planned[0]?.expiresAt).toBe(endsAt);
  });
});

describe("where the participant is", () => {
  /** Half past midnight in New York, where the site is: nobody is written to anywhere in the country. */
  const night = "2027-01-12T05:30:00.000Z";

  it.each(["America/New_York", "America/Los_Angeles", "Pacific/Honolulu", "Asia/Tokyo"])(
    "in %s, the hours of a plan are theirs, not the site's",
    (timeZone) => {
      for (const anchor of ["forms-asked", "check-in-opened"] as const) {
        const { result } = plan({ anchor }, { timeZone }, night);
        for (const { sendAt, window, status } of result.planned) {
          if (status !== "PLANNED") continue;
          const at = localTime(sendAt, timeZone);
          expect(
            at >= window.from && at < window.to,
            `${at} of ${window.from} to ${window.to}`,
          ).toBe(true);
        }
        if (anchor === "forms-asked") expect(result.planned.length).toBeGreaterThan(0);
      }
    },
  );
});
