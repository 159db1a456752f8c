import { Hono } from "hono/tiny";
import { whereLabel } from "../../../shared/care/episode/where-label.ts";
import { matchWords } from "../../../shared/care/text/match-words.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import { parseIntakeRequest } from "../../../shared/contracts/intake-request.ts";
import { consentRecordSchema } from "../../../shared/contracts/person-bodies.ts";
import { type InputProblem, readInput } from "../../../shared/contracts/read-input.ts";
import { readPerson } from "../../../shared/staff/people/read-person.ts";
import { requestKeyPattern } from "../../../shared/store/carry-out-once.ts";
import { loadSites } from "../../../shared/store/list-sites.ts";
import { loadPolicy } from "../../../shared/store/load-policy.ts";
import { programChoices } from "../../../shared/store/program-choices.ts";
import type { FieldError, SelectOption } from "../../../shared/web/parts/fields.tsx";
import type { StaffCall } from "../../../workflows/run/commands/on-episode.ts";
import type {
  ReferralOutcome,
  SameAnswer,
  TakenReferral,
} from "../../../workflows/run/commands/referral-commands.ts";
import { type LikelyRecord, LikelyRecords } from "../forms/likely-records.tsx";
import {
  callers,
  readAgreed,
  readReferral,
  readSame,
  referralForm,
  referralNames,
  samePrefix,
} from "../forms/read-referral-form.ts";
import { ReferralForm } from "../forms/referral-form.tsx";
import { errorsOf, type RefusedForm } from "../forms/send-form.ts";
import { fieldId } from "../forms/sent-form.ts";
import type { PageContext, PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { formPage, formsOf, sentFormOf } from "./page-parts.tsx";

/** What the page is drawn with beside an empty form. */
type Shown = { readonly refused: RefusedForm; readonly likely: readonly LikelyRecord[] };

const at = (name: string) => fieldId(referralForm, name);

/** A referral by phone, on one page: what was said becomes a referral like any other, with who took the call. */
export function referralPage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();
  const path = "/staff/referral";

  app.get(path, (context) => show(context));

  app.post(path, async (context) => {
    const commands = await import("../../../workflows/run/commands/referral-commands.ts");
    const fields = context.get("form");
    const [siteId = ""] = (fields.get("place") ?? "").split("/");
    const site = (await loadSites(deps.store, context.get("staff").siteIds)).find(
      (one) => one.siteId === siteId,
    );
    const today = localDate(deps.clock.now(), site?.timeZone ?? "UTC");
    const body = readReferral(fields, site?.timeZone);
    const { request, problems = [] } = parseIntakeRequest(body, today);
    const agreed = readAgreed(fields);
    const consent = agreed === undefined ? undefined : readInput(consentRecordSchema, agreed);
    const errors = [
      ...whatIsMissing(context),
      ...errorsOf(problems.filter(isNotSaidBefore), referralForm, referralNames),
      ...errorsOf(consent?.problems ?? [], referralForm, referralNames),
    ];
    if (request === undefined || errors.length > 0)
      return show(context, { refused: refuse(context, 400, errors), likely: [] });

    const taken: TakenReferral = {
      request: { ...request, siteId },
      consent: consent?.value,
      same: answersOf(context),
    };
    const call = callOf(context, { body, agreed, same: [...taken.same] });
    const likely = (await commands.isTaken(deps, call.request))
      ? []
      : await likelyRecords(await commands.likelySameAs(deps, taken.request));
    const open = likely.filter(({ episodeId }) => !taken.same.has(episodeId));
    const refusal =
      taken.consent === undefined
        ? undefined
        : commands.refuseAgreed(deps, taken.request, taken.consent, today);
    const more: readonly FieldError[] = [
      ...(refusal === undefined ? [] : [{ field: at("consent.sms"), text: refusal.sentence }]),
      ...open.map(({ episodeId, person }) => ({
        field: at(`${samePrefix}${episodeId}`),
        text: `${person.fullName ?? person.name} is perhaps the same person: say so, or that it is somebody else.`,
      })),
    ];
    if (more.length > 0)
      return show(context, {
        refused: refuse(context, refusal === undefined ? 409 : 400, more),
        likely,
      });

    const outcome = await commands.takeReferralOnce(deps, call, taken);
    switch (outcome.outcome) {
      case "opened":
        return context.redirect(leadsTo(outcome, taken), 303);
      case "invalid": {
        const found = errorsOf(outcome.problems, referralForm, referralNames);
        return show(context, { refused: refuse(context, 400, found), likely });
      }
      case "too-many":
        return show(context, {
          refused: refuse(context, 409, [
            {
              field: at("phone"),
              text: "This phone or email was named in many referrals within the hour. Look whether the person is on record already, or take it later.",
            },
          ]),
          likely,
        });
      case "other-body":
        return show(context, {
          refused: refuse(context, 422, [
            {
              field: "main",
              text: "This form was sent before with other words. Look at what is saved, then send it again.",
            },
          ]),
          likely,
        });
    }
  });

  async function likelyRecords(
    found: Awaited<
      ReturnType<
        typeof import("../../../workflows/run/people/look-for-same-person.ts")["findLikelySame"]
      >
    >,
  ): Promise<readonly LikelyRecord[]> {
    const read = await Promise.all(
      found.map(async ({ episode, by }) => ({
        episodeId: episode.episodeId,
        by: matchWords(by),
        where: whereLabel(episode),
        person: await readPerson(deps.store, episode.episodeId),
      })),
    );
    return read.flatMap(({ person, ...one }) => (person === undefined ? [] : [{ ...one, person }]));
  }

  async function show(context: PageContext, shown?: Shown) {
    const sent = sentFormOf(context, shown?.refused);
    const [offered, policy] = await Promise.all([offeredTo(context), loadPolicy(deps)]);
    const state = formsOf(deps, context, sent)(referralForm);
    return formPage(context, sent, shown?.refused, {
      title: "New referral",
      place: "/staff/people",
      content:
        offered.length === 0 ? (
          <p class="card">No program takes new people at your sites now.</p>
        ) : (
          <>
            <p class="quiet">
              For a call, a letter or somebody at the door. What is not known now is asked on the
              first call, which becomes a task at once. The forms after it can be filled in by link,
              on the clinic tablet, on paper or with you on the phone.
            </p>
            <ReferralForm
              state={state}
              policy={policy}
              offered={offered}
              likely={<LikelyRecords state={state} records={shown?.likely ?? []} />}
            />
          </>
        ),
    });
  }

  /** The programs that take new people, at each site of whoever is signed in. */
  async function offeredTo(context: PageContext): Promise<readonly SelectOption[]> {
    const sites = await loadSites(deps.store, context.get("staff").siteIds);
    const found = await Promise.all(
      sites.map(async (site) =>
        (await programChoices(deps.store, site)).map(({ programId, name }) => ({
          value: `${site.siteId}/${programId}`,
          text: `${site.name}: ${name}`,
        })),
      ),
    );
    return found.flat();
  }

  return app;
}

