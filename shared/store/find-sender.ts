import * as z from "zod";
import type { Actor } from "../care/episode/actor.ts";
import { instant } from "../care/stored/fields.ts";
import { keys } from "../keys/keys.ts";
import type { VerifyToken } from "../ports/sign-in.ts";
import type { CareDeps } from "./care-deps.ts";
import { readStored, storedForm } from "./read-stored.ts";
import { unlessSignedOut } from "./sign-out.ts";
import { readStaff } from "./staff-item.ts";

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
  const staff = readStaff(item);
  return {
    scope: `staff/${found.staffId}`,
    actor: { kind: "staff", staffId: found.staffId, functions: staff.functions },
    siteIds: staff.siteIds,
  };
}

/** Who sends referrals from another system. Its key is stored as a hash alone. */
const partnerSchema = z.object({
  partnerId: z.string(),
  siteIds: z.array(z.string()),
  endedAt: z.exactOptional(instant),
});
export const partnerForm = storedForm("care", "partner", partnerSchema);

const partnerKeyPattern = /^[A-Za-z0-9_-]{32,128}$/;

/** The partner behind a key. The key itself is stored nowhere, only its hash. */
export async function findPartnerSender(
  deps: Pick<CareDeps, "store" | "secrets">,
  partnerKey: string | undefined,
): Promise<KnownSender | undefined> {
  if (partnerKey === undefined || !partnerKeyPattern.test(partnerKey)) return undefined;
  const key = keys.partner(deps.secrets.sha256(partnerKey));
  const item = await deps.store.get("care", key.pk, key.sk);
  if (item === undefined) return undefined;
  const { partnerId, siteIds, endedAt } = readStored(partnerForm, item);
  if (endedAt !== undefined) return undefined;
  return {
    scope: `partner/${partnerId}`,
    actor: { kind: "partner", partnerId },
    siteIds,
  };
}
