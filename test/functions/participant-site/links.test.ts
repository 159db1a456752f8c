// Long because all that one link opens, from its first press to its end, is one walk.
import { beforeEach, describe, expect, it } from "vitest";
import { keys } from "../../../shared/keys/keys.ts";
import { findLink } from "../../../shared/store/find-link.ts";
import { SiteVisitor } from "../../fakes/site-visitor.ts";
import { SiteWorld } from "../../fakes/site-world.ts";
import { write } from "../../fakes/test-stores.ts";

let world: SiteWorld;
let visitor: SiteVisitor;
let episodeId: string;
beforeEach(async () => {
  world = await SiteWorld.start();
  visitor = new SiteVisitor(world);
  episodeId = await world.participant();
});

describe("a link in a message", () => {
  it("shows a neutral page to whoever opens it, and changes nothing", async () => {
    const token = await world.askForm(episodeId);
    const before = world.everything();
    for (const method of ["GET", "HEAD", "GET", "GET"]) {
      const response = await visitor.request(`/k/${token}`, { method });
      expect(response.status).toBe(200);
      expect(response.headers.getSetCookie()).toEqual([]);
    }
    await visitor.open(`/k/${token}`);
    expect(world.everything() === before).toBe(true);
    expect(visitor.html).not.toMatch(/Robin|Okafor|program|depress|anxi|health|PHQ|question/i);
  });

  it("opens by its button, from then on without the token in any address", async () => {
    const token = await world.askForm(episodeId);
    await visitor.open(`/k/${token}`);
    await visitor.submit();
    expect(visitor.path).toBe("/screen");
    expect(visitor.html).not.toContain(token);
    const [cookie] = (
      await visitor.request(`/k/${token}`, visitor.form({}))
    ).headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).toMatch(/Secure/i);
  });

  it("opens as often as its button is pressed", async () => {
    const token = await world.askForm(episodeId);
    for (let time = 0; time < 3; time += 1)
      expect((await visitor.post(`/k/${token}`, {})).path).toBe("/screen");
  });

  it("says that it was answered long ago: what is done with is no longer among the open work", async () => {
    const token = await world.askForm(episodeId);
    const { pk, sk } = keys.episode(episodeId);
    const episode = await world.store.get("care", pk, sk);
    if (episode === undefined) throw new Error("There is no episode");
    await world.store.transact([{ put: { table: "care", item: { ...episode, open: [] } } }]);
    expect((await visitor.open(`/k/${token}`)).status).toBe(200);
  });

  it("is closed again after two hours, and opens anew", async () => {
    const token = await world.askForm(episodeId);
    await visitor.post(`/k/${token}`, {});
    world.advanceHours(2.1);
    await visitor.open("/screen");
    expect(visitor.status).toBe(401);
    expect(visitor.main).toContain("Open your link again");
    expect((await visitor.post(`/k/${token}`, {})).path).toBe("/screen");
  });

  it("does not open before its time", async () => {
    const token = await world.askForm(episodeId, { opensAt: "2027-01-13T14:00:00.000Z" });
    await visitor.open(`/k/${token}`);
    expect(visitor.status).toBe(409);
    expect(visitor.main).toContain("Wednesday, January 13");
  });
});

