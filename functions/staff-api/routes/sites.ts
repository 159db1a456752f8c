import type * as z from "zod";
import { isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import { siteProblems } from "../../../shared/care/program/site-problems.ts";
import { addDays, localDate } from "../../../shared/care/time/zoned-time.ts";
import type { AnswerOf } from "../../../shared/contracts/routes/route.ts";
import {
  getAbsences,
  getPrograms,
  getSite,
  postAbsence,
  postAbsenceUndo,
  postClosure,
  postClosureUndo,
  postHolidays,
  postLicences,
  postRota,
  putSite,
} from "../../../shared/contracts/routes/sites.ts";
import type { siteFieldsSchema } from "../../../shared/contracts/site-bodies.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { carryOutOnce, rememberRequest } from "../../../shared/store/carry-out-once.ts";
import { changeSite, type SiteChange } from "../../../shared/store/change-site.ts";
import { latestProgramVersion, listSites, loadSite } from "../../../shared/store/list-sites.ts";
import { loadPolicy } from "../../../shared/store/load-policy.ts";
import { readLatest } from "../../../shared/store/load-program.ts";
import { problem, refusalProblem } from "../../../shared/web/http/problem.ts";
import { absenceCommands } from "../../../workflows/run/commands/absence-commands.ts";
import { plannedDays, siteCommands } from "../../../workflows/run/commands/site-commands.ts";
import { answerCall, identifyRequest, jsonText, outcomeAnswer } from "../answer-call.ts";
import { type Caller, serve } from "../serve-route.ts";

const notHere = "There is no such site here.";

/** Refuses a rota entry that is over, or far away, or rings a number that we send from. */
function refuseTime(site: Site, entry: Site["rota"][number], now: string): Refusal | undefined {
  const latest = addDays(localDate(now, "UTC"), plannedDays);
  if (Date.parse(entry.to) <= Date.parse(now) || entry.to.slice(0, 10) > latest) {
    return {
      refused: "invalid",
      sentence: "A rota entry ends in the future, within two years. Check the year.",
    };
  }
  const [own] = siteProblems({ ...site, rota: [entry] }, { others: [] }).filter(
    ({ path }) => path[0] === "rota",
  );
  if (own === undefined) return undefined;
  return {
    refused: "invalid",
    sentence: `The ${own.path.slice(2).join(" ")} is ${own.found}. Give ${own.allowed}.`,
  };
}

/** Closed days have calls of their own, which look at who is expected on them. */
function refuseClosures(
  site: Site,
  { closures }: z.infer<typeof siteFieldsSchema>,
): Refusal | undefined {
  const stand = publicSite(site).closures;
  if (JSON.stringify(closures) === JSON.stringify(stand)) return undefined;
  return {
    refused: "invalid",
    sentence:
      "Closed days are not changed here: close the site by POST /closures or POST /holidays, and open it by POST /closures/undo, which look at who is expected then. Send the closures as you read them.",
  };
}

/** The sites with their live data, and the published programs. */
export const siteRoutes = [
  serve(getSite, async ({ context, staff, params: { siteId } }, deps) => {
    if (!staff.siteIds.includes(siteId)) return problem(context, 404, notHere);
    return publicSite(await loadSite(deps, siteId));
  }),
  serve(putSite, async (call, deps) => {
    const { context, staff, params, body } = call;
    const { version, ...fields } = body;
    const own = staff.siteIds.includes(params.siteId) ? await problemsWith(deps, fields) : [];
    const misplaced = { path: "siteId", problem: "must be the site of the address" };
    const errors = fields.siteId === params.siteId ? own : [misplaced];
    if (errors.length > 0)
      return problem(context, 400, "The body is not as this call takes it.", { errors });
    return change(deps, call, params.siteId, (site) =>
      site.version === version
        ? (refuseClosures(site, fields) ?? {
            fields,
            action: "site-changed",
            facts: { siteId: params.siteId, version: version + 1 },
          })
        : {
            refused: "stale-version",
            sentence: "The site has changed since you read it. Read it again, then change it.",
            details: { version: site.version },
          },
    );
  }),
  serve(postClosure, ({ context, body, text }, deps) =>
    answerCall(context, text, (call) => siteCommands.close(deps, call, body)),
  ),
  serve(postClosureUndo, ({ context, body, text }, deps) =>
    answerCall(context, text, (call) => siteCommands.open(deps, call, body)),
  ),
  serve(postHolidays, ({ context, body, text }, deps) =>
    answerCall(context, text, (call) => siteCommands.holidays(deps, call, body)),
  ),
  serve(getAbsences, async ({ context, staff, params: { siteId } }, deps) => {
    if (!staff.siteIds.includes(siteId)) return problem(context, 404, notHere);
    const { absences = [] } = await loadSite(deps, siteId);
    return { siteId, absences };
  }),
  serve(postAbsence, ({ context, body, text }, deps) =>
    answerCall(context, text, (call) => absenceCommands.note(deps, call, body)),
  ),
  serve(postAbsenceUndo, ({ context, body, text }, deps) =>
    answerCall(context, text, (call) => absenceCommands.takeBack(deps, call, body)),
  ),
  serve(postLicences, ({ context, body, text }, deps) =>
    answerCall(context, text, (call) => siteCommands.licences(deps, call, body)),
  ),
  serve(postRota, (call, deps) => {
    const { siteId, ...entry } = call.body;
    return change(
      deps,
      call,
      siteId,
      (site, now) =>
        refuseTime(site, entry, now) ??
        (site.rota.some(({ from, to }) => from < entry.to && entry.from < to)
          ? {
              refused: "not-now",
              sentence: "The rota has an entry for a part of that time already. Change that one.",
            }
          : {
              fields: {
                rota: [...site.rota, entry].sort((left, right) =>
                  left.from.localeCompare(right.from),
                ),
              },
              action: "rota-entry-added",
              facts: { siteId, from: entry.from, to: entry.to },
            }),
    );
  }),
  serve(getPrograms, async ({ staff }, deps) => {
    const programIds = new Set<string>();
    for (const siteId of staff.siteIds)
      for (const programId of (await loadSite(deps, siteId)).programs) programIds.add(programId);
    const items = [];
    for (const programId of programIds) {
      const latest = await readLatest(deps.store, programId);
      if (latest !== undefined)
        items.push({ programId, version: latest.version, contentHash: latest.contentHash });
    }
    return { items };
  }),
];

/** Changes a site: a POST once for each `Idempotency-Key`; a PUT needs none, its version says it. */
async function change(
  deps: CareDeps,
  call: Caller,
  siteId: string,
  decide: (site: Site, now: string) => SiteChange | Refusal,
): Promise<Response> {
  const { context, staff, actor } = call;
  if (!staff.siteIds.includes(siteId)) return problem(context, 404, notHere);
  const request = context.req.method === "POST" ? identifyRequest(context, call.text) : undefined;
  if (request instanceof Response) return request;
  const carryOut = async () => {
    const outcome = await changeSite(deps, {
      siteId,
      commandId: `http/${staff.staffId}/${request?.key ?? deps.ids.next()}`,
      actor,
      decide: (site) => decide(site, deps.clock.now()),
      also: (site) =>
        request === undefined
          ? []
          : [
              rememberRequest(
                deps.secrets,
                request,
                { status: 200, body: JSON.stringify(publicSite(site)) },
                deps.clock.now(),
              ),
            ],
    });
    return isRefusal(outcome) ? outcome : JSON.stringify(publicSite(outcome));
  };
  if (request !== undefined)
    return outcomeAnswer(context, await carryOutOnce(deps, request, carryOut));
  const done = await carryOut();
  return typeof done === "string" ? jsonText(context, done) : refusalProblem(context, done);
}

/** What is wrong with a site as it would be, seen with the other sites and the published programs. */
async function problemsWith(deps: CareDeps, fields: z.infer<typeof siteFieldsSchema>) {
  const [sites, policy] = await Promise.all([listSites(deps.store), loadPolicy(deps)]);
  const versions = await Promise.all(
    fields.programs.map((programId) => latestProgramVersion(deps.store, programId)),
  );
  return siteProblems(fields, {
    others: sites.filter(({ siteId }) => siteId !== fields.siteId),
    policy,
    programIds: fields.programs.filter((_programId, index) => versions[index] !== undefined),
  }).map(({ path, found, allowed }) => ({
    path: path.join("."),
    problem: `has ${found}; allowed: ${allowed}`,
  }));
}

/** The site as it is told: parsing leaves out the store's own keys. */
function publicSite(site: Site): AnswerOf<typeof getSite> {
  return getSite.answer.schema.parse(site);
}
