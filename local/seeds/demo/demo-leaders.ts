import { type Day, mondayOf } from "./demo-time.ts";
import type { LocalClient } from "./local-client.ts";

type Group = {
  readonly programId: string;
  readonly slot: string;
  /** Days after Monday. */
  readonly day: number;
  readonly leader: "casey" | "avery";
  readonly room: string;
};

/** Who leads which group of the programs that ship, and where; the two never lead two at one time. */
const groups: readonly Group[] = [
  { programId: "adult-iop", slot: "mon-group", day: 0, leader: "casey", room: "Room 1" },
  { programId: "adult-iop", slot: "tue-skills", day: 1, leader: "avery", room: "Room 2" },
  { programId: "adult-iop", slot: "thu-group", day: 3, leader: "casey", room: "Room 1" },
  { programId: "adult-iop", slot: "fri-psychoeducation", day: 4, leader: "avery", room: "Room 2" },
  { programId: "adult-iop", slot: "fri-holistic", day: 4, leader: "casey", room: "Garden room" },
  { programId: "sud-iop", slot: "mon-group", day: 0, leader: "avery", room: "Room 2" },
  { programId: "sud-iop", slot: "tue-skills", day: 1, leader: "casey", room: "Room 1" },
  { programId: "sud-iop", slot: "thu-group", day: 3, leader: "avery", room: "Room 2" },
  { programId: "sud-iop", slot: "fri-psychoeducation", day: 4, leader: "casey", room: "Room 1" },
];

/** Names a leader and a room for every group of both sites, before anybody is in one: nobody has to be told. */
export async function nameLeaders(client: LocalClient, day: Day): Promise<void> {
  const monday = mondayOf(day).add({ weeks: 1 });
  for (const siteId of ["riverside", "mesa"])
    for (const { programId, slot, day: after, leader, room } of groups)
      await client.post(
        `/api/v1/sessions/${siteId}:${programId}:${monday.add({ days: after })}:${slot}/changes`,
        {
          andFollowing: true,
          leaderId: `${leader}-${siteId}`,
          place: { room },
          words: "Who leads it, and where",
        },
        { role: "clinical-lead", siteId },
      );
}
