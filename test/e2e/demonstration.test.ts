import { afterAll, beforeAll, expect, it } from "vitest";
import { LocalServer } from "./support/local-server.ts";

/** A Sunday, so that no session of the day has begun. */
const server = new LocalServer({ startAt: "2026-11-29T16:00:00Z", seed: "demo" });
let shown = "";

beforeAll(async () => {
  await server.start();
  const page = await fetch(`${server.url}/_local`, { headers: { accept: "text/html" } });
  shown = (await page.text()).replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
}, 900_000);
afterAll(() => server.stop());

it.each([
  ["Hollis Adeyemi", "Closed"],
  ["Marisol Quintero", "In aftercare"],
  ["Devon Whitaker", "In aftercare"],
  ["Priya Raman", "Planning discharge, week 6"],
  ["Jonah Feldt", "On leave, week 4"],
  ["Keisha Lindqvist", "In the program, week 3"],
  ["Tobias Marchetti", "In the program, week 3"],
  ["Lucía Benavides", "In the program, week 1"],
  ["Wren Castellano", "Waiting for a place"],
  ["Amara Nwosu", "Waiting for an admission decision"],
  ["Silas Brandt", "Waiting for an admission decision"],
  ["Imogen Tran", "Filling in forms"],
])("%s of the demonstration has come as far as their story says: %s", (name, where) => {
  expect(shown).toContain(`${name} (fictional) ${where} `);
});
