import { pageLinks } from "../../functions/participant-site/ui/page-links.ts";
import type { Secrets } from "../../shared/ports/secrets.ts";
import { siteOrigin } from "./site-world.ts";

const linkPages = /^\/(screen|check-in|my-week|preferences)\b/;

/** The pages that a browser is pointed at, and the secrets that seal their forms. */
export type Visited = {
  readonly site: {
    readonly request: (url: string, init?: RequestInit) => Response | Promise<Response>;
  };
  readonly deps: { readonly secrets: Secrets };
};

/** A person with a browser: keeps cookies, follows redirects, sends the form of the page. */
export class SiteVisitor {
  readonly #world: Visited;
  readonly cookies: Map<string, string>;
  /** Where the page is, without the mark of the link it was opened from. */
  path = "/";
  /** The mark of the link whose pages are open. */
  mark = "";
  html = "";
  status = 0;
  headers = new Headers();

  /** @param cookies - of a browser that has another window open */
  constructor(world: Visited, cookies = new Map<string, string>()) {
    this.#world = world;
    this.cookies = cookies;
  }

  /** A request as it is, without following where it leads. */
  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await this.#world.site.request(`${siteOrigin}${path}`, {
      ...init,
      headers: { ...(cookie === "" ? {} : { cookie }), ...init.headers },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      if (/max-age=0/i.test(line)) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  async open(path: string, init: RequestInit = {}): Promise<this> {
    let response = await this.request(path, init);
    let at = path;
    for (let hop = 0; response.status >= 300 && response.status < 400 && hop < 10; hop += 1) {
      at = response.headers.get("location") ?? "/";
      response = await this.request(at);
    }
    const address = new URL(at, siteOrigin);
    this.mark = address.searchParams.get("of") ?? this.mark;
    address.searchParams.delete("of");
    this.path = `${address.pathname}${address.search}`;
    this.status = response.status;
    this.headers = response.headers;
    this.html = await response.text();
    return this;
  }

  /** Sends a form to a path; to the pages of a link as their own forms do, with its mark and seal. */
  async post(path: string, fields: Readonly<Record<string, string>>): Promise<this> {
    const target = this.target(path);
    return this.open(target.action, this.form({ ...target.hidden, ...fields }));
  }

  /** Where the pages of the open link would send a form for this path, and what they would send along. */
  target(path: string) {
    const cookie = this.cookies.get(`link-${this.mark}`);
    const opened = this.#world.deps.secrets.openValue(cookie ?? "");
    const linkId = opened?.split(":").at(-1);
    return linkId === undefined || path.includes("?") || !linkPages.test(path)
      ? { action: path, hidden: {} }
      : pageLinks(this.#world.deps.secrets, linkId, this.mark).formTo(path);
  }

  form(fields: Readonly<Record<string, string>>): RequestInit {
    return {
      method: "POST",
      body: new URLSearchParams(fields).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", origin: siteOrigin },
    };
  }

  /** The page between its header and its foot. */
  get main(): string {
    return /<main\b[\s\S]*<\/main>/.exec(this.html)?.[0] ?? "";
  }

  get title(): string {
    return /<title>([^<]*)<\/title>/.exec(this.html)?.[1] ?? "";
  }

  get hidden(): Record<string, string> {
    return Object.fromEntries(
      [...this.main.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
        ([, name = "", value = ""]) => [name, value],
      ),
    );
  }

  /** Names and values of the answers that the page offers. */
  get offered(): readonly { readonly name: string; readonly value: string }[] {
    return [...this.main.matchAll(/<input\b[^>]*type="radio"[^>]*>/g)].map(([tag]) => ({
      name: /name="([^"]*)"/.exec(tag)?.[1] ?? "",
      value: /value="([^"]*)"/.exec(tag)?.[1] ?? "",
    }));
  }

  /** Sends the page's form with these fields. */
  async submit(fields: Readonly<Record<string, string>> = {}): Promise<this> {
    const form = /<form\b[^>]*>/.exec(this.main)?.[0];
    if (form === undefined) throw new Error(`The page ${this.path} has no form: ${this.main}`);
    const action = /action="([^"]*)"/.exec(form)?.[1] ?? this.path;
    return this.post(action, { ...this.hidden, ...fields });
  }

  /** Fills in the form that asks for care, page by page, up to the check. */
  async fillIn(answers: Readonly<Record<string, string>>): Promise<this> {
    await this.open("/start");
    await this.submit();
    for (let page = 0; page < 30 && this.path !== "/start/check"; page += 1) {
      const names = [...this.main.matchAll(/<(?:input|textarea)\b[^>]*name="([^"]*)"/g)]
        .map(([, name = ""]) => name)
        .filter((name) => name !== "key" && name !== "choice");
      const fields = Object.fromEntries(
        [...new Set(names)].flatMap((name) =>
          answers[name] === undefined ? [] : [[name, answers[name]]],
        ),
      );
      const before = this.path;
      await this.submit(fields);
      if (this.status !== 200 || this.path === before)
        throw new Error(`${before} was not taken: ${this.status} ${this.main}`);
    }
    return this;
  }
}

/** A fictional person with an own phone who agrees to texts and emails. */
export const fictionalAnswers = {
  siteId: "riverside",
  programId: "adult-iop",
  given: "Robin",
  family: "Okafor",
  usedName: "Rob",
  "birth-month": "3",
  "birth-day": "28",
  "birth-year": "1990",
  phone: "(212) 555-0142",
  phoneKind: "own",
  email: "robin@example.org",
  smsConsent: "yes",
  emailConsent: "yes",
  language: "en",
  interpreter: "no",
  reason: "I would like to talk with someone",
} as const;
