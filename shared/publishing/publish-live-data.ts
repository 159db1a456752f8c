import type { Policy } from "../care/program/policy.ts";
import type { Site } from "../care/program/site.ts";
import { ownValue } from "../care/text/own-value.ts";
import { policyFileSchema, sitesFileSchema } from "../contracts/program-seed-files.ts";
import { keys } from "../keys/keys.ts";
import type { StoredItem, WriteOperation } from "../ports/store.ts";
import { canonicalJson } from "../store/audit-entry.ts";
import { siteForm, siteListForm } from "../store/list-sites.ts";
import {
  policyForm,
  policyItem,
  policyJson,
  policyMarkForm,
  readablePolicy,
} from "../store/load-policy.ts";
import { currentVersion, readStored } from "../store/read-stored.ts";
import type { ProgramFiles } from "./compile-program.ts";
import { parseYaml } from "./parse-yaml.ts";
import type { PublishDeps } from "./publish-program.ts";
import { sha256 } from "./sha256.ts";
import { tryAgain } from "./try-again.ts";

export type PublishedLiveData = {
  readonly policy: "written" | "unchanged";
  /** Sites that were set up now; one that is there already is edited by its staff, not from a file. */
  readonly newSiteIds: readonly string[];
};

/** With the list of them, far below what one transaction holds. */
const sitesAtOnce = 25;

/**
 * Writes what is never pinned to an episode: the policy as the file has it, and each site that is
 * not there yet. The files have been checked before.
 *
 * @throws {z.ZodError} when they have not
 */
export async function publishLiveData(
  deps: PublishDeps,
  files: ProgramFiles,
): Promise<PublishedLiveData> {
  const policy: Policy = policyFileSchema.parse(read(files, "policy.yaml"));
  const { sites } = sitesFileSchema.parse(read(files, "sites.yaml"));
  const isPolicyChanged = await tryAgain(() => savePolicy(deps, policy));
  const newSiteIds: string[] = [];
  for (let from = 0; from < sites.length; from += sitesAtOnce) {
    const some = sites.slice(from, from + sitesAtOnce).map((site) => ({ ...site, version: 1 }));
    newSiteIds.push(...(await tryAgain(() => saveNewSites(deps, some))));
  }
  return { policy: isPolicyChanged ? "written" : "unchanged", newSiteIds };
}

function read(files: ProgramFiles, name: string): unknown {
  return parseYaml(name, ownValue(files, name) ?? "").value;
}

async function savePolicy(deps: PublishDeps, policy: Policy): Promise<boolean> {
  const key = keys.policy();
  const before = await deps.store.get("care", key.pk, key.sk);
  const json = canonicalJson(policy);
  if (before !== undefined && (await holds(before, json))) return false;
  const item = await policyItem(key, json);
  await deps.store.transact([
    { put: { table: "care", item } },
    { put: { table: "care", item: { ...item, ...keys.policyAsPublished() } } },
    { put: { table: "care", item: await policyMark(json) } },
    ...(await keepBefore(deps, before)),
  ]);
  return true;
}

/** True where the item is of this release's form and holds just this policy: how it was packed does not count. */
async function holds(item: StoredItem, json: string): Promise<boolean> {
  if (item.schemaVersion !== currentVersion(policyForm)) return false;
  if ((await readablePolicy(item)) === undefined) return false;
  return (await policyJson(item)) === json;
}

async function policyMark(json: string): Promise<StoredItem> {
  return {
    ...keys.policyMark(),
    schemaVersion: currentVersion(policyMarkForm),
    kind: "policy-mark",
    contentHash: await sha256(json),
  };
}

/** The one that counted until now stays, for a release that cannot read the new one. */
async function keepBefore(
  { store }: PublishDeps,
  live: StoredItem | undefined,
): Promise<readonly WriteOperation[]> {
  const key = keys.policyAsPublished();
  const copy = await store.get("care", key.pk, key.sk);
  for (const item of [live, copy])
    if (item !== undefined && (await readablePolicy(item)) !== undefined)
      return [{ put: { table: "care", item: { ...item, ...keys.policyBefore() } } }];
  return [];
}

async function saveNewSites(deps: PublishDeps, sites: readonly Site[]): Promise<readonly string[]> {
  const listKey = keys.siteList();
  const list = await deps.store.get("care", listKey.pk, listKey.sk);
  const before = list === undefined ? undefined : readStored(siteListForm, list);
  const listed = before?.siteIds ?? [];
  const version = before?.version ?? 0;
  const missing = sites.filter((site) => !listed.includes(site.siteId));
  if (missing.length === 0) return [];
  const newSiteIds = missing.map((site) => site.siteId);
  const operations: WriteOperation[] = [
    ...missing.map(
      (site): WriteOperation => ({
        put: {
          table: "care",
          item: {
            ...keys.site(site.siteId),
            schemaVersion: currentVersion(siteForm),
            kind: "site",
            ...site,
          },
          condition: { kind: "absent" },
        },
      }),
    ),
    {
      put: {
        table: "care",
        item: {
          ...listKey,
          schemaVersion: currentVersion(siteListForm),
          kind: "site-list",
          version: version + 1,
          siteIds: [...listed, ...newSiteIds],
        },
        condition:
          list === undefined ? { kind: "absent" } : { kind: "equals", attributes: { version } },
      },
    },
  ];
  await deps.store.transact(operations);
  return newSiteIds;
}
