import { phoneLabel } from "../../../shared/care/contact-points/contact-point.ts";
import type { Language } from "../../../shared/web/texts/language.ts";
import { commonTexts } from "../texts/common.ts";

/** Where help is, in words with links: the same on every page. */
export function CrisisLines({ language }: { readonly language: Language }) {
  const { crisis } = commonTexts[language];
  // Spanish speakers reach 988 in Spanish by pressing 2, and by the word AYUDA.
  const textHref = language === "es" ? "sms:988?&body=AYUDA" : "sms:988";
  return (
    <>
      <p>
        <a href="tel:988">{crisis.call}</a>
        {crisis.middle}
        <a href={textHref}>{crisis.text}</a>
        {crisis.after}
      </p>
      <p>
        {crisis.danger}
        <a href="tel:911">{crisis.emergency}</a>.
      </p>
    </>
  );
}

/** The block at the foot of every page. */
export function CrisisBlock({ language }: { readonly language: Language }) {
  const { crisis } = commonTexts[language];
  return (
    <aside class="help" id="help" tabindex={-1} aria-labelledby="help-heading">
      <div class="govuk-width-container">
        <h2 id="help-heading">{crisis.heading}</h2>
        <CrisisLines language={language} />
        <p>{crisis.notWatched}</p>
      </div>
    </aside>
  );
}

/** A phone number that dials itself. */
export function Phone({ number }: { readonly number: string }) {
  return (
    <a class="govuk-link tall-link" href={`tel:${number}`}>
      {phoneLabel(number)}
    </a>
  );
}
