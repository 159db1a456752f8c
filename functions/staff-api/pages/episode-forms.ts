import { html } from "hono/html";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import { isTerminal } from "../../../shared/care/episode/status.ts";
import { dispositions } from "../../../shared/care/program/program.ts";
import { capitalised, plain } from "../../../shared/staff/words/timeline-words.ts";
import type { Content } from "./layout.ts";
import { readSafetyAnswer, safetyQuestion } from "./safety-question.ts";

const leaveKinds = ["hospital", "detox", "jail", "medical", "family", "vacation"] as const;
const channels = ["phone", "in-person", "text", "email", "letter"] as const;
const contactOutcomes = [
  ["reached", "Reached"],
  ["not-reached", "Not reached"],
  ["left-voicemail", "Left a voicemail"],
  ["left-message", "Left a message"],
  ["declined", "Reached, and declined"],
] as const;

/** Which call of the API a form of the participant's page stands for. */
export function commandFor(field: (name: string) => string): {
  readonly path: string;
  readonly body: unknown;
} {
  const reason = field("reason");
  switch (field("action")) {
    case "hold":
      return {
        path: "hold",
        body: {
          kind: field("kind"),
          contactKeptBy: field("contactKeptBy"),
          reason,
          ...(field("expectedReturnOn") === ""
            ? {}
            : { expectedReturnOn: field("expectedReturnOn") }),
        },
      };
    case "confirm":
      return { path: "reach-confirmation", body: { channel: "sms", reason } };
    case "resume":
    case "withdraw":
      return { path: field("action"), body: { reason } };
    case "discharge":
      return {
        path: "transition",
        body: { to: "discharge", disposition: field("disposition"), reason },
      };
    case "reverse-discharge":
      return { path: "transition", body: { to: "reverse-discharge", reason } };
    default:
      return {
        path: "contacts",
        body: {
          channel: field("channel"),
          outcome: field("outcome"),
          ...(field("note") === "" ? {} : { note: field("note") }),
          ...readSafetyAnswer(field("safetyConcern")),
        },
      };
  }
}

/** What staff may do on a participant's page, each folded away until it is needed. */
export function episodeForms(
  episode: Episode,
  key: string,
  staffId: string,
  isPhoneUnconfirmed: boolean,
): Content {
  const { status } = episode;
  const inProgram = ["active", "onhold", "discharge-planning"].includes(status);
  return html`${contactForm(key)}${
    isPhoneUnconfirmed
      ? reasonForm(key, "confirm", "Confirm the phone number", "It is this person’s number")
      : ""
  }${
    status === "active" || status === "discharge-planning" ? leaveForm(key, staffId) : ""
  }${status === "onhold" ? reasonForm(key, "resume", "Return from leave", "Record the return") : ""}${
    inProgram ? dischargeForm(key) : ""
  }${status === "discharged" ? reasonForm(key, "reverse-discharge", "Reverse the discharge", "Reverse it") : ""}${
    isTerminal(status) ? "" : reasonForm(key, "withdraw", "Withdrawal", "Record the withdrawal")
  }`;
}

function options(values: readonly string[]): readonly Content[] {
  return values.map(
    (value) => html`<option value="${value}">${capitalised(plain(value))}</option>`,
  );
}

function contactForm(key: string): Content {
  return html`<details><summary>Write down a contact</summary><form method="post"><input type="hidden" name="key" value="${key}-contact"><label for="channel">By</label><select id="channel" name="channel">${options(channels)}</select><label for="outcome">Outcome</label><select id="outcome" name="outcome">${contactOutcomes.map(([value, words]) => html`<option value="${value}">${words}</option>`)}</select><label for="note">Note <span class="hint">Optional</span></label><textarea id="note" name="note" rows="2" maxlength="2000"></textarea>${safetyQuestion()}<div class="buttons"><button name="action" value="contact">Save</button></div></form></details>`;
}

function leaveForm(key: string, staffId: string): Content {
  return html`<details><summary>Leave</summary><form method="post"><input type="hidden" name="key" value="${key}-hold"><label for="kind">Kind</label><select id="kind" name="kind">${options(leaveKinds)}</select><label for="expectedReturnOn">Expected return <span class="hint">Optional</span></label><input type="date" id="expectedReturnOn" name="expectedReturnOn"><label for="contactKeptBy">Who keeps contact <span class="hint">Staff id; yours, unless somebody else does</span></label><input type="text" id="contactKeptBy" name="contactKeptBy" value="${staffId}" required maxlength="64">${reasonField("hold")}<div class="buttons"><button name="action" value="hold">Put on leave</button></div></form></details>`;
}

function dischargeForm(key: string): Content {
  return html`<details><summary>Discharge</summary><form method="post"><input type="hidden" name="key" value="${key}-discharge"><label for="disposition">How it ends</label><select id="disposition" name="disposition">${options(dispositions)}</select>${reasonField("discharge")}<div class="buttons"><button name="action" value="discharge">Begin the discharge</button></div></form></details>`;
}

function reasonForm(key: string, action: string, title: string, button: string): Content {
  return html`<details><summary>${title}</summary><form method="post"><input type="hidden" name="key" value="${key}-${action}">${reasonField(action)}<div class="buttons"><button name="action" value="${action}">${button}</button></div></form></details>`;
}

function reasonField(name: string): Content {
  return html`<label for="reason-${name}">Reason</label><textarea id="reason-${name}" name="reason" rows="2" required maxlength="1000"></textarea>`;
}
