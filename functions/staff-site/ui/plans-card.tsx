import type { Episode } from "../../../shared/care/episode/episode.ts";
import { isInProgram } from "../../../shared/care/episode/status.ts";
import { planKindRecords, planKinds } from "../../../shared/care/program/plan-kinds.ts";
import { Card } from "./parts.tsx";
import { withBack } from "./place.ts";
import { dateInZone, dateLabel } from "./times.ts";

/** The plans that are written with the person: which there are, when they are due, where to write and print them. */
export function PlansCard({
  episode,
  back,
}: {
  readonly episode: Episode;
  /** The place in the queue that somebody came from. */
  readonly back: string | undefined;
}) {
  // Whom nobody treats any more is asked for no treatment plan: what stands is the last one.
  const againBy = (reviewOn: string | undefined) =>
    reviewOn === undefined || !isInProgram(episode.status)
      ? ""
      : `, again by ${dateLabel(reviewOn)}`;
  const base = `/staff/episodes/${episode.episodeId}/plans`;
  return (
    <Card>
      <h2 id="plans">Plans</h2>
      <ul>
        {planKinds.map((planKind) => {
          const plan = episode.plans?.[planKind];
          return (
            <li>
              <a href={withBack(`${base}/${planKind}`, back)}>
                {planKindRecords[planKind].label.en}
              </a>{" "}
              {plan === undefined ? (
                <span class="late">not written yet</span>
              ) : (
                <>
                  <span class="quiet">
                    version {plan.version}, {dateInZone(plan.writtenAt, episode.timeZone)}
                    {againBy(plan.reviewOn)}
                    {plan.isShown ? ", on their own page" : ""}
                  </span>{" "}
                  <a href={`${base}/${planKind}/print`}>
                    Print
                    <span class="govuk-visually-hidden">
                      {" "}
                      the {planKindRecords[planKind].label.en}
                    </span>
                  </a>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
