import type { EpisodeItem } from "../../../shared/care/episode/episode-item.ts";
import type { Instrument } from "../../../shared/care/program/instrument.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { type Asked, openOnTablet } from "../../../shared/questions/tablet-code.ts";
import { askedWords } from "../../../shared/staff/words/asked-words.ts";
import { Card } from "./parts.tsx";
import { withBack } from "./place.ts";
import { inZone } from "./times.ts";

/** What waits for the person's answers, and every way to give them: nobody needs a phone of their own. */
export function OpenFormsCard({
  episodeId,
  items,
  now,
  zone,
  back,
}: {
  readonly episodeId: string;
  readonly items: readonly EpisodeItem[];
  readonly now: string;
  readonly zone: string;
  readonly back: string | undefined;
}) {
  const open = openOnTablet(items, now);
  if (open.length === 0) return null;
  return (
    <Card>
      <h2>Waiting for answers</h2>
      {open.map((item) => (
        <p>
          <strong>{askedWords(item)}</strong>
          {item.endsAt === undefined ? "" : `, until ${inZone(item.endsAt, zone)}`}
        </p>
      ))}
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
    </Card>
  );
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
  if (item.kind === "check-in")
    return (
      <p>
        By phone or on paper: a check-in that the person does not answer becomes the task of a call,
        and the answers are entered there.
      </p>
    );
  return (
    <>
      <p>On paper (print the page), or by phone: ask the questions and enter the answers.</p>
      <ul>
        {item.instruments.map((instrumentId) => (
          <li>
            <a href={`/staff/episodes/${episodeId}/measures/${instrumentId}`}>
              {ownValue(instruments, instrumentId)?.title ?? instrumentId}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
