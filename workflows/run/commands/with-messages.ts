import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import type { Message } from "../../../shared/care/episode/message.ts";

/** The state with all messages among its items, settled ones too: what was sent decides what is asked again. */
export function withMessages(state: OpenState, messages: readonly Message[]): OpenState {
  return {
    episode: state.episode,
    items: new Map([...messages.map((message) => [message.sk, message] as const), ...state.items]),
  };
}
