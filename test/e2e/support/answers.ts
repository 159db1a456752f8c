import type { Choose } from "./participant.ts";

/**
 * The same answer to every question, by the order in which its answers are offered: 0 is the first. The
 * question about self-harm gets the first one, "not at all": it has tests of its own.
 */
export function answerAll(position: number): Choose {
  return ({ name, values }) => {
    const index = name === "phq9-9" ? 0 : Math.min(position, values.length - 1);
    return values[index] ?? String(position);
  };
}

/** A check-in of somebody who is well; `different` answers the questions whose words contain a text. */
export function answerCheckIn(different: Readonly<Record<string, string>> = {}): Choose {
  const special = Object.entries({
    "How sure are you": "4",
    "follow-up visits": "yes",
    ...different,
  });
  return ({ values, html }) => {
    const found = special.find(([words]) => html.includes(words))?.[1];
    if (found !== undefined) return found;
    if (values.includes("no")) return "no";
    return values[0] ?? "0";
  };
}
