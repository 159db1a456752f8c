import type { Child } from "hono/jsx";
import { kitTexts } from "../texts/kit.ts";
import type { Language } from "../texts/language.ts";

export type DocumentProps = {
  readonly language: Language;
  readonly title: string;
  /** Whose pages these are; stands after the title. */
  readonly siteName: string;
  readonly hasError?: boolean | undefined;
  readonly styleHref: string;
  /** What stands above the main part, and what below it. */
  readonly header: Child;
  readonly footer?: Child;
  /** Above the main part and as wide: a way back. */
  readonly before?: Child;
  readonly children: Child;
};

/** The frame of every page: no script, one style sheet, a way past the header, one main part. */
export function Document(props: DocumentProps) {
  const { language, title, siteName, hasError, styleHref } = props;
  const t = kitTexts[language];
  return (
    <html lang={language} class="govuk-template">
      <head>
        <meta charset="utf-8" />
        <title>{`${hasError === true ? t.error : ""}${title} – ${siteName}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" content="#0b5c66" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="format-detection" content="telephone=no" />
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={styleHref} />
      </head>
      <body class="govuk-template__body">
        <a href="#main" class="govuk-skip-link">
          {t.skip}
        </a>
        {props.header}
        <div class="govuk-width-container">
          {props.before}
          <main class="govuk-main-wrapper" id="main" tabindex={-1}>
            {props.children}
          </main>
        </div>
        {props.footer}
      </body>
    </html>
  );
}
