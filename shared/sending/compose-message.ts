import type { DecisionContext } from "../care/change/context.ts";
import type { ContactPoint } from "../care/contact-points/contact-point.ts";
import type { Actor } from "../care/episode/actor.ts";
import type { Episode } from "../care/episode/episode.ts";
import type { Message } from "../care/episode/message.ts";
import { ownValue } from "../care/text/own-value.ts";
import { windowEnd } from "../care/time/zoned-time.ts";
import { TemplateProblemError } from "../errors/template-problem-error.ts";
import { keys } from "../keys/keys.ts";
import { type GateInput, isPlannedClass } from "../messages/gate-input.ts";
import { allowedHours } from "../messages/gate-times.ts";
import { renderMessage } from "../messages/render.ts";
import { type MessageTemplates, messageLanguage, templateValues } from "../messages/template.ts";
import type { OutgoingMessage } from "../ports/message-sender.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { Store } from "../ports/store.ts";
import type { CareDeps } from "../store/care-deps.ts";
import { loadAddress, loadContactPoint } from "../store/contact-point-items.ts";
import { loadContext } from "../store/decide-and-commit.ts";
import { readEpisode, readEpisodeItem } from "../store/episode-forms.ts";
import { loadProgram } from "../store/load-program.ts";
import { readLedger } from "./claim-message.ts";

/** Everything that sending one message looks at, read from the items themselves. */
export type SendContext = {
  readonly episode: Episode;
  readonly message: Message;
  readonly contactPoint: ContactPoint | undefined;
  readonly ctx: DecisionContext;
  readonly templates: MessageTemplates;
  readonly gate: GateInput;
};

export const sendActor: Actor = { kind: "system", part: "send-message" };

/** Loads all of it fresh; `undefined` when the episode or the message is not there. */
export async function loadSendContext(
  deps: CareDeps,
  episodeId: string,
  messageSk: string,
): Promise<SendContext | undefined> {
  const key = keys.episode(episodeId);
  const found = await deps.store.getMany("care", [key, keys.episodeItem(episodeId, messageSk)]);
  const root = found.find(({ sk }) => sk === key.sk);
  const item = found.find(({ sk }) => sk === messageSk);
  const message = item === undefined ? undefined : readEpisodeItem(item);
  if (root === undefined || message?.kind !== "message") return undefined;
  const episode = readEpisode(root);
  const [ctx, loaded, contactPoint] = await Promise.all([
    loadContext(deps, episode, sendActor),
    loadProgram(deps.store, episode.programId, episode.programVersion),
    loadContactPoint(deps.store, message.contactPointId),
  ]);
  const { now, program, policy, site } = ctx;
  const sent = await readLedger(deps.store, { episode, message, policy, site, now });
  return {
    episode,
    message,
    contactPoint,
    ctx,
    templates: loaded.templates,
    gate: { now, message, episode, contactPoint, program, policy, site, sent },
  };
}

export type ComposeDeps = {
  readonly store: Store;
  readonly secrets: Secrets;
  /** Where links lead, without a slash at the end. */
  readonly publicOrigin: string;
};

/** What would be handed to the provider, or why nothing can be. */
export type Composed =
  | { readonly outgoing: OutgoingMessage; readonly problem?: undefined }
  | { readonly problem: "no-address" | "no-template"; readonly outgoing?: undefined };

/** The link of a message: opaque, sealed, and nothing about what it opens. */
export function linkUrl(
  deps: Pick<ComposeDeps, "secrets" | "publicOrigin">,
  linkId: string,
): string {
  return `${deps.publicOrigin}/k/${deps.secrets.sealLink(linkId)}`;
}

/** Where one POST ends all emails to an address. */
export function unsubscribeUrl(
  deps: Pick<ComposeDeps, "secrets" | "publicOrigin">,
  contactPointId: string,
): string {
  return `${deps.publicOrigin}/u/${deps.secrets.sealLink(contactPointId)}`;
}

/** Fills the message's template with the site's neutral name, its link and its times. */
export async function composeMessage(deps: ComposeDeps, context: SendContext): Promise<Composed> {
  const { episode, message, ctx, templates } = context;
  const language =
    messageLanguage(ctx.program.languages, episode.language) ?? ctx.program.languages[0] ?? "en";
  const template = ownValue(ownValue(templates, language), message.templateId);
  if (template === undefined) return { problem: "no-template" };
  const to = await loadAddress(deps.store, message.contactPointId);
  if (to === undefined) return { problem: "no-address" };
  const unsubscribe =
    message.channel === "email" ? unsubscribeUrl(deps, message.contactPointId) : undefined;
  const values = templateValues({
    senderName: ctx.site.senderName,
    phone: ctx.site.phone,
    language,
    timeZone: episode.timeZone,
    now: ctx.now,
    isOnline: message.isOnline === true,
    address: ctx.site.address,
    visitZone: message.isOnline === true ? episode.timeZone : ctx.site.timeZone,
    ...(message.aboutAt === undefined ? {} : { aboutAt: message.aboutAt }),
    ...(message.wasAt === undefined ? {} : { wasAt: message.wasAt }),
    ...(message.linkId === undefined ? {} : { link: linkUrl(deps, message.linkId) }),
  });
  const crisisText = ownValue(ctx.policy.crisisText, language);
  try {
    const rendered = renderMessage(template, values, language, {
      channel: message.channel,
      class: message.class,
      ...(crisisText === undefined ? {} : { crisisText }),
      ...(unsubscribe === undefined ? {} : { unsubscribeUrl: unsubscribe }),
    });
    const { senders } = ctx.site;
    return {
      outgoing: {
        messageId: message.messageId,
        participantId: episode.participantId,
        templateId: message.templateId,
        channel: message.channel,
        to,
        from: message.channel === "sms" ? senders.sms : senders.email,
        senderName: ctx.site.senderName,
        language,
        ...rendered,
        ...(message.channel === "email"
          ? { replyTo: senders.replyTo }
          : { timeToLiveSeconds: lifeSeconds(message, context) }),
        ...(unsubscribe === undefined ? {} : { unsubscribeUrl: unsubscribe }),
      },
    };
  } catch (error) {
    if (error instanceof TemplateProblemError) return { problem: "no-template" };
    throw error;
  }
}

/** A text that its carrier holds back must not arrive in quiet hours or after it makes sense. */
function lifeSeconds(message: Message, { ctx, episode }: SendContext): number {
  const limits = [message.expiresAt];
  const hours = allowedHours({ message, policy: ctx.policy });
  if (isPlannedClass(message) && hours !== undefined)
    limits.push(windowEnd(ctx.now, hours, episode.timeZone));
  // A notice about a session tells nothing any more once that has begun.
  if (message.class === "schedule-notice" && message.aboutAt !== undefined)
    limits.push(message.aboutAt);
  const end = Math.min(...limits.map((limit) => Date.parse(limit)));
  return Math.max(0, Math.floor((end - Date.parse(ctx.now)) / 1000));
}
