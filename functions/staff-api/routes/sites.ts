import type { Context } from "hono";
import { Hono } from "hono/tiny";
import { isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { StaffFunction } from "../../../shared/care/program/program.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import { isKnownTimeZone } from "../../../shared/care/time/zoned-time.ts";
import {
  closureBodySchema,
  rotaBodySchema,
  siteBodySchema,
} from "../../../shared/contracts/site-bodies.ts";
import { keys } from "../../../shared/keys/keys.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { changeSite, type SiteChange } from "../../../shared/store/change-site.ts";
import { loadSite } from "../../../shared/store/load-context.ts";
import { rememberRequest } from "../../../shared/store/remembered-request.ts";
import type { ApiVariables } from "../authenticate.ts";
import { identifyRequest, jsonText } from "../identify-request.ts";
import { problem, refusalProblem } from "../problem.ts";
import { readBody } from "../read-body.ts";

type SiteContext = Context<{ Variables: ApiVariables }>;

const notHere = "There is no such site here.";
const editors: readonly StaffFunction[] = ["site-lead", "supervisor", "clinical-lead"];

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
    if (fields.siteId !== siteId || !isKnownTimeZone(fields.timeZone)) {
      const path = fields.siteId === siteId ? "timeZone" : "siteId";
      return problem(context, 400, "The body is not as this call takes it.", {
        errors: [
          { path, problem: path === "siteId" ? "must be the site of the address" : "is not known" },
        ],
      });
    }
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
    return change(context, siteId, read.text, (site) => ({
      fields: {
        closures: [...site.closures.filter(({ on }) => on !== closure.on), closure].sort(
          (left, right) => left.on.localeCompare(right.on),
        ),
      },
      action: "closure-added",
      facts: { siteId, on: closure.on },
    }));
  });

  app.post("/rota", async (context) => {
    const read = await readBody(context, rotaBodySchema);
    if (read instanceof Response) return read;
    const { siteId, ...entry } = read.body;
    return change(context, siteId, read.text, (site) =>
      site.rota.some(({ from, to }) => from < entry.to && entry.from < to)
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
          },
    );
  });

  app.get("/programs", async (context) => {
    const programIds = new Set<string>();
    for (const siteId of context.get("staff").siteIds)
      for (const programId of (await loadSite(deps, siteId)).programs) programIds.add(programId);
    const items = [];
    for (const programId of programIds) {
      const key = keys.programLatest(programId);
      const latest = await deps.store.get("care", key.pk, key.sk);
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
    decide: (site: Site) => SiteChange | Refusal,
  ): Promise<Response> {
    const staff = context.get("staff");
    if (!staff.siteIds.includes(siteId)) return problem(context, 404, notHere);
    if (!staff.functions.some((one) => editors.includes(one)))
      return problem(context, 404, `A site is changed by: ${editors.join(", ")}.`);
    const request =
      bodyText === undefined ? undefined : await identifyRequest(context, deps, bodyText);
    if (request instanceof Response) return request;
    const outcome = await changeSite(deps, {
      siteId,
      commandId: `http/${staff.staffId}/${request?.key ?? deps.ids.next()}`,
      actor: context.get("actor"),
      decide,
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
    if (isRefusal(outcome)) return refusalProblem(context, outcome);
    return jsonText(context, JSON.stringify(publicSite(outcome)));
  }
  return app;
}

const bookkeeping = new Set(["pk", "sk", "schemaVersion", "kind", "audit"]);

function publicSite(site: Site): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(site).filter(([key]) => !bookkeeping.has(key)));
}
