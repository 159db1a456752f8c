import type { CheckIn } from "../../../shared/care/episode/check-in.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { EpisodeItem } from "../../../shared/care/episode/episode-item.ts";
import { isTerminal } from "../../../shared/care/episode/status.ts";
import type { Instrument } from "../../../shared/care/program/instrument.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { type Asked, openOnTablet } from "../../../shared/questions/tablet-code.ts";
import { askedWords } from "../../../shared/staff/words/asked-words.ts";
import { Card } from "./parts.tsx";
import { withBack } from "./place.ts";
import { inZone } from "./times.ts";

/** What waits for the person's answers, and every way to give them: nobody needs a phone of their own. */
export function OpenFormsCard({
  episode: { episodeId, status },
  items,
  now,
  zone,
  back,
}: {
  readonly episode: Pick<Episode, "episodeId" | "status">;
  readonly items: readonly EpisodeItem[];
  readonly now: string;
  readonly zone: string;
  readonly back: string | undefined;
}) {
  const open = openOnTablet(items, now);
  const checkIns = isTerminal(status) ? [] : items.filter((item) => item.kind === "check-in");
  const toEnter = checkIns.filter((one) => one.status === "open");
  const missed = checkIns.filter((one) => one.status === "missed");
  if (open.length + toEnter.length + missed.length === 0) return null;
  return (
    <Card>
      <h2>Waiting for answers</h2>
      {open.map((item) => (
        <p>
          <strong>{askedWords(item)}</strong>
          {item.endsAt === undefined ? "" : `, until ${inZone(item.endsAt, zone)}`}
        </p>
      ))}
      {open.length === 0 ? null : (
        <>
          <p>
            By the person's own link, on the clinic tablet by a code, on paper, or with you on the
            phone.
          </p>
          <p>
            <a class="button second" href={withBack(`/staff/episodes/${episodeId}/tablet`, back)}>
              Fill in on the clinic tablet
            </a>
          </p>
          <p class="quiet">
            From paper or the phone: the same page says where the answers are entered.
          </p>
        </>
      )}
      <Enter episodeId={episodeId} checkIns={toEnter} zone={zone} back={back} />
      {missed.length === 0 ? null : (
        <details open={open.length + toEnter.length === 0}>
          <summary>Missed, and the answers came after all</summary>
          <Enter episodeId={episodeId} checkIns={missed} zone={zone} back={back} />
        </details>
      )}
    </Card>
  );
}

/** Where the answers of check-ins are entered that came on paper or in a talk. */
function Enter({
  episodeId,
  checkIns,
  zone,
  back,
}: {
  readonly episodeId: string;
  readonly checkIns: readonly CheckIn[];
  readonly zone: string;
  readonly back: string | undefined;
}) {
  return checkIns.map(({ number, dueAt }) => (
    <p>
      <a href={withBack(`/staff/episodes/${episodeId}/check-ins/${number}`, back)}>
        Enter the answers to check-in {number}
      </a>{" "}
      (due {inZone(dueAt, zone)})
    </p>
  ));
}

/** Where the answers of one form are entered that came on paper or by phone. */
export function OtherWays({
  episodeId,
  item,
  instruments,
}: {
  readonly episodeId: string;
  readonly item: Asked;
  readonly instruments: Readonly<Record<string, Instrument>>;
}) {
  const base = `/staff/episodes/${episodeId}`;
  if (item.kind === "check-in")
    return (
      <p>
        By phone or on paper: <a href={`${base}/check-ins/${item.number}/print`}>print it</a>, or
        ask the questions, and{" "}
        <a href={`${base}/check-ins/${item.number}`}>enter the answers to check-in {item.number}</a>
        .
      </p>
    );
  return (
    <>
      <p>On paper, or by phone: ask the questions and enter the answers.</p>
      <ul>
        {item.instruments.map((instrumentId) => (
          <li>
            <a href={`${base}/measures/${instrumentId}`}>
              {ownValue(instruments, instrumentId)?.title ?? instrumentId}
            </a>{" "}
            · <a href={`${base}/measures/${instrumentId}/print`}>print it</a>
          </li>
        ))}
      </ul>
    </>
  );
}
