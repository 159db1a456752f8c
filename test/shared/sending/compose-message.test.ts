// Long because every field that is handed to a provider is named, for texts and for mail, in each language.
import { describe, expect, it } from "vitest";
import { createParticipantSite } from "../../../functions/participant-site/participant-site.ts";
import { composeMail } from "../../../shared/aws/ses/mail.ts";
import { localTime } from "../../../shared/care/time/zoned-time.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { decideSend } from "../../../shared/messages/send-gate.ts";
import { placeholders } from "../../../shared/messages/template.ts";
import { composeMessage, loadSendContext } from "../../../shared/sending/compose-message.ts";
import { strangersIn } from "../../builders/language-of.ts";
import { buildMessage } from "../../builders/message.ts";
import { shippedProgram } from "../../builders/program-files.ts";
import { fc } from "../../builders/properties.ts";
import { episodeId } from "../../builders/state.ts";
import { Sending } from "../../fakes/sending.ts";

const zones = [
  "America/New_York",
  "Pacific/Honolulu",
  "America/Phoenix",
  "Asia/Tokyo",
  "Europe/Paris",
];
const sessionAt = "2027-01-13T14:00:00.000Z";

/** A text that may go, and all that its words are made of. */
async function composing() {
  const sending = await Sending.of();
  const deps = { ...sending.deps, publicOrigin: "https://care.example.org" };
  const context = await loadSendContext(
    sending.deps,
    episodeId,
    buildMessage({ step: "measures" }).sk,
  );
  if (context === undefined) throw new Error("There is no message");
  return { deps, context };
}

describe("a text that its carrier holds back", () => {
  it("arrives in no quiet hour and not after its window, whenever and wherever it is sent", async () => {
    const { deps, context } = await composing();
    const windows = [
      { from: "09:00", to: "19:00" },
      // Wider than the quiet hours of the policy leave.
      { from: "07:00", to: "22:00" },
      { from: "10:00", to: "11:30" },
    ];
    let sentCount = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...zones),
        fc.constantFrom(...windows),
        fc.constantFrom("routine" as const, "schedule-notice" as const),
        fc.integer({ min: 0, max: 1439 }),
        async (timeZone, window, kind, minute) => {
          const nowMs = Date.parse("2027-01-12T00:00:30.000Z") + minute * 60_000;
          const now = new Date(nowMs).toISOString();
          const message = {
            ...context.message,
            class: kind,
            window,
            sendAt: now,
            expiresAt: "2027-01-20T00:00:00.000Z",
          };
          const episode = { ...context.episode, timeZone };
          if (decideSend({ ...context.gate, now, message, episode }).action !== "send") return;
          const ctx = { ...context.ctx, now };
          const { outgoing } = await composeMessage(deps, { ...context, ctx, message, episode });
          sentCount += 1;
          const lastMs = nowMs + (outgoing?.timeToLiveSeconds ?? Number.NaN) * 1000;
          const sentAt = localTime(now, timeZone);
          const lastAt = localTime(new Date(lastMs - 1000).toISOString(), timeZone);
          const quietFrom = kind === "routine" ? "20:00" : "21:00";
          expect(sentAt <= lastAt, `sent ${sentAt}, until ${lastAt}`).toBe(true);
          expect(lastAt < quietFrom && lastAt < window.to, `until ${lastAt}`).toBe(true);
          expect(lastMs - nowMs).toBeLessThan(86_400_000);
        },
      ),
      { numRuns: 400 },
    );
    expect(sentCount).toBeGreaterThan(100);
  });

  it("arrives no later than it makes sense, nor after the session that it is about has begun", async () => {
    const now = "2027-01-13T13:00:00.000Z";
    const soon = await Sending.of({
      now,
      expiresAt: "2027-01-13T14:15:00.000Z",
      window: { from: "06:00", to: "20:00" },
      class: "schedule-notice",
    });
    await soon.send();
    expect(soon.sent[0]?.timeToLiveSeconds).toBe(75 * 60);
    const notice = await Sending.of({
      now,
      class: "schedule-notice",
      window: { from: "06:00", to: "20:00" },
      aboutAt: sessionAt,
    });
    await notice.send();
    expect(notice.sent[0]?.timeToLiveSeconds).toBe(60 * 60);
  });

  it("that answers somebody may arrive at any hour", async () => {
    const reply = await Sending.of({
      now: "2027-01-13T03:30:00.000Z",
      class: "reply",
      templateId: "help-reply",
      expiresAt: "2027-01-13T04:30:00.000Z",
    });
    await reply.send();
    expect(reply.sent[0]?.timeToLiveSeconds).toBe(60 * 60);
  });
});

