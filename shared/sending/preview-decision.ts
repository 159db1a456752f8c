import { offeredWays } from "../care/approvals/approval-kinds.ts";
import { Draft } from "../care/change/draft.ts";
import type { Actor } from "../care/episode/actor.ts";
import type { CareTask } from "../care/episode/care-task.ts";
import type { Message } from "../care/episode/message.ts";
import { ownValue } from "../care/text/own-value.ts";
import { TemplateProblemError } from "../errors/template-problem-error.ts";
import { templateValues } from "../messages/fill-values.ts";
import { messageLanguage } from "../messages/message-language.ts";
import { planMessages } from "../messages/plan-messages.ts";
import { renderMessage } from "../messages/render.ts";
import type { CareDeps } from "../store/care-deps.ts";
import { loadContext } from "../store/load-context.ts";
import { loadEpisode } from "../store/load-episode.ts";
import { loadProgram } from "../store/load-program.ts";

/** A message as the participant would get it, if the decision were made now. */
export type PreviewedMessage = {
  readonly channel: Message["channel"];
  readonly sendAt: string;
  readonly subject?: string;
  readonly text: string;
};

/** What one way to decide would send; empty where it sends nothing by itself. */
export type DecisionPreview = {
  readonly decision: "approved" | "rejected";
  readonly choice?: string;
  /** What it does, as its button says it. */
  readonly label: string;
  readonly messages: readonly PreviewedMessage[];
};

const linkWords = "[a link of their own]";

/**
 * What each way to decide an approval would send at once, word for word and with its time. Nothing is
 * written, and the send gate still looks at each message when its time has come.
 */
export async function previewDecision(
  deps: CareDeps,
  episodeId: string,
  task: Pick<CareTask, "taskKind" | "proposal" | "evidence">,
  actor: Actor,
): Promise<readonly DecisionPreview[]> {
  const state = await loadEpisode(deps.store, episodeId);
  if (state === undefined) return [];
  const { episode } = state;
  const [ctx, { templates }] = await Promise.all([
    loadContext(deps, episode, actor),
    loadProgram(deps.store, episode.programId, episode.programVersion),
  ]);
  const language = messageLanguage(ctx.program.languages, episode.language) ?? "en";
  const render = (message: Message): readonly PreviewedMessage[] => {
    const template = ownValue(ownValue(templates, language), message.templateId);
    if (template === undefined) return [];
    const values = templateValues({
      senderName: ctx.site.senderName,
      phone: ctx.site.phone,
      language,
      timeZone: episode.timeZone,
      now: ctx.now,
      link: linkWords,
    });
    try {
      const { subject, text } = renderMessage(template, values, language, {
        channel: message.channel,
        class: message.class,
      });
      const { channel, sendAt } = message;
      return [{ channel, sendAt, text, ...(subject === undefined ? {} : { subject }) }];
    } catch (error) {
      // Words that speak of a time which is not fixed before the decision cannot be shown.
      if (error instanceof TemplateProblemError) return [];
      throw error;
    }
  };
  return offeredWays(task).map(({ decision, choice, label, anchor }) => {
    const planned =
      anchor === undefined
        ? []
        : planMessages(new Draft(state, ctx), ctx, {
            anchor,
            anchorAt: ctx.now,
            occurrence: "preview",
            driverId: "preview",
          }).planned;
    const messages = planned.flatMap(render);
    return { decision, label, messages, ...(choice === undefined ? {} : { choice }) };
  });
}
