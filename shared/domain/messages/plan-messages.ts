import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { Message } from "../episode/episode.ts";
import type { MessageAnchor, MessagePlan } from "../program/program.ts";

export type PlanRequest = {
  readonly anchor: MessageAnchor;
  /** The instant the offsets count from. */
  readonly anchorAt: string;
  /** Whose hold sends them; without one the message is owed as an effect. */
  readonly driverId?: string;
  /** Part of the business key, e.g. `w3`, a session id, a check-in number. */
  readonly occurrence: string;
  /** Circumstances that hold: rows that ask for another are left out. */
  readonly circumstances?: readonly NonNullable<MessagePlan["onlyWhen"]>[];
  /** What `{time}` and `{dayWord}` speak of. */
  readonly aboutAt?: string;
  /** What the link opens, and until when. */
  readonly link?: { readonly itemSk: string; readonly opensAt: string; readonly endsAt: string };
};

export type PlanResult = {
  readonly planned: readonly Message[];
  /** Why no message could be planned for a row that asked for one; a person has to call. */
  readonly unreachable: "no-consented-channel" | "language-without-templates" | undefined;
};

/**
 * Plans every message of the program that hangs on this anchor, under its business key
 * `MSG#<step>#<occurrence>#<channel>`: the first channel of the row's order that has a live consent of
 * the participant's own and a contact point. Never throws for a person who cannot be messaged: says so.
 */
export function planMessages(_draft: Draft, _ctx: DecisionContext, _request: PlanRequest): PlanResult {
  throw new Error("being written");
}
