import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { holdAgainstDescription } from "./documented-answer.ts";
import { type SiteWorld, siteOrigin } from "./site-world.ts";

/** The PHQ-9 answers that US Core publishes as an example. */
export const phq9Response = JSON.parse(
  readFileSync(
    new URL("../fixtures/fhir/us-core-QuestionnaireResponse-phq-9.json", import.meta.url),
    "utf8",
  ),
);

/** A fictional person who asks for care and agrees to everything. */
export const selfReferral = {
  programId: "adult-iop",
  siteId: "riverside",
  source: "self",
  participant: {
    name: { given: "Robin", family: "Okafor" },
    birthDate: "1990-03-28",
    phone: "+12125550142",
    phoneKind: "own",
    email: "robin@example.org",
    language: "en",
  },
  consents: { sms: true, email: true, voicemail: true },
};

/** Sends referrals to one world, and looks at what they left behind. */
export class IntakeSender {
  readonly #world: SiteWorld;

  constructor(world: SiteWorld) {
    this.#world = world;
  }

  async send(body: unknown, headers: Readonly<Record<string, string>> = {}) {
    const response = await this.#world.intake.request(`${siteOrigin}/api/v1/intakes`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "idempotency-key": "key-0001",
        ...headers,
      },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    const text = await response.text();
    holdAgainstDescription({
      method: "POST",
      path: "/api/v1/intakes",
      status: response.status,
      contentType: response.headers.get("content-type"),
      text,
    });
    return { status: response.status, body: JSON.parse(text), headers: response.headers };
  }

  /** Sends what must be refused and makes sure that it left no trace. */
  async refused(body: unknown, headers: Readonly<Record<string, string>> = {}) {
    const before = this.#world.everything();
    const answer = await this.send(body, headers);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.body.title).toMatch(/\.$/);
    expect(this.#world.everything() === before).toBe(true);
    return answer;
  }
}
