import type { Refusal } from "../change/change.ts";
import type { OpenState } from "../episode/episode-item.ts";
import type { Disposition } from "../program/program.ts";

/** Endings that wait while a serious alert is open; leaving, moving or more care never do. */
export const lockedDispositions: readonly Disposition[] = [
  "completed",
  "transfer-down",
  "administrative",
];

/** Ids of the open RED and ORANGE alerts; a match of words counts once a clinician has confirmed it. */
export function lockingAlerts(state: OpenState): readonly string[] {
  const items = [...state.items.values()];
  return state.episode.openEscalations
    .filter(({ tier }) => tier === "RED" || tier === "ORANGE")
    .filter(({ escalationId }) => {
      const alert = items.find(
        (item) => item.kind === "escalation" && item.escalationId === escalationId,
      );
      // An alert that is not in sight locks: better to look twice.
      if (alert?.kind !== "escalation") return true;
      return alert.status !== "closed" && alert.confirmed;
    })
    .map(({ escalationId }) => escalationId);
}

/** Why an ending may not be decided now, or `undefined` when safety leaves it free. */
export function safetyLock(state: OpenState, disposition: string): Refusal | undefined {
  if (!lockedDispositions.some((locked) => locked === disposition)) return undefined;
  const alerts = lockingAlerts(state);
  const [first] = alerts;
  if (first === undefined) return undefined;
  return {
    refused: "locked-by-safety",
    sentence:
      "A safety alert is open. Speak with the person and let a clinician close the alert, then decide.",
    details: { openAlerts: alerts.length, escalationId: first },
  };
}
