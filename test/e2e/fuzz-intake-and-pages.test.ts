import { beforeEach, describe, expect, it } from "vitest";
import { fc } from "../builders/properties.ts";
import { phq9Response, selfReferral } from "../fakes/intake-sender.ts";
import { SiteVisitor } from "../fakes/site-visitor.ts";
import { SiteWorld, siteOrigin } from "../fakes/site-world.ts";
import { oddBody, oddText, oddValue, runs, spoiled } from "./support/spoiled.ts";

let world: SiteWorld;
beforeEach(async () => {
  world = await SiteWorld.start();
});

describe("POST /api/v1/intakes", () => {
  /** A good referral with one or more fields put to something odd, or added. */
  const oddReferral = fc
    .array(
      fc.tuple(
        fc.oneof(
          fc.constantFrom(
            "programId",
            "siteId",
            "source",
            "consents",
            "participant",
            "referrer",
            "referralEvent",
            "reason",
            "responses",
          ),
          oddText,
        ),
        oddValue,
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map((changes) => ({ ...selfReferral, ...Object.fromEntries(changes) }));
  const oddPerson = fc
    .tuple(
      fc.constantFrom("name", "birthDate", "phone", "email", "language", "timeZone", "reachBy"),
      oddValue,
    )
    .map(([field, value]) => ({
      ...selfReferral,
      participant: { ...selfReferral.participant, [field]: value },
    }));
  const body = fc.oneof(
    oddReferral.map((one) => JSON.stringify(one)),
    oddPerson.map((one) => JSON.stringify(one)),
    spoiled({ ...selfReferral, reason: "Sleeps badly", responses: [phq9Response] }).map(
      (one) => JSON.stringify(one) ?? "",
    ),
    fc.json({ maxDepth: 5 }),
    oddBody,
  );

  it("is answered with 202, or with a 4xx that wrote nothing", async () => {
    let number = 0;
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        number += 1;
        // One phone may be named 50 times an hour.
        if (number % 40 === 0) world.advanceHours(1);
        const before = world.store.all("audit").length;
        const response = await world.intake.request(`${siteOrigin}/api/v1/intakes`, {
          method: "POST",
          headers: { "content-type": "application/json", "idempotency-key": `fuzz-key-${number}` },
          body: text,
        });
        const isTaken = response.status === 202;
        expect(isTaken || (response.status >= 400 && response.status < 500)).toBe(true);
        const answer = (await response.json()) as { readonly title?: string };
        if (!isTaken) expect(answer.title).toMatch(/\.$/);
        expect(world.store.all("audit").length).toBe(before + (isTaken ? 1 : 0));
      }),
      { numRuns: runs },
    );
    expect(world.problems).toEqual([]);
  }, 900_000);
});

describe("the pages", () => {
  it("answer whatever is sent with a page below 500", async () => {
    const episodeId = await world.participant();
    const visitor = new SiteVisitor(world);
    const token = await world.askForm(episodeId);
    await visitor.post(`/k/${token}`, {});
    await visitor.open("/start");
    await visitor.submit();
    const { key = "" } = visitor.hidden;
    const good = new Map(visitor.cookies);
    const path = fc.oneof(
      fc.constantFrom("/", "/start", "/start/name", "/start/birth-date", "/start/send", "/screen"),
      fc.constantFrom("/screen/1", "/screen/9", "/screen/check", "/screen/send", "/check-in/1"),
      fc.constantFrom("/my-week", "/preferences", `/k/${token}`, "/start/phone", "/start/email"),
      oddText.map((text) => `/k/${encodeURIComponent(text.toWellFormed())}`),
      oddText.map((text) => `/u/${encodeURIComponent(text.toWellFormed())}`),
      oddText.map((text) => `/start/${encodeURIComponent(text.toWellFormed())}`),
    );
    const fields = fc
      .array(
        fc.tuple(
          fc.oneof(fc.constantFrom("key", "given", "phq9-1", "birth-year", "texts"), oddText),
          fc.oneof(oddText, fc.constantFrom(key, "0", "1", "yes", "1990")),
        ),
        { maxLength: 5 },
      )
      .map((pairs) => new URLSearchParams(pairs).toString());
    const body = fc.oneof(fields, oddText, fc.constant("%ff=%fe&a=%"));
    const cookies = fc.oneof(
      fc.constant([...good].map(([name, value]) => `${name}=${value}`).join("; ")),
      fc
        .base64String({ maxLength: 60 })
        .map((text) => `link-${visitor.mark}=${text}; start=${text}; sent=${text}`),
      fc.constantFrom("", "start=%ff", "link=a.b; language=xx", ";;;=;"),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("GET", "HEAD", "POST", "PUT", "DELETE"),
        path,
        body,
        cookies,
        fc.boolean(),
        async (method, where, text, cookie, isOfLink) => {
          // As a page of the link would send it, so that what is in the form is read at all.
          const { action, hidden } = isOfLink
            ? visitor.target(where)
            : { action: where, hidden: {} };
          const sealed = `${new URLSearchParams(hidden)}&${text}`;
          const response = await world.site.request(`${siteOrigin}${action}`, {
            method,
            headers: {
              "content-type": "application/x-www-form-urlencoded",
              ...(cookie === "" ? {} : { cookie }),
            },
            ...(method === "GET" || method === "HEAD" ? {} : { body: sealed }),
          });
          expect(response.status).toBeLessThan(500);
        },
      ),
      { numRuns: runs },
    );
    expect(world.problems).toEqual([]);
  }, 900_000);
});
