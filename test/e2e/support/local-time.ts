/** Date and wall time of an instant where somebody is, by the platform's own calendar. */
export function localTimeOf(
  instant: string,
  timeZone: string,
): { readonly date: string; readonly time: string } {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat("en-CA", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    })
      .formatToParts(new Date(instant))
      .map(({ type, value }) => [type, value]),
  );
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
    time: `${parts.hour}:${parts.minute}`,
  };
}

/** The instant of a wall time such as `2027-01-15 14:00` where somebody is. */
export function instantOf(wallTime: string, timeZone: string): string {
  const asUtc = Date.parse(`${wallTime.replace(" ", "T")}:00Z`);
  for (let hours = -12; hours <= 14; hours += 1) {
    const candidate = new Date(asUtc - hours * 3_600_000).toISOString();
    const { date, time } = localTimeOf(candidate, timeZone);
    if (`${date} ${time}` === wallTime) return candidate;
  }
  throw new Error(`${wallTime} does not exist in ${timeZone}`);
}

/** A date some days later. */
export function dateAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Nine o'clock on the first Monday after an instant. */
export function nextMondayMorning(instant: string, timeZone: string): string {
  const { date } = localTimeOf(instant, timeZone);
  const dayOfWeek = new Date(`${date}T00:00:00Z`).getUTCDay();
  const days = (8 - dayOfWeek) % 7 || 7;
  return instantOf(`${dateAfter(date, days)} 09:00`, timeZone);
}
