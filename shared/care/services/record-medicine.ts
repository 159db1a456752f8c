import { keys } from "../../keys/keys.ts";
import { type Change, isRefusal, type Refusal } from "../change/change.ts";
import type { DecisionContext } from "../change/context.ts";
import { Draft } from "../change/draft.ts";
import type { OpenState } from "../episode/episode-item.ts";
import { isTerminal } from "../episode/status.ts";
import { followHereOnly } from "../people/other-records.ts";
import { type MedicineKind, medicineRecords } from "../program/medicine-kinds.ts";
import { recordNote } from "../safety/record-note.ts";
import { actingStaff } from "../tasks/refuse.ts";
import { ownValue } from "../text/own-value.ts";
import { localDate } from "../time/zoned-time.ts";
import { endSupplyTasks, followSupply, raiseGap, supplyOccasion } from "./follow-supply.ts";

export type MedicineToRecord = {
  readonly medicine: MedicineKind;
  /** False where the person has stopped it or has none left. */
  readonly isTaken: boolean;
  /** It was recorded by mistake: the person never took it. It leaves the list, and nothing is raised. */
  readonly isMistake?: boolean | undefined;
  /** Who prescribes it, as staff know them; asked for where it is taken. */
  readonly prescriber?: string | undefined;
  readonly pharmacy?: string | undefined;
  /** Local days, `YYYY-MM-DD`. */
  readonly nextVisitOn?: string | undefined;
  readonly supplyThrough?: string | undefined;
  /** Asked for where it was recorded by mistake: why that is known. */
  readonly note?: string | undefined;
  /** The version that the writer read; 0 where there was none. */
  readonly version: number;
  /** Whether the writer is worried about the person's safety now. */
  readonly safetyConcern?: boolean | undefined;
};

/**
 * Records how it stands with a medicine: who prescribes it, when the next visit is, how long the supply lasts. Somebody
 * has the task to renew it some staffed days before it ends; where it is not taken any more, or has run out, an alert is
 * raised in this very change. One that was recorded by mistake leaves the list, and nothing is raised. The medicine's name
 * and dose stay in the medical record.
 */
export function recordMedicine(
  state: OpenState,
  input: MedicineToRecord,
  ctx: DecisionContext,
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const refusal = refuse(state, input, ctx);
  if (refusal !== undefined) return refusal;
  const { medicine, isTaken } = input;
  const isMistake = input.isMistake === true;
  // Nothing is left to follow of what nobody takes.
  const { supplyThrough, nextVisitOn } = isMistake ? {} : input;
  const version = input.version + 1;
  const draft = new Draft(state, ctx);
  const given = (text: string | undefined) => (text?.trim() ?? "") || undefined;
  const [prescriber, pharmacy, note] = [input.prescriber, input.pharmacy, input.note].map(given);
  const mistake = isMistake ? { isMistake } : {};
  draft.identity({
    ...keys.medicine(state.episode.episodeId, medicine, version),
    attributes: {
      kind: "medicine",
      medicine,
      version,
      isTaken,
      ...mistake,
      ...(prescriber === undefined ? {} : { prescriber }),
      ...(pharmacy === undefined ? {} : { pharmacy }),
      ...(nextVisitOn === undefined ? {} : { nextVisitOn }),
      ...(supplyThrough === undefined ? {} : { supplyThrough }),
      at: ctx.now,
      by: staff.staffId,
    },
  });
  draft.set({
    medicines: {
      ...state.episode.medicines,
      [medicine]: {
        version,
        recordedAt: ctx.now,
        isTaken,
        ...mistake,
        ...(supplyThrough === undefined ? {} : { supplyThrough }),
        ...(nextVisitOn === undefined ? {} : { nextVisitOn }),
      },
    },
  });
  endSupplyTasks(draft, medicine);
  followHereOnly(draft, medicine);
  const occasion = supplyOccasion(medicine, version);
  if (isTaken && supplyThrough !== undefined)
    followSupply(draft, ctx, { medicine, occasion, supplyThrough, nextVisitOn });
  if (!isTaken && !isMistake)
    raiseGap(draft, ctx, medicine, occasion, "has stopped, or none is left");
  const { label } = medicineRecords[medicine];
  const said = [
    ...(isMistake ? [`${label}: recorded by mistake, this person does not take it.`] : []),
    ...(prescriber === undefined ? [] : [`${label}: prescribed by ${prescriber}.`]),
    ...(pharmacy === undefined ? [] : [`Pharmacy: ${pharmacy}.`]),
    ...(note === undefined ? [] : [note]),
  ];
  recordNote(draft, ctx, { note: said.join("\n"), safetyConcern: input.safetyConcern }, occasion);
  return draft.finish(isMistake ? "medicine-taken-off" : "medicine-recorded", {
    medicine,
    medicineVersion: version,
    isTaken,
  });
}

function refuse(
  { episode }: OpenState,
  input: MedicineToRecord,
  { now, site }: DecisionContext,
): Refusal | undefined {
  if (isTerminal(episode.status))
    return { refused: "not-now", sentence: "This episode has ended: no medicine is followed." };
  const known = ownValue(episode.medicines ?? {}, input.medicine);
  if ((known?.version ?? 0) !== input.version)
    return {
      refused: "stale-version",
      sentence:
        "Somebody else has recorded this medicine since you opened it. Look at theirs, then record yours again.",
    };
  if (input.isMistake === true) return refuseMistake(input);
  if (input.isTaken && (input.prescriber ?? "").trim() === "")
    return { refused: "invalid", sentence: "Say who prescribes it." };
  const { isForOpioidUse, label } = medicineRecords[input.medicine];
  if (isForOpioidUse && input.isTaken && input.supplyThrough === undefined)
    return {
      refused: "invalid",
      sentence: `${label}: say until when the supply lasts. Without it nobody is warned before it runs out, and a gap is dangerous.`,
    };
  if (input.nextVisitOn !== undefined && input.nextVisitOn < localDate(now, site.timeZone))
    return { refused: "invalid", sentence: "The next visit is a day that has passed." };
  return undefined;
}

/** What is taken off the list in silence has to have been on it, and says why it was a mistake. */
function refuseMistake({ isTaken, version, note }: MedicineToRecord): Refusal | undefined {
  if (isTaken)
    return {
      refused: "invalid",
      sentence: "Either the person takes it, or it was recorded by mistake: choose one.",
    };
  if (version === 0)
    return { refused: "invalid", sentence: "Nothing was recorded here that could be a mistake." };
  return (note ?? "").trim() === ""
    ? { refused: "invalid", sentence: "Say in the note how you know that it was a mistake." }
    : undefined;
}
