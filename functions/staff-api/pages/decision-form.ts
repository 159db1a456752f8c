import { html } from "hono/html";
import { offeredWays } from "../../../shared/care/approvals/approval-kinds.ts";
import type { DecisionPreview } from "../../../shared/sending/preview-decision.ts";
import type { TaskDescription } from "../../../shared/staff/queue/describe-task.ts";
import { decisionLabel } from "../../../shared/staff/words/work-words.ts";
import { type Content, inZone, timeOfDay } from "./layout.ts";

/** What a form needs beside the task: its Idempotency-Key, and what was typed before a refusal. */
export type FormState = { readonly key: string; readonly typed: string };

/** The form that decides an approval; each button says what it does. */
export function decisionForm(task: TaskDescription, form: FormState): Content {
  const ways = offeredWays(task);
  return html`<form method="post" class="card"><input type="hidden" name="version" value="${task.version}"><input type="hidden" name="key" value="${form.key}">
<label for="reason">Reason <span class="hint">Kept with the decision. In a few words.</span></label><textarea id="reason" name="reason" rows="3" required maxlength="1000">${form.typed}</textarea>
<div class="buttons">${ways.map(
    ({ decision, choice, label }, index) =>
      html`<button class="${index === 0 ? "" : "second"}" name="decide" value="${choice === undefined ? decision : `${decision}/${choice}`}">${label}</button>`,
  )}</div><p class="quiet">Nothing follows for 30 seconds; until then you can take it back.</p></form>`;
}

/** What each way to decide would send, word for word. */
export function previewCards(previews: readonly DecisionPreview[], zone: string): Content {
  if (previews.length === 0) return html``;
  return html`<div class="card"><h2>What will be sent</h2>${previews.map((preview) => {
    return html`<h3>${preview.label}</h3>${
      preview.messages.length === 0
        ? html`<p class="quiet">No message by itself.</p>`
        : preview.messages.map(
            (message) =>
              html`<p class="quiet">${message.channel === "sms" ? "Text" : "Email"}, ${inZone(message.sendAt, zone)}${message.subject === undefined ? "" : html` · <span>${message.subject}</span>`}</p><blockquote>${message.text}</blockquote>`,
          )
    }`;
  })}</div>`;
}

/** A decision that was made, with the button that takes it back while it rests. */
export function decidedCard(
  task: TaskDescription,
  view: {
    readonly now: string;
    readonly zone: string;
    readonly key: string;
    /** Name of who decided. */
    readonly by: string;
    readonly isOwn: boolean;
  },
): Content {
  const { decision } = task;
  if (decision === undefined) return html``;
  const isResting = task.status === "open" && view.now < decision.effectiveAt;
  return html`<div class="card"><p><span class="tag good">Decided</span> <strong>${decisionLabel(task, decision)}</strong>, by ${view.by}, ${inZone(decision.decidedAt, view.zone)}</p>${
    task.decisionReason === undefined ? "" : html`<blockquote>${task.decisionReason}</blockquote>`
  }${
    isResting
      ? html`<p>It takes effect at ${timeOfDay(decision.effectiveAt, view.zone, true)}. Nothing is sent before.</p>${
          view.isOwn
            ? html`<form method="post"><input type="hidden" name="key" value="${view.key}"><div class="buttons"><button class="second" name="action" value="retract">Undo</button><a class="button second" href="/staff?tab=approvals">Back to the queue</a></div></form>`
            : ""
        }`
      : html`<p><a href="/staff?tab=approvals">Back to the queue</a></p>`
  }</div>`;
}
