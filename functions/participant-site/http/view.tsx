import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { isLanguage, type Language, pageLanguage } from "../../../shared/web/texts/language.ts";
import { commonTexts } from "../texts/common.ts";
import { Phone } from "../ui/crisis.tsx";
import { Layout } from "../ui/layout.tsx";
import { markIn, withMark } from "../ui/page-links.ts";

/** Where the language that a reader chose is kept. */
const languageCookie = "language";
const yearSeconds = 365 * 86_400;

/** The language the reader chose, else that of their link, else that of their browser. */
export function languageOf(context: Context, ofLink?: string): Language {
  const asked = context.req.query("lang");
  if (isLanguage(asked)) return asked;
  const kept = getCookie(context, languageCookie);
  if (isLanguage(kept)) return kept;
  if (ofLink !== undefined) return pageLanguage(ofLink);
  return pageLanguage(context.req.header("accept-language"));
}

/** Keeps the language of a `?lang=` link for the pages that follow. */
export function keepLanguage(context: Context, isSecure: boolean): void {
  const asked = context.req.query("lang");
  if (isLanguage(asked)) writeLanguage(context, asked, { isSecure, maxAge: yearSeconds });
}

/** Forgets the language that a reader chose, for the next one at the same device. */
export function forgetLanguage(context: Context, isSecure: boolean): void {
  writeLanguage(context, "", { isSecure, maxAge: 0 });
}

function writeLanguage(
  context: Context,
  value: string,
  { isSecure, maxAge }: { readonly isSecure: boolean; readonly maxAge: number },
): void {
  setCookie(context, languageCookie, value, {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: isSecure,
    maxAge,
  });
}

export type PageInput = {
  readonly language: Language;
  readonly title: string;
  readonly content: Child;
  readonly brand?: string | undefined;
  readonly hasError?: boolean | undefined;
  readonly backHref?: string | undefined;
};

/** Answers with one page. */
export function page(context: Context, input: PageInput, status: ContentfulStatusCode = 200) {
  const body = (
    <Layout
      language={input.language}
      title={input.title}
      brand={input.brand}
      hasError={input.hasError}
      backHref={input.backHref}
      languageHref={(language) => inLanguageHref(context, language)}
    >
      {input.content}
    </Layout>
  );
  return context.html(html`<!doctype html>${body}`, status);
}

/** The address of this page in another language, still of the same link. */
function inLanguageHref(context: Context, language: Language): string {
  const mark = markIn(context);
  const site = context.req.query("site");
  if (site !== undefined) return `?site=${encodeURIComponent(site)}&lang=${language}`;
  return mark === undefined ? `?lang=${language}` : withMark(`?lang=${language}`, mark);
}

/** A kind page that says what to do, in two sentences. */
export function notePage(
  context: Context,
  input: {
    readonly language: Language;
    readonly title: string;
    readonly words: string | readonly string[];
    readonly brand?: string | undefined;
    readonly phone?: string | undefined;
    readonly link?: { readonly href: string; readonly text: string } | undefined;
  },
  status: ContentfulStatusCode,
) {
  const lines = typeof input.words === "string" ? [input.words] : input.words;
  return page(
    context,
    {
      language: input.language,
      title: input.title,
      brand: input.brand,
      content: (
        <>
          <h1 class="govuk-heading-l">{input.title}</h1>
          {lines.map((line) => (
            <p class="govuk-body">{line}</p>
          ))}
          {input.phone === undefined ? null : (
            <p class="govuk-body">
              <Phone number={input.phone} />
            </p>
          )}
          {input.link === undefined ? null : (
            <p class="govuk-body">
              <a class="govuk-link tall-link" href={input.link.href}>
                {input.link.text}
              </a>
            </p>
          )}
        </>
      ),
    },
    status,
  );
}

/** The page for a form that did not arrive as a form. */
export function refusedForm(context: Context, language: Language, status: 400 | 413 | 415) {
  const t = commonTexts[language];
  return notePage(context, { language, ...(status === 413 ? t.tooLarge : t.badForm) }, status);
}