describe("what the provider is handed", () => {
  it("of a text: from the site's own number, to the person's, with the ids of its reports, and nothing else", async () => {
    const { deps, context } = await composing();
    const { outgoing } = await composeMessage(deps, context);
    const { senders, senderName } = context.ctx.site;
    expect(new Set(Object.values(senders)).size, "every address of the site is another").toBe(4);
    expect(outgoing).toEqual({
      messageId: context.message.messageId,
      participantId: context.episode.participantId,
      templateId: context.message.templateId,
      channel: "sms",
      to: "+15550100142",
      from: senders.sms,
      senderName,
      language: "en",
      text: expect.stringContaining("https://care.example.org/k/"),
      timeToLiveSeconds: expect.any(Number),
    });
  });

  it("of an email: from the site's own address, answers to its staffed mailbox, and a way out", async () => {
    const { deps, context } = await composing();
    const message = { ...context.message, channel: "email" as const, contactPointId: "cp-email" };
    const { outgoing } = await composeMessage(deps, { ...context, message });
    const { senders, senderName } = context.ctx.site;
    expect(outgoing).toEqual({
      messageId: message.messageId,
      participantId: context.episode.participantId,
      templateId: message.templateId,
      channel: "email",
      to: "robin@example.org",
      from: senders.email,
      replyTo: senders.replyTo,
      senderName,
      language: "en",
      subject: expect.any(String),
      text: expect.stringContaining("https://care.example.org/k/"),
      html: expect.stringContaining("https://care.example.org/k/"),
      unsubscribeUrl: expect.stringMatching(/^https:\/\/care\.example\.org\/u\/cp-email[.2-9a-z]/),
    });
  });

  it("nothing where the number is not kept or no reviewed words are there", async () => {
    const { deps, context } = await composing();
    const composed = (more: object) =>
      composeMessage(deps, { ...context, message: { ...context.message, ...more } });
    expect(await composed({ contactPointId: "cp-none" })).toEqual({ problem: "no-address" });
    expect(await composed({ templateId: "none" })).toEqual({ problem: "no-template" });
    expect(await composed({ templateId: "constructor" })).toEqual({ problem: "no-template" });
  });

  it("its time at the site for a visit there, and where the person is for one online", async () => {
    const { deps, context } = await composing();
    const episode = { ...context.episode, timeZone: "Pacific/Honolulu" };
    const words = async (isOnline: boolean) => {
      const message = {
        ...context.message,
        templateId: "session-booked",
        aboutAt: sessionAt,
        ...(isOnline ? { isOnline: true as const } : {}),
      };
      return (await composeMessage(deps, { ...context, message, episode })).outgoing?.text;
    };
    expect(await words(false)).toContain("9:00 AM");
    expect(await words(true)).toContain("4:00 AM");
  });
});

