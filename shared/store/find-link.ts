import * as z from "zod";
import { instant, type Stored } from "../care/stored/fields.ts";
import { keys } from "../keys/keys.ts";
import type { CareDeps } from "./care-deps.ts";
import { readStored, storedForm } from "./read-stored.ts";

export const linkPurposes = ["forms", "check-in", "my-week"] as const;

/** What a link opens, for whom and until when. */
const linkSchema = z.object({
  linkId: z.string(),
  episodeId: z.string(),
  participantId: z.string(),
  siteId: z.string(),
  purpose: z.enum(linkPurposes),
  /** The form or the check-in it is for. */
  itemSk: z.string(),
  opensAt: instant,
  endsAt: instant,
  /** Opened by a code on a clinic's tablet: its one form alone, and nothing of the person is left there. */
  isOnTablet: z.exactOptional(z.literal(true)),
});
export type Link = Stored<typeof linkSchema>;
export const linkForm = storedForm("care", "link", linkSchema);

/** The link behind an id; `undefined` where there is none. */
export async function findLink(
  deps: Pick<CareDeps, "store">,
  linkId: string,
): Promise<Link | undefined> {
  const key = keys.link(linkId);
  const item = await deps.store.get("care", key.pk, key.sk);
  return item === undefined ? undefined : readStored(linkForm, item);
}

/** The link behind a token as it was sent; a forged one has none. */
export async function findLinkByToken(
  deps: Pick<CareDeps, "store" | "secrets">,
  token: string,
): Promise<Link | undefined> {
  const linkId = deps.secrets.openLink(token);
  return linkId === undefined ? undefined : findLink(deps, linkId);
}
