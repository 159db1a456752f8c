import type { Driver } from "../episode/driver.ts";

/** Which program week a driver is about. */
export function weekOf(driver: Driver): { readonly week: number; readonly startsOn: string } {
  return { week: Number(driver.data.week ?? 1), startsOn: String(driver.data.startsOn ?? "") };
}

export function weekSubject(episodeId: string, week: number): string {
  return `${episodeId}-w${week}`;
}
