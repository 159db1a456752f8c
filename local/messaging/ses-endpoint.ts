import { randomBytes, randomUUID } from "node:crypto";
import type { HttpHandler, HttpRequest, HttpResponse } from "../http/http-message.ts";
import { HANG_UP } from "../http/http-message.ts";
import type { Faults } from "./faults.ts";
import { parseMail } from "./mime.ts";
import type { CapturedMessage, Outbox } from "./outbox.ts";
import type { SuppressionList } from "./suppression-list.ts";

/** What the mail capture works with. */
export interface SesEndpointOptions {
  readonly outbox: Outbox;
  readonly suppression: SuppressionList;
  readonly faults: Faults;
}

type Mail = Omit<CapturedMessage, "channel" | "to" | "tags" | "providerMessageId">;

const NAMESPACE = "http://ses.amazonaws.com/doc/2010-12-01/";
const MOST_RECIPIENTS = 50;
const KEPT_HEADERS = ["list-unsubscribe", "list-unsubscribe-post", "reply-to", "auto-submitted"];

/** An answer that is an error in the wire format. */
class SesRefusal extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/**
 * Speaks the Query protocol of the mail provider for SendEmail and SendRawEmail and keeps what was
 * sent in the outbox. Any other action is an error at once: a client that waited for an answer
 * that never comes would hang a workflow step.
 */
export function createSesEndpoint(options: SesEndpointOptions): HttpHandler {
  return async (request) => {
    try {
      return await handle(request, options);
    } catch (error) {
      if (error instanceof SesRefusal) return errorXml(error);
      throw error;
    }
  };
}

async function handle(request: HttpRequest, options: SesEndpointOptions): Promise<HttpResponse> {
  const form = new URLSearchParams(request.body.toString("utf8"));
  const action = form.get("Action");
  if (request.method !== "POST" || action === null) {
    throw new SesRefusal("MissingAction", "The request has no Action.");
  }
  if (action !== "SendEmail" && action !== "SendRawEmail") {
    throw new SesRefusal("InvalidAction", `The action ${action} does not exist on this machine.`);
  }
  const mail = action === "SendEmail" ? simpleMail(form) : await rawMail(form);
  const recipients = recipientsOf(form, mail.headerRecipients);
  const tags = tagsOf(form);
  const fault = options.faults.take("email");
  if (fault === "down") throw new SesRefusal("ServiceUnavailable", "The service is down.", 503);
  if (fault === "throttle") throw new SesRefusal("Throttling", "Maximum sending rate exceeded.");
  if (fault === "refuse") throw new SesRefusal("MessageRejected", "The message was refused.");
  const suppressed = recipients.some((recipient) => options.suppression.has(recipient));
  if (suppressed) {
    throw new SesRefusal("MessageRejected", "The address is on the account's suppression list.");
  }
  const providerMessageId = `${randomBytes(8).toString("hex")}-${randomUUID()}-000000`;
  for (const to of recipients) {
    options.outbox.append({ channel: "email", to, ...mail.mail, tags, providerMessageId });
  }
  if (fault === "timeout-after-accept") return HANG_UP;
  return xml(
    200,
    `<${action}Response xmlns="${NAMESPACE}"><${action}Result><MessageId>${providerMessageId}</MessageId></${action}Result>` +
      `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`,
  );
}

function simpleMail(form: URLSearchParams): { mail: Mail; headerRecipients: string[] } {
  const from = form.get("Source");
  const text = form.get("Message.Body.Text.Data");
  const html = form.get("Message.Body.Html.Data");
  const subject = form.get("Message.Subject.Data");
  if (from === null)
    throw new SesRefusal("InvalidParameterValue", "Missing required field Source.");
  if (subject === null || (text === null && html === null)) {
    throw new SesRefusal(
      "InvalidParameterValue",
      "A subject and a text or HTML body are required.",
    );
  }
  const replyTo = members(form, "ReplyToAddresses").join(", ");
  return {
    headerRecipients: [],
    mail: {
      from,
      subject,
      text: text ?? "",
      ...(html === null ? {} : { html }),
      ...(replyTo === "" ? {} : { headers: { "reply-to": replyTo } }),
    },
  };
}

