import * as z from "zod";
import { type Policy, policySchema } from "../care/program/policy.ts";
import { NotFoundError } from "../errors/not-found-error.ts";
import { keys } from "../keys/keys.ts";
import type { Store, StoredItem } from "../ports/store.ts";
import { packContent, ReadTexts, unpackContent } from "./load-program.ts";
import { lastingStore } from "./read-once.ts";
import {
  currentVersion,
  isUnreadable,
  packedIn,
  readPacked,
  readStored,
  storedForm,
  type Unreadable,
} from "./read-stored.ts";

/**
 * A policy as it is stored: packed as a program is, since with a third language its words of danger would not go into
 * one item of the database, which holds 400 kB. Version 1 had every rule as an attribute: it is read as JSON that is not packed.
 */
export const policyForm = storedForm("care", "policy", z.object({ content: z.string() }), [
  (item) => {
    const { pk: _, sk: __, schemaVersion: ___, kind: ____, ...policy } = item;
    return { ...item, content: JSON.stringify(policy) };
  },
]);

const policyContent = packedIn(policyForm, policySchema);

/**
 * The item that holds a policy.
 * @param json - the policy as canonical JSON
 */
export async function policyItem(
  key: { readonly pk: string; readonly sk: string },
  json: string,
): Promise<StoredItem> {
  return {
    ...key,
    schemaVersion: currentVersion(policyForm),
    kind: "policy",
    content: await packContent(json),
  };
}

/**
 * The policy that an item holds, as JSON.
 * @throws {ItemTooNewError} {UnreadableItemError} see `readStored`
 */
export async function policyJson(item: StoredItem): Promise<string | undefined> {
  const { content } = readStored(policyForm, item);
  return content.startsWith("{") ? content : await unpackContent(content);
}

/** SHA-256 of the live policy as canonical JSON, hex. */
export const policyMarkForm = storedForm(
  "care",
  "policy-mark",
  z.object({ contentHash: z.string() }),
);

/** Policies that one process keeps: the live one, and the one before while a new one spreads. */
const keptPolicies = 2;

/** By store, so that two worlds in one process never see each other's policies; by hash within it. */
const readByStore = new WeakMap<Store, Map<string, Promise<PolicyInUse>>>();

/** A policy, and where it is not the live one, why that one cannot be read. */
export type PolicyInUse = { readonly policy: Policy; readonly fault?: Unreadable };

/**
 * The live policy: always the version of this moment.
 * @throws {NotFoundError} when there is none
 * @throws {UnreadableItemError} {ItemTooNewError} when neither it nor any before it can be read
 */
export async function loadPolicy(deps: { readonly store: Store }): Promise<Policy> {
  const key = keys.policyMark();
  return await readMarkedPolicy(deps, await deps.store.get("care", key.pk, key.sk));
}

/** Like {@link loadPolicy}, from the stored policy itself, and says whether an earlier one stands in. */
export async function loadPolicyInUse(store: Store): Promise<PolicyInUse> {
  const key = keys.policy();
  const item = await store.get("care", key.pk, key.sk);
  if (item === undefined) throw new NotFoundError("The policy is not set up", {});
  return policyInUse(store, item);
}

/**
 * The live policy, by the mark that was read beside something else. With words of danger in two languages it is 320 kB,
 * packed 160, which nobody may read anew for each of three hundred decisions; the mark is one read unit.
 *
 * @param mark - the item under `keys.policyMark()`; earlier releases wrote none
 */
export async function readMarkedPolicy(
  deps: { readonly store: Store },
  mark: StoredItem | undefined,
): Promise<Policy> {
  if (mark === undefined) return (await loadPolicyInUse(deps.store)).policy;
  const { contentHash } = readStored(policyMarkForm, mark);
  const lasting = lastingStore(deps.store);
  const kept = readByStore.get(lasting) ?? new Map<string, Promise<PolicyInUse>>();
  readByStore.set(lasting, kept);
  const known = kept.get(contentHash);
  if (known !== undefined) return (await known).policy;
  const reading = loadPolicyInUse(deps.store);
  kept.set(contentHash, reading);
  const [oldest] = kept.keys();
  if (kept.size > keptPolicies && oldest !== undefined) kept.delete(oldest);
  try {
    const { policy, fault } = await reading;
    // Where another one stands in, the live one is looked at again the next time.
    if (fault !== undefined) kept.delete(contentHash);
    return policy;
  } catch (error) {
    kept.delete(contentHash);
    throw error;
  }
}

/**
 * A policy that this release cannot read must not leave texts unscreened and people unpaged: the last good one
 * goes on counting. Every publishing keeps a copy, and the one before it. The sweep tells people about the fault.
 */
async function policyInUse(store: Store, live: StoredItem): Promise<PolicyInUse> {
  try {
    return { policy: await readPolicy(live) };
  } catch (fault) {
    if (!isUnreadable(fault)) throw fault;
    const policy = await lastGoodPolicy(store);
    if (policy === undefined) throw fault;
    return { policy, fault };
  }
}

/**
 * The policy that an item holds.
 * @throws {ItemTooNewError} {UnreadableItemError} see `readStored` and `readPacked`
 */
export async function readPolicy(item: StoredItem): Promise<Policy> {
  const { content } = readStored(policyForm, item);
  return (
    readPolicies.get(content) ??
    readPolicies.keep(content, readPacked(policyContent, item, await policyJson(item)))
  );
}

const readPolicies = new ReadTexts<Policy>();

async function lastGoodPolicy(store: Store): Promise<Policy | undefined> {
  const kept = [keys.policyAsPublished(), keys.policyBefore()];
  const found = await store.getMany("care", kept);
  for (const { sk } of kept) {
    const item = found.find((one) => one.sk === sk);
    const policy = item === undefined ? undefined : await readablePolicy(item);
    if (policy !== undefined) return policy;
  }
  return undefined;
}

/** The policy of an item; `undefined` where this release cannot read it. */
export async function readablePolicy(item: StoredItem): Promise<Policy | undefined> {
  try {
    return await readPolicy(item);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return undefined;
  }
}
