import type { Child } from "hono/jsx";
import { Document } from "../../../shared/web/parts/document.tsx";
import { type Language, languages } from "../../../shared/web/texts/language.ts";
import { styleHash } from "../style.generated.ts";
import { commonTexts } from "../texts/common.ts";
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
    <Document
      language={language}
      title={title}
      siteName={name}
      hasError={hasError}
      styleHref={`/style-${styleHash}.css`}
      header={
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
      }
      before={
        backHref === undefined ? null : (
          <nav aria-label={t.back}>
            <a href={backHref} class="govuk-back-link">
              {t.back}
            </a>
          </nav>
        )
      }
      footer={<CrisisBlock language={language} />}
    >
      {children}
    </Document>
  );
}
