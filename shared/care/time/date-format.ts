const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * How dates are written in a language and zone, made once for each: making one takes a hundred times as long as using it,
 * and a page of forty people writes hundreds of dates. There are as many as there are zones in use times ways to write.
 * @param language - a language tag such as `en-US`
 * @throws {RangeError} for a language tag, a zone or an option that there is not
 */
export function dateFormat(
  language: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = JSON.stringify([language, options]);
  const kept = formats.get(key);
  if (kept !== undefined) return kept;
  const format = new Intl.DateTimeFormat(language, options);
  formats.set(key, format);
  return format;
}
