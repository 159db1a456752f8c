import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createTables } from "../../../local/dynamodb/create-tables.ts";
import { startDynamoDb } from "../../../local/dynamodb/dynamodb-server.ts";
import { emptyTable } from "../../../local/dynamodb/empty-table.ts";
import { checkAudit } from "../../../local/world/check-audit.ts";
import type { StoredItem } from "../../../shared/ports/store.ts";
import { commitContactPoint } from "../../../shared/store/commit-contact-point.ts";
import { useAwsTestEnvironment } from "../../fakes/aws-test-environment.ts";
import { Life } from "../../simulation/life.ts";

const tables = { care: "test-care", identity: "test-identity", audit: "test-audit" };
const dataFolder = mkdtempSync(join(tmpdir(), "throughcare-audit-"));
let server: Awaited<ReturnType<typeof startDynamoDb>>;
let document: DynamoDBDocumentClient;
let care: readonly StoredItem[];
let audit: readonly StoredItem[];

/** A referral with its forms and admission: the trails of the episode, the numbers and the site. */
beforeAll(async () => {
  useAwsTestEnvironment();
  server = await startDynamoDb({ dataFolder, environment: {} });
  document = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: server.endpoint }), {
    marshallOptions: { removeUndefinedValues: true },
  });
  await createTables(document, tables);
  const life = new Life("2027-01-11 08:30");
  await life.start();
  await life.until("2027-01-11 09:00");
  await life.refer();
  await life.until("2027-01-11 10:00");
  await life.answerForm("ask-forms", 1);
  await life.until("2027-01-11 10:30");
  await life.decide("admission-approval", "admit");
  const point = (await life.state()).episode.reach.sms;
  await commitContactPoint(life.world.deps, {
    contactPointId: point?.contactPointId ?? "",
    channel: "sms",
    command: { type: "stop", how: "text" },
    commandId: "a-stop",
    actor: { kind: "system", part: "receive-sms" },
  });
  care = life.world.store.all("care").filter((item) => item.audit !== undefined);
  audit = life.world.store.all("audit");
}, 900_000);
afterAll(async () => {
  document.destroy();
  await server.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});
beforeEach(async () => {
  for (const name of [tables.care, tables.audit]) await emptyTable(document, name);
});

/** What doctor finds in tables that hold these. */
async function found(entries: readonly StoredItem[], records = care): Promise<readonly string[]> {
  for (const Item of records) await document.send(new PutCommand({ TableName: tables.care, Item }));
  for (const Item of entries)
    await document.send(new PutCommand({ TableName: tables.audit, Item }));
  const check = await checkAudit(document, tables);
  expect(check.entries).toBe(entries.length);
  return check.breaks.map(({ sequence, kind }) => `${sequence} ${kind}`);
}

it("finds nothing where every chain is as it was written", async () => {
  expect(new Set(audit.map(({ pk }) => pk)).size).toBeGreaterThan(1);
  expect(await found(audit)).toEqual([]);
});

it("finds what was changed, dropped, reordered, inserted or cut off, in tables as they stand", async () => {
  const episode = audit.filter(({ pk }) => pk.startsWith("EP#"));
  const [first, second, third] = episode;
  const latest = episode.at(-1);
  if (first === undefined || second === undefined || third === undefined || latest === undefined)
    throw new Error("The trail is too short for this test");
  const others = (...left: readonly StoredItem[]) => audit.filter((one) => !left.includes(one));
  const inserted = { ...latest, sk: String(episode.length + 1).padStart(10, "0") };
  const swapped = [
    { ...third, sk: second.sk },
    { ...second, sk: third.sk },
  ];
  const cases: readonly (readonly [readonly StoredItem[], readonly string[]])[] = [
    [[...others(second), { ...second, action: "nothing" }], ["2 changed"]],
    [others(second), ["2 missing"]],
    [
      [...others(second, third), ...swapped],
      ["2 out-of-place", "3 out-of-place", "4 out-of-place"],
    ],
    [
      [...audit, inserted],
      [`${episode.length + 1} out-of-place`, `${episode.length + 1} not-the-last`],
    ],
    [others(latest), [`${episode.length - 1} not-the-last`]],
    [others(...episode), [`${episode.length} missing`]],
  ];
  for (const [entries, what] of cases) {
    for (const name of [tables.care, tables.audit]) await emptyTable(document, name);
    expect(await found(entries)).toEqual(what);
  }
});
