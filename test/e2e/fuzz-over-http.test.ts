import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fc } from "../builders/properties.ts";
import { phq9Response, selfReferral } from "../fakes/intake-sender.ts";
import { Client } from "./support/client.ts";
import { LocalServer } from "./support/local-server.ts";
import { refer } from "./support/refer.ts";
import { oddBody, oddText, runs, spoiled } from "./support/spoiled.ts";

/** A part of what is tried in process, over real connections and on a database of its own. */
describe("over HTTP", () => {
  const server = new LocalServer({ startAt: "2027-01-11T14:00:00Z" });
  const client = new Client(() => server.url);
  const numRuns = runs / 25;
  let token = "";

  beforeAll(async () => {
    await server.start();
    token = await client.token("clinician");
  }, 900_000);
  afterAll(() => server.stop());

  async function send(
    method: string,
    path: string,
    body: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<number> {
    const response = await fetch(`${server.url}${path}`, {
      method,
      headers: { "content-type": "application/json", ...headers },
      body,
    });
    await response.arrayBuffer();
    return response.status;
  }

  test("texts with half an emoji, control characters and anything else are taken", async () => {
    const { phone } = await refer(client, "41");
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(phone, "+15550100177"), oddText, async (from, body) => {
        expect(await send("POST", "/_local/sms", JSON.stringify({ from, body }))).toBe(200);
      }),
      { numRuns },
    );
  }, 900_000);

  test("referrals and calls of the staff are answered below 500", async () => {
    let number = 0;
    const referral = { ...selfReferral, reason: "Sleeps badly", responses: [phq9Response] };
    const jsonOf = (valid: unknown) => spoiled(valid).map((one) => JSON.stringify(one) ?? "");
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.tuple(fc.constant("POST /api/v1/intakes"), fc.oneof(jsonOf(referral), oddBody)),
          fc.tuple(
            fc.constantFrom(
              "POST /api/v1/closures",
              "PUT /api/v1/sites/riverside",
              `POST /api/v1/tasks/${"x".repeat(3000)}/outcome`,
              "POST /api/v1/episodes/__proto__/hold",
            ),
            fc.oneof(jsonOf({ siteId: "riverside", on: "2027-02-15", words: "Holiday" }), oddBody),
          ),
        ),
        async ([call, body]) => {
          number += 1;
          const [method = "", path = ""] = call.split(" ");
          const headers = {
            "idempotency-key": `fuzz-key-${number}`,
            ...(path.endsWith("/intakes") ? {} : { authorization: `Bearer ${token}` }),
          };
          expect(await send(method, path, body, headers)).toBeLessThan(500);
        },
      ),
      { numRuns },
    );
  }, 900_000);
});
