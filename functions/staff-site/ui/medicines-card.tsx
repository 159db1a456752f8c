import type { Episode } from "../../../shared/care/episode/episode.ts";
import { isTerminal } from "../../../shared/care/episode/status.ts";
import {
  type MedicineKind,
  medicineKinds,
  medicineRecords,
} from "../../../shared/care/program/medicine-kinds.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import { Card } from "./parts.tsx";
import { dateInZone, dateLabel } from "./times.ts";

/** The medicines whose supply is followed: until when each lasts, and where to record it. */
export function MedicinesCard({
  episode,
  now,
  zone,
}: {
  readonly episode: Episode;
  readonly now: string;
  readonly zone: string;
}) {
  const { medicines = {} } = episode;
  const base = `/staff/episodes/${episode.episodeId}/medicines`;
  const isFollowed = (kind: MedicineKind) =>
    medicines[kind] !== undefined && medicines[kind].isMistake !== true;
  const known = medicineKinds.filter(isFollowed);
  const others = medicineKinds.filter((kind) => !isFollowed(kind));
  return (
    <Card>
      <h2 id="medicines">Medicines</h2>
      {known.length === 0 ? <p class="quiet">None is followed.</p> : null}
      <ul>
        {known.map((kind) => (
          <li>
            <a href={`${base}/${kind}`}>{medicineRecords[kind].label}</a>{" "}
            <Supply state={medicines[kind]} today={localDate(now, zone)} zone={zone} />
          </li>
        ))}
      </ul>
      {isTerminal(episode.status) ? null : (
        <details>
          <summary>Follow the supply of another medicine</summary>
          <ul>
            {others.map((kind) => (
              <li>
                <a href={`${base}/${kind}`}>{medicineRecords[kind].label}</a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  );
}

/** How it stands with one: taken and until when, or not any more. */
function Supply({
  state,
  today,
  zone,
}: {
  readonly state: NonNullable<Episode["medicines"]>[MedicineKind];
  readonly today: string;
  readonly zone: string;
}) {
  if (state === undefined) return null;
  const { isTaken, supplyThrough, nextVisitOn, recordedAt } = state;
  if (!isTaken)
    return <strong class="late">not taken (recorded {dateInZone(recordedAt, zone)})</strong>;
  return (
    <>
      {supplyThrough === undefined ? (
        <span class="quiet">supply not known</span>
      ) : (
        <span class={supplyThrough < today ? "late" : "quiet"}>
          {supplyThrough < today ? "ran out on" : "lasts until"} {dateLabel(supplyThrough)}
        </span>
      )}
      {nextVisitOn === undefined ? null : (
        <span class="quiet">, next visit {dateLabel(nextVisitOn)}</span>
      )}
    </>
  );
}
