import type { DecisionContext } from "../care/change/context.ts";
import type { ContactPoint } from "../care/contact-points/contact-point.ts";
import type { Actor } from "../care/episode/actor.ts";
import type { Episode } from "../care/episode/episode.ts";
import type { Message } from "../care/episode/message.ts";
import { keys } from "../keys/keys.ts";
import type { GateInput } from "../messages/gate-input.ts";
import type { MessageTemplates } from "../messages/template.ts";
import type { CareDeps } from "../store/care-deps.ts";
import { loadContactPoint } from "../store/contact-point-items.ts";
import { readEpisode } from "../store/episode-forms.ts";
import { loadContext } from "../store/load-context.ts";
import { loadProgram } from "../store/load-program.ts";
import { loadMessage } from "../store/message-items.ts";
import { readLedger } from "../store/message-ledger.ts";

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
  const [root, message] = await Promise.all([
    deps.store.get("care", key.pk, key.sk),
    loadMessage(deps.store, episodeId, messageSk),
  ]);
  if (root === undefined || message === undefined) return undefined;
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
