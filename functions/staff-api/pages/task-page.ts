import { html } from "hono/html";
import { Hono } from "hono/tiny";
import { addHours } from "../../../shared/care/time/instants.ts";
import { previewDecision } from "../../../shared/sending/preview-decision.ts";
import { findById } from "../../../shared/staff/find-by-id.ts";
import { readPerson } from "../../../shared/staff/people/read-person.ts";
import { describeTask, type TaskDescription } from "../../../shared/staff/queue/describe-task.ts";
import { nameOrId, staffNames } from "../../../shared/staff/words/actor-words.ts";
import { plain } from "../../../shared/staff/words/timeline-words.ts";
import {
  evidenceWords,
  outcomeWords,
  proposalWords,
} from "../../../shared/staff/words/work-words.ts";
import { listNotes } from "../../../shared/staff/written/read-notes.ts";
import { readReferral } from "../../../shared/store/read-referral.ts";
import type { ApiVariables } from "../authenticate.ts";
import { decidedCard, decisionForm, previewCards } from "./decision-form.ts";
import { type Content, facts, inWords, inZone, staffLayout } from "./layout.ts";
import { outcomeForm, readAnswers } from "./outcome-form.ts";
import {
  callApi,
  notHere,
  type PageContext,
  type PageDeps,
  pageStatus,
  readFields,
  readForm,
} from "./page-deps.ts";
import { personCard, standingCard } from "./person-card.ts";
import { rowHref } from "./queue-page.ts";
import { readSafetyAnswer } from "./safety-question.ts";
import { zoneOf } from "./site-zone.ts";
import { notesCard, referralCard } from "./written-cards.ts";

/** Notes beside a task; the rest stands on the page of the person. */
const shownNotes = 5;

/** One task: why it is here, what is known, and the form that works it. */
export function taskPage(deps: PageDeps) {
  const app = new Hono<{ Variables: ApiVariables }>();

  app.get("/staff/tasks/:taskId", (context) => show(context, context.req.param("taskId")));

  app.post("/staff/tasks/:taskId", async (context) => {
    const taskId = context.req.param("taskId");
    const field = await readForm(context);
    const call = callFor(field, await readFields(context, "answer."), {
      staffId: context.get("staff").staffId,
      now: deps.clock.now(),
    });
    const result = await callApi(context, deps.api, {
      method: "POST",
      path: `/tasks/${encodeURIComponent(taskId)}/${call.path}`,
      body: call.body,
      key: field("key"),
    });
    if (!result.ok) return show(context, taskId, { ...result, typed: field("reason") });
    return context.redirect(call.isToStay ? `/staff/tasks/${taskId}` : "/staff?tab=work", 303);
  });

  async function show(
    context: PageContext,
    taskId: string,
    refused?: { readonly status: number; readonly sentence: string; readonly typed: string },
  ): Promise<Response> {
    const staff = context.get("staff");
    const found = await findById(deps.store, taskId, "task");
    if (found === undefined || !staff.siteIds.includes(found.siteId)) return notHere(context);
    const task = await describeTask(deps, found);
    if (task === undefined) return notHere(context);
    if (task.taskKind === "safety-follow-up" && task.about?.type === "escalation")
      return context.redirect(rowHref(task), 303);
    const zone = await zoneOf(deps, staff);
    const notTheirs = refusalCard(task, staff);
    const person =
      task.episodeId === undefined ? undefined : await readPerson(deps.store, task.episodeId);
    const isOpen = task.status === "open" && task.decision === undefined;
    const preview =
      isOpen && task.isApproval && task.episodeId !== undefined
        ? await previewDecision(deps, task.episodeId, found.item, context.get("actor"))
        : [];
    const [referral, notes] =
      person === undefined
        ? [undefined, []]
        : await Promise.all([
            readReferral(deps.store, person.episode.participantId, person.episode.episodeId),
            listNotes(deps.store, person.episode.episodeId, { limit: shownNotes }).then(
              ({ items }) => items,
            ),
          ]);
    const names = await staffNames(deps.store, [
      task.decision?.decidedBy,
      task.outcome?.recordedBy,
      task.assignedTo,
      task.requestedBy,
      ...notes.map(({ by }) => by),
    ]);
    const form = { key: deps.ids.next(), typed: refused?.typed ?? "" };
    return context.html(
      staffLayout({
        title: task.participant,
        who: staff.name,
        place: "/staff",
        problem: refused === undefined ? undefined : inWords(refused.sentence, zone),
        content: html`<div class="columns"><div>${whyCard(task, zone, names)}${noteCard(task, zone)}${
          isOpen
            ? task.isApproval
              ? html`${previewCards(preview, zone)}${notTheirs ?? decisionForm(task, form)}`
              : (notTheirs ?? outcomeForm(task, form))
            : task.decision === undefined
              ? doneCard(task, zone, names)
              : decidedCard(task, {
                  now: deps.clock.now(),
                  zone,
                  key: form.key,
                  by: nameOrId(names, task.decision.decidedBy),
                  isOwn: task.decision.decidedBy === staff.staffId,
                })
        }</div><div>${
          person === undefined ? "" : html`${personCard(person)}${referralCard(person, referral)}`
        }${isOpen ? otherForms(task, staff.staffId, form.key) : ""}${
          person === undefined
            ? ""
            : html`${notesCard(notes, { zone, names, more: `/staff/episodes/${person.episode.episodeId}#written` })}${standingCard(person.episode)}`
        }</div></div>`,
      }),
      refused === undefined ? 200 : pageStatus(refused.status),
    );
  }
  return app;
}

