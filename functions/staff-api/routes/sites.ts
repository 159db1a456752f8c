import { Hono } from "hono";
import type { Store } from "../../../shared/ports/store.ts";
import { loadSite } from "../../../shared/services/load-context.ts";
import { keys } from "../../../shared/table/tables.ts";
import type { ApiVariables } from "../authenticate.ts";
import { problem } from "../problem.ts";

/** Who am I, the sites and the published programs. */
export function siteRoutes(deps: { readonly store: Store }) {
  const app = new Hono<{ Variables: ApiVariables }>();
  app.get("/me", (context) => {
    const { staffId, name, functions, siteIds } = context.get("staff");
    return context.json({ staffId, name, functions, siteIds });
  });
  app.get("/sites/:siteId", async (context) => {
    const siteId = context.req.param("siteId");
    if (!context.get("staff").siteIds.includes(siteId))
      return problem(context, 404, "There is no such site here.");
    const {
      pk: _pk,
      sk: _sk,
      schemaVersion: _schema,
      ...site
    } = (await loadSite(deps, siteId)) as unknown as Record<string, unknown>;
    return context.json(site);
  });
  app.get("/programs", async (context) => {
    const staff = context.get("staff");
    const programIds = new Set<string>();
    for (const siteId of staff.siteIds)
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
  return app;
}
