const ADDRESS = /\bhttps?:\/\/[^\s<>"'`)\]]+/gi;
const HREF = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;

/** Every web address in a message's text and page, each once, in the order of appearance. */
export function findLinks(text: string, html?: string): string[] {
  const found = [...text.matchAll(ADDRESS)].map(([address]) => address.replace(/[.,;:!?]+$/, ""));
  const targets = [...(html ?? "").matchAll(HREF)]
    .map(([, double, single]) => unescaped(double ?? single ?? ""))
    .filter((target) => /^https?:\/\//i.test(target));
  return [...new Set([...found, ...targets])];
}

function unescaped(attribute: string): string {
  return attribute
    .replaceAll("&quot;", '"')
    .replaceAll(/&#(?:39|x27);/gi, "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
