import { html } from "hono/html";
import { Hono } from "hono/tiny";
import { explainStoredMessage } from "../../../shared/sending/explain-stored-message.ts";
import { findOwn } from "../../../shared/staff/find-by-id.ts";
import { readPerson } from "../../../shared/staff/people/read-person.ts";
import { plain } from "../../../shared/staff/words/timeline-words.ts";
import { messageStates } from "../../../shared/staff/words/work-words.ts";
import type { ApiVariables } from "../authenticate.ts";
import { facts, inWords, inZone, staffLayout, table } from "./layout.ts";
import { notHere, type PageDeps } from "./page-deps.ts";
import { zoneOf } from "./site-zone.ts";

const outcomes = { passed: "fine", holds: "waits", drops: "not sent" } as const;

/** Why a message was, was not, or will be sent. */
export function messagePage(deps: PageDeps) {
  const app = new Hono<{ Variables: ApiVariables }>();
  app.get("/staff/messages/:messageId", async (context) => {
    const staff = context.get("staff");
    const id = context.req.param("messageId");
    const found = await findOwn(deps.store, staff, id, "message");
    const person = found === undefined ? undefined : await readPerson(deps.store, found.episodeId);
    if (found === undefined || person === undefined) return notHere(context);
    const message = found.item;
    const zone = await zoneOf(deps, staff);
    const explanation = await explainStoredMessage(deps, found.episodeId, message);
    return context.html(
      staffLayout({
        title: `Message to ${person.name}`,
        who: staff.name,
        place: "/staff/people",
        content: html`<div class="card"><p class="big"><strong>${inWords(explanation.words, zone)}</strong></p>${facts(
          [
            ["Message", plain(message.templateId)],
            ["By", message.channel === "sms" ? "text" : "email"],
            ["State", messageStates[message.status] ?? message.status],
            ["Planned for", inZone(message.sendAt, zone)],
            ["Sent", inZone(message.acceptedAt, zone)],
            ["Next possible", inZone(explanation.nextInstant, zone)],
          ],
        )}<p><a href="/staff/episodes/${found.episodeId}">Everything about ${person.name}</a></p></div><h2>Rules that were applied</h2>${table(
          "Rules that were applied",
          ["Rule", "Result"],
          explanation.rules.map(
            (rule) =>
              html`<tr><td>${inWords(rule.words, zone)}</td><td>${outcomes[rule.outcome]}${rule.until === undefined ? "" : ` until ${inZone(rule.until, zone)}`}</td></tr>`,
          ),
        )}`,
      }),
    );
  });
  return app;
}