function refuse(
  context: PageContext,
  status: RefusedForm["status"],
  errors: readonly FieldError[],
): RefusedForm {
  return { name: referralForm, fields: context.get("form"), errors, status, isKept: false };
}

/** What the fields themselves ask for, in the words of the page. */
function whatIsMissing(context: PageContext): readonly FieldError[] {
  const form = context.get("form");
  const field = (name: string) => (form.get(name) ?? "").trim();
  const errors: FieldError[] = [];
  const say = (name: string, text: string) => void errors.push({ field: at(name), text });
  if (!requestKeyPattern.test(field("key")))
    errors.push({
      field: "main",
      text: "Nothing was saved: this form did not come from this page. Send it again.",
    });
  const caller = callers.find((one) => one === field("caller"));
  if (caller === undefined) say("caller", "Say who is calling or writing.");
  if (field("place") === "") say("place", "Choose the site and the program.");
  for (const [name, label] of [
    ["given", "given name"],
    ["family", "family name"],
  ] as const)
    if (field(name) === "") say(name, `Write down the ${label}.`);
  if (caller !== undefined && caller !== "person" && field("callerName") === "")
    say("callerName", "Write down the name of who is calling or writing.");
  const isReachable = ["phone", "email", "reachBy"].some((name) => field(name) !== "");
  if (!isReachable)
    say("phone", "Write down a phone number, an email, or how else to reach the person.");
  const isAgreed = [...form].some(
    ([name, value]) => name.startsWith("consent.") && value === "given",
  );
  if (isAgreed && caller !== undefined && caller !== "person")
    say(
      "caller",
      "Only what the person says themself counts as agreed. Leave it as not asked, and ask them on the first call.",
    );
  if (field("safetyAsked") === "")
    say("safetyAsked", "Say what was heard about safety, or that it was not asked.");
  if (field("safetyAsked") === "said" && field("safety") === "")
    say("safety", "Write down what was said about safety.");
  return errors;
}

/** What the page says in its own words already. */
function isNotSaidBefore({ path, problem }: InputProblem): boolean {
  if (path === "participant" || path === "programId" || path === "siteId") return false;
  const isEmpty = problem.startsWith("is empty");
  return !(isEmpty && /^(participant\.name\.|referrer\.name)/.test(path));
}

function answersOf(context: PageContext): ReadonlyMap<string, SameAnswer> {
  return new Map(
    [...readSame(context.get("form"))].flatMap(([episodeId, answer]) =>
      answer === "same-person" || answer === "not-the-same" ? [[episodeId, answer]] : [],
    ),
  );
}

function callOf(context: PageContext, body: unknown): StaffCall {
  const staff = context.get("staff");
  return {
    staff,
    actor: context.get("actor"),
    request: {
      scope: staff.staffId,
      key: context.get("form").get("key") ?? "",
      method: "POST",
      path: context.req.path,
      body: JSON.stringify(body),
    },
  };
}

/** Where care goes on: in the record that is the same person's, where there is one. */
function leadsTo(
  { episodeId, consentRefusal }: Extract<ReferralOutcome, { readonly outcome: "opened" }>,
  { same }: TakenReferral,
): string {
  if (consentRefusal !== undefined)
    return `/staff/episodes/${episodeId}?referral=without-agreement`;
  const known = [...same].find(([, answer]) => answer === "same-person")?.[0];
  return known === undefined
    ? `/staff/episodes/${episodeId}?referral=taken`
    : `/staff/episodes/${known}?referral=added`;
}