type Call = {
  readonly path: string;
  readonly body: unknown;
  /** The page is shown again: what was done can be seen, and taken back, there. */
  readonly isToStay: boolean;
};

function callFor(
  field: (name: string) => string,
  answers: readonly (readonly [string, string])[],
  by: { readonly staffId: string; readonly now: string },
): Call {
  const version = Number(field("version"));
  const [decision = "", choice] = field("decide").split("/");
  switch (field("action")) {
    case "retract":
      return { path: "decision/retract", body: {}, isToStay: true };
    case "assign":
      return { path: "assign", body: { staffId: by.staffId, version }, isToStay: true };
    case "snooze":
      return {
        path: "snooze",
        body: { until: snoozeInstant(field("hours"), by.now), version },
        isToStay: false,
      };
    case "outcome":
      return {
        path: "outcome",
        body: {
          outcome: field("outcome"),
          ...(field("reason") === "" ? {} : { note: field("reason") }),
          ...readSafetyAnswer(field("safetyConcern")),
          ...(answers.length === 0 ? {} : { answers: readAnswers(answers) }),
          version,
        },
        isToStay: false,
      };
    default:
      return {
        path: "decision",
        body: {
          decision,
          reason: field("reason"),
          version,
          ...(choice === undefined ? {} : { choice }),
        },
        isToStay: true,
      };
  }
}

function whyCard(task: TaskDescription, zone: string, names: ReadonlyMap<string, string>): Content {
  const proposal = proposalWords(task);
  return html`<div class="card ${task.priority}"><p class="quiet">${task.label}</p><p class="big"><strong>${task.words}</strong></p>${
    proposal === undefined ? "" : html`<p>Proposed: <strong>${proposal}</strong></p>`
  }<p class="${task.isOverdue ? "late" : "quiet"}">${task.isOverdue ? "Overdue since" : "By"} ${inZone(task.dueAt, zone)} · here since ${inZone(task.openedAt, zone)}</p>${facts(
    [
      ...evidenceWords(task.evidence),
      [
        "For",
        task.handedUpFrom === undefined
          ? plain(task.assignedFunction)
          : `${plain(task.assignedFunction)}, because the ${plain(task.handedUpFrom)} did not do it in time`,
      ],
      ["Taken by", task.assignedTo === undefined ? undefined : nameOrId(names, task.assignedTo)],
      [
        "Asked for by",
        task.requestedBy === undefined ? undefined : nameOrId(names, task.requestedBy),
      ],
      ["Put off until", inZone(task.snoozedUntil, zone)],
    ],
  )}${stepsUp(task, zone)}${attendanceLink(task)}${checklist(task)}</div>`;
}

/** Who got work because it was not done, and who gets it next: a deadline that everybody can see. */
function stepsUp(task: TaskDescription, zone: string): Content | string {
  const { owed } = task;
  const steps = owed?.steps ?? (task.status === "open" ? task.late : undefined) ?? [];
  if (steps.length === 0) return "";
  const last = steps.at(-1);
  return html`<h3>When it is not done</h3><ul>${steps.map((step) => {
    const pages =
      owed !== undefined &&
      step === last &&
      owed.tier !== "ROUTINE" &&
      task.taskKind !== "safety-follow-up"
        ? ", and the on-call is paged"
        : "";
    return step.takenAt === undefined
      ? html`<li>${inZone(step.at, zone)}: to the ${plain(step.to)}${pages}</li>`
      : html`<li class="late">Went to the ${plain(step.to)}${pages === "" ? "" : ", and the on-call was paged"}: ${inZone(step.takenAt, zone)}</li>`;
  })}</ul>`;
}

