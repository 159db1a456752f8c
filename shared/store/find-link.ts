import { keys } from "../keys/keys.ts";
import type { CareDeps } from "./care-deps.ts";

export const linkPurposes = ["forms", "check-in", "my-week"] as const;
export type LinkPurpose = (typeof linkPurposes)[number];

/** What a link opens, for whom and until when. */
export type Link = {
  readonly linkId: string;
  readonly episodeId: string;
  readonly participantId: string;
  readonly siteId: string;
  readonly purpose: LinkPurpose;
  /** The form or the check-in it is for. */
  readonly itemSk: string;
  readonly opensAt: string;
  readonly endsAt: string;
};

/** The link behind an id; `undefined` where there is none. */
export async function findLink(
  deps: Pick<CareDeps, "store">,
  linkId: string,
): Promise<Link | undefined> {
  const key = keys.link(linkId);
  const item = await deps.store.get("care", key.pk, key.sk);
  if (item === undefined) return undefined;
  const { episodeId, participantId, siteId, itemSk, opensAt, endsAt } = item;
  const purpose = linkPurposes.find((known) => known === item.purpose);
  const texts = { episodeId, participantId, siteId, itemSk, opensAt, endsAt };
  if (purpose === undefined || !areTexts(texts)) return undefined;
  return { linkId, purpose, ...texts };
}

function areTexts<Name extends string>(
  fields: Readonly<Record<Name, unknown>>,
): fields is Readonly<Record<Name, string>> {
  return Object.values(fields).every((value) => typeof value === "string");
}

/** The link behind a token as it was sent; a forged one has none. */
export async function findLinkByToken(
  deps: Pick<CareDeps, "store" | "secrets">,
  token: string,
): Promise<Link | undefined> {
  const linkId = deps.secrets.openLink(token);
  return linkId === undefined ? undefined : findLink(deps, linkId);
}
