import type { SendOutcome } from "../../shared/ports/message-sender.ts";
import type { Pager } from "../../shared/ports/pager.ts";

/** A page as it was asked for. */
export type RecordedPage = {
  readonly channel: "text" | "call";
  readonly to: string;
  readonly from: string;
  readonly words: string;
  readonly key: string;
};

/** Keeps the pages that were asked for and answers as planned, or that all is well. */
export class MemoryPager implements Pager {
  readonly pages: RecordedPage[] = [];
  readonly #planned: SendOutcome[] = [];

  /** Plans the answers to the next pages; every page is kept, whatever becomes of it. */
  answerNext(...outcomes: readonly SendOutcome[]): void {
    this.#planned.push(...outcomes);
  }

  async text(page: Parameters<Pager["text"]>[0]): Promise<SendOutcome> {
    const { to, from, body: words, key } = page;
    return this.#record({ channel: "text", to, from, words, key });
  }

  async call(page: Parameters<Pager["call"]>[0]): Promise<SendOutcome> {
    return this.#record({ channel: "call", ...page });
  }

  #record(page: RecordedPage): SendOutcome {
    this.pages.push(page);
    const accepted = {
      outcome: "accepted",
      providerMessageId: `page-${this.pages.length}`,
    } as const;
    return this.#planned.shift() ?? accepted;
  }
}
