import { html } from "hono/html";
import type { AskedQuestion } from "../../../shared/staff/queue/asked-questions.ts";
import type { TaskDescription } from "../../../shared/staff/queue/describe-task.ts";
import type { FormState } from "./decision-form.ts";
import type { Content } from "./layout.ts";
import { safetyQuestion } from "./safety-question.ts";

/** The form that records what came of a task. */
export function outcomeForm(task: TaskDescription, form: FormState): Content {
  return html`<form method="post" class="card"><input type="hidden" name="version" value="${task.version}"><input type="hidden" name="key" value="${form.key}">
<fieldset><legend>What happened?</legend>${task.outcomes.map(
    ({ value, words }) =>
      html`<label class="radio"><input type="radio" name="outcome" value="${value}" required> ${words}</label>`,
  )}</fieldset>${questions(task.questions)}<label for="reason">Note <span class="hint">Optional</span></label><textarea id="reason" name="reason" rows="3" maxlength="2000">${form.typed}</textarea>${
    task.episodeId === undefined ? "" : safetyQuestion()
  }<div class="buttons"><button name="action" value="outcome">Save</button></div></form>`;
}

function questions(asked: readonly AskedQuestion[]): Content {
  if (asked.length === 0) return html``;
  return html`<details><summary>Check-in questions, when they were reached</summary><p class="quiet">Leave open what was not asked.</p>${asked.map(
    ({ id, words, options }) =>
      html`<label for="answer-${id}">${words}</label><select id="answer-${id}" name="answer.${id}"><option value="">Not asked</option>${options.map((option) => html`<option value="${option.value}">${option.words}</option>`)}</select>`,
  )}</details>`;
}

/** Answers as the API takes them: yes and no as they are, everything else a number. */
export function readAnswers(
  fields: readonly (readonly [string, string])[],
): Readonly<Record<string, number | boolean>> {
  return Object.fromEntries(
    fields.map(([id, value]) => [
      id,
      value === "yes" ? true : value === "no" ? false : Number(value),
    ]),
  );
}