describe("a link that opens nothing", () => {
  it.each([
    ["forged", "01JHEP000000000000000000L1.c2VhbGVkLWJ5LW5vYm9keS1hbmQtbm90LWF0LWFsbC1zZWFsZWQ"],
    ["cut short", "01JHEP00000000"],
    ["odd", "%00%ff"],
    ["long", "x".repeat(3000)],
  ])("%s: a kind page with phone numbers", async (_what, token) => {
    const before = world.everything();
    for (const method of ["GET", "POST"]) {
      const response = await visitor.request(`/k/${token}`, { method });
      expect(response.status).toBe(404);
      const html = await response.text();
      expect(html).toContain("(212) 555-0110");
      expect(html).not.toContain(token);
    }
    expect(world.everything() === before).toBe(true);
  });

  it("sealed for another purpose", async () => {
    const sealed = world.deps.secrets.sealValue("link:01JHEP000000000000000000L1");
    expect((await visitor.open(`/k/${sealed}`)).status).toBe(404);
  });

  it("whose form is gone", async () => {
    const token = await world.askForm(episodeId);
    await world.store.transact([
      { delete: { table: "care", pk: `EP#${episodeId}`, sk: "FORM#intake" } },
    ]);
    expect((await visitor.open(`/k/${token}`)).status).toBe(404);
    expect((await visitor.post(`/k/${token}`, {})).status).toBe(404);
  });

  it("that is sealed as ours are, but is kept no more", async () => {
    const token = world.deps.secrets.sealLink("01JHEP000000000000000000L9");
    expect((await visitor.open(`/k/${token}`)).status).toBe(404);
    expect((await visitor.post(`/k/${token}`, {})).status).toBe(404);
  });

  it("whose person's record is gone", async () => {
    const token = await world.askForm(episodeId);
    const { pk, sk } = keys.episode(episodeId);
    await world.store.transact([{ delete: { table: "care", pk, sk } }]);
    expect((await visitor.open(`/k/${token}`)).status).toBe(404);
    expect((await visitor.post(`/k/${token}`, {})).status).toBe(404);
  });

  it("whose end was lost: it is not taken for one that never ends, and whoever mends it is told where it is", async () => {
    const linkId = world.deps.secrets.openLink(await world.askForm(episodeId)) ?? "";
    const { pk, sk } = keys.link(linkId);
    const item = await world.store.get("care", pk, sk);
    if (item === undefined) throw new Error("There is no link");
    const { endsAt: _lost, ...rest } = item;
    await world.store.transact([
      { put: { table: "care", item: { ...rest, pk, sk, schemaVersion: item.schemaVersion } } },
    ]);
    await expect(findLink(world.deps, linkId)).rejects.toMatchObject({
      details: { table: "care", kind: "link", pk, fault: "endsAt: invalid_type" },
    });
  });

  it("made for one thing and leading to another: a check-in's is no form's, and the other way round", async () => {
    const form = world.deps.secrets.openLink(await world.askForm(episodeId)) ?? "";
    const checkIn = world.deps.secrets.openLink(await world.openCheckIn(episodeId)) ?? "";
    for (const [linkId, itemSk] of [
      [form, "CHECKIN#2"],
      [checkIn, "FORM#intake"],
    ] as const) {
      const { pk, sk } = keys.link(linkId);
      const item = await world.store.get("care", pk, sk);
      if (item === undefined) throw new Error("There is no link");
      await world.store.transact([{ put: { table: "care", item: { ...item, itemSk } } }]);
      const token = world.deps.secrets.sealLink(linkId);
      expect((await visitor.open(`/k/${token}`)).status, itemSk).toBe(404);
      expect((await visitor.post(`/k/${token}`, {})).status).toBe(404);
    }
  });

  it("over: 410 with the office's number, to its button too", async () => {
    const token = await world.askForm(episodeId, { endsAt: "2027-01-12T17:00:00.000Z" });
    world.advanceHours(2);
    await visitor.open(`/k/${token}`);
    expect(visitor.status).toBe(410);
    expect(visitor.main).toContain("Nothing is wrong");
    expect(visitor.main).toContain("(212) 555-0110");
    expect((await visitor.post(`/k/${token}`, {})).status).toBe(410);
    expect(visitor.cookies.has("link")).toBe(false);
  });
});

