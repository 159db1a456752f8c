import { phoneLabel } from "../../care/contact-points/contact-point.ts";
import { ownValue } from "../../care/text/own-value.ts";

type Facts = Readonly<Record<string, unknown>>;

/** Where the person is reached now: what messages that were readdressed are said to go to. */
export type ReachedAt = {
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
};

function several(count: number, one: string, many: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${many}`;
}

/**
 * What followed from a correction, in sentences, from the facts of its audit entry (`whatFollowed`).
 * Instants stand in them as they are stored, for the page to tell in the person's zone.
 */
export function followedWords(facts: Facts, reached: ReachedAt): readonly string[] {
  const count = (name: string) => Number(ownValue(facts, name) ?? 0);
  const said: string[] = [];
  const say = (name: string, sentence: (count: number) => string) => {
    const found = count(name);
    if (found > 0) said.push(sentence(found));
  };
  const goes = (n: number, what: string) =>
    n === 1 ? `1 planned ${what} now goes` : `${n} planned ${what}s now go`;
  say(
    "toNewNumber",
    (n) =>
      `${goes(n, "text")} to ${reached.phone === undefined ? "the new number" : phoneLabel(reached.phone)}.`,
  );
  say("toNewAddress", (n) => `${goes(n, "email")} to ${reached.email ?? "the new address"}.`);
  say("inOtherWords", (n) => `${goes(n, "message")} out in the new language.`);
  say("atOtherHours", (n) => {
    const { firstWasAt, firstIsAt } = facts;
    const first =
      typeof firstWasAt === "string" && typeof firstIsAt === "string"
        ? ` The first moves from ${firstWasAt} to ${firstIsAt}, their time.`
        : "";
    return `${goes(n, "message")} at another hour.${first}`;
  });
  say(
    "notSent",
    (n) => `${several(n, "planned message does", "planned messages do")} not go any more.`,
  );
  say("planned", (n) => `${several(n, "message is", "messages are")} planned anew.`);
  say(
    "askedOfStaff",
    (n) => `${several(n, "task was", "tasks were")} opened: see the open work of this person.`,
  );
  return said;
}

export const nothingFollowed = "Nothing that was planned had to change.";
