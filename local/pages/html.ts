/** Markup that is safe to send: everything put into it was escaped. */
export interface Html {
  readonly html: string;
}

type Content = Html | string | number | undefined | null | false | readonly Content[];

/** Builds markup; values are escaped unless they are markup themselves, lists are joined. */
export function html(literals: TemplateStringsArray, ...values: readonly Content[]): Html {
  let markup = literals[0] ?? "";
  for (const [index, value] of values.entries()) {
    markup += rendered(value) + (literals[index + 1] ?? "");
  }
  return { html: markup };
}

function rendered(value: Content): string {
  if (value === undefined || value === null || value === false) return "";
  if (typeof value === "string" || typeof value === "number") return escapeHtml(String(value));
  if ("html" in value) return value.html;
  return value.map(rendered).join("");
}

/** Escapes text for use in elements and quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