describe("the own week", () => {
  it("shows this week's days, what was cancelled, and the hours", async () => {
    const token = await world.beginWeek(episodeId, "2027-01-11");
    await visitor.open(`/k/${token}`);
    await visitor.submit();
    expect(visitor.path).toBe("/my-week");
    expect(visitor.main).toContain("Thursday, January 14");
    expect(visitor.main).toContain("9:00 AM to 12:00 PM");
    expect(visitor.main).toContain("3 of 12 hours");
    expect(visitor.main).not.toContain("Process group");
  });

  it("shows an evening that is tomorrow in UTC on its own day, and joins online without saying from where", async () => {
    const token = await world.beginWeek(episodeId, "2027-01-11");
    const thursday = (await world.items(keys.episode(episodeId).pk)).find(
      ({ sk, kind }) => kind === "session" && sk.includes("2027-01-14"),
    );
    if (thursday === undefined) throw new Error("There is no session on Thursday");
    await write(world.store, {
      put: {
        table: "care",
        item: {
          ...thursday,
          scheduledStartAt: "2027-01-15T00:30:00.000Z",
          scheduledEndAt: "2027-01-15T02:00:00.000Z",
          place: { onlineAddress: "https://meet.example.org/evening" },
        },
      },
    });
    await visitor.open(`/k/${token}`);
    await visitor.submit();
    const read = visitor.main.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
    expect(read).toMatch(/Thursday, January 14 ((?!Friday).)*7:30 PM to 9:00 PM/);
    expect(visitor.html).toContain('href="https://meet.example.org/evening" rel="noreferrer"');
  });

  it.each([
    ["en", "Cancelled"],
    ["es", "Cancelado"],
  ])(
    "strikes out what was cancelled and says so, and nothing else: in %s",
    async (language, word) => {
      const id = await world.participant(language, {
        given: "Noor",
        phone: "+12125550143",
        email: "noor@example.org",
      });
      const token = await world.beginWeek(id, "2027-01-11");
      const sessions = (await world.items(keys.episode(id).pk)).filter(
        ({ kind, sk }) => kind === "session" && !sk.includes("2027-01-11"),
      );
      const [first] = sessions;
      if (first === undefined) throw new Error("There is no session");
      await write(world.store, {
        put: { table: "care", item: { ...first, status: "cancelled" } },
      });
      await visitor.open(`/k/${token}`);
      await visitor.submit();
      expect(visitor.main.match(new RegExp(`</s> ${word}`, "g"))).toHaveLength(1);
      expect(visitor.main.match(/<s>/g)).toHaveLength(1);
    },
  );

  it("is over when the week is", async () => {
    const token = await world.beginWeek(episodeId, "2027-01-11");
    await visitor.post(`/k/${token}`, {});
    world.advanceHours(24 * 7);
    expect((await visitor.open(`/k/${token}`)).status).toBe(410);
  });
});

