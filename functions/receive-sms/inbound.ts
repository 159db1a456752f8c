import type { Episode } from "../../shared/care/episode/episode.ts";
import type { Policy } from "../../shared/care/program/policy.ts";
import type { Site } from "../../shared/care/program/site.ts";
import type { InboundSms } from "../../shared/contracts/inbound-sms-event.ts";
import type { SortedInbound } from "../../shared/messages/sort-inbound.ts";
import type { OptOutList } from "../../shared/ports/opt-out-list.ts";
import type { Pager } from "../../shared/ports/pager.ts";
import type { SendDeps } from "../../shared/sending/deliver-claimed.ts";
import type { InboundWords } from "../../shared/store/inbound-words.ts";

export type ReceiveSmsDeps = SendDeps & { readonly optOutList: OptOutList; readonly pager: Pager };

/** What became of one text. */
export type TextResult = "applied" | "duplicate" | "unmatched" | "from-staff" | "odd-sender";

/** One text with everything that is decided from. */
export type Inbound = {
  readonly text: InboundSms;
  readonly sorted: SortedInbound;
  readonly contactPointId: string;
  readonly receivedAt: string;
  readonly policy: Policy;
  /** The site whose number was written to. */
  readonly site: Site;
  /** The episode that answers: the newest live one of the number, for words of crisis the last one. */
  readonly episode: Episode | undefined;
};

/** The part of a text that is stored. */
export function wordsOf(inbound: Inbound): InboundWords {
  const { text, contactPointId, receivedAt, site, sorted } = inbound;
  return {
    source: "text",
    providerId: text.inboundMessageId,
    words: text.messageBody,
    contactPointId,
    receivedAt,
    siteId: site.siteId,
    sorted,
  };
}
