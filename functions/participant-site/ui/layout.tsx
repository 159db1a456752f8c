import type { Child } from "hono/jsx";
import { styleHash } from "../style.generated.ts";
import { commonTexts } from "../texts/common.ts";
import { type Language, languages } from "../texts/language.ts";
import { CrisisBlock } from "./crisis.tsx";

export type LayoutProps = {
  readonly language: Language;
  readonly title: string;
  /** The neutral name people know from their messages. */
  readonly brand?: string | undefined;
  readonly hasError?: boolean | undefined;
  readonly backHref?: string | undefined;
  /** This page in another language. */
  readonly languageHref: (language: Language) => string;
  readonly children: Child;
};

const languageNames: Readonly<Record<Language, string>> = { en: "English", es: "Español" };

/** Every page: header with language and a way out, one main part, the crisis block at the foot. */
export function Layout(props: LayoutProps) {
  const { language, title, brand, hasError, backHref, languageHref, children } = props;
  const t = commonTexts[language];
  const name = brand ?? t.brand;
  return (
    <html lang={language} class="govuk-template">
      <head>
        <meta charset="utf-8" />
        <title>{`${hasError === true ? t.error : ""}${title} – ${name}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" content="#0b5c66" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="format-detection" content="telephone=no" />
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={`/style-${styleHash}.css`} />
      </head>
      <body class="govuk-template__body">
        <a href="#main" class="govuk-skip-link">
          {t.skip}
        </a>
        <header class="bar">
          <div class="govuk-width-container bar__row">
            <span class="bar__name">{name}</span>
            <nav class="bar__links" aria-label={t.navigation}>
              {languages
                .filter((one) => one !== language)
                .map((one) => (
                  <a href={languageHref(one)} lang={one} hreflang={one} rel="alternate">
                    {languageNames[one]}
                  </a>
                ))}
              <a href="#help">{t.helpNow}</a>
              <a href="/leave" rel="noreferrer nofollow">
                {t.leave}
              </a>
            </nav>
          </div>
        </header>
        <div class="govuk-width-container">
          {backHref === undefined ? null : (
            <nav aria-label={t.back}>
              <a href={backHref} class="govuk-back-link">
                {t.back}
              </a>
            </nav>
          )}
          <main class="govuk-main-wrapper" id="main" tabindex={-1}>
            {children}
          </main>
        </div>
        <CrisisBlock language={language} />
      </body>
    </html>
  );
}
