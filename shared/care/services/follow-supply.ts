import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import { type MedicineKind, medicineRecords } from "../program/medicine-kinds.ts";
import type { Program } from "../program/program.ts";
import type { SafetyTier } from "../program/safety-tiers.ts";
import { endOfNextStaffedDay, staffedSpans } from "../program/staffed-time.ts";
import { raiseEscalation } from "../safety/raise-escalation.ts";
import { endTask } from "../tasks/end-task.ts";
import { openTask } from "../tasks/open-task.ts";
import { addDays, instantAt, localDate } from "../time/zoned-time.ts";

type MedicationRules = NonNullable<Program["medication"]>;

/** What programs follow a supply by that say nothing of their own (defaults). */
const unlessSaid: MedicationRules = {
  supplyTaskStaffedDays: 5,
  assignTo: "nurse",
  opioidGapTier: "ORANGE",
};

/** The business key of the work about one record of a medicine, with its kind. */
export function supplyOccasion(medicine: string, version: number): string {
  return `medicine-${medicine}-v${version}`;
}

/** Days that are looked back over for staffed ones: a site that is shut for weeks is asked at once. */
const longestLookDays = 60;

/**
 * Puts the renewal on somebody's list some staffed days before the supply ends, shown from that day on. It is owed to
 * the person: not done on its day it goes to the clinician, and on the first day without the medicine the alert of its
 * tier is raised, whatever has become of the program meanwhile.
 */
export function followSupply(
  draft: Draft,
  ctx: DecisionContext,
  supply: {
    readonly medicine: MedicineKind;
    readonly occasion: string;
    readonly supplyThrough: string;
    readonly nextVisitOn?: string | undefined;
  },
): void {
  const { medicine, occasion, supplyThrough, nextVisitOn } = supply;
  const { site, now } = ctx;
  const today = localDate(now, site.timeZone);
  if (supplyThrough < today) {
    raiseGap(draft, ctx, medicine, occasion, `had enough until ${supplyThrough}`);
    return;
  }
  const rules = ctx.program.medication ?? unlessSaid;
  const gapAt = instantAt(addDays(supplyThrough, 1), "00:00", site.timeZone);
  const on = staffedDayBefore(ctx, supplyThrough, rules.supplyTaskStaffedDays);
  const dueAt = earlier(
    on > today ? (staffedSpans(site, on).at(-1)?.to ?? gapAt) : endOfNextStaffedDay(site, now),
    gapAt,
  );
  const shownFrom = instantAt(on, "00:00", site.timeZone);
  const { label, isForOpioidUse, isKey } = medicineRecords[medicine];
  const isAfterVisit = nextVisitOn !== undefined && nextVisitOn > supplyThrough;
  openTask(draft, ctx, {
    taskKind: "medication-supply",
    occurrence: occasion,
    words: `${label} lasts until ${supplyThrough}.${isAfterVisit ? ` The next visit is on ${nextVisitOn}, after that.` : ""} See that it is renewed, and record the new supply.`,
    assignedFunction: rules.assignTo,
    dueAt,
    priority: isForOpioidUse ? "urgent" : "normal",
    about: { type: "medicine", id: medicine },
    ...(shownFrom > now ? { snoozedUntil: shownFrom } : {}),
    owed: {
      tier: tierOf(rules, { isForOpioidUse, isKey }),
      occurrence: occasion,
      steps: [
        { to: "clinician", at: dueAt },
        { to: "clinical-lead", at: gapAt },
      ],
    },
  });
}

/** A medicine that is not there any more: the alert of its tier, or work of the next staffed day. */
export function raiseGap(
  draft: Draft,
  ctx: DecisionContext,
  medicine: MedicineKind,
  occasion: string,
  how: string,
): void {
  const { label, ...record } = medicineRecords[medicine];
  raiseEscalation(draft, ctx, {
    occasion,
    rule: "medicine-gap",
    tier: tierOf(ctx.program.medication ?? unlessSaid, record),
    source: "medication",
    about: medicine,
    reason: `${label}: the person ${how}. Speak with them and with whoever prescribes it`,
  });
}

function tierOf(
  rules: MedicationRules,
  { isForOpioidUse, isKey }: { readonly isForOpioidUse: boolean; readonly isKey: boolean },
): SafetyTier {
  if (isForOpioidUse) return rules.opioidGapTier;
  return isKey ? "YELLOW" : "ROUTINE";
}

/**
 * What was asked for about a supply has come, or nobody here follows it any more: the aftercare is over.
 * @param medicine - the one that was recorded anew; all of them where it is left out
 * @returns how many were ended
 */
export function endSupplyTasks(draft: Draft, medicine?: MedicineKind): number {
  let ended = 0;
  for (const item of draft.items()) {
    if (item.kind !== "task" || item.taskKind !== "medication-supply" || item.status !== "open")
      continue;
    if (medicine !== undefined && item.about?.id !== medicine) continue;
    endTask(draft, item, "has-come");
    ended += 1;
  }
  return ended;
}

/** The local date so many staffed days before another; the earliest that was looked at where there are fewer. */
function staffedDayBefore({ site }: DecisionContext, date: string, days: number): string {
  let on = date;
  for (let left = days, looked = 0; left > 0 && looked < longestLookDays; looked += 1) {
    on = addDays(on, -1);
    if (staffedSpans(site, on).length > 0) left -= 1;
  }
  return on;
}

function earlier(left: string, right: string): string {
  return left < right ? left : right;
}
