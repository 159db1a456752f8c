/** What each line of a call says beside its sentence: whose care it was about, and which execution asked for it. */
export type Correlation = Readonly<
  Partial<Record<"episodeId" | "driverId" | "executionName", string>>
>;

const idShape = /^[\w.-]{1,120}$/;
const episodeInPath = /\/episodes\/([\w-]{1,64})(?:\/|$)/;

/**
 * Reads what an event says of itself, whatever its shape: it is asked before the event is checked, so that a
 * refusal can be followed, too. Anything that is no id is left out.
 */
export function correlationOf(event: unknown): Correlation {
  const detail = field(event, "detail");
  const driverId = idIn(event, "driverId");
  const generation = field(event, "generation");
  return withoutGaps({
    episodeId: idIn(event, "episodeId") ?? episodeOfPath(field(event, "rawPath")),
    driverId,
    executionName:
      idIn(event, "executionName") ??
      idIn(detail, "name") ??
      (driverId !== undefined && Number.isInteger(generation)
        ? `${driverId}-g${String(generation)}`
        : undefined),
  });
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

function idIn(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === "string" && idShape.test(found) ? found : undefined;
}

/** The API's paths name episodes; the participants' hold links, which are never logged. */
function episodeOfPath(path: unknown): string | undefined {
  return typeof path === "string" ? episodeInPath.exec(path)?.[1] : undefined;
}

function withoutGaps(fields: Readonly<Record<string, string | undefined>>): Correlation {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
