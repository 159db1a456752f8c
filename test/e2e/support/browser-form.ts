/** A participant without JavaScript: follows redirects, keeps cookies, fills in the forms of a page. */
export class FormBrowser {
  readonly #cookies = new Map<string, string>();
  url = "";
  html = "";
  status = 0;

  async open(url: string, init: RequestInit = {}): Promise<this> {
    let next = url;
    let request: RequestInit = init;
    for (let hop = 0; hop < 10; hop += 1) {
      const response = await fetch(next, {
        ...request,
        redirect: "manual",
        headers: { accept: "text/html", ...request.headers, cookie: this.#cookieHeader() },
      });
      for (const line of response.headers.getSetCookie()) {
        const [pair = ""] = line.split(";");
        const at = pair.indexOf("=");
        if (/max-age=0|expires=thu, 01 jan 1970/i.test(line))
          this.#cookies.delete(pair.slice(0, at));
        else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
      }
      const location = response.headers.get("location");
      if (response.status >= 300 && response.status < 400 && location !== null) {
        next = new URL(location, next).href;
        request = {};
        continue;
      }
      this.url = next;
      this.status = response.status;
      this.html = await response.text();
      return this;
    }
    throw new Error(`Too many redirects from ${url}`);
  }

  /** The page without its header and footer, which hold forms and links of their own. */
  get main(): string {
    return /<main\b[\s\S]*<\/main>/.exec(this.html)?.[0] ?? this.html;
  }

  /** Hidden fields and their values of the page's first form. */
  hidden(): Record<string, string> {
    const found: Record<string, string> = {};
    for (const match of this.main.matchAll(/<input\b[^>]*>/g)) {
      const tag = match[0];
      if (!/type="hidden"/.test(tag)) continue;
      const name = /name="([^"]*)"/.exec(tag)?.[1];
      if (name !== undefined) found[name] = decode(/value="([^"]*)"/.exec(tag)?.[1] ?? "");
    }
    return found;
  }

  /** Names of the page's radio groups. */
  radioNames(): string[] {
    return [
      ...new Set(
        [...this.main.matchAll(/<input\b[^>]*type="radio"[^>]*>/g)].map(
          (match) => /name="([^"]*)"/.exec(match[0])?.[1] ?? "",
        ),
      ),
    ];
  }

  /** Sends the page's form with these fields added. */
  async submit(fields: Readonly<Record<string, string>> = {}): Promise<this> {
    const action = /<form\b[^>]*action="([^"]*)"/.exec(this.main)?.[1];
    const target = new URL(decode(action ?? this.url), this.url).href;
    return this.open(target, {
      method: "POST",
      body: new URLSearchParams({ ...this.hidden(), ...fields }).toString(),
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        origin: new URL(this.url).origin,
      },
    });
  }

  #cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }
}

function decode(text: string): string {
  return text
    .replaceAll("&amp;", "&")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");
}
