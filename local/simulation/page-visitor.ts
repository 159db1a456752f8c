/** Answers one request to the public pages. */
export type AskPage = (path: string, init: RequestInit) => Promise<Response>;

const maxPages = 60;

/** A person with a browser: keeps cookies, follows redirects, sends the form of the page. */
export class PageVisitor {
  readonly #ask: AskPage;
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();
  #path = "/";
  #html = "";

  constructor(ask: AskPage, origin: string) {
    this.#ask = ask;
    this.#origin = origin;
  }

  /** Opens a page and sends its forms, one after the other, up to a page that has none or repeats itself. */
  async fillIn(path: string, answers: Readonly<Record<string, string>>): Promise<void> {
    await this.#open(path, {});
    for (let page = 0; page < maxPages; page += 1) {
      const form = /<form\b[^>]*>/.exec(this.#main)?.[0];
      if (form === undefined) return;
      const action = /action="([^"]*)"/.exec(form)?.[1] ?? this.#path;
      const before = this.#path;
      await this.#open(action, this.#form({ ...this.#hidden(), ...this.#chosen(answers) }));
      if (this.#path === before) throw new Error(`${before} was not taken: ${this.#main}`);
    }
    throw new Error(`The forms that begin at ${path} do not end`);
  }

  get #main(): string {
    return /<main\b[\s\S]*<\/main>/.exec(this.#html)?.[0] ?? "";
  }

  #hidden(): Record<string, string> {
    const found = this.#main.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g);
    return Object.fromEntries([...found].map(([, name = "", value = ""]) => [name, value]));
  }

  /** The given answer of every field; of a choice nobody was told about, the one that says that all is well. */
  #chosen(answers: Readonly<Record<string, string>>): Record<string, string> {
    const chosen: Record<string, string> = {};
    for (const [tag] of this.#main.matchAll(/<(?:input|textarea)\b[^>]*>/g)) {
      const name = /name="([^"]*)"/.exec(tag)?.[1];
      if (name === undefined || /type="hidden"/.test(tag)) continue;
      const given = answers[name];
      const value = /value="([^"]*)"/.exec(tag)?.[1] ?? "";
      if (given !== undefined) chosen[name] = given;
      else if (/type="radio"/.test(tag) && (value === "0" || value === "no")) chosen[name] = value;
    }
    return chosen;
  }

  #form(fields: Readonly<Record<string, string>>): RequestInit {
    return {
      method: "POST",
      body: new URLSearchParams(fields).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", origin: this.#origin },
    };
  }

  async #open(path: string, init: RequestInit): Promise<void> {
    let response = await this.#request(path, init);
    let at = path;
    for (let hop = 0; response.status >= 300 && response.status < 400 && hop < 10; hop += 1) {
      at = response.headers.get("location") ?? "/";
      response = await this.#request(at, {});
    }
    this.#path = at;
    this.#html = await response.text();
    if (response.status !== 200) throw new Error(`${at} was answered ${response.status}`);
  }

  async #request(path: string, init: RequestInit): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await this.#ask(path, {
      ...init,
      headers: { ...(cookie === "" ? {} : { cookie }), ...init.headers },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      if (/max-age=0/i.test(line)) this.#cookies.delete(pair.slice(0, at));
      else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }
}
