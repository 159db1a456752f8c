import type { Session } from "../../../shared/care/episode/session.ts";
import type { Program } from "../../../shared/care/program/program.ts";
import { Card } from "./parts.tsx";
import { dayLabel } from "./times.ts";

/** Which topics of each series somebody came to, with the last day of each, and which are still to come. */
export function TopicsCards({
  program: { services, sessions: slots },
  sessions,
}: {
  readonly program: Pick<Program, "services" | "sessions">;
  readonly sessions: readonly Session[];
}) {
  return (services?.topicSeries ?? []).map(({ slot, topics }) => {
    const cameOn = new Map<string, string>();
    for (const { slot: of, on, attendance } of sessions)
      if (of === slot && attendance?.topic !== undefined) cameOn.set(attendance.topic, on);
    const all = topics.flatMap(({ en }) => en ?? []);
    const missing = all.filter((topic) => !cameOn.has(topic));
    return (
      <>
        <h2>{slots.find((one) => one.slot === slot)?.title ?? slot}</h2>
        <Card>
          <p>{cameOn.size === 0 ? "Came to no topic yet." : "Came to:"}</p>
          {cameOn.size === 0 ? null : (
            <ul>
              {[...cameOn].map(([topic, on]) => (
                <li>
                  {topic} <span class="quiet">{dayLabel(on)}</span>
                </li>
              ))}
            </ul>
          )}
          <p>
            {missing.length === 0
              ? "Every topic was attended."
              : `Still to come: ${missing.join("; ")}.`}
          </p>
        </Card>
      </>
    );
  });
}
