import type { Context } from "hono";
import * as z from "zod";
import { keys } from "../../../shared/keys/keys.ts";
import { amongOthers } from "../../../shared/store/carry-out-once.ts";
import { currentVersion, readStored, storedForm } from "../../../shared/store/read-stored.ts";
import type { Form } from "../../../shared/web/http/read-form.ts";
import { sealedCookie } from "../../../shared/web/http/sealed-cookie.ts";
import type { StaffSiteDeps } from "../site-deps.ts";

/** How long a form waits for its sender to sign in again, in seconds. */
const keptSeconds = 30 * 60;
/** How long a page may have stood open before a form of it is taken, in milliseconds. */
const longestOpenMs = 24 * 3_600_000;
/** Sealed: who reads the table without the secret reads nothing of it. */
export const keptFormForm = storedForm("care", "kept-form", z.object({ sealed: z.string() }));

const keptSchema = z.strictObject({
  staffId: z.string(),
  path: z.string(),
  endsAtMs: z.number(),
  fields: z.array(z.tuple([z.string(), z.string()])),
});

/** Says whose form it is and of which page; every form of the staff pages carries one. */
export function formSeals(deps: Pick<StaffSiteDeps, "secrets" | "sessionClock">) {
  const nowMs = () => Date.parse(deps.sessionClock.now());
  return {
    make: (staffId: string, path: string): string =>
      deps.secrets.sealValue(JSON.stringify(["staff-form", staffId, path, nowMs()])),
    /** Whom a form of this page was made for; `undefined` for what is no form of ours. */
    read(seal: string | undefined, path: string): string | undefined {
      const opened = seal === undefined ? undefined : deps.secrets.openValue(seal);
      if (opened === undefined) return undefined;
      const parsed = z
        .tuple([z.literal("staff-form"), z.string(), z.string(), z.number()])
        .safeParse(readJson(opened));
      if (!parsed.success) return undefined;
      const [, staffId, ofPath, madeAtMs] = parsed.data;
      return ofPath === path && nowMs() - madeAtMs <= longestOpenMs ? staffId : undefined;
    },
  };
}

/**
 * Forms that were sent after their session had ended. What was typed is kept sealed in the table, for half an
 * hour, and comes back on the same page to the same person; the browser holds a sealed id and nothing else.
 */
export function keptForms(deps: StaffSiteDeps) {
  const cookie = sealedCookie(
    { ...deps, clock: deps.sessionClock },
    "staff-kept",
    keptSeconds,
    "/staff",
  );
  const nowMs = () => Date.parse(deps.sessionClock.now());

  async function write(id: string, sealed: string): Promise<void> {
    const item = {
      ...keys.keptForm(id),
      schemaVersion: currentVersion(keptFormForm),
      kind: "kept-form",
      sealed,
      expiresAtEpochSeconds: Math.ceil(nowMs() / 1000) + keptSeconds,
    };
    await amongOthers(deps, () => deps.store.transact([{ put: { table: "care", item } }]));
  }

  return {
    async keep(context: Context, staffId: string, form: Form): Promise<void> {
      const id = deps.ids.next();
      const kept: z.infer<typeof keptSchema> = {
        staffId,
        path: context.req.path,
        endsAtMs: nowMs() + keptSeconds * 1000,
        fields: [...form].filter(([name]) => name !== "seal"),
      };
      await write(id, deps.secrets.sealValue(JSON.stringify(kept)));
      cookie.write(context, id);
    },

    /** What this person typed on this page before their session ended. */
    async find(context: Context, staffId: string): Promise<Form | undefined> {
      const id = cookie.read(context)?.value;
      if (id === undefined) return undefined;
      const key = keys.keptForm(id);
      const item = await deps.store.get("care", key.pk, key.sk);
      if (item === undefined) return undefined;
      const opened = deps.secrets.openValue(readStored(keptFormForm, item).sealed);
      const parsed = keptSchema.safeParse(readJson(opened ?? ""));
      if (!parsed.success) return undefined;
      const { path, endsAtMs, fields } = parsed.data;
      const isOwn = parsed.data.staffId === staffId && path === context.req.path;
      return isOwn && nowMs() < endsAtMs ? new Map(fields) : undefined;
    },

    /** Empties what was kept, once it was saved. */
    async forget(context: Context): Promise<void> {
      const id = cookie.read(context)?.value;
      if (id === undefined) return;
      cookie.clear(context);
      await write(id, "");
    },
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
