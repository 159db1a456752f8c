import type { Actor } from "../care/episode/actor.ts";
import type { CareDeps } from "./care-deps.ts";
import { commitContactPoint } from "./commit-contact-point.ts";
import { loadContactPoint } from "./contact-point-items.ts";

/**
 * Ends all emails to the address behind an unsubscribe link. Doing it again changes nothing.
 * @param token - the last part of the link, as it was sent
 * @returns `unknown-link` for a forged token or an address without a record; nothing is written then
 */
export async function unsubscribe(
  deps: CareDeps,
  token: string,
): Promise<"unsubscribed" | "unknown-link"> {
  const contactPointId = deps.secrets.openLink(token);
  if (contactPointId === undefined) return "unknown-link";
  const point = await loadContactPoint(deps.store, contactPointId);
  if (point === undefined || point.channel !== "email") return "unknown-link";
  await commitContactPoint(deps, {
    contactPointId,
    channel: "email",
    command: { type: "stop", how: "unsubscribe-link" },
    commandId: `unsubscribe/${contactPointId.slice(0, 16)}/${point.version}`,
    actor,
  });
  return "unsubscribed";
}

const actor: Actor = { kind: "system", part: "participant-site" };
