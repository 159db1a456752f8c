import type { DecisionContext } from "../care/change/context.ts";
import type { Draft } from "../care/change/draft.ts";
import type { Channel } from "../care/program/program.ts";
import { openTask, taskSk } from "../care/tasks/open-task.ts";
import { ownValue } from "../care/text/own-value.ts";
import { rowOf } from "./gate-input.ts";
import { usableChannels } from "./plan-messages.ts";
import { planOtherChannel } from "./plan-other-channel.ts";

const whyWords: Readonly<Record<string, string>> = {
  "opted-out": "asked for no more messages there",
  "wrong-number": "the number belongs to somebody else",
  bounced: "messages come back",
  blocked: "the carrier does not deliver",
  invalid: "the number or address does not exist",
};

/** What a task about a closed channel is about: one for each channel and contact point. */
export function channelTaskOccurrence(channel: Channel, contactPointId: string): string {
  return `${channel}-${contactPointId}`;
}

/**
 * Takes a number or address out of use for one episode: what was planned there goes the other way where
 * the participant agreed to one; otherwise a person finds a way. Opens the task once per contact point.
 * @returns how many planned messages were moved or taken back
 */
export function closeChannel(
  draft: Draft,
  ctx: DecisionContext,
  input: { readonly channel: Channel; readonly contactPointId: string; readonly why: string },
): number {
  let moved = 0;
  let isGap = false;
  for (const item of draft.items()) {
    if (item.kind !== "message" || item.status !== "PLANNED") continue;
    if (item.channel !== input.channel || item.contactPointId !== input.contactPointId) continue;
    const dropped = draft.replace(item, {
      status: "SUPPRESSED",
      reason: "contact-closed",
      settledAt: ctx.now,
    });
    moved += 1;
    const row = rowOf({ program: ctx.program, message: item });
    const hasOther =
      row !== undefined &&
      usableChannels(draft.episode, row).some((usable) => usable.channel !== input.channel);
    if (hasOther) planOtherChannel(draft, ctx, dropped, "contact-closed");
    else isGap = true;
  }
  const isPlanHidden = input.why === "wrong-number" && takePlansOffPage(draft);
  const isOnlyWay = draft.episode.reach[input.channel === "sms" ? "email" : "sms"] === undefined;
  // A number that is wrong or dead is the number that people call, too.
  const isPhoneLost = input.channel === "sms" && input.why !== "opted-out";
  if (isGap || isOnlyWay || isPhoneLost || isPlanHidden)
    openChannelTask(draft, ctx, input, isPlanHidden);
  return moved;
}

/**
 * Links that were sent to somebody else open until their end, and behind them stand the plans that the person wanted
 * on their own page: these are shown there again when staff say so.
 */
function takePlansOffPage(draft: Draft): boolean {
  const { plans = {} } = draft.episode;
  if (!Object.values(plans).some(({ isShown }) => isShown)) return false;
  const hidden = Object.entries(plans).map(([kind, plan]) => [kind, { ...plan, isShown: false }]);
  draft.set({ plans: Object.fromEntries(hidden) });
  return true;
}

function openChannelTask(
  draft: Draft,
  ctx: DecisionContext,
  input: { readonly channel: Channel; readonly contactPointId: string; readonly why: string },
  isPlanHidden: boolean,
): void {
  const occurrence = channelTaskOccurrence(input.channel, input.contactPointId);
  const known = draft.item(taskSk("channel-needed", occurrence));
  const what = input.channel === "sms" ? "Texts" : "Emails";
  openTask(draft, ctx, {
    taskKind: "channel-needed",
    occurrence: known === undefined ? occurrence : `${occurrence}-${draft.episode.version}`,
    words: `${what} cannot be sent any more: ${ownValue(whyWords, input.why) ?? "the channel is closed"}. Agree on another way to be reached.${isPlanHidden ? " Plans were taken off their own page, which links in those messages open: put them there again once that is safe." : ""}`,
    about: { type: "contact-point", id: input.contactPointId },
    evidence: { channel: input.channel, why: input.why },
  });
}
