import type { EpisodeItem } from "../../shared/care/episode/episode-item.ts";
import type { Escalation } from "../../shared/care/episode/escalation.ts";
import type { Session } from "../../shared/care/episode/session.ts";
import type { Store } from "../../shared/ports/store.ts";
import { buildMessage } from "../builders/message.ts";
import { buildTask, tuesdayMorning } from "../builders/state.ts";
import { personAt, type StaffWorld } from "./staff-world.ts";

/** Everything of one person that an address may name. */
export type Ids = Readonly<
  Record<"episode" | "call" | "approval" | "alert" | "message" | "session" | "visit", string>
>;

/** A session that stands in the timetable of the program: what is changed for everybody. */
const ofTheTimetable = "riverside:adult-iop:2027-01-14:thu-group";

/** The address of a route for the person of a test. */
export function addressOf(path: string, ids: Ids): string {
  const named: Readonly<Record<string, string>> = {
    siteId: "riverside",
    episodeId: ids.episode,
    taskId: path.includes("/decision") ? ids.approval : ids.call,
    escalationId: ids.alert,
    messageId: ids.message,
    sessionId: path.includes("/visits/")
      ? ids.visit
      : /\/(changes|schedule)(\/|$)/.test(path)
        ? ofTheTimetable
        : ids.session,
  };
  return path.replaceAll(/:(\w+)/g, (_part, name: string) => named[name] ?? "unknown");
}

let people = 0;
/**
 * Somebody new with one of everything, and the ids of it.
 * @param minute - of every instant of it: one that nothing else has tells where a page shows one
 */
export async function somebody(world: StaffWorld<Store>, minute = "00"): Promise<Ids> {
  people += 1;
  const id = (letter: string) => `01JHTEST0000000000000${letter}${String(people).padStart(4, "0")}`;
  const call = buildTask({ sk: "TASK#first-contact-call#intake", taskKind: "first-contact-call" });
  const approval = buildTask({
    sk: "TASK#week-review-approval#w2",
    taskKind: "week-review-approval",
    isApproval: true,
    proposal: "continue",
  });
  const slot = `slot-${people}`;
  const session: Session = {
    kind: "session",
    sk: `SESSION#2027-01-12#${slot}`,
    version: 1,
    sessionId: id("S"),
    groupSessionId: `riverside:adult-iop:2027-01-12:${slot}`,
    slot,
    week: 2,
    on: "2027-01-12",
    scheduledStartAt: "2027-01-12T15:00:00.000Z",
    scheduledEndAt: "2027-01-12T18:00:00.000Z",
    timeZone: "America/New_York",
    modality: "group",
    counts: true,
    status: "planned",
  };
  const times = { startAt: "2027-01-15T20:00:00.000Z", endAt: "2027-01-15T20:50:00.000Z" };
  // Nobody is named who holds it: the visits of many people stand at one time.
  const visit: Session = {
    ...session,
    sk: `SESSION#2027-01-15#visit-${people}`,
    sessionId: id("W"),
    groupSessionId: `riverside:adult-iop:2027-01-15:visit-${people}`,
    slot: `visit-${people}`,
    on: "2027-01-15",
    scheduledStartAt: times.startAt,
    scheduledEndAt: times.endAt,
    modality: "individual",
    visit: { seriesId: id("R"), ...times },
  };
  const alert: Escalation = {
    kind: "escalation",
    sk: "ESC#e1",
    version: 1,
    escalationId: id("X"),
    tier: "RED",
    status: "open",
    raisedAt: tuesdayMorning,
    contactDueAt: "2027-01-12T17:00:00.000Z",
    trigger: { source: "instrument", rule: "phq-9/phq9-9", value: 2 },
    reason: "An answer about self-harm.",
    pageTier: 0,
    pageAttempt: 0,
    tierEndsAt: "2027-01-12T16:15:00.000Z",
    acknowledgements: [],
    contacts: [],
    confirmed: true,
  };
  const message = buildMessage({ messageId: id("M") });
  const items: readonly EpisodeItem[] = [
    { ...call, taskId: id("T") },
    { ...approval, taskId: id("V") },
    session,
    visit,
    alert,
    message,
  ];
  const week = {
    week: 2,
    startsOn: "2027-01-11",
    expectedMinutes: 540,
    attendedMinutes: 0,
    isFullWeek: true,
    byDay: {},
  };
  await world.add({
    episode: personAt("riverside", {
      episodeId: id("E"),
      participantId: id("P"),
      status: "active",
      admittedOn: "2027-01-04",
      releases: [{ from: "2027-01-04", until: "2027-07-04" }],
      week: 2,
      weeks: [week],
      openEscalations: [{ escalationId: alert.escalationId, tier: "RED" }],
    }),
    items: JSON.parse(JSON.stringify(items).replaceAll(":00:00.000Z", `:${minute}:00.000Z`)),
  });
  return {
    episode: id("E"),
    call: id("T"),
    approval: id("V"),
    alert: id("X"),
    message: id("M"),
    session: session.groupSessionId,
    visit: id("W"),
  };
}
