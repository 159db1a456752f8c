import { Hono } from "hono/tiny";
import { explainStoredMessage } from "../../../shared/sending/explain-stored-message.ts";
import { findOwn } from "../../../shared/staff/find-by-id.ts";
import { readPerson } from "../../../shared/staff/people/read-person.ts";
import { plain } from "../../../shared/staff/words/timeline-words.ts";
import { messageStates } from "../../../shared/staff/words/work-words.ts";
import { readSentWords } from "../../../shared/store/message-items.ts";
import type { PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { staffPage } from "../ui/layout.tsx";
import { Card, Facts, Quote, Table } from "../ui/parts.tsx";
import { inWords, inZone } from "../ui/times.ts";
import { notHere, zoneOf } from "./page-parts.tsx";

const outcomes = { passed: "fine", holds: "waits", drops: "not sent" } as const;

/** Why a message was, was not, or will be sent. */
export function messagePage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();
  app.get("/staff/messages/:messageId", async (context) => {
    const staff = context.get("staff");
    const id = context.req.param("messageId");
    const found = await findOwn(deps.store, staff, id, "message");
    const person = found === undefined ? undefined : await readPerson(deps.store, found.episodeId);
    if (found === undefined || person === undefined) return notHere(context);
    const message = found.item;
    const zone = await zoneOf(deps, context);
    const words = await readSentWords(deps.store, found.episodeId, [message.messageId]);
    const sent = words.get(message.messageId);
    const explanation = await explainStoredMessage(deps, found.episodeId, message);
    return staffPage(context, {
      title: `Message to ${person.name}`,
      who: staff.name,
      place: "/staff/people",
      content: (
        <>
          <Card>
            <p class="big">
              <strong>{inWords(explanation.words, zone)}</strong>
            </p>
            <Facts
              pairs={[
                ["Message", plain(message.templateId)],
                ["By", message.channel === "sms" ? "text" : "email"],
                ["State", messageStates[message.status] ?? message.status],
                ["Planned for", inZone(message.sendAt, zone)],
                ["Sent", inZone(message.acceptedAt, zone)],
                ["Next possible", inZone(explanation.nextInstant, zone)],
              ]}
            />
            {sent === undefined ? null : (
              <>
                <p class="quiet">Word for word, as it was sent {inZone(sent.at, zone)}:</p>
                {sent.subject === undefined ? null : <p>{sent.subject}</p>}
                <Quote>{sent.text}</Quote>
              </>
            )}
            <p>
              <a href={`/staff/episodes/${found.episodeId}`}>Everything about {person.name}</a>
            </p>
          </Card>
          <h2>Rules that were applied</h2>
          <Table label="Rules that were applied" head={["Rule", "Result"]}>
            {explanation.rules.map((rule) => (
              <tr>
                <td>{inWords(rule.words, zone)}</td>
                <td>
                  {outcomes[rule.outcome]}
                  {rule.until === undefined ? "" : ` until ${inZone(rule.until, zone)}`}
                </td>
              </tr>
            ))}
          </Table>
        </>
      ),
    });
  });
  return app;
}
