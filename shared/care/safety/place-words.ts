import type { Policy } from "../program/policy.ts";
import { wordsOf } from "./word-pattern.ts";

type WordList = { readonly whole: ReadonlySet<string>; readonly begun: readonly string[] };
type Lists = { readonly topics: WordList; readonly distress: WordList };

/** Fewer words than this say nothing that could be placed: "ok", "on it". */
const fewestWords = 3;

const known = new WeakMap<Policy["crisisWords"], Lists>();

/**
 * True where a text speaks of nothing that people write about every day, or of more distress than of that: the
 * rules for danger found nothing in it, and a person has to read it soon all the same ("nothing anyone can do
 * now"). A list of what is ordinary ends sooner than one of all the ways to speak of despair.
 * @param words - the text as `readWords` gives it
 */
export function isUnplaced(crisisWords: Policy["crisisWords"], words: string): boolean {
  const lists = listsOf(crisisWords);
  // A policy that was published before it could name them places nothing.
  if (lists.topics.whole.size === 0) return false;
  const said = [...new Set(words.split(" ").filter((word) => /[\p{L}\p{N}]/u.test(word)))];
  if (said.length < fewestWords) return said.length > 0 && count(lists.distress, said) > 0;
  // What was passed over as an idiom (`~`) is ordinary.
  const topics = count(lists.topics, said) + (words.includes("~") ? 1 : 0);
  return topics === 0 || topics < count(lists.distress, said);
}

function count({ whole, begun }: WordList, words: readonly string[]): number {
  return words.filter((word) => whole.has(word) || begun.some((start) => word.startsWith(start)))
    .length;
}

function listsOf(crisisWords: Policy["crisisWords"]): Lists {
  const before = known.get(crisisWords);
  if (before !== undefined) return before;
  const languages = Object.values(crisisWords);
  const lists = {
    topics: listOf(languages.map(({ topics }) => topics)),
    distress: listOf(languages.map(({ distress }) => distress)),
  };
  known.set(crisisWords, lists);
  return lists;
}

function listOf(lists: readonly (string | undefined)[]): WordList {
  const words = lists.flatMap((list) => wordsOf(list ?? ""));
  return {
    whole: new Set(words.filter((word) => !word.endsWith("*"))),
    begun: words.filter((word) => word.endsWith("*")).map((word) => word.slice(0, -1)),
  };
}
