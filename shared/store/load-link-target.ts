import type { DecisionContext } from "../care/change/context.ts";
import type { CheckIn } from "../care/episode/check-in.ts";
import type { Episode } from "../care/episode/episode.ts";
import type { FormRequest } from "../care/episode/form-request.ts";
import type { CareDeps } from "./care-deps.ts";
import { loadDecision } from "./decide-and-commit.ts";
import type { Link } from "./find-link.ts";

/** What a link is about: the episode, and the form or the check-in where it is for one. */
export type LinkTarget = {
  readonly episode: Episode;
  readonly ctx: DecisionContext;
  readonly item?: FormRequest | CheckIn | undefined;
};

/** What a link opens as it stands, answered and ended ones too; `undefined` when it is gone. */
export async function loadLinkTarget(deps: CareDeps, link: Link): Promise<LinkTarget | undefined> {
  const { episodeId, itemSk, participantId } = link;
  const actor = { kind: "participant", participantId } as const;
  const loaded = await loadDecision(deps, { episodeId, actor, alsoLoad: [itemSk] });
  if (loaded === undefined) return undefined;
  const { ctx, state } = loaded;
  const { episode } = state;
  if (link.purpose === "my-week") return { episode, ctx };
  const item = state.items.get(link.itemSk);
  const isWanted =
    (item?.kind === "form" && link.purpose === "forms") ||
    (item?.kind === "check-in" && link.purpose === "check-in");
  return isWanted ? { episode, ctx, item } : undefined;
}
