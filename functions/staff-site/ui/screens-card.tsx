import type { Episode } from "../../../shared/care/episode/episode.ts";
import { isTerminal } from "../../../shared/care/episode/status.ts";
import type { Program } from "../../../shared/care/program/program.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { nameOrId } from "../../../shared/staff/words/actor-words.ts";
import { plain } from "../../../shared/staff/words/timeline-words.ts";
import { Card } from "./parts.tsx";
import { inZone } from "./times.ts";

/** What staff ask in the room: when and by whom it was asked last, and what came of it. */
export function ScreensCard({
  episode,
  program,
  zone,
  names,
}: {
  readonly episode: Episode;
  readonly program: Program;
  readonly zone: string;
  readonly names: ReadonlyMap<string, string>;
}) {
  const { screens = [] } = program;
  if (screens.length === 0) return null;
  return (
    <Card>
      <h2 id="screens">Asked in the room</h2>
      <ul>
        {screens.map((screen) => {
          const state = ownValue(episode.screens ?? {}, screen.screenId);
          const found = screen.questions.filter(({ id }) => state?.positive.includes(id) === true);
          return (
            <li>
              <a href={`/staff/episodes/${episode.episodeId}/screens/${screen.screenId}`}>
                {screen.title}
              </a>{" "}
              {state === undefined ? (
                <span class={isTerminal(episode.status) ? "quiet" : "late"}>not asked yet</span>
              ) : (
                <>
                  <span class="quiet">
                    {inZone(state.askedAt, zone)}, {nameOrId(names, state.by)}
                  </span>{" "}
                  {found.length === 0 ? (
                    "nothing to follow up"
                  ) : (
                    <strong class="late">
                      {found.map(({ asks }) => plain(asks)).join(", ")}: somebody was asked to act
                    </strong>
                  )}
                </>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
