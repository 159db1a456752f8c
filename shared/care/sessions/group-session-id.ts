const separator = ":";

/** Where and when a session stands in the timetable: its id is made of this, and stays when it is moved. */
export type GroupSessionPlace = {
  readonly siteId: string;
  readonly programId: string;
  /** The date in the timetable, local at the site; a session that was moved is held on another. */
  readonly plannedOn: string;
  readonly slot: string;
};

const pattern = /^([a-z0-9-]{1,40}):([a-z0-9-]{1,60}):(\d{4}-\d{2}-\d{2}):([a-z0-9-]{1,60})$/;

/** The id that everybody expected in a session shares. */
export function groupSessionIdOf({
  siteId,
  programId,
  plannedOn,
  slot,
}: GroupSessionPlace): string {
  return [siteId, programId, plannedOn, slot].join(separator);
}

/** Letters of an episode's id that tell people of a site apart on one day. */
const personLetters = 10;

/** The slot in the id of a visit that the timetable plans for each person alone: nobody else is expected there. */
export function slotOfPerson(slot: string, episodeId: string): string {
  return `${slot}-${episodeId.slice(-personLetters).toLowerCase()}`;
}

/** The parts of a session's id; `undefined` for what is none. */
export function readGroupSessionId(groupSessionId: string): GroupSessionPlace | undefined {
  const [, siteId, programId, plannedOn, slot] = pattern.exec(groupSessionId) ?? [];
  if (siteId === undefined || programId === undefined) return undefined;
  if (plannedOn === undefined || slot === undefined) return undefined;
  return { siteId, programId, plannedOn, slot };
}