async function rawMail(form: URLSearchParams): Promise<{ mail: Mail; headerRecipients: string[] }> {
  const data = form.get("RawMessage.Data");
  if (data === null || data === "") {
    throw new SesRefusal("InvalidParameterValue", "Missing required field RawMessage.Data.");
  }
  const parsed = await parseMail(Buffer.from(data, "base64")).catch((error: Error) => {
    throw new SesRefusal("InvalidParameterValue", `The mail cannot be read: ${error.message}`);
  });
  const from = form.get("Source") ?? parsed.headers.from;
  if (from === undefined) throw new SesRefusal("InvalidParameterValue", "Missing final '@domain'.");
  const headers = KEPT_HEADERS.flatMap((name) => {
    const value = parsed.headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    headerRecipients: ["to", "cc", "bcc"].flatMap((name) => addresses(parsed.headers[name] ?? "")),
    mail: {
      from: parsed.headers.from ?? from,
      subject: parsed.headers.subject ?? "",
      text: parsed.text ?? "",
      ...(parsed.html === undefined ? {} : { html: parsed.html }),
      headers: Object.fromEntries(headers),
    },
  };
}

/** The envelope's recipients where they are given, else the ones in the mail's own headers. */
function recipientsOf(form: URLSearchParams, headerRecipients: readonly string[]): string[] {
  const given = [
    ...members(form, "Destinations"),
    ...["To", "Cc", "Bcc"].flatMap((kind) => members(form, `Destination.${kind}Addresses`)),
  ].flatMap(addresses);
  const recipients = [...new Set(given.length > 0 ? given : headerRecipients)];
  if (recipients.length === 0) throw new SesRefusal("InvalidParameterValue", "Missing recipient.");
  if (recipients.length > MOST_RECIPIENTS) {
    throw new SesRefusal("MessageRejected", `Recipient count exceeds ${MOST_RECIPIENTS}.`);
  }
  const wrong = recipients.find((address) => !/^[^\s@<>"]+@[^\s@<>"]+$/.test(address));
  if (wrong !== undefined)
    throw new SesRefusal("InvalidParameterValue", "Domain ends with dot or is missing.");
  return recipients;
}

/** Plain addresses out of a header such as `Ana Ruiz <ana@example.org>, bo@example.org`. */
function addresses(header: string): string[] {
  return header
    .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .map((address) => (/<([^<>]*)>/.exec(address)?.[1] ?? address).trim())
    .filter((address) => address !== "");
}

/** Tags are limited as the provider limits them, so that a bad one fails here first. */
function tagsOf(form: URLSearchParams): Record<string, string> {
  const tags: Record<string, string> = {};
  for (let index = 1; ; index += 1) {
    const name = form.get(`Tags.member.${index}.Name`);
    if (name === null) return tags;
    const value = form.get(`Tags.member.${index}.Value`) ?? "";
    if (!/^[A-Za-z0-9_-]{1,256}$/.test(name) || !/^[A-Za-z0-9_.@-]{1,256}$/.test(value)) {
      throw new SesRefusal(
        "InvalidParameterValue",
        "Tags hold ASCII letters, digits, underscores and dashes, values also dots and at signs.",
      );
    }
    if (name in tags) throw new SesRefusal("InvalidParameterValue", `Duplicate tag name ${name}.`);
    tags[name] = value;
  }
}

function members(form: URLSearchParams, name: string): string[] {
  const values: string[] = [];
  for (let index = 1; ; index += 1) {
    const value = form.get(`${name}.member.${index}`);
    if (value === null) return values;
    values.push(value);
  }
}

function errorXml(error: SesRefusal): HttpResponse {
  const type = error.status < 500 ? "Sender" : "Receiver";
  return xml(
    error.status,
    `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>${type}</Type><Code>${error.code}</Code>` +
      `<Message>${escaped(error.message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
  );
}

function xml(status: number, body: string): HttpResponse {
  return { status, headers: { "content-type": "text/xml" }, body };
}

/** Control characters are no XML at all and would turn the answer into a parse failure. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r -\uD7FF\uE000-\uFFFD]/g, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
