import type { CapacityFile } from "../../shared/contracts/capacity-file.ts";
import type { Simulated } from "./simulated.ts";

/** What a site's people of one function have to do in a week, and what they have. */
export type StaffLoad = {
  readonly siteId: string;
  readonly staffFunction: string;
  /** For one person from the referral to the end of aftercare. */
  readonly hoursPerPerson: number;
  /** With so many referrals each week, year in, year out. */
  readonly hoursPerWeek: number;
  /** Undefined where nothing is declared for the function. */
  readonly declaredHours: number | undefined;
  readonly isAbove: boolean;
};

/** Minutes of work of one kind. */
export function minutesOfWork(capacity: CapacityFile, kind: string): number {
  return new Map(Object.entries(capacity.minutes.kinds)).get(kind) ?? capacity.minutes.other;
}

const alone = ["individual", "family", "medication-management"];

/**
 * Staff hours by site and function where as many people come each week as leave: referrals a week times the hours that
 * one person takes. A group's hour is shared by those in it; a visit's is one person's own.
 */
export function staffLoads(simulated: Simulated, capacity: CapacityFile): readonly StaffLoad[] {
  const loads: StaffLoad[] = [];
  for (const [siteId, site] of Object.entries(capacity.sites)) {
    const people = simulated.endings
      .filter((row) => row.siteId === siteId)
      .reduce((sum, row) => sum + row.people, 0);
    if (people === 0) continue;
    const minutes = new Map<string, number>();
    const add = (staffFunction: string, more: number) =>
      minutes.set(staffFunction, (minutes.get(staffFunction) ?? 0) + more);
    for (const { kind, staffFunction, times } of simulated.work.filter(
      (row) => row.siteId === siteId,
    ))
      add(staffFunction, times * minutesOfWork(capacity, kind));
    for (const row of simulated.sessions.filter((one) => one.siteId === siteId)) {
      const how = Object.entries(capacity.sessions).find(([one]) => one === row.modality)?.[1];
      if (how === undefined) continue;
      const shared = alone.includes(row.modality) ? 1 : capacity.groupSize;
      add(how.led, row.plannedMinutes / shared + row.sessions * how.notes);
    }
    const declared = new Map(Object.entries(site.hoursPerWeek));
    for (const staffFunction of [...new Set([...minutes.keys(), ...declared.keys()])].toSorted()) {
      const hoursPerPerson = (minutes.get(staffFunction) ?? 0) / 60 / people;
      const hoursPerWeek = hoursPerPerson * site.referralsPerWeek;
      const declaredHours = declared.get(staffFunction);
      loads.push({
        siteId,
        staffFunction,
        hoursPerPerson,
        hoursPerWeek,
        declaredHours,
        isAbove: hoursPerWeek > (declaredHours ?? 0),
      });
    }
  }
  return loads;
}
