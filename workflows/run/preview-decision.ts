import { offeredWays } from "../../shared/care/approvals/approval-kinds.ts";
import type { Actor } from "../../shared/care/episode/actor.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { Message } from "../../shared/care/episode/message.ts";
import { ownValue } from "../../shared/care/text/own-value.ts";
import { TemplateProblemError } from "../../shared/errors/template-problem-error.ts";
import { renderMessage } from "../../shared/messages/render.ts";
import { messageLanguage, templateValues } from "../../shared/messages/template.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { loadDecision } from "../../shared/store/decide-and-commit.ts";
import { loadProgram } from "../../shared/store/load-program.ts";
import { foreseeDecision } from "./foresee-decision.ts";

/** A message as the participant would get it, if the decision were made now. */
export type PreviewedMessage = {
  readonly channel: Message["channel"];
  readonly sendAt: string;
  readonly subject?: string;
  readonly text: string;
};

/** What one way to decide would lead to; empty where it sends nothing by itself. */
export type DecisionPreview = {
  readonly decision: "approved" | "rejected";
  readonly choice?: string;
  /** What it does, as its button says it. */
  readonly label: string;
  readonly messages: readonly PreviewedMessage[];
  /** What people would be asked to say instead, in the words of the task. */
  readonly calls: readonly string[];
};

const linkWords = "[a link of their own]";

/**
 * What each way to decide an approval would send, word for word and with its time: what the workflows plan once the
 * decision has rested. Nothing is written, and the send gate still looks at each message when its time has come.
 */
export async function previewDecision(
  deps: CareDeps,
  episodeId: string,
  task: CareTask,
  actor: Actor,
): Promise<readonly DecisionPreview[]> {
  const loaded = await loadDecision(deps, { episodeId, actor });
  if (loaded === undefined) return [];
  const { ctx, state } = loaded;
  const { episode } = state;
  const { templates } = await loadProgram(deps.store, episode.programId, episode.programVersion);
  const language = messageLanguage(ctx.program.languages, episode.language) ?? "en";
  const { site } = ctx;
  const render = (message: Message): readonly PreviewedMessage[] => {
    const template = ownValue(ownValue(templates, language), message.templateId);
    if (template === undefined) return [];
    const { channel, sendAt, isOnline = false, aboutAt, wasAt } = message;
    const values = templateValues({
      senderName: site.senderName,
      phone: site.phone,
      address: site.address,
      language,
      timeZone: episode.timeZone,
      now: sendAt,
      isOnline,
      visitZone: isOnline ? episode.timeZone : site.timeZone,
      ...(aboutAt === undefined ? {} : { aboutAt }),
      ...(wasAt === undefined ? {} : { wasAt }),
      link: linkWords,
    });
    try {
      const { subject, text } = renderMessage(template, values, language, {
        channel,
        class: message.class,
      });
      return [{ channel, sendAt, text, ...(subject === undefined ? {} : { subject }) }];
    } catch (error) {
      if (error instanceof TemplateProblemError) return [];
      throw error;
    }
  };
  return offeredWays(task).map(({ decision, choice, label }) => {
    const { messages, calls } = foreseeDecision(state, ctx, task, {
      decision,
      ...(choice === undefined ? {} : { choice }),
    });
    return {
      decision,
      label,
      messages: messages.flatMap(render),
      calls: calls.map(({ words }) => words),
      ...(choice === undefined ? {} : { choice }),
    };
  });
}
