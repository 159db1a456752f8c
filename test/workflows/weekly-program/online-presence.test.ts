import { describe, expect, it } from "vitest";
import type { Session } from "../../../shared/care/episode/session.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { buildSession, inProgram, mark } from "../../builders/attendance.ts";
import { buildContext, episodeId } from "../../builders/state.ts";

const online = (more: Partial<Session> = {}) =>
  buildSession({
    place: { onlineAddress: "https://meet.example.org/group" },
    leaderId: "avery-riverside",
    ...more,
  });
const presence = { address: "7 Orchard Road, Hoboken", state: "NJ", callback: "+12125550123" };
const licensed = (states: string[]) => ({
  site: {
    ...buildContext({}).site,
    state: "NY",
    licences: [{ staffId: "avery-riverside", states }],
  },
});
const enter = (
  session: Session,
  input: Parameters<typeof mark>[2],
  ctx: Parameters<typeof mark>[3] = licensed(["NJ", "NY"]),
) => mark(inProgram([session]), session, input, ctx);

describe("whoever comes online", () => {
  it.each(["present", "late", "left-early"] as const)(
    "is entered as “%s” with where they are, or not at all",
    (status) => {
      const times = { arrivedAt: "2027-01-11T14:30:00.000Z", leftAt: "2027-01-11T16:00:00.000Z" };
      const without = enter(online(), { status, ...times });
      expect(without.refusal?.sentence).toContain("say where the person is, in which state");
      const { change, session } = enter(online(), { status, ...times, presence });
      expect(session.attendance?.online).toEqual({ state: "NJ" });
      expect(change?.identityPuts).toEqual([
        {
          ...keys.presence(episodeId, "session-1"),
          attributes: expect.objectContaining({
            address: presence.address,
            callback: presence.callback,
          }),
        },
      ]);
      expect(JSON.stringify(change?.puts)).not.toContain("Orchard");
      expect(change?.audit.facts).toMatchObject({ onlineState: "NJ" });
    },
  );

  it("is in a state for which no licence of the leader is on record only with a reason", () => {
    const refused = enter(online(), { status: "present", presence }, licensed(["NY"]));
    expect(refused.refusal?.sentence).toBe(
      "{staff:avery-riverside} is licensed in New York, and the person is in New Jersey at that time. Say why the session is held all the same, as the reason.",
    );
    const entered = enter(
      online(),
      { status: "present", presence, reason: "Crisis, stayed on the line" },
      licensed(["NY"]),
    );
    expect(entered.session.attendance?.online).toEqual({ state: "NJ", isOutsideLicence: true });
    expect(entered.change?.audit.facts).toMatchObject({ outsideLicence: true });
  });
});

describe("whoever does not come online", () => {
  it("is nowhere else: no place is taken of who was not there", () => {
    const { refusal } = enter(online(), { status: "no-show", presence });
    expect(refusal?.sentence).toContain("Where somebody is, is said of who is there");
    expect(enter(online(), { status: "no-show" }).refusal).toBeUndefined();
  });

  it("says nothing at a session in a room, and says it where they joined that one online", () => {
    expect(enter(buildSession(), { status: "present" }).session.attendance).not.toHaveProperty(
      "online",
    );
    const joined = enter(buildSession(), { status: "present", presence });
    expect(joined.session.attendance?.online).toEqual({ state: "NJ" });
  });
});

describe("a correction of who came online", () => {
  const entered = enter(online(), { status: "present", presence }).session;
  const correct = (input: Parameters<typeof mark>[2]) =>
    enter(entered, { reason: "Mixed up", ...input }).session.attendance?.online;

  it("keeps where they were, takes what is said now, and keeps nothing of who was not there after all", () => {
    expect(correct({ status: "left-early", leftAt: "2027-01-11T16:00:00.000Z" })).toEqual({
      state: "NJ",
    });
    expect(correct({ status: "present", presence: { ...presence, state: "NY" } })).toEqual({
      state: "NY",
    });
    expect(correct({ status: "no-show" })).toBeUndefined();
  });
});
