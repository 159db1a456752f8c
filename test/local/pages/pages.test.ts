import { describe, expect, it } from "vitest";
import type { OutboxEntry } from "../../../local/messaging/outbox.ts";
import { clockPage } from "../../../local/pages/clock-page.ts";
import { formatInstant } from "../../../local/pages/instant.ts";
import { outboxPage } from "../../../local/pages/outbox-page.ts";
import { phonePage } from "../../../local/pages/phone-page.ts";
import { startPage } from "../../../local/pages/start-page.ts";
import { signInPage } from "../../../local/sign-in/sign-in-page.ts";

const NOW = "2026-11-24T14:40:05.000Z";
const ZONE = "America/New_York";
const EVIL = `<img src=x onerror=alert(1)>"'&`;

const entry: OutboxEntry = {
  id: "01ENTRY",
  channel: "sms",
  to: "+12025550123",
  from: "+12025550100",
  text: EVIL,
  links: [`http://127.0.0.1:8080/k/${EVIL}`],
  sentAt: NOW,
  participantId: "P1",
  templateId: "check-in",
  providerMessageId: "prov-1",
  status: "accepted",
  tags: {},
};
const mail: OutboxEntry = {
  ...entry,
  id: "01MAIL",
  channel: "email",
  to: "ana@example.org",
  subject: EVIL,
  html: `<p>${EVIL}</p>`,
};

const outbox = {
  entries: [entry, mail],
  filter: { participantId: "P1", channel: "sms", to: EVIL },
  names: { P1: `Ana ${EVIL}`, P2: "Bo" },
  timeZone: ZONE,
  returnTo: `/_local/outbox?to=${EVIL}`,
  notice: EVIL,
} as const;

const PAGES: Record<string, string> = {
  start: startPage({
    now: NOW,
    timeZone: ZONE,
    people: [
      {
        participantId: "P1",
        name: EVIL,
        where: EVIL,
        phone: "+12025550123",
        email: "ana@example.org",
      },
    ],
  }),
  outbox: outboxPage(outbox),
  phone: phonePage({
    numbers: [{ number: "+12025550123", name: EVIL, lastAt: NOW }],
    selected: {
      number: "+12025550123",
      name: EVIL,
      ours: "+12025550100",
      messages: [
        {
          side: "ours",
          kind: "text",
          body: EVIL,
          at: NOW,
          links: ["http://127.0.0.1:8080/k/a"],
          status: "accepted",
        },
        { side: "theirs", kind: "text", body: EVIL, at: NOW, links: [] },
      ],
    },
    timeZone: ZONE,
    returnTo: "/_local/phone?number=%2B12025550123",
  }),
  clock: clockPage({
    now: NOW,
    timeZone: ZONE,
    nextEventAt: "2026-11-24T15:00:00.000Z",
    result: { more: true, events: [{ at: NOW, what: EVIL, episodeId: "01EPISODE" }] },
  }),
  signIn: signInPage(
    [{ staffId: "01S", name: EVIL, role: "clinician", siteIds: ["elm-street"] }],
    "/x",
  ),
};

describe.each(Object.entries(PAGES))("the %s page", (_name, page) => {
  it("is one complete English page with one main part and one first heading", () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(page.match(/<main\b/g)).toHaveLength(1);
    expect(page.match(/<h1\b/g)).toHaveLength(1);
    expect(page).toMatch(/<title>[^<]+<\/title>/);
    expect(page).toContain('name="viewport"');
    expect(page).toContain("LOCAL – fictional people, nothing is sent");
  });

  it("escapes everything that people typed", () => {
    expect(page).not.toContain("<img");
    expect(page).toContain("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;");
  });

  it("runs no script and loads nothing", () => {
    expect(page).not.toMatch(/<script|<link rel="stylesheet"|<img|@import|url\(/);
    expect(page).toContain("default-src 'none'");
  });

  it("gives every form that changes something a way back", () => {
    const forms = page.match(/<form method="post"[\s\S]*?<\/form>/g) ?? [];
    const local = forms.filter((form) => form.includes('action="/_local'));
    expect(local.filter((form) => !form.includes('name="returnTo"'))).toEqual([]);
  });

  it("gives every field a label and every id to one element", () => {
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const fields =
      page
        .match(/<(?:input|select)\b[^>]*>/g)
        ?.filter((field) => !field.includes('type="hidden"')) ?? [];
    for (const field of fields) {
      const id = /\sid="([^"]*)"/.exec(field)?.[1] ?? "none";
      expect(page).toContain(`<label for="${id}">`);
    }
  });
});

describe("local pages", () => {
  it("show instants in the zone of the people", () => {
    expect(formatInstant(NOW, ZONE)).toBe("Tue, Nov 24, 2026, 9:40:05 AM EST");
    expect(formatInstant("not an instant", ZONE)).toBe("not an instant");
  });

  it("keep a mail's own page inside a frame that may do nothing", () => {
    expect(PAGES.outbox).toContain('<iframe sandbox=""');
  });

  it("offer to answer texts only, and each channel its own outcomes", () => {
    const text = outboxPage({ ...outbox, entries: [entry] });
    const email = outboxPage({ ...outbox, entries: [mail] });
    expect(text).toContain('value="STOP"');
    expect(text).toContain('value="blocked"');
    expect(email).not.toContain('value="STOP"');
    expect(email).toContain('value="complained"');
    expect(email).toContain('action="/_local/outbox/01MAIL/delivery"');
  });

  it("keep the chosen filter", () => {
    expect(PAGES.outbox).toContain('<option value="sms" selected>');
    expect(PAGES.outbox).toContain('<option value="P1" selected>');
  });

  it("say how far a long move of the clock is, look again by themselves, and let it be stopped", () => {
    const moving = clockPage({
      now: "2027-01-12T16:00:00.000Z",
      timeZone: ZONE,
      underway: {
        fromMs: Date.parse("2027-01-11T16:00:00.000Z"),
        toMs: Date.parse("2027-01-15T16:00:00.000Z"),
      },
    });
    expect(moving).toContain('<progress id="moved" max="100" value="25"');
    expect(moving).toContain(
      `${formatInstant("2027-01-15T16:00:00.000Z", ZONE)}</time>: 25 % of the way`,
    );
    expect(moving).toContain('<meta http-equiv="refresh" content="1">');
    expect(moving).toContain('name="stop"');
    expect(PAGES.clock).not.toContain("refresh");
  });

  it("have words for an empty world", () => {
    expect(startPage({ now: NOW, timeZone: ZONE, people: [] })).toContain("There is nobody yet");
    expect(clockPage({ now: NOW, timeZone: ZONE, result: { events: [], more: false } })).toContain(
      "Nothing happened",
    );
    expect(phonePage({ numbers: [], timeZone: ZONE, returnTo: "/" })).toContain(
      "No text has been sent yet",
    );
  });
});