/** Who may do this, in place of a form that would be refused: said before anybody types. */
function refusalCard(
  task: TaskDescription,
  staff: { readonly staffId: string; readonly functions: readonly string[] },
): Content | undefined {
  const { recordedBy } = task;
  if (recordedBy !== undefined && !recordedBy.some((one) => staff.functions.includes(one)))
    return html`<p class="card">This is ${task.isApproval ? "decided" : "recorded"} by: ${recordedBy.map(plain).join(", ")}.</p>`;
  return undefined;
}

/** What else is asked for before the discharge, with who may tick what not everybody may. */
function checklist(task: TaskDescription): Content | string {
  const { checklist: others = [] } = task;
  if (others.length === 0) return "";
  return html`<h3>Also before the discharge</h3><ul>${others.map(
    ({ taskId, words, recordedBy }) =>
      html`<li><a href="/staff/tasks/${taskId}">${words}</a>${
        recordedBy === undefined
          ? ""
          : html` <span class="quiet">Ticked by: ${recordedBy.map(plain).join(", ")}.</span>`
      }</li>`,
  )}</ul>`;
}

/** Attendance is entered for the session, and the task then closes itself. */
function attendanceLink(task: TaskDescription): Content | string {
  const { on } = task.evidence;
  if (task.taskKind !== "mark-attendance" || typeof on !== "string") return "";
  return html`<p><a class="button" href="/staff/attendance?on=${on}">Enter the attendance</a></p>`;
}

function noteCard(task: TaskDescription, zone: string): Content | string {
  const { note, phone } = task;
  if (note === undefined && phone === undefined) return "";
  return html`<div class="card">${
    note === undefined
      ? ""
      : html`<p class="quiet">Written ${inZone(note.at, zone)}</p><blockquote>${note.text}</blockquote>`
  }${phone === undefined ? "" : html`<p>From <a href="tel:${phone}">${phone}</a></p>`}</div>`;
}

function doneCard(
  task: TaskDescription,
  zone: string,
  names: ReadonlyMap<string, string>,
): Content {
  if (task.outcome === undefined)
    return html`<p class="card">This task is not needed any more: the pathway moved on.</p>`;
  return html`<p class="card">Done: <strong>${outcomeWords(task.outcome.code, task.outcomes)}</strong>, by ${nameOrId(names, task.outcome.recordedBy)}, ${inZone(task.outcome.recordedAt, zone)}.</p>${task.outcomeNote === undefined ? "" : html`<blockquote class="card">${task.outcomeNote}</blockquote>`}`;
}

const snoozes = [
  { hours: 4, words: "4 hours" },
  { hours: 24, words: "1 day" },
  { hours: 72, words: "3 days" },
] as const;

function otherForms(task: TaskDescription, staffId: string, key: string): Content {
  const hidden = html`<input type="hidden" name="version" value="${task.version}">`;
  return html`<div class="card"><h2>Take it, or put it off</h2>${
    task.assignedTo === staffId
      ? html`<p>This task is yours.</p>`
      : html`<form method="post"><input type="hidden" name="key" value="${key}-a">${hidden}<div class="buttons"><button class="second" name="action" value="assign">Take it</button></div></form>`
  }${task.priority === "safety" || task.owed !== undefined ? "" : snoozeForm(key, hidden)}</div>`;
}

/** The instant that was chosen; empty for hours that were not offered, which the call then refuses. */
function snoozeInstant(chosen: string, now: string): string {
  const offered = snoozes.find(({ hours }) => String(hours) === chosen);
  return offered === undefined ? "" : addHours(now, offered.hours);
}

function snoozeForm(key: string, hidden: Content): Content {
  return html`<form method="post"><input type="hidden" name="key" value="${key}-s">${hidden}<label for="hours">Put off for</label><select id="hours" name="hours">${snoozes.map(
    ({ hours, words }) => html`<option value="${hours}">${words}</option>`,
  )}</select><div class="buttons"><button class="second" name="action" value="snooze">Put off</button></div></form>`;
}
