/** What a cell says of a day or a time, or why it says none. */
export type Read = { readonly value: string } | { readonly problem: string };

/**
 * A local day as spreadsheets write it: `2027-01-15`, or `1/15/2027` with the month first.
 * @returns the day as YYYY-MM-DD
 */
export function readDay(cell: string): Read {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(cell);
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(cell);
  const value =
    iso !== null
      ? cell
      : american === null
        ? ""
        : `${american[3]}-${american[1]?.padStart(2, "0")}-${american[2]?.padStart(2, "0")}`;
  const at = Date.parse(`${value}T12:00:00Z`);
  const isDay = !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === value;
  return isDay
    ? { value }
    : { problem: `“${cell.slice(0, 40)}” is no day: write it such as 2027-01-15 or 1/15/2027.` };
}

/**
 * A time of day as spreadsheets write it: `09:40`, `9:40`, `9:40 AM`, with or without seconds of 00.
 * @returns the wall time as HH:MM
 */
export function readTime(cell: string): Read {
  const problem = {
    problem: `“${cell.slice(0, 40)}” is no time of day: write it such as 09:40 or 2:40 PM.`,
  };
  const found = /^(\d{1,2}):(\d{2})(?::00)?\s*([ap]\.?m\.?)?$/i.exec(cell);
  if (found === null) return problem;
  const [, hours = "", minutes = "", half = ""] = found;
  const isAfternoon = half.toLowerCase().startsWith("p");
  const hour = half === "" ? Number(hours) : (Number(hours) % 12) + (isAfternoon ? 12 : 0);
  const isTime =
    hour <= 23 &&
    Number(minutes) <= 59 &&
    (half === "" || (Number(hours) >= 1 && Number(hours) <= 12));
  return isTime ? { value: `${String(hour).padStart(2, "0")}:${minutes}` } : problem;
}

/** The heading under which a file says that somebody comes online although no licence of the leader is on record there. */
export const outsideLicenceHeading = "Online without a licence";

/**
 * Whether somebody comes online although no licence of the leader is on record for where they are: yes, with a reason of
 * the line's own, no, or nothing.
 */
export function readOutsideLicence(
  cell: string,
  reason: string,
): { readonly isOutsideLicence?: true } | { readonly problem: string } {
  const said = cell.toLowerCase();
  if (said === "" || said === "no") return {};
  if (said !== "yes") return { problem: `${outsideLicenceHeading} is yes, no, or nothing.` };
  return reason === ""
    ? { problem: "Say why they come online all the same, as the reason." }
    : { isOutsideLicence: true };
}

/** True where a cell with somebody's name can be theirs: as lists show it, or in full, in either order. */
export function isNameOf(
  cell: string,
  {
    given,
    family,
    preferredName,
  }: {
    readonly given: string;
    readonly family: string;
    readonly preferredName?: string | undefined;
  },
): boolean {
  const firsts = [given, ...(preferredName === undefined ? [] : [preferredName])];
  const said = folded(cell);
  return firsts.some((first) =>
    [`${first} ${family}`, `${first} ${family.slice(0, 1)}.`, `${family}, ${first}`, first]
      .map(folded)
      .includes(said),
  );
}

function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** A reference as it is compared, however somebody typed it: `dwp7 rnwp` is `DWP7-RNWP`. */
export function bareReference(cell: string): string {
  return cell.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
}

/**
 * Lines that cannot be taken beside others about the same, each with the sentence that says so: of lines that say one
 * thing the first is taken; of lines that contradict each other none is, because the file does not say which is true.
 *
 * @param said - the lines in their order: what each is about, and all that it says of it
 */
export function refusedBesideOthers(
  said: readonly { readonly line: number; readonly about: string; readonly says: string }[],
): ReadonlyMap<number, string> {
  return new Map(
    [...Map.groupBy(said, ({ about }) => about).values()].flatMap(
      (group): readonly (readonly [number, string])[] => {
        const [first, ...later] = group;
        if (first === undefined || later.length === 0) return [];
        if (later.every(({ says }) => says === first.says))
          return later.map(
            ({ line }) => [line, `Line ${first.line} says the same already.`] as const,
          );
        const lines = group.map(({ line }) => line);
        const which = `Lines ${lines.slice(0, -1).join(", ")} and ${lines.at(-1)}`;
        return lines.map(
          (line) =>
            [line, `${which} do not say the same about it: leave the one that is true.`] as const,
        );
      },
    ),
  );
}
