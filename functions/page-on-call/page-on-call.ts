import { isRefusal } from "../../shared/care/change/change.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { Escalation } from "../../shared/care/episode/escalation.ts";
import {
  type RotaPerson,
  type RotaRole,
  rotaRoles,
  type Site,
} from "../../shared/care/program/site.ts";
import { runSk } from "../../shared/care/runs/workflow-runs.ts";
import { minutesBetween } from "../../shared/care/time/instants.ts";
import type { PageEvent, SitePageEvent } from "../../shared/contracts/page-event.ts";
import { NotFoundError } from "../../shared/errors/not-found-error.ts";
import { PageUndeliveredError } from "../../shared/errors/page-undelivered-error.ts";
import { keys } from "../../shared/keys/keys.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import type { Pager } from "../../shared/ports/pager.ts";
import { pageSite } from "../../shared/sending/page-site.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { decideAndCommit, loadEpisode } from "../../shared/store/decide-and-commit.ts";
import { readEpisodeItem } from "../../shared/store/episode-forms.ts";
import { loadSite } from "../../shared/store/list-sites.ts";
import { readOnce } from "../../shared/store/read-once.ts";
import { recordPage } from "../../workflows/escalation/record-page.ts";

export type PageDeps = CareDeps & { readonly pager: Pager; readonly logger: Logger };
export type PageAnswer = {
  readonly outcome: "paged" | "not-needed";
  readonly personsTried: number;
};

type AlertPageEvent = Exclude<PageEvent, SitePageEvent>;

/**
 * Pages the on-call about one alert: a voice call and a text, to the person of the alert's tier and, when
 * neither is taken by the provider, to the next person at once. At least once: a page whose record was
 * lost is made again, and a double page is fine. Says nothing about the participant.
 *
 * @throws {PageUndeliveredError} when no path worked: the alert stands in the queue and is paged again
 */
export async function pageOnCall(given: PageDeps, event: PageEvent): Promise<PageAnswer> {
  const deps = { ...given, store: readOnce(given.store) };
  if ("taskSk" in event) return pageAboutSiteTask(deps, event);
  const state = await loadEpisode(deps.store, event.episodeId);
  if (state === undefined)
    throw new NotFoundError("There is no such episode", { episodeId: event.episodeId });
  const escalation = findEscalation(state, event);
  if (
    escalation === undefined ||
    escalation.status === "closed" ||
    escalation.status === "contacted"
  ) {
    return { outcome: "not-needed", personsTried: 0 };
  }
  const { pageTier: tier, pageAttempt: attempt } = escalation;
  if ("tier" in event && (event.tier !== tier || event.attempt !== attempt)) {
    return { outcome: "not-needed", personsTried: 0 };
  }
  const site = await loadSite(deps, state.episode.siteId);
  const persons = onCallFrom(
    site,
    deps.clock.now(),
    escalation.pageTo ?? rotaRoles[tier] ?? "supervisor",
  );
  const words = pageWords(site, escalation);
  let personsTried = 0;
  let isTaken = false;
  for (const person of persons) {
    personsTried += 1;
    if (
      await pagePerson(
        deps,
        site,
        person,
        words,
        `${escalation.escalationId}-${tier}-${attempt}-${personsTried}`,
      )
    ) {
      isTaken = true;
      break;
    }
  }
  await decideAndCommit(deps, {
    episodeId: event.episodeId,
    commandId: `page/${escalation.escalationId}/${tier}/${attempt}`,
    actor: { kind: "system", part: "page-on-call" },
    decide: (fresh, ctx) => {
      const outcome = isTaken ? (personsTried === 1 ? "taken" : "taken-by-next") : "undelivered";
      const to = persons.slice(0, personsTried).map(({ staffId }) => staffId);
      const change = recordPage(fresh, escalation.sk, { tier, attempt, outcome, to }, ctx);
      return isRefusal(change) ? change : { change, answer: outcome };
    },
  });
  if (!isTaken) {
    deps.logger.error("A page reached nobody; the alert stands in the queue", {
      episodeId: event.episodeId,
      escalationId: escalation.escalationId,
    });
    throw new PageUndeliveredError("No path to the on-call worked", {
      escalationId: escalation.escalationId,
    });
  }
  return { outcome: "paged", personsTried };
}

/** Work of a site that nobody has done, such as a text that may speak of danger from an unknown number. */
async function pageAboutSiteTask(deps: PageDeps, event: SitePageEvent): Promise<PageAnswer> {
  const stored = await deps.store.get("care", keys.site(event.siteId).pk, event.taskSk);
  const task = stored === undefined ? undefined : readEpisodeItem(stored);
  if (task?.kind !== "task" || task.status !== "open")
    return { outcome: "not-needed", personsTried: 0 };
  const site = await loadSite(deps, event.siteId);
  const key = `${task.taskId}-${event.dueAt}`;
  if (!(await pageSite(deps.pager, site, deps.clock.now(), key, event.attempt))) {
    throw new PageUndeliveredError("No path to the on-call worked", { taskId: task.taskId });
  }
  return { outcome: "paged", personsTried: 1 };
}

function findEscalation(state: OpenState, event: AlertPageEvent): Escalation | undefined {
  if ("escalationSk" in event) {
    const item = state.items.get(event.escalationSk);
    return item?.kind === "escalation" ? item : undefined;
  }
  const run = state.items.get(runSk("escalation", event.driverId.slice("escalation-".length)));
  if (run?.kind !== "driver") return undefined;
  for (const item of state.items.values()) {
    if (item.kind === "escalation" && item.escalationId === run.subject) return item;
  }
  return undefined;
}

/** The tier's person first, then everybody after them, then everybody before: each once, and nobody is left out. */
function onCallFrom(site: Site, now: string, first: RotaRole): readonly RotaPerson[] {
  const rota = site.rota.find((entry) => entry.from <= now && now < entry.to) ?? site.onCall;
  if (rota === undefined) return [];
  const start = rotaRoles.indexOf(first);
  const inTurn = [...rotaRoles.slice(start), ...rotaRoles.slice(0, start)].map(
    (role) => rota[role],
  );
  // Whoever stands in for two is rung once before the next person is.
  return inTurn.filter(
    ({ phone }, index) => inTurn.findIndex((one) => one.phone === phone) === index,
  );
}

/**
 * What is said on the phone: what to do, and nothing about anybody or about health. It comes from the alert
 * alone, so that no fault of a program keeps a page from being made.
 */
function pageWords(site: Site, { raisedAt, readBy }: Escalation): string {
  const what =
    readBy === undefined
      ? "Sign in to acknowledge."
      : `Sign in and read it within ${Math.round(minutesBetween(raisedAt, readBy))} minutes.`;
  return `Throughcare alert for ${site.senderName}. ${what}`;
}

/** @returns true when the provider took at least one of call and text, or may have */
async function pagePerson(
  deps: PageDeps,
  site: Site,
  person: RotaPerson,
  words: string,
  key: string,
): Promise<boolean> {
  const from = site.senders.staffPages;
  const results = await Promise.allSettled([
    deps.pager.call({ to: person.phone, from, words: `${words} ${words}`, key: `${key}-call` }),
    deps.pager.text({ to: person.phone, from, body: words, key: `${key}-text` }),
  ]);
  // An ambiguous or refused page counts as not taken: the next person is paged as well.
  return results.some(
    (result) => result.status === "fulfilled" && result.value.outcome === "accepted",
  );
}
