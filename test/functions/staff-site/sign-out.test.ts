import { beforeEach, describe, expect, it } from "vitest";
import { keys } from "../../../shared/keys/keys.ts";
import { findStaffSender } from "../../../shared/store/find-sender.ts";
import { tuesdayMorning } from "../../builders/state.ts";
import { origin, StaffWorld } from "../../fakes/staff-world.ts";

const casey = "casey-riverside";

let world: StaffWorld;
beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
});

describe("signing out", () => {
  it("ends the session for every copy of its cookie and for the token in it", async () => {
    expect((await world.page(casey, "/staff")).status).toBe(200);
    expect((await world.call(casey, "GET", "/queue?siteId=riverside")).status).toBe(200);
    const left = await world.page(casey, "/staff/sign-out", {});
    expect(left.status).toBe(200);
    expect(left.html).toContain("You are signed out here");
    expect(left.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^staff-session=;.*Max-Age=0.*Path=\/staff/),
      expect.stringMatching(/^staff-renewal=;.*Max-Age=0.*Path=\/staff/),
    ]);
    expect((await world.page(casey, "/staff")).status).toBe(401);
    expect((await world.call(casey, "GET", "/queue?siteId=riverside")).status).toBe(401);
    const sender = await findStaffSender(
      {
        store: world.store,
        verifyToken: async (token) => ({
          staffId: token,
          tokenId: `token-of-${token}`,
          endsAtEpochSeconds: 4_000_000_000,
        }),
      },
      `Bearer ${casey}`,
    );
    expect(sender).toBeUndefined();
  });

  it("sends the browser on to the issuer, which ends its own session and leads back", async () => {
    const left = await world.page(casey, "/staff/sign-out", {});
    const [, address = ""] = /^0; url=(.*)$/.exec(left.headers.get("refresh") ?? "") ?? [];
    const url = new URL(address);
    expect(`${url.origin}${url.pathname}`).toBe("https://sign-in.example.org/logout");
    // By the standard's names (OIDC RP-Initiated Logout 1.0) and by Cognito's.
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: "staff",
      post_logout_redirect_uri: `${origin}/staff`,
      logout_uri: `${origin}/staff`,
    });
  });

  it("leaves other sessions of the same person, and everybody else's, as they are", async () => {
    await world.page(`${casey}.tablet`, "/staff/sign-out", {});
    expect((await world.page(`${casey}.tablet`, "/staff")).status).toBe(401);
    expect((await world.page(casey, "/staff")).status).toBe(200);
  });

  it("done twice, or without a session, changes nothing more", async () => {
    await world.page(casey, "/staff/sign-out", {});
    const before = JSON.stringify(world.store.all("care"));
    for (const who of [casey, "forged", undefined])
      expect((await world.page(who, "/staff/sign-out", {})).status).toBe(200);
    expect(JSON.stringify(world.store.all("care"))).toBe(before);
  });

  it("is forgotten only a day after its token would have ended", async () => {
    await world.page(casey, "/staff/sign-out", {});
    const key = keys.signedOut(`token-of-${casey}`);
    expect(await world.store.get("care", key.pk, key.sk)).toMatchObject({
      staffId: casey,
      expiresAtEpochSeconds: 4_000_086_400,
    });
  });

  it("is asked for by a form of these pages only", async () => {
    const elsewhere = { origin: "https://elsewhere.example.org" };
    await world.page(casey, "/staff/sign-out", {}, elsewhere);
    await world.page(casey, "/staff/sign-out");
    expect((await world.page(casey, "/staff")).status).toBe(200);
  });

  it.each([
    ["has no such page", async () => ({ issuer: origin })],
    ["cannot be reached", () => Promise.reject(new Error("no answer"))],
  ])(
    "still ends the session here where the issuer %s, and says what is left to do",
    async (_name, discovery) => {
      world = await StaffWorld.create(tuesdayMorning, discovery);
      const left = await world.page(casey, "/staff/sign-out", {});
      expect(left.headers.get("refresh")).toBeNull();
      expect(left.html).toContain("close every window of this browser");
      expect((await world.page(casey, "/staff")).status).toBe(401);
    },
  );
});
