import type { Draft } from "../../../shared/care/change/draft.ts";
import { firstOccurrence, type Message } from "../../../shared/care/episode/message.ts";
import type { MessageAnchor } from "../../../shared/care/program/program.ts";

type Stands = (draft: Draft, message: Message) => boolean;
type Item = ReturnType<Draft["items"]>[number];

const always: Stands = () => true;

function some(draft: Draft, is: (item: Item) => boolean): boolean {
  return draft.items().some(is);
}

/** A session as the message says it is: at that time, and not over. */
const held: Stands = (draft, { occurrence, aboutAt, anchorAt }) =>
  some(
    draft,
    (item) =>
      item.kind === "session" &&
      item.sessionId === firstOccurrence(occurrence) &&
      item.status === "planned" &&
      item.scheduledStartAt === (aboutAt ?? anchorAt) &&
      item.scheduledStartAt > draft.now,
  );

const dayIs =
  (status: "planned" | "cancelled"): Stands =>
  (draft, { occurrence }) =>
    some(
      draft,
      (item) =>
        item.kind === "session" &&
        item.on === firstOccurrence(occurrence) &&
        item.status === status &&
        item.scheduledStartAt > draft.now,
    );

const isAsked: Stands = (draft, { occurrence }) =>
  some(
    draft,
    (item) =>
      item.kind === "form" &&
      item.status === "asked" &&
      (occurrence === item.occasion || occurrence.startsWith(`${item.occasion}-`)),
  );

/** What a message of each anchor speaks of, and whether that stands. What is told once only cannot be gone. */
const stands: Readonly<Record<MessageAnchor, Stands>> = {
  "intake-received": always,
  "forms-asked": isAsked,
  admitted: always,
  declined: always,
  waiting: (draft) => draft.episode.status === "waiting",
  "week-opened": (draft, { occurrence }) =>
    draft.episode.weeks.some(
      ({ week, closedAt }) => `w${week}` === firstOccurrence(occurrence) && closedAt === undefined,
    ),
  "session-start": held,
  "session-booked": held,
  "measures-asked": isAsked,
  "session-cancelled": dayIs("cancelled"),
  "session-held": dayIs("planned"),
  "session-off": (draft, { occurrence }) =>
    some(
      draft,
      (item) =>
        item.kind === "session" &&
        item.sessionId === firstOccurrence(occurrence) &&
        item.status === "cancelled" &&
        item.cancelledFor !== undefined,
    ),
  "session-on": held,
  "session-moved": held,
  "session-online": held,
  "session-on-site": held,
  "missed-session": (draft, { occurrence }) =>
    some(
      draft,
      (item) =>
        item.kind === "outreach" &&
        item.status === "climbing" &&
        occurrence.startsWith(`${item.outreachId}-`),
    ),
  "discharge-approved": always,
  "check-in-opened": (draft, { occurrence }) =>
    some(
      draft,
      (item) =>
        item.kind === "check-in" &&
        (item.status === "planned" || item.status === "open") &&
        (occurrence === `c${item.number}` || occurrence.startsWith(`c${item.number}-`)),
    ),
  "aftercare-closed": always,
};

/**
 * True where what a message speaks of is still so: the session held at that time, the form or check-in still asked, the
 * week not over. A message that was out when it changed has not been taken back with it.
 */
export function subjectStands(draft: Draft, message: Message, anchor: MessageAnchor): boolean {
  return stands[anchor](draft, message);
}
