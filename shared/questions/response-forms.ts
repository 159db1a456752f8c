import { dateSaid } from "./response-date.ts";
import { fieldsOf, listOf, textOf } from "./response-items.ts";

/** Bundles within bundles, and the characters of a form that came as text. */
const deepest = 5;
const longestText = 200_000;

/**
 * The forms in what was sent: each response by itself, whatever bundle, list of parameters or text holds it. Single
 * observations that stand together and were made on one day are answers to one form.
 */
export function formsOf(sent: unknown): readonly unknown[] {
  const forms = unwrapped(sent, 0);
  const byDay = new Map<string, unknown[]>();
  const others: unknown[] = [];
  for (const form of forms) {
    const { resourceType, status, component } = fieldsOf(form);
    // One with components is a form of its own.
    if (resourceType !== "Observation" || component !== undefined || forms.length === 1) {
      others.push(form);
      continue;
    }
    const day = (textOf(dateSaid(form)) ?? "").slice(0, 10);
    const key = `${day} ${textOf(status) ?? ""}`;
    byDay.set(key, [...(byDay.get(key) ?? []), form]);
  }
  const together = [...byDay.values()].map((observations) => {
    const { resourceType, status } = fieldsOf(observations[0]);
    const effectiveDateTime = dateSaid(observations[0]);
    return { resourceType, effectiveDateTime, status, component: observations };
  });
  return [...others, ...together];
}

function unwrapped(sent: unknown, depth: number): readonly unknown[] {
  if (depth > deepest) return [sent];
  if (Array.isArray(sent)) return sent.flatMap((one) => unwrapped(one, depth + 1));
  if (typeof sent === "string") return unwrappedText(sent, depth);
  const { resourceType, entry, parameter } = fieldsOf(sent);
  const held =
    resourceType === "Bundle" ? entry : resourceType === "Parameters" ? parameter : undefined;
  if (held === undefined) return [sent];
  return listOf(held).flatMap((one) => unwrapped(fieldsOf(one).resource, depth + 1));
}

/** A form that was put into quotes on its way; any other text is what it is. */
function unwrappedText(text: string, depth: number): readonly unknown[] {
  if (!/^\s*[[{]/.test(text) || text.length > longestText) return [text];
  try {
    return unwrapped(JSON.parse(text) as unknown, depth + 1);
  } catch (error) {
    if (error instanceof SyntaxError) return [text];
    throw error;
  }
}