describe("an email", () => {
  it("tells the mail program where one POST ends all emails, and that POST does it", async () => {
    const sending = await Sending.of({ channel: "email" });
    await sending.send();
    const [message] = sending.sent;
    if (message === undefined) throw new Error("No email was sent");
    const mail = Buffer.from(await composeMail(message)).toString("utf8");
    const url = /List-Unsubscribe: <([^>]+)>/.exec(mail.replaceAll(/\r\n\s+/g, " "))?.[1] ?? "";
    expect(mail).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    expect(message.text).toContain(url);
    const site = createParticipantSite({
      ...sending.deps,
      logger: { info: () => {}, warn: () => {}, error: () => {} },
      publicOrigin: "https://care.example.org",
    });
    const answer = await site.request(url, {
      method: "POST",
      body: "List-Unsubscribe=One-Click",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect(answer.status).toBe(200);
    const { pk, sk } = keys.contactPoint("cp-email");
    expect(await sending.store.get("care", pk, sk)).toMatchObject({ state: "opted-out" });
    expect(await sending.store.get("care", keys.contactPoint("cp-sms").pk, sk)).toMatchObject({
      state: "open",
    });
  });

  it("has a staffed mailbox to answer to and no life of a text; a text has a life and no mailbox", async () => {
    const email = await Sending.of({ channel: "email" });
    await email.send();
    expect(email.sent[0]).toMatchObject({ replyTo: expect.stringContaining("@") });
    expect(email.sent[0]).not.toHaveProperty("timeToLiveSeconds");
    const text = await Sending.of();
    await text.send();
    expect(text.sent[0]).not.toHaveProperty("replyTo");
    expect(text.sent[0]).not.toHaveProperty("unsubscribeUrl");
  });
});

const { templates } = shippedProgram("adult-iop");
const reviewed = Object.entries(templates)
  .flatMap(([language, byId]) =>
    Object.entries(byId).flatMap(([templateId, template]) => [
      ...(template.sms === undefined
        ? []
        : [{ language, templateId, channel: "sms" as const, words: template.sms }]),
      ...(template.emailBody === undefined
        ? []
        : [{ language, templateId, channel: "email" as const, words: template.emailBody }]),
    ]),
  )
  .filter(({ templateId }) => !templateId.startsWith("page-staff"));

/** The words of a template between its variables. */
function pieces(words: string): readonly string[] {
  return placeholders(words)
    .reduce((text, { name }) => text.replace(`{${name}}`, "\n"), words)
    .split("\n")
    .map((piece) => piece.trim().replaceAll(/\s+/g, " "))
    .filter((piece) => piece.length > 3);
}

describe("a participant is written to in their own language", () => {
  it("in the words reviewed for it, by text and by email", async () => {
    const { deps, context } = await composing();
    for (const { language, templateId, channel, words } of reviewed) {
      const message = {
        ...context.message,
        templateId,
        channel,
        contactPointId: `cp-${channel}`,
        aboutAt: sessionAt,
        wasAt: sessionAt,
        ...(templateId === "crisis-reply" ? { class: "safety" as const } : {}),
      };
      // Whoever reads Spanish in Mexico is served by Spanish.
      const episode = { ...context.episode, language: language === "es" ? "es-MX" : language };
      const { outgoing } = await composeMessage(deps, { ...context, message, episode });
      expect(outgoing?.language).toBe(language);
      const text = outgoing?.text.replaceAll(/\s+/g, " ");
      for (const piece of pieces(words)) expect(text, templateId).toContain(piece);
    }
  });

  it("and in no other: day and month, place, footer and way out are of one language, too", async () => {
    const { deps, context } = await composing();
    const days = [-1, 0, 1, 2, 3, 4, 5].map((day) =>
      new Date(Date.parse(context.ctx.now) + day * 86_400_000).toISOString(),
    );
    const { address: _address, ...site } = context.ctx.site;
    for (const { language, templateId, channel } of reviewed)
      for (const [index, day] of days.entries()) {
        const message = {
          ...context.message,
          templateId,
          channel,
          contactPointId: `cp-${channel}`,
          ...(index % 2 === 0 ? { isOnline: true as const } : {}),
          aboutAt: day,
          wasAt: days.at(-index) ?? day,
          class: templateId === "crisis-reply" ? ("safety" as const) : context.message.class,
        };
        const episode = { ...context.episode, language };
        const ctx = { ...context.ctx, site };
        const { outgoing } = await composeMessage(deps, { ...context, ctx, message, episode });
        if (outgoing === undefined) throw new Error(`${templateId} cannot be composed`);
        const { subject = "", text, html = "" } = outgoing;
        const words = html.replaceAll(/<style.*?<\/style>|<[^>]+>/gs, " ");
        for (const said of [subject, text, words])
          expect(
            strangersIn(language as "en" | "es", said.replaceAll(site.senderName, "")),
            `${templateId} ${language}: ${said}`,
          ).toEqual([]);
        if (html !== "") expect(html).toContain(`<html lang="${language}">`);
      }
  });

  it("which is every language of the program, and the words differ", () => {
    const languages = Object.keys(templates);
    expect(languages.length).toBeGreaterThan(1);
    for (const { templateId, channel, words } of reviewed) {
      const same = reviewed.filter(
        (one) => one.templateId === templateId && one.channel === channel,
      );
      expect(same.map(({ language }) => language)).toEqual(languages);
      expect(
        same.filter((one) => one.words === words),
        templateId,
      ).toHaveLength(1);
    }
  });
});
