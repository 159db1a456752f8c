import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import type { Message } from "../../../shared/care/episode/message.ts";
import type { Session } from "../../../shared/care/episode/session.ts";

/** The state with all messages among its items, settled ones too: what was sent decides what is asked again. */
export function withMessages(state: OpenState, messages: readonly Message[]): OpenState {
  return {
    episode: state.episode,
    items: new Map([...messages.map((message) => [message.sk, message] as const), ...state.items]),
  };
}

/** The state with all sessions of its open weeks among its items: those that are not held are closed items. */
export function withSessions(state: OpenState, sessions: readonly Session[]): OpenState {
  const open = new Set(
    state.episode.weeks.flatMap(({ week, closedAt }) => (closedAt === undefined ? [week] : [])),
  );
  const ofOpenWeeks = sessions.filter(({ week }) => open.has(week));
  return {
    episode: state.episode,
    items: new Map([...ofOpenWeeks.map((one) => [one.sk, one] as const), ...state.items]),
  };
}
