import type { EpisodeStatus } from "../../../shared/care/episode/status.ts";
import type { Person } from "../../../shared/staff/people/read-person.ts";

/** The program is over: whoever is referred again goes on in a new record. */
const isOver: readonly EpisodeStatus[] = [
  "discharged",
  "aftercare",
  "closed",
  "declined",
  "withdrawn",
];

/** What came of the referral that was just taken, where the page was opened by it. */
export function referralNotice(how: string | undefined, { episode }: Person) {
  switch (how) {
    case "taken":
      return <p>The referral is taken: {episode.reference}. The first call is a task.</p>;
    case "added": {
      const { others = [], status } = episode;
      const next = others.findLast(({ how: kind }) => kind === "later");
      if (next === undefined && !isOver.includes(status))
        return <p>The referral is taken. What it says is being added to this record.</p>;
      return (
        <p>
          The referral is taken. The earlier care of this record is over: the person goes on in{" "}
          {next === undefined ? (
            "a new record, which this page leads to under “Where they stand” in a moment."
          ) : (
            <a href={`/staff/episodes/${next.episodeId}`}>a new record</a>
          )}
        </p>
      );
    }
    case "without-agreement":
      return (
        <p>
          <strong>The referral is taken, and what was agreed to is not written down.</strong>{" "}
          <a href={`/staff/episodes/${episode.episodeId}/about`}>Write it down there</a>
        </p>
      );
    default:
      return undefined;
  }
}
