import { queueTabs, whoseWork } from "../../../shared/contracts/routes/queue.ts";
import type { Tab } from "../../../shared/staff/queue/load-tasks.ts";
import type { WhoseWork } from "../../../shared/staff/queue/queue-row.ts";

/** What of the queue somebody looks at: a tab, whose work, a page, and the row that was opened, from 1. */
export type Place = {
  readonly tab: Tab;
  readonly whose: WhoseWork;
  readonly page: number;
  readonly row?: number;
};

const placePattern = /^([a-z]+)-([a-z]+)-(\d{1,6})(?:-(\d{1,3}))?$/;

/** The place that an address names; nothing where it names none. */
export function readPlace(back: string | undefined): Place | undefined {
  const [, tabAsked, whoseAsked, page, row] = placePattern.exec(back ?? "") ?? [];
  const tab = queueTabs.find((name) => name === tabAsked);
  const whose = whoseWork.find((name) => name === whoseAsked);
  if (tab === undefined || whose === undefined) return undefined;
  return { tab, whose, page: Number(page), ...(row === undefined ? {} : { row: Number(row) }) };
}

/** A place in an address: see `readPlace`. */
export function placeToken({ tab, whose, page, row }: Place): string {
  return `${tab}-${whose}-${page}${row === undefined ? "" : `-${row}`}`;
}

/** The part of the queue in its own address. */
export function placeQuery({ tab, whose, page }: Place): URLSearchParams {
  return new URLSearchParams({
    tab,
    ...(whose === "all" ? {} : { whose }),
    ...(page === 1 ? {} : { page: String(page) }),
  });
}

/** The part of the queue that a page was opened from, at the row that was opened; the work to do where it is not known. */
export function queueAddress(back: string | undefined): string {
  const place = readPlace(back) ?? { tab: "work", whose: "all", page: 1 };
  return `/staff?${placeQuery(place)}${place.row === undefined ? "" : `#row-${place.row}`}`;
}

/** An address that keeps the way back to the queue. */
export function withBack(path: string, back: string | undefined): string {
  if (readPlace(back) === undefined) return path;
  const [address = "", anchor] = path.split("#");
  const joined = `${address}${address.includes("?") ? "&" : "?"}back=${back}`;
  return anchor === undefined ? joined : `${joined}#${anchor}`;
}