describe("preferences", () => {
  async function contact(channel: "sms" | "email") {
    const episode = await world.episode(episodeId);
    const id = episode.reach[channel]?.contactPointId ?? "";
    return world.store.get("care", `CP#${id}`, "CONTACT");
  }

  beforeEach(async () => {
    const token = await world.askForm(episodeId);
    await visitor.post(`/k/${token}`, {});
  });

  it("stop texts for the number at once, and leave emails alone", async () => {
    await visitor.open("/preferences");
    expect(visitor.offered.map(({ name }) => name)).toContain("texts");
    await visitor.submit({ texts: "off", emails: "on" });
    expect(visitor.main).toContain("Saved");
    expect(visitor.main).toContain("START to (212) 555-0111");
    expect(await contact("sms")).toMatchObject({ state: "opted-out" });
    expect(await contact("email")).toMatchObject({ state: "open" });
    const audit = world.store.all("audit").at(-1);
    expect(audit).toMatchObject({ action: "contact-point-opted-out" });
  });

  it("turn emails off and on again", async () => {
    await visitor.open("/preferences");
    await visitor.submit({ texts: "on", emails: "off" });
    expect(await contact("email")).toMatchObject({ state: "opted-out" });
    await visitor.submit({ texts: "on", emails: "on" });
    expect(await contact("email")).toMatchObject({ state: "open" });
  });

  it("speak the person's language when they are saved", async () => {
    const reader = new SiteVisitor(world);
    const person = { given: "Noor", phone: "+12125550143", email: "noor@example.org" };
    const token = await world.askForm(await world.participant("es", person));
    await reader.post(`/k/${token}`, {});
    await reader.open("/preferences");
    await reader.submit({ texts: "on", emails: "on" });
    expect(reader.main).toContain("Guardado.");
    expect(reader.main).not.toContain("Saved");
  });

  it.each([
    ["never gave", {}],
    [
      "took back",
      { grantedAt: "2027-01-04T15:00:00.000Z", withdrawnAt: "2027-01-05T15:00:00.000Z" },
    ],
  ])("offer no channel for which the person %s the consent, and change none", async (_how, sms) => {
    const key = keys.episode(episodeId);
    const stored = await world.store.get("care", key.pk, key.sk);
    if (stored === undefined) throw new Error("There is no episode");
    const consents = { ...(await world.episode(episodeId)).consents, sms };
    await write(world.store, { put: { table: "care", item: { ...stored, consents } } });
    await visitor.open("/preferences");
    expect(visitor.offered.map(({ name }) => name)).not.toContain("texts");
    expect(visitor.offered.map(({ name }) => name)).toContain("emails");
    const form = { key: world.deps.ids.next(), texts: "off" };
    expect((await visitor.post("/preferences", form)).status).toBe(400);
    expect(await contact("sms")).toMatchObject({ state: "open" });
  });

  it("count a repeated form once", async () => {
    await visitor.open("/preferences");
    const form = visitor.form({ ...visitor.hidden, texts: "off" });
    await visitor.request("/preferences", form);
    const version = (await contact("sms"))?.version;
    await visitor.request("/preferences", form);
    expect(await contact("sms")).toMatchObject({ version });
  });

  it("refuse what the page does not offer, and everybody without a link", async () => {
    const key = world.deps.ids.next();
    expect((await visitor.post("/preferences", { key, texts: "maybe" })).status).toBe(400);
    expect((await visitor.post("/preferences", { key, vip: "on" })).status).toBe(400);
    expect((await visitor.post("/preferences", { texts: "off" })).status).toBe(400);
    const stranger = new SiteVisitor(world);
    expect((await stranger.open("/preferences")).status).toBe(401);
    expect((await stranger.post("/preferences", { key, texts: "off" })).status).toBe(401);
    expect(await contact("sms")).toMatchObject({ state: "open" });
  });
});

describe("unsubscribing from emails", () => {
  async function token(channel: "sms" | "email" = "email"): Promise<string> {
    const episode = await world.episode(episodeId);
    return world.deps.secrets.sealLink(episode.reach[channel]?.contactPointId ?? "");
  }

  it("takes one POST of a mail program, without cookies and origin", async () => {
    const response = await world.site.request(`https://care.example.org/u/${await token()}`, {
      method: "POST",
      body: "List-Unsubscribe=One-Click",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect(response.status).toBe(200);
    const stopped = world.store.all("care").filter((item) => item.state === "opted-out");
    expect(stopped).toEqual([expect.objectContaining({ channel: "email" })]);
  });

  it("asks a person who opens it, and changes nothing by that", async () => {
    const before = world.everything();
    await visitor.open(`/u/${await token()}`);
    expect(visitor.status).toBe(200);
    expect(world.everything() === before).toBe(true);
    await visitor.submit();
    expect(visitor.main).toContain("no more emails");
    const after = world.everything();
    await visitor.post(`/u/${await token()}`, {});
    expect(visitor.status).toBe(200);
    expect(world.everything() === after).toBe(true);
  });

  it("reads no more of what is sent along than a form has", async () => {
    const before = world.everything();
    const response = await world.site.request(`https://care.example.org/u/${await token()}`, {
      method: "POST",
      body: "x".repeat(33 * 1024),
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "content-length": String(33 * 1024),
      },
    });
    expect(response.status).toBe(413);
    expect(world.everything() === before).toBe(true);
  });

  it("knows no forged link, and none of a phone", async () => {
    const before = world.everything();
    expect((await visitor.post("/u/forged.token", {})).status).toBe(404);
    expect((await visitor.open("/u/forged.token")).status).toBe(404);
    expect((await visitor.post(`/u/${await token("sms")}`, {})).status).toBe(404);
    expect(world.everything() === before).toBe(true);
  });
});
