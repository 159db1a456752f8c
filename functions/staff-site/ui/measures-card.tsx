import type { Episode } from "../../../shared/care/episode/episode.ts";
import { isTerminal } from "../../../shared/care/episode/status.ts";
import { screenThatAsks } from "../../../shared/care/program/staff-screen.ts";
import {
  changeWords,
  judgeChange,
  progressRulesOf,
} from "../../../shared/questions/score-change.ts";
import type { LoadedProgram } from "../../../shared/store/load-program.ts";
import { Card } from "./parts.tsx";
import { withBack } from "./place.ts";
import { inWords } from "./times.ts";

/** How the scores have moved, in words, and where staff enter the answers to what they asked. */
export function MeasuresCard({
  episode,
  program: { program, instruments },
  zone,
  back,
}: {
  readonly episode: Episode;
  readonly program: LoadedProgram;
  readonly zone: string;
  /** The place in the queue that somebody came from. */
  readonly back: string | undefined;
}) {
  const rules = progressRulesOf(program);
  const measures = Object.values(instruments).filter(
    ({ instrumentId }) => screenThatAsks(program, instrumentId) === undefined,
  );
  return (
    <Card>
      <h2 id="measures">Measures</h2>
      {measures.map((instrument) => {
        const change = judgeChange(episode, instrument, rules, { timeZone: zone });
        if (change === undefined) return null;
        const [first = "", ...more] = changeWords(change, instrument, rules).map((words) =>
          inWords(words, zone),
        );
        return (
          <p>
            {first}
            {more.map((words) => (
              <>
                {" "}
                <strong class={change.isDeterioration || change.isNotOnTrack ? "late" : undefined}>
                  {words}
                </strong>
              </>
            ))}
          </p>
        );
      })}
      {isTerminal(episode.status) ? null : (
        <>
          <p>Enter the answers to what you asked:</p>
          <ul>
            {measures.map(({ instrumentId, title }) => (
              <li>
                <a
                  href={withBack(
                    `/staff/episodes/${episode.episodeId}/measures/${instrumentId}`,
                    back,
                  )}
                >
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
