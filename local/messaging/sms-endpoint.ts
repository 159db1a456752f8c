import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { HttpHandler, HttpRequest, HttpResponse } from "../http/http-message.ts";
import { HANG_UP, jsonResponse } from "../http/http-message.ts";
import type { Faults } from "./faults.ts";
import type { OptedOutNumber, OptOutLists } from "./opt-out-lists.ts";
import type { Outbox } from "./outbox.ts";

/** What the phone capture works with. */
export interface SmsEndpointOptions {
  readonly outbox: Outbox;
  readonly optOuts: OptOutLists;
  readonly faults: Faults;
  /**
   * The opt-out list of an own number or pool; undefined (also the default) checks every list.
   * The number that pages staff has a list of its own.
   */
  readonly optOutListOf?: (originationIdentity: string) => string | undefined;
}

const TARGET = "PinpointSMSVoiceV2.";
const phone = z.string().regex(/^\+[1-9]\d{6,14}$/);
const context = z
  .record(z.string().regex(/^\S{1,100}$/), z.string().min(1).max(800))
  .refine((pairs) => Object.keys(pairs).length <= 5);

const sendSchema = z.looseObject({
  DestinationPhoneNumber: phone,
  OriginationIdentity: z.string().min(1).max(256).optional(),
  MessageBody: z.string().min(1).max(1600),
  Context: context.optional(),
  DryRun: z.boolean().optional(),
});
const callSchema = sendSchema.extend({
  OriginationIdentity: z.string().min(1).max(256),
  MessageBody: z.string().min(1).max(6000),
});
const optOutSchema = z.looseObject({ OptOutListName: z.string().min(1), OptedOutNumber: phone });
const describeSchema = z.looseObject({
  OptOutListName: z.string().min(1),
  OptedOutNumbers: z.array(z.string()).optional(),
});

/** An answer that is an error in the wire format. */
class SmsRefusal extends Error {
  readonly type: string;
  readonly reason: string | undefined;
  readonly status: number;

  constructor(type: string, message: string, reason?: string, status = 400) {
    super(message);
    this.type = type;
    this.reason = reason;
    this.status = status;
  }
}

/**
 * Speaks the JSON protocol of the phone provider: texts, spoken calls and opt-out lists. Texts and
 * calls go to the outbox; numbers that opted out are refused. Any other action is an error at once.
 */
export function createSmsEndpoint(options: SmsEndpointOptions): HttpHandler {
  return async (request) => {
    try {
      return handle(request, options);
    } catch (error) {
      if (!(error instanceof SmsRefusal)) throw error;
      const body = { __type: error.type, Message: error.message, Reason: error.reason };
      return answer(error.status, body, { "x-amzn-errortype": error.type });
    }
  };
}

function handle(request: HttpRequest, options: SmsEndpointOptions): HttpResponse {
  const target = request.headers["x-amz-target"] ?? "";
  const action = target.startsWith(TARGET) ? target.slice(TARGET.length) : "";
  const input = jsonBody(request.body);
  switch (action) {
    case "SendTextMessage":
      return send("sms", parsed(sendSchema, input), options);
    case "SendVoiceMessage":
      return send("voice", parsed(callSchema, input), options);
    case "PutOptedOutNumber": {
      const { OptOutListName, OptedOutNumber } = parsed(optOutSchema, input);
      const entry = options.optOuts.put(OptOutListName, OptedOutNumber);
      return answer(200, { ...listOf(OptOutListName), ...numberOf(entry) });
    }
    case "DeleteOptedOutNumber": {
      const { OptOutListName, OptedOutNumber } = parsed(optOutSchema, input);
      const entry = options.optOuts.delete(OptOutListName, OptedOutNumber);
      if (entry === undefined) throw notListed();
      return answer(200, { ...listOf(OptOutListName), ...numberOf(entry) });
    }
    case "DescribeOptedOutNumbers": {
      const { OptOutListName, OptedOutNumbers: wanted } = parsed(describeSchema, input);
      const all = options.optOuts.all(OptOutListName);
      const found =
        wanted === undefined ? all : all.filter(({ number }) => wanted.includes(number));
      if (wanted !== undefined && found.length < new Set(wanted).size) throw notListed();
      return answer(200, { ...listOf(OptOutListName), OptedOutNumbers: found.map(numberOf) });
    }
    default:
      throw new SmsRefusal(
        "UnknownOperationException",
        `The action ${action || "(none)"} does not exist on this machine.`,
      );
  }
}

function send(
  channel: "sms" | "voice",
  input: z.infer<typeof sendSchema>,
  options: SmsEndpointOptions,
): HttpResponse {
  const fault = options.faults.take(channel);
  if (fault === "down") {
    throw new SmsRefusal("InternalServerException", "The service is down.", undefined, 500);
  }
  if (fault === "throttle") throw new SmsRefusal("ThrottlingException", "The rate was exceeded.");
  if (fault === "refuse") {
    const sentence = "The destination country is blocked.";
    throw new SmsRefusal(
      "ConflictException",
      sentence,
      "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION",
    );
  }
  const to = input.DestinationPhoneNumber;
  const from = input.OriginationIdentity ?? "local-pool";
  const list = options.optOutListOf?.(from);
  const hasOptedOut =
    list === undefined ? options.optOuts.isOnAny(to) : options.optOuts.find(list, to) !== undefined;
  if (hasOptedOut) {
    const sentence = "The destination phone number has opted out.";
    throw new SmsRefusal("ConflictException", sentence, "DESTINATION_PHONE_NUMBER_OPTED_OUT");
  }
  const providerMessageId = randomUUID();
  if (input.DryRun !== true) {
    const tags = input.Context ?? {};
    options.outbox.append({ channel, to, from, text: input.MessageBody, tags, providerMessageId });
  }
  return fault === "timeout-after-accept" ? HANG_UP : answer(200, { MessageId: providerMessageId });
}

function jsonBody(body: Buffer): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString("utf8"));
  } catch {
    throw new SmsRefusal("SerializationException", "The request is not valid JSON.");
  }
}

function parsed<Output>(schema: z.ZodType<Output>, input: unknown): Output {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => issue.path.join(".")).join(", ");
  throw new SmsRefusal(
    "ValidationException",
    `The request is not valid: ${fields}.`,
    "FIELD_VALIDATION_FAILED",
  );
}

function notListed(): SmsRefusal {
  return new SmsRefusal("ResourceNotFoundException", "The number is not on this opt-out list.");
}

function listOf(name: string): Record<string, string> {
  return {
    OptOutListName: name,
    OptOutListArn: `arn:aws:sms-voice:us-east-1:000000000000:opt-out-list/${encodeURIComponent(name)}`,
  };
}

function numberOf(entry: OptedOutNumber): Record<string, unknown> {
  return {
    OptedOutNumber: entry.number,
    OptedOutTimestamp: Date.parse(entry.since) / 1000,
    EndUserOptedOut: false,
  };
}

function answer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return jsonResponse(status, body, {
    "content-type": "application/x-amz-json-1.0",
    "x-amzn-requestid": randomUUID(),
    ...headers,
  });
}
