import { createParticipantSite } from "../../functions/participant-site/participant-site.ts";
import type { MemoryWorld } from "../../local/in-memory/memory-world.ts";
import { SiteVisitor } from "../fakes/site-visitor.ts";

/** What somebody answers to a question: one of what its page offers, or any number where it offers none. */
export type Answering = (
  question: string,
  offered: readonly (number | boolean)[],
) => number | boolean;

const said: Readonly<Record<string, boolean>> = { yes: true, no: false };
const longestWalk = 80;
const questionCount = 60;

/** The person with a phone, who opens the links that were really sent and does everything on the pages behind them. */
export class ParticipantPages {
  readonly #world: MemoryWorld;
  readonly #site: ReturnType<typeof createParticipantSite>;

  constructor(world: MemoryWorld) {
    this.#world = world;
    this.#site = createParticipantSite(world.deps);
  }

  /**
   * Opens the link of the newest message that somebody got with a template, and presses the button behind it.
   *
   * @returns the browser, on the first page of what was opened
   * @throws Error with the words of the page where the link does not open
   */
  async openLink(participantId: string, templateId: string): Promise<SiteVisitor> {
    const message = this.#world.sent.findLast(
      (sent) => sent.participantId === participantId && sent.templateId === templateId,
    );
    const path = /\/k\/[\w.~-]+/.exec(message?.text ?? "")?.[0];
    if (path === undefined) throw new Error(`No ${templateId} with a link was sent`);
    const visitor = new SiteVisitor({ site: this.#site, deps: this.#world.deps });
    await visitor.open(path);
    await visitor.submit();
    return expectPage(visitor);
  }

  /**
   * Answers page after page up to the last one, and sends it.
   *
   * @param words - what the person writes with it, where the last page takes words
   */
  async answerAll(visitor: SiteVisitor, answering: Answering, words?: string): Promise<void> {
    for (let step = 0; step < longestWalk && !visitor.path.endsWith("/done"); step += 1) {
      const isLast = visitor.path.endsWith("/check");
      await visitor.submit(
        isLast ? (words === undefined ? {} : { words }) : answerOn(visitor, answering),
      );
      expectPage(visitor);
    }
    if (!visitor.path.endsWith("/done"))
      throw new Error(`The pages did not end: ${visitor.path} ${visitor.main}`);
    await this.#world.settle();
  }

  /** Goes to the page of one question and answers that alone. */
  async answerOne(
    visitor: SiteVisitor,
    question: string,
    value: number | boolean,
  ): Promise<SiteVisitor> {
    const base = visitor.path.replace(/\/\d+$/, "");
    for (let number = 1; number <= questionCount; number += 1) {
      await visitor.open(`${base}/${number}?of=${visitor.mark}`);
      if (!expectPage(visitor).main.includes(`name="${question}"`)) continue;
      await visitor.submit(answerOn(visitor, () => value));
      expectPage(visitor);
      await this.#world.settle();
      return visitor;
    }
    throw new Error(`No page asks ${question}`);
  }
}

/** The answers to whatever a page asks, as its form sends them; nothing on a page that asks nothing. */
function answerOn(visitor: SiteVisitor, answering: Answering): Record<string, string> {
  const [first] = visitor.offered;
  const typed = /<input\b[^>]*inputmode="numeric"[^>]*>/.exec(visitor.main)?.[0];
  const name = first?.name ?? /name="([^"]*)"/.exec(typed ?? "")?.[1];
  if (name === undefined) return {};
  const answer = answering(
    name,
    visitor.offered.map(({ value }) => said[value] ?? Number(value)),
  );
  return { [name]: typeof answer === "boolean" ? (answer ? "yes" : "no") : String(answer) };
}

function expectPage(visitor: SiteVisitor): SiteVisitor {
  if (visitor.status !== 200)
    throw new Error(`${visitor.path} was refused: ${visitor.status} ${visitor.main}`);
  return visitor;
}
