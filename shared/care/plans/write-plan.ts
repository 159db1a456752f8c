import { keys } from "../../keys/keys.ts";
import { type Change, isRefusal, type Refusal } from "../change/change.ts";
import type { DecisionContext } from "../change/context.ts";
import { Draft } from "../change/draft.ts";
import type { OpenState } from "../episode/episode-item.ts";
import { isTerminal } from "../episode/status.ts";
import { lookAtAdmissionAgain } from "../pathway/admission-needs.ts";
import { type PlanKind, planKindRecords } from "../program/plan-kinds.ts";
import { hearWords } from "../safety/record-note.ts";
import { endTask } from "../tasks/end-task.ts";
import { actingStaff } from "../tasks/refuse.ts";
import { ownValue } from "../text/own-value.ts";
import { addDays, localDate } from "../time/zoned-time.ts";

export type PlanToWrite = {
  readonly planKind: PlanKind;
  /** By section; what was not talked about is left out or empty. */
  readonly sections: Readonly<Record<string, string>>;
  /** True where the person wants it on their own page. */
  readonly isShown: boolean;
  /** The version that the writer read; 0 where there was none. */
  readonly version: number;
  /** Whether the writer is worried about the person's safety now. */
  readonly safetyConcern?: boolean | undefined;
};

/**
 * Writes a plan down as a new version: what was written before stays as it was. Going through it again without a
 * change is a version, too: that it was gone through is what counts. Its words pass the crisis screen as a note's do.
 */
export function writePlan(
  state: OpenState,
  input: PlanToWrite,
  ctx: DecisionContext,
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  if (isTerminal(state.episode.status))
    return { refused: "not-now", sentence: "This episode has ended: no plan is written in it." };
  const { planKind } = input;
  const kind = planKindRecords[planKind];
  const known = ownValue(state.episode.plans ?? {}, planKind);
  if ((known?.version ?? 0) !== input.version)
    return {
      refused: "stale-version",
      sentence:
        "Somebody else has written this plan since you opened it. Look at theirs, then write yours again.",
    };
  const unknown = Object.keys(input.sections).find(
    (id) => !kind.sections.some((section) => section.id === id),
  );
  if (unknown !== undefined)
    return { refused: "invalid", sentence: `${unknown} is no part of this plan.` };
  const sections = Object.fromEntries(
    kind.sections.flatMap(({ id }) => {
      const text = (ownValue(input.sections, id) ?? "").trim();
      return text === "" ? [] : [[id, text]];
    }),
  );
  if (Object.keys(sections).length === 0)
    return { refused: "invalid", sentence: "Write down at least one part of the plan." };
  const version = input.version + 1;
  const draft = new Draft(state, ctx);
  const reviewDays = ctx.program.plans?.find(({ plan }) => plan === planKind)?.reviewDays;
  const today = localDate(ctx.now, ctx.site.timeZone);
  draft.identity({
    ...keys.plan(state.episode.episodeId, planKind, version),
    attributes: { kind: "plan", planKind, version, sections, at: ctx.now, by: staff.staffId },
  });
  draft.set({
    plans: {
      ...state.episode.plans,
      [planKind]: {
        version,
        writtenAt: ctx.now,
        isShown: input.isShown,
        ...(reviewDays === undefined ? {} : { reviewOn: addDays(today, reviewDays) }),
      },
    },
  });
  hearWords(draft, ctx, {
    text: Object.values(sections).join("\n"),
    safetyConcern: input.safetyConcern,
    concernAbout: `${planKind}-v${version}`,
    occasion: `${planKind}-v${version}`,
    speaksOfDanger: true,
    where: `the ${kind.label.en.toLowerCase()}`,
  });
  for (const item of draft.items())
    if (item.kind === "task" && item.taskKind === "plan-due" && item.about?.id === planKind)
      endTask(draft, item, "has-come");
  lookAtAdmissionAgain(draft, ctx);
  return draft.finish("plan-written", { planKind, planVersion: version, isShown: input.isShown });
}
