import type { Context } from "hono";
import { Hono } from "hono/tiny";
import type * as z from "zod";
import { isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { StaffFunction } from "../../../shared/care/program/program.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import { siteProblems } from "../../../shared/care/program/site-problems.ts";
import { addDays, localDate } from "../../../shared/care/time/zoned-time.ts";
import {
  closureBodySchema,
  rotaBodySchema,
  siteBodySchema,
  type siteFieldsSchema,
} from "../../../shared/contracts/site-bodies.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { carryOutOnce } from "../../../shared/store/carry-out-once.ts";
import { changeSite, type SiteChange } from "../../../shared/store/change-site.ts";
import { latestProgramVersion, listSites, loadSite } from "../../../shared/store/list-sites.ts";
import { loadPolicy } from "../../../shared/store/load-policy.ts";
import { readLatest } from "../../../shared/store/program-items.ts";
import { rememberRequest } from "../../../shared/store/remembered-request.ts";
import { identifyRequest, jsonText, outcomeAnswer } from "../answer-call.ts";
import type { ApiVariables } from "../authenticate.ts";
import { problem, refusalProblem } from "../problem.ts";
import { readBody } from "../read-body.ts";

type SiteContext = Context<{ Variables: ApiVariables }>;

const notHere = "There is no such site here.";
const editors: readonly StaffFunction[] = ["site-lead", "supervisor", "clinical-lead"];

/** How far ahead a site's days are planned. */
const plannedDays = 2 * 365;

/** Refuses a closure of a day that is over, or so far away that it is a slip of the keys. */
function refuseDay(site: Site, on: string, now: string): Refusal | undefined {
  const today = localDate(now, site.timeZone);
  if (on >= today && on <= addDays(today, plannedDays)) return undefined;
  return {
    refused: "invalid",
    sentence: "A site is closed on a day from today on, two years ahead at most. Check the year.",
  };
}

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

/** Who am I, the sites with their live data, and the published programs. */
export function siteRoutes(deps: CareDeps) {
  const app = new Hono<{ Variables: ApiVariables }>();

  app.get("/me", (context) => {
    const { staffId, name, functions, siteIds } = context.get("staff");
    return context.json({ staffId, name, functions, siteIds });
  });

  app.get("/sites/:siteId", async (context) => {
    const siteId = context.req.param("siteId");
    if (!context.get("staff").siteIds.includes(siteId)) return problem(context, 404, notHere);
    return context.json(publicSite(await loadSite(deps, siteId)));
  });

  app.put("/sites/:siteId", async (context) => {
    const read = await readBody(context, siteBodySchema);
    if (read instanceof Response) return read;
    const siteId = context.req.param("siteId");
    const { version, ...fields } = read.body;
    const isOwn = context.get("staff").siteIds.includes(siteId);
    const misplaced = { path: "siteId", problem: "must be the site of the address" };
    const own = isOwn ? await problemsWith(deps, fields) : [];
    const errors = fields.siteId === siteId ? own : [misplaced];
    if (errors.length > 0)
      return problem(context, 400, "The body is not as this call takes it.", { errors });
    return change(context, siteId, undefined, (site) =>
      site.version === version
        ? { fields, action: "site-changed", facts: { siteId, version: version + 1 } }
        : {
            refused: "stale-version",
            sentence: "The site has changed since you read it. Read it again, then change it.",
            details: { version: site.version },
          },
    );
  });

  app.post("/closures", async (context) => {
    const read = await readBody(context, closureBodySchema);
    if (read instanceof Response) return read;
    const { siteId, ...closure } = read.body;
    return change(
      context,
      siteId,
      read.text,
      (site, now) =>
        refuseDay(site, closure.on, now) ?? {
          fields: {
            closures: [...site.closures.filter(({ on }) => on !== closure.on), closure].sort(
              (left, right) => left.on.localeCompare(right.on),
            ),
          },
          action: "closure-added",
          facts: { siteId, on: closure.on },
        },
    );
  });

  app.post("/rota", async (context) => {
    const read = await readBody(context, rotaBodySchema);
    if (read instanceof Response) return read;
    const { siteId, ...entry } = read.body;
    return change(
      context,
      siteId,
      read.text,
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
  });

  app.get("/programs", async (context) => {
    const programIds = new Set<string>();
    for (const siteId of context.get("staff").siteIds)
      for (const programId of (await loadSite(deps, siteId)).programs) programIds.add(programId);
    const items = [];
    for (const programId of programIds) {
      const latest = await readLatest(deps.store, programId);
      if (latest !== undefined)
        items.push({ programId, version: latest.version, contentHash: latest.contentHash });
    }
    return context.json({ items });
  });

  /** @param bodyText - what an `Idempotency-Key` stands for; a PUT needs none, its version says it */
  async function change(
    context: SiteContext,
    siteId: string,
    bodyText: string | undefined,
    decide: (site: Site, now: string) => SiteChange | Refusal,
  ): Promise<Response> {
    const staff = context.get("staff");
    if (!staff.siteIds.includes(siteId)) return problem(context, 404, notHere);
    if (!staff.functions.some((one) => editors.includes(one)))
      return problem(context, 404, `A site is changed by: ${editors.join(", ")}.`);
    const request = bodyText === undefined ? undefined : identifyRequest(context, bodyText);
    if (request instanceof Response) return request;
    const carryOut = () =>
      changeSite(deps, {
        siteId,
        commandId: `http/${staff.staffId}/${request?.key ?? deps.ids.next()}`,
        actor: context.get("actor"),
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
    if (request !== undefined) {
      const outcome = await carryOutOnce(deps, request, async () => {
        const changed = await carryOut();
        return isRefusal(changed) ? changed : JSON.stringify(publicSite(changed));
      });
      return outcomeAnswer(context, outcome);
    }
    const outcome = await carryOut();
    if (isRefusal(outcome)) return refusalProblem(context, outcome);
    return jsonText(context, JSON.stringify(publicSite(outcome)));
  }
  return app;
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

const bookkeeping = new Set(["pk", "sk", "schemaVersion", "kind", "audit"]);

function publicSite(site: Site): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(site).filter(([key]) => !bookkeeping.has(key)));
}
