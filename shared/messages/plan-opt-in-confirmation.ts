import type { DecisionContext } from "../care/change/context.ts";
import type { Draft } from "../care/change/draft.ts";
import { addHours } from "../care/time/instants.ts";
import { messageSk } from "./plan-messages.ts";
import { messageLanguage } from "./template.ts";

const templateId = "opt-in-confirm";
/** It tells that texts begin, and how they end: later than this it would tell nothing new. */
const makesSenseHours = 24;

/**
 * Plans the text that confirms that somebody agreed to texts: that they come, how many, and how to end them. It
 * answers what the person has just said, so that no cap and no hour holds it. None goes in a language without
 * reviewed words: an interpreter says it.
 */
export function planOptInConfirmation(draft: Draft, ctx: DecisionContext): void {
  const { episodeId, language, reach, version } = draft.episode;
  if (reach.sms === undefined) return;
  if (messageLanguage(ctx.program.languages, language) === undefined) return;
  const sk = messageSk(templateId, `v${version}`, "sms");
  draft.add({
    kind: "message",
    sk,
    version: 1,
    messageId: ctx.newId(),
    step: templateId,
    occurrence: `v${version}`,
    templateId,
    class: "reply",
    channel: "sms",
    contactPointId: reach.sms.contactPointId,
    status: "PLANNED",
    plannedAt: ctx.now,
    sendAt: ctx.now,
    expiresAt: addHours(ctx.now, makesSenseHours),
    window: { from: "00:00", to: "23:59" },
    attempts: 0,
  });
  draft.owe({ kind: "send", episodeId, messageSk: sk });
}
