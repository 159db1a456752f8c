import { describe, expect, it } from "vitest";
import {
  type ContactPoint,
  newContactPoint,
} from "../../../../shared/care/contact-points/contact-point.ts";
import {
  type ContactPointCommand,
  decideContactPoint,
} from "../../../../shared/care/contact-points/decide-contact-point.ts";
import { fc } from "../../../builders/properties.ts";

describe("a contact point", () => {
  const open = newContactPoint({ contactPointId: "cp", channel: "sms", ownership: "shared" });
  const at = "2027-01-12T16:00:00.000Z";
  const told = (...commands: readonly ContactPointCommand[]) =>
    commands.reduce<ContactPoint>(
      (point, command) => decideContactPoint(point, command, at)?.contactPoint ?? point,
      open,
    );
  const stop = { type: "stop", how: "text" } as const;
  const start = { type: "start", how: "text" } as const;
  const fail = { type: "fail", failure: "bounced" } as const;

  it("is closed by STOP at once for all who share it, and opened by START", () => {
    const stopped = decideContactPoint(open, stop, at);
    expect(stopped).toMatchObject({
      contactPoint: { state: "opted-out", version: 1 },
      action: "contact-point-opted-out",
      notice: { type: "channel-closed", why: "opted-out" },
    });
    expect(decideContactPoint(told(stop), start, at)).toMatchObject({
      contactPoint: { state: "open" },
      notice: { type: "channel-reopened" },
    });
  });

  it("keeps the participant's own word above everything else", () => {
    expect(told(stop, fail).state).toBe("opted-out");
    expect(told(fail).state).toBe("failed");
    expect(decideContactPoint(told(fail), stop, at)?.notice).toEqual({
      type: "channel-closed",
      why: "opted-out",
    });
    expect(decideContactPoint(open, fail, at)?.notice).toEqual({
      type: "channel-closed",
      why: "bounced",
    });
  });

  it("that belongs to somebody else is not opened by START", () => {
    expect(told({ type: "wrong-number" }, stop, start).state).toBe("wrong-number");
    expect(
      decideContactPoint(told({ type: "wrong-number" }, stop), start, at)?.notice,
    ).toBeUndefined();
  });

  it("is opened again by staff who vouch that it is the person's, unless it asked for no more texts", () => {
    const reopen = { type: "reopen" } as const;
    const wrong = told({ type: "wrong-number" });
    expect(decideContactPoint(wrong, reopen, at)).toMatchObject({
      contactPoint: { state: "open", verifiedAt: at },
      action: "contact-point-reopened",
      facts: { how: "staff" },
      notice: { type: "channel-reopened" },
    });
    expect(told(fail, reopen).state).toBe("open");
    expect(told({ type: "wrong-number" }, stop, reopen).state).toBe("opted-out");
    expect(told(reopen)).toMatchObject({ state: "open", verifiedAt: at });
  });

  it("changes nothing when it is told the same twice", () => {
    const commands: readonly ContactPointCommand[] = [
      stop,
      fail,
      { type: "wrong-number" },
      { type: "verify" },
    ];
    for (const command of commands) {
      expect(decideContactPoint(told(command), command, at)).toBeUndefined();
    }
    expect(decideContactPoint(open, start, at)).toBeUndefined();
  });

  it("is verified without being opened or closed", () => {
    const verified = decideContactPoint(open, { type: "verify" }, at);
    expect(verified?.contactPoint).toMatchObject({ state: "open", verifiedAt: at });
    expect(verified?.notice).toEqual({ type: "channel-confirmed" });
    expect(
      newContactPoint({ contactPointId: "cp", channel: "email", verifiedAt: at }).verifiedAt,
    ).toBe(at);
  });

  it("is open only when nothing speaks against it, after any commands in any order", () => {
    const command = fc.constantFrom<ContactPointCommand>(
      stop,
      start,
      fail,
      { type: "wrong-number" },
      { type: "verify" },
      { type: "reopen" },
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
        const point = told(...commands);
        const isClear =
          point.optOut === undefined &&
          point.wrongNumberAt === undefined &&
          point.hardFailedAt === undefined;
        expect(point.state === "open").toBe(isClear);
        if (commands.at(-1)?.type === "stop") expect(point.state).toBe("opted-out");
      }),
    );
  });

  it.each<[string, readonly ContactPointCommand[], ContactPointCommand, object]>([
    [
      "a STOP",
      [],
      stop,
      { action: "contact-point-opted-out", facts: { how: "text", state: "opted-out" } },
    ],
    [
      "a START",
      [stop],
      start,
      { action: "contact-point-reopened", facts: { how: "text", state: "open" } },
    ],
    [
      "a failure",
      [],
      fail,
      { action: "contact-point-failed", facts: { failure: "bounced", state: "failed" } },
    ],
    [
      "that it is somebody else's",
      [],
      { type: "wrong-number" },
      { action: "contact-point-found-wrong", facts: { state: "wrong-number" } },
    ],
    [
      "that it is right",
      [],
      { type: "verify" },
      { action: "contact-point-verified", facts: { state: "open" } },
    ],
  ])("tells the audit trail of %s", (_what, before, command, told_) => {
    const point = told(...before);
    const change = decideContactPoint(point, command, at);
    expect({ action: change?.action, facts: change?.facts }).toEqual(told_);
    expect(change?.contactPoint.version).toBe(point.version + 1);
  });

  it("tells the episodes only of what changes for them", () => {
    const quiet: readonly (readonly [readonly ContactPointCommand[], ContactPointCommand])[] = [
      [[stop], fail],
      [[fail], { type: "wrong-number" }],
      [[{ type: "wrong-number" }], fail],
      [[{ type: "wrong-number" }, stop], start],
    ];
    for (const [before, command] of quiet) {
      const change = decideContactPoint(told(...before), command, at);
      expect(change, command.type).toBeDefined();
      expect(change, command.type).not.toHaveProperty("notice");
    }
    expect(decideContactPoint(open, { type: "wrong-number" }, at)?.notice).toEqual({
      type: "channel-closed",
      why: "wrong-number",
    });
  });

  it("forgets a stop and a failure with a START, and nothing else", () => {
    const again = told({ type: "verify" }, fail, stop, start);
    // A number that failed has just written to us: it works.
    expect(told(fail, start).state).toBe("open");
    expect(again).toMatchObject({ state: "open", verifiedAt: at });
    for (const gone of ["optOut", "hardFailedAt", "failure"])
      expect(again).not.toHaveProperty(gone);
    expect(told(fail)).toMatchObject({ hardFailedAt: at, failure: "bounced" });
    expect(told(stop)).toMatchObject({ optOut: { at, how: "text" } });
    expect(told({ type: "wrong-number" })).toMatchObject({ wrongNumberAt: at });
  });

  describe("when staff vouch for it", () => {
    const reopen = { type: "reopen" } as const;
    const stopBy = (how: string) => ({ type: "stop", how }) as const;
    const later = "2027-01-13T16:00:00.000Z";

    it.each(["text", "provider-list", "complaint"])(
      "keeps a stop that a carrier or a mail provider heard: %s",
      (how) => {
        const stopped = told(stopBy(how));
        expect(decideContactPoint(stopped, reopen, later)).toEqual({
          contactPoint: { ...stopped, verifiedAt: later, version: stopped.version + 1 },
          action: "contact-point-verified",
          facts: { state: "opted-out" },
          notice: { type: "channel-confirmed" },
        });
        // With a failure beside it the failure is taken back, and the stop stands.
        const failed = told(stopBy(how), fail);
        const change = decideContactPoint(failed, reopen, later);
        expect(change).toMatchObject({
          contactPoint: { state: "opted-out", optOut: { at, how } },
          action: "contact-point-reopened",
          facts: { how: "staff", state: "opted-out" },
        });
        expect(change).not.toHaveProperty("notice");
        expect(change?.contactPoint).not.toHaveProperty("hardFailedAt");
        expect(change?.contactPoint).not.toHaveProperty("failure");
        expect(
          decideContactPoint(told(stopBy(how), { type: "verify" }), reopen, later),
        ).toBeUndefined();
      },
    );

    it.each(["staff", "unsubscribe-link"])("takes back a stop that only we heard: %s", (how) => {
      const change = decideContactPoint(told(stopBy(how)), reopen, later);
      expect(change).toMatchObject({
        contactPoint: { state: "open", verifiedAt: later },
        action: "contact-point-reopened",
        facts: { how: "staff", state: "open" },
        notice: { type: "channel-reopened" },
      });
      expect(change?.contactPoint).not.toHaveProperty("optOut");
      expect(decideContactPoint(told(stopBy(how), fail), reopen, later)).toMatchObject({
        contactPoint: { state: "open" },
      });
    });

    it("changes nothing of one that is open and confirmed, and keeps when it was confirmed", () => {
      const confirmed = told({ type: "verify" });
      expect(decideContactPoint(confirmed, reopen, later)).toBeUndefined();
      expect(decideContactPoint(open, reopen, later)?.action).toBe("contact-point-verified");
      for (const closed of [fail, { type: "wrong-number" } as const, stopBy("staff")])
        expect(
          decideContactPoint(told({ type: "verify" }, closed), reopen, later)?.contactPoint,
          closed.type,
        ).toMatchObject({ state: "open", verifiedAt: at });
    });
  });
});
