import { type Policy, policySchema } from "../care/program/policy.ts";
import { NotFoundError } from "../errors/not-found-error.ts";
import { keys } from "../keys/keys.ts";
import type { Store, StoredItem } from "../ports/store.ts";
import { isUnreadable, readOr, readStored, storedForm, type Unreadable } from "./read-stored.ts";

export const policyForm = storedForm("care", "policy", policySchema);

/** A policy, and where it is not the live one, why that one cannot be read. */
export type PolicyInUse = { readonly policy: Policy; readonly fault?: Unreadable };

/**
 * The live policy: always the version of this moment.
 * @throws {NotFoundError} when there is none
 * @throws {UnreadableItemError} {ItemTooNewError} when neither it nor any before it can be read
 */
export async function loadPolicy(deps: { readonly store: Store }): Promise<Policy> {
  return (await loadPolicyInUse(deps.store)).policy;
}

/** Like {@link loadPolicy}, and says whether an earlier one stands in. */
export async function loadPolicyInUse(store: Store): Promise<PolicyInUse> {
  const key = keys.policy();
  const item = await store.get("care", key.pk, key.sk);
  if (item === undefined) throw new NotFoundError("The policy is not set up", {});
  return policyInUse(store, item);
}

/** The policy of an item that was read as the live one, or the last one before it that can be read. */
export async function readPolicy(
  deps: { readonly store: Store },
  live: StoredItem,
): Promise<Policy> {
  return (await policyInUse(deps.store, live)).policy;
}

/**
 * A policy that this release cannot read must not leave texts unscreened and people unpaged: the last good one
 * goes on counting. Every publishing keeps a copy, and the one before it. The sweep tells people about the fault.
 */
async function policyInUse(store: Store, live: StoredItem): Promise<PolicyInUse> {
  try {
    return { policy: readStored(policyForm, live) };
  } catch (fault) {
    if (!isUnreadable(fault)) throw fault;
    const policy = await lastGoodPolicy(store);
    if (policy === undefined) throw fault;
    return { policy, fault };
  }
}

async function lastGoodPolicy(store: Store): Promise<Policy | undefined> {
  const kept = [keys.policyAsPublished(), keys.policyBefore()];
  const found = await store.getMany("care", kept);
  for (const { sk } of kept) {
    const item = found.find((one) => one.sk === sk);
    const policy = item === undefined ? undefined : readablePolicy(item);
    if (policy !== undefined) return policy;
  }
  return undefined;
}

/** The policy of an item; `undefined` where this release cannot read it. */
export function readablePolicy(item: StoredItem): Policy | undefined {
  return readOr(
    item,
    (one) => readStored(policyForm, one),
    () => undefined,
  );
}
