import type { Context } from "hono";
import type { Site } from "../../../shared/care/program/site.ts";
import { ContinueButton, ErrorSummary } from "../../../shared/web/parts/fields.tsx";
import { Form } from "../../../shared/web/parts/form.tsx";
import { SummaryList } from "../../../shared/web/parts/summary-list.tsx";
import type { Language } from "../../../shared/web/texts/language.ts";
import { type PageInput, page } from "../http/view.tsx";
import { commonTexts } from "../texts/common.ts";
import { formTexts } from "../texts/intake-form.ts";
import { instantLabel } from "../texts/words.ts";
import { CrisisLines, Phone } from "../ui/crisis.tsx";
import type { Draft, SentIntake } from "./draft.ts";
import type { Step, StepContext, StepView } from "./step.ts";
import { askedSteps } from "./steps.ts";

/** The page before the first question; where a form was begun on this device, the choice what becomes of it. */
export function beginPage(context: Context, language: Language, isBegun: boolean) {
  if (isBegun) return goOnPage(context, language);
  const t = formTexts[language].begin;
  return page(context, {
    language,
    title: t.title,
    backHref: "/",
    content: (
      <>
        <h1 class="govuk-heading-l">{t.title}</h1>
        {t.lines.map((line) => (
          <p class="govuk-body">{line}</p>
        ))}
        <Form action="/start">
          <ContinueButton>{t.button}</ContinueButton>
        </Form>
      </>
    ),
  });
}

/** Says nothing of what was entered: the reader may be another person than the one who began. */
function goOnPage(context: Context, language: Language) {
  const t = formTexts[language].begun;
  return page(context, {
    language,
    title: t.title,
    backHref: "/",
    content: (
      <>
        <h1 class="govuk-heading-l">{t.title}</h1>
        {t.lines.map((line) => (
          <p class="govuk-body">{line}</p>
        ))}
        <Form action="/start" hidden={{ choice: "start-over" }}>
          <ContinueButton>{t.startOver}</ContinueButton>
        </Form>
        <Form action="/start" hidden={{ choice: "go-on" }}>
          <ContinueButton>{t.goOn}</ContinueButton>
        </Form>
      </>
    ),
  });
}

/** One question, with what is wrong with the answer where something is. */
export function stepPage(
  context: Context,
  step: Step,
  view: StepView,
  key: string,
  backHref: string,
) {
  const hasError = view.errors.length > 0;
  return page(
    context,
    {
      language: view.language,
      title: step.title(view),
      hasError,
      backHref,
      content: (
        <>
          <ErrorSummary errors={view.errors} language={view.language} />
          <Form action={`/start/${step.name}`} submissionKey={key}>
            {step.render(view)}
            <ContinueButton>{commonTexts[view.language].continue}</ContinueButton>
          </Form>
        </>
      ),
    },
    hasError ? 400 : 200,
  );
}

/**
 * Everything that was entered, before it is sent.
 * @param sending.hidden - what tells, when it is sent, that it is what was shown
 * @param sending.isChanged - that it is shown again since it was another one meanwhile
 */
export function checkPage(
  context: Context,
  draft: Draft,
  ctx: StepContext,
  sending: { readonly hidden: Readonly<Record<string, string>>; readonly isChanged: boolean },
) {
  const { language } = ctx;
  const t = formTexts[language].check;
  const asked = askedSteps(draft.values, ctx);
  const input: PageInput = {
    language,
    title: t.title,
    backHref: `/start/${asked.at(-1)?.name ?? ""}`,
    content: (
      <>
        {sending.isChanged ? (
          <div class="govuk-inset-text" role="status">
            {t.changed}
          </div>
        ) : null}
        <h1 class="govuk-heading-l">{t.title}</h1>
        <SummaryList
          changeWord={commonTexts[language].change}
          rows={asked.flatMap((step) =>
            step.rows(draft.values, ctx).map((row) => ({
              key: row.key,
              value: row.value === "" ? commonTexts[language].notAnswered : row.value,
              changeHref: `/start/${step.name}`,
            })),
          )}
        />
        <p class="govuk-body">{t.words}</p>
        <Form action="/start/send" submissionKey={draft.key} hidden={sending.hidden}>
          <ContinueButton>{t.button}</ContinueButton>
        </Form>
      </>
    ),
  };
  return page(context, input, sending.isChanged ? 409 : 200);
}

/** What happens next and by when. Where words asked for it, help comes first. */
export function sentPage(context: Context, language: Language, sent: SentIntake, site: Site) {
  const t = formTexts[language].sent;
  return page(context, {
    language,
    title: t.title,
    brand: site.senderName,
    content: (
      <>
        <h1 class="govuk-heading-l">{t.title}</h1>
        {sent.isSafetyPositive ? (
          <div class="urgent">
            <p>{t.safety}</p>
            <CrisisLines language={language} />
            <p>
              {t.office} <Phone number={site.phone} />
            </p>
          </div>
        ) : null}
        <p class="reference">
          {t.reference} <strong>{sent.reference}</strong>
        </p>
        <h2 class="govuk-heading-m">{t.nextTitle}</h2>
        <p class="govuk-body">{t.next(instantLabel(sent.contactBy, site.timeZone, language))}</p>
        <p class="govuk-body">
          {t.call} <Phone number={site.phone} />
        </p>
      </>
    ),
  });
}
