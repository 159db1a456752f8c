import type { Actor } from "../care/episode/actor.ts";
import { type StaffFunction, staffFunctions } from "../care/program/program.ts";
import { keys } from "../keys/keys.ts";
import type { VerifyToken } from "../ports/sign-in.ts";
import type { CareDeps } from "./care-deps.ts";
import { unlessSignedOut } from "./sign-out.ts";

/** Somebody who sends referrals under a name of their own, and the sites they send them to. */
export type KnownSender = {
  /** Request keys of one sender never meet those of another. */
  readonly scope: string;
  readonly actor: Actor;
  readonly siteIds: readonly string[];
};

/** The member of staff behind an `Authorization` header; `undefined` unless the token is a valid one. */
export async function findStaffSender(
  deps: Pick<CareDeps, "store"> & { readonly verifyToken: VerifyToken },
  authorization: string | undefined,
): Promise<KnownSender | undefined> {
  const token = /^Bearer ([A-Za-z0-9_.-]{1,4096})$/.exec(authorization ?? "")?.[1];
  const found = token === undefined ? undefined : await unlessSignedOut(deps)(token);
  if (found === undefined) return undefined;
  const key = keys.staff(found.staffId);
  const item = await deps.store.get("care", key.pk, key.sk);
  if (item === undefined) return undefined;
  const functions = texts(item.functions).filter((name): name is StaffFunction =>
    staffFunctions.some((known) => known === name),
  );
  return {
    scope: `staff/${found.staffId}`,
    actor: { kind: "staff", staffId: found.staffId, functions },
    siteIds: texts(item.siteIds),
  };
}

const partnerKeyPattern = /^[A-Za-z0-9_-]{32,128}$/;

/** The partner behind a key. The key itself is stored nowhere, only its hash. */
export async function findPartnerSender(
  deps: Pick<CareDeps, "store" | "secrets">,
  partnerKey: string | undefined,
): Promise<KnownSender | undefined> {
  if (partnerKey === undefined || !partnerKeyPattern.test(partnerKey)) return undefined;
  const key = keys.partner(deps.secrets.sha256(partnerKey));
  const item = await deps.store.get("care", key.pk, key.sk);
  if (item === undefined || typeof item.partnerId !== "string" || item.endedAt !== undefined)
    return undefined;
  const { partnerId } = item;
  return {
    scope: `partner/${partnerId}`,
    actor: { kind: "partner", partnerId },
    siteIds: texts(item.siteIds),
  };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}
