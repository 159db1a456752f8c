import type { AuditFact } from "../care/change/change.ts";
import type { OpenState } from "../care/episode/episode-item.ts";
import type { Message } from "../care/episode/message.ts";

/**
 * What a change did to everything that was planned, as counts and instants for the audit trail: who corrected a fact
 * reads there what followed from it. Only what is not zero is named.
 *
 * @returns `toNewNumber` and `toNewAddress`: planned messages that go elsewhere now; `inOtherWords`: that go in
 *   another language; `atOtherHours`, with `firstWasAt` and `firstIsAt` of the earliest; `notSent`: that go no more;
 *   `planned`: new ones; `askedOfStaff`: new tasks
 */
export function whatFollowed(
  before: OpenState,
  after: OpenState,
): Readonly<Record<string, AuditFact>> {
  const isOtherLanguage = before.episode.language !== after.episode.language;
  const counts = {
    toNewNumber: 0,
    toNewAddress: 0,
    inOtherWords: 0,
    atOtherHours: 0,
    notSent: 0,
    planned: 0,
    askedOfStaff: 0,
  };
  let first: { readonly was: Message; readonly is: Message } | undefined;
  for (const [sk, is] of after.items) {
    const was = before.items.get(sk);
    if (is.kind === "task" && was === undefined && is.status === "open") counts.askedOfStaff += 1;
    if (is.kind !== "message") continue;
    if (was?.kind !== "message") {
      if (is.status === "PLANNED") counts.planned += 1;
      continue;
    }
    if (was.status !== "PLANNED") continue;
    if (is.status !== "PLANNED") {
      counts.notSent += 1;
      continue;
    }
    if (isOtherLanguage) counts.inOtherWords += 1;
    if (is.contactPointId !== was.contactPointId)
      counts[is.channel === "sms" ? "toNewNumber" : "toNewAddress"] += 1;
    if (is.sendAt === was.sendAt) continue;
    counts.atOtherHours += 1;
    if (first === undefined || is.sendAt < first.is.sendAt) first = { was, is };
  }
  return {
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    ...(first === undefined ? {} : { firstWasAt: first.was.sendAt, firstIsAt: first.is.sendAt }),
  };
}
