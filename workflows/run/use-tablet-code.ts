import { isRefusal } from "../../shared/care/change/change.ts";
import { useTabletCode } from "../../shared/questions/tablet-code.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { decideAndCommit } from "../../shared/store/decide-and-commit.ts";
import type { Link } from "../../shared/store/find-link.ts";

/** Uses up the code of a link on a clinic's tablet: `false` where it is used up, or over, already. */
export async function useUpTabletCode(deps: CareDeps, link: Link): Promise<boolean> {
  const outcome = await decideAndCommit(deps, {
    episodeId: link.episodeId,
    // Each try is its own: who comes second is not told what the first was.
    commandId: `tablet-code/${link.linkId}/${deps.ids.next()}`,
    actor: { kind: "participant", participantId: link.participantId },
    alsoLoad: [link.itemSk],
    decide: (state, ctx) => {
      const decided = useTabletCode(state, link, ctx);
      return isRefusal(decided) ? decided : { change: decided, answer: "used" };
    },
  });
  return outcome.refusal === undefined;
}
