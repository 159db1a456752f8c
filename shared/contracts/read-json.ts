/** How deep the JSON that anybody hands to us may be nested: FHIR forms put groups into groups, two levels each. */
const deepestNesting = 64;
/** Names that mean something to the language itself: no form of ours has them. */
const ownNames: readonly string[] = ["__proto__", "constructor"];

/**
 * JSON from outside as plain data, the one way in for it: half an emoji (a lone surrogate) is made
 * well-formed wherever it stands, in names too, since the store takes no text that is not. Fields named
 * `__proto__` or `constructor` are left out.
 * @returns `undefined` for what is no JSON or is nested deeper than 64 levels
 */
export function readJson(text: string): { readonly value: unknown } | undefined {
  const parsed = parse(text);
  return parsed === undefined || isTooDeep(parsed.value, deepestNesting)
    ? undefined
    : { value: cleaned(parsed.value) };
}

/** Like `readJson`, but what lies too deep is left out and the rest is kept. */
export function readJsonLeniently(text: string): { readonly value: unknown } | undefined {
  const parsed = parse(text);
  if (parsed === undefined) return undefined;
  return { value: cleaned(withoutTooDeep(parsed.value, deepestNesting)) };
}

/**
 * Makes every text in plain data well-formed, names included, in place, and hands it back.
 * @param value - plain data nested no deeper than the caller allows
 */
export function madeWellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (value === null || typeof value !== "object") return value;
  for (const [name, inner] of Object.entries(value)) {
    const made = madeWellFormed(inner);
    if (name.isWellFormed()) {
      if (made !== inner) Reflect.set(value, name, made);
      continue;
    }
    Reflect.deleteProperty(value, name);
    Reflect.set(value, name.toWellFormed(), made);
  }
  return value;
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function isTooDeep(value: unknown, left: number): boolean {
  if (value === null || typeof value !== "object") return false;
  if (left === 0) return true;
  return Object.values(value).some((inner) => isTooDeep(inner, left - 1));
}

function withoutTooDeep(value: unknown, left: number): unknown {
  if (value === null || typeof value !== "object") return value;
  if (left === 0) return null;
  for (const [name, inner] of Object.entries(value)) {
    const kept = withoutTooDeep(inner, left - 1);
    if (kept !== inner) Reflect.set(value, name, kept);
  }
  return value;
}

function cleaned(value: unknown): unknown {
  dropOwnNames(value);
  return madeWellFormed(value);
}

function dropOwnNames(value: unknown): void {
  if (value === null || typeof value !== "object") return;
  for (const [name, inner] of Object.entries(value)) {
    if (ownNames.includes(name)) Reflect.deleteProperty(value, name);
    else dropOwnNames(inner);
  }
}
