import type { GroupWaitRow } from "../../../shared/staff/sessions/group-waits.ts";
import { Table } from "./parts.tsx";
import { inZone } from "./times.ts";

/** The waiting lists of a site's groups, longest first in each; nothing where nobody waits. */
export function WaitingLists({
  waits,
  zone,
}: {
  readonly waits: readonly GroupWaitRow[];
  readonly zone: string;
}) {
  if (waits.length === 0) return null;
  return (
    <>
      <h2>Waiting for a place in a group</h2>
      {[...Map.groupBy(waits, ({ group }) => group)].map(([group, line]) => (
        <Table label={`Waiting for ${group}`} head={[`Waiting for ${group}`, "How it stands"]}>
          {line.map((one) => (
            <tr>
              <th scope="row">
                <a href={`/staff/episodes/${one.episodeId}/schedule`}>{one.participant}</a>
              </th>
              <td>{waitLabel(one, zone)}</td>
            </tr>
          ))}
        </Table>
      ))}
    </>
  );
}

/** What one person waits for, on their own page. */
export function OwnWaits({
  waits,
  zone,
}: {
  readonly waits: readonly GroupWaitRow[];
  readonly zone: string;
}) {
  return waits.map((one) => (
    <p>
      <strong>Waits for {one.group}.</strong> {waitLabel(one, zone)}.
    </p>
  ));
}

/** How it stands with somebody on a waiting list. */
export function waitLabel({ since, offeredAt }: GroupWaitRow, zone: string): string {
  const waits = `On the list since ${inZone(since, zone)}`;
  return offeredAt === undefined
    ? waits
    : `${waits}; a place is free and kept, offered since ${inZone(offeredAt, zone)}`;
}
