import { type PlanKind, planKindRecords } from "../../care/program/plan-kinds.ts";
import { ownValue } from "../../care/text/own-value.ts";
import { dateLabel } from "../texts/dates.ts";
import type { Language } from "../texts/language.ts";

const texts = {
  en: {
    of: "Of",
    written: "Written on",
    crisis:
      "If I might act on thoughts of harming myself: call or text 988, day and night. In an emergency: 911.",
  },
  es: {
    of: "De",
    written: "Escrito el",
    crisis:
      "Si pienso hacerme daño: llamo al 988 (oprimo 2) o mando AYUDA al 988, de día y de noche. En una emergencia: 911.",
  },
} as const;

/** A version of a plan as it is shown. */
export type ShownPlan = {
  readonly planKind: PlanKind;
  readonly sections: Readonly<Record<string, string>>;
  /** `YYYY-MM-DD`, where the site is. */
  readonly writtenOn: string;
};

/** So many letters fit a line of a printed column, roughly: what decides how small a plan is set. */
const lettersPerLine = 52;
const roomyLines = 44;
const closeLines = 76;

/** Printed lines that the parts of a plan take, headings included. */
function lineCount(plan: ShownPlan): number {
  return Object.values(plan.sections)
    .flatMap((text) => [
      2,
      ...text
        .split(/\r\n|\r|\n/)
        .map((line) => Math.max(1, Math.ceil(line.length / lettersPerLine))),
    ])
    .reduce((sum, lines) => sum + lines, 0);
}

/** A plan on one page: the person's words under headings in their language, and where help is at any hour. */
export function PrintedPlan({
  language,
  plan,
  name,
  isPart = false,
}: {
  readonly language: Language;
  readonly plan: ShownPlan;
  /** The person's, on paper that is theirs; left out on a screen that others may see. */
  readonly name?: string;
  /** True where it stands below the title of a page. */
  readonly isPart?: boolean;
}) {
  const { label, sections } = planKindRecords[plan.planKind];
  const t = texts[language];
  const lines = lineCount(plan);
  const size = lines <= roomyLines ? "roomy" : lines <= closeLines ? "close" : "dense";
  return (
    <article class={`plan ${size}`}>
      {isPart ? <h2 class="plan-title">{label[language]}</h2> : <h1>{label[language]}</h1>}
      <p class="quiet">
        {name === undefined ? "" : `${t.of} ${name} · `}
        {t.written} {dateLabel(plan.writtenOn, language, { year: true })}
      </p>
      <div class="plan-parts">
        {sections.map(({ id, label: heading }) => {
          const text = ownValue(plan.sections, id);
          return text === undefined ? null : (
            <section>
              {isPart ? <h3>{heading[language]}</h3> : <h2>{heading[language]}</h2>}
              <p class="plan-words">{text}</p>
            </section>
          );
        })}
      </div>
      <p class="plan-crisis">{t.crisis}</p>
    </article>
  );
}
