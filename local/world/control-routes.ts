// Long because each of the local tools is a few lines here, and together they are one list of addresses.
import type { VirtualClock } from "../clock/virtual-clock.ts";
import type { HttpHandler, HttpRequest, HttpResponse } from "../http/http-message.ts";
import { jsonResponse, pathOf } from "../http/http-message.ts";
import type { InvocationResult } from "../lambda/bundle-host.ts";
import type { Messaging } from "../messaging/messaging.ts";
import type { OutboxChannel } from "../messaging/outbox.ts";
import {
  DELIVERY_KINDS,
  deliveryEvent,
  inboundEmailEvent,
  inboundSmsEvent,
} from "../messaging/provider-events.ts";
import { clockPage } from "../pages/clock-page.ts";
import { outboxPage } from "../pages/outbox-page.ts";
import { phonePage } from "../pages/phone-page.ts";
import { type StartPagePerson, startPage } from "../pages/start-page.ts";
import type { SignIn } from "../sign-in/sign-in.ts";
import { findStaff, STAFF_ROLES, type StaffAccount } from "../sign-in/staff-account.ts";
import type { StepFunctionsEngine } from "../step-functions/engine.ts";
import type { AuditCheck } from "./check-audit.ts";
import { ClockMove } from "./clock-move.ts";
import { answer, badRequest, htmlResponse, readFields, text, wantsHtml } from "./control-body.ts";
import { doctor, executions } from "./doctor-routes.ts";
import { targetOf } from "./move-clock.ts";
import type { World } from "./world.ts";

export type ControlParts = {
  readonly world: () => World;
  readonly clock: VirtualClock;
  readonly messaging: Messaging;
  readonly engine: () => StepFunctionsEngine;
  readonly signIn: SignIn;
  readonly staff: readonly StaffAccount[];
  readonly timeZone: string;
  readonly smsNumber: string;
  readonly invoke: (functionName: string, event: unknown) => Promise<InvocationResult>;
  readonly checkAudit: () => Promise<AuditCheck>;
  readonly people: () => Promise<readonly StartPagePerson[]>;
  readonly reset: (seed: "empty" | "demo") => Promise<void>;
};

/** Alerts whose machine still runs. */
function runningAlerts(engine: StepFunctionsEngine): number {
  return engine
    .listExecutions({ statusFilter: "RUNNING" })
    .filter(({ name }) => name.startsWith("escalation-")).length;
}

/** A move that is over by then is shown as what it did; of a longer one the page says how far it is. */
const shortMoveMs = 1_000;

/** The local tools under `/_local`: clock, outbox, phone, sign-in, reset, doctor. JSON, or pages for a browser. */
export function controlRoutes(parts: ControlParts): HttpHandler {
  const move = new ClockMove(parts.world);

  async function clock(request: HttpRequest): Promise<HttpResponse> {
    const { clock: time } = parts;
    if (request.method === "POST") {
      const fields = readFields(request);
      if (fields === undefined) return badRequest("Send a JSON object.");
      const fromMs = time.nowEpochMs();
      const toMs = targetOf(fields, fromMs, parts.world());
      if (!wantsHtml(request)) {
        if (typeof toMs !== "number") return badRequest(toMs.problem);
        const moved = await parts.world().advanceTo(toMs);
        move.note(moved);
        return answer(request, fields, { now: time.now(), ...moved });
      }
      if (text(fields, "stop") !== undefined) await move.stop();
      else if (typeof toMs !== "number") return clockAt(400, toMs.problem);
      else await move.begin({ fromMs, toMs }, shortMoveMs);
      return answer(request, fields, { now: time.now() });
    }
    if (wantsHtml(request)) return clockAt(200, move.problem);
    return jsonResponse(200, {
      now: time.now(),
      timeZone: parts.timeZone,
      nextEventAt: nextEventAt() ?? null,
    });
  }

  function nextEventAt(): string | undefined {
    const nextMs = parts.world().nextEventAt();
    return nextMs === undefined ? undefined : new Date(nextMs).toISOString();
  }

  async function clockAt(status: number, notice: string | undefined): Promise<HttpResponse> {
    const { last, underway } = move;
    const people = last === undefined ? [] : await parts.people();
    return htmlResponse(
      clockPage({
        openAlerts: runningAlerts(parts.engine()),
        names: Object.fromEntries(people.map(({ href, name }) => [href ?? "", name])),
        now: parts.clock.now(),
        timeZone: parts.timeZone,
        ...present("nextEventAt", nextEventAt()),
        ...present("notice", notice),
        ...(underway === undefined ? {} : { underway }),
        ...(last === undefined ? {} : { result: last }),
      }),
      status,
    );
  }

  async function outbox(request: HttpRequest): Promise<HttpResponse> {
    await parts.world().settle();
    const query = new URL(request.url, "http://local").searchParams;
    const channel = query.get("channel");
    const since = query.get("since");
    if (since !== null && Number.isNaN(Date.parse(since)))
      return badRequest("since takes an instant, such as 2027-01-15T15:00:00Z.");
    if (channel !== null && channel !== "" && !["email", "sms", "voice"].includes(channel)) {
      return badRequest("channel is email, sms or voice.");
    }
    const filter = {
      ...present("to", query.get("to")),
      ...(channel === null || channel === "" ? {} : { channel: channel as OutboxChannel }),
      ...present("participantId", query.get("participantId")),
      ...present("since", since),
    };
    const entries = parts.messaging.outbox.list(filter);
    if (!wantsHtml(request)) return jsonResponse(200, entries);
    const people = await parts.people();
    return htmlResponse(
      outboxPage({
        entries,
        filter,
        names: Object.fromEntries(people.map((person) => [person.participantId, person.name])),
        timeZone: parts.timeZone,
        returnTo: request.url,
      }),
    );
  }

  async function phone(request: HttpRequest): Promise<HttpResponse> {
    await parts.world().settle();
    const selected = new URL(request.url, "http://local").searchParams.get("number") ?? undefined;
    const people = await parts.people();
    const nameOf = (number: string) => people.find((person) => person.phone === number)?.name;
    const numbers = new Map<string, string | undefined>();
    for (const person of people)
      if (person.phone !== undefined) numbers.set(person.phone, undefined);
    const texts = parts.messaging.outbox.list().filter((entry) => entry.channel !== "email");
    for (const entry of texts.toReversed()) numbers.set(entry.to, entry.sentAt);
    const inbound = inboundTexts.filter((one) => one.from === selected);
    const messages = [
      ...texts
        .filter((entry) => entry.to === selected)
        .map((entry) => ({
          side: "ours" as const,
          kind: entry.channel === "voice" ? ("call" as const) : ("text" as const),
          body: entry.text,
          at: entry.sentAt,
          links: entry.links,
          status: entry.status,
        })),
      ...inbound.map((one) => ({
        side: "theirs" as const,
        kind: "text" as const,
        body: one.body,
        at: one.at,
        links: [],
      })),
    ].sort((left, right) => left.at.localeCompare(right.at));
    return htmlResponse(
      phonePage({
        numbers: [...numbers].map(([number, lastAt]) => ({
          number,
          ...present("name", nameOf(number)),
          ...present("lastAt", lastAt),
        })),
        ...(selected === undefined
          ? {}
          : {
              selected: {
                number: selected,
                ...present("name", nameOf(selected)),
                ours: parts.smsNumber,
                messages,
              },
            }),
        timeZone: parts.timeZone,
        returnTo: request.url,
      }),
    );
  }

  const inboundTexts: { from: string; body: string; at: string }[] = [];

  async function inboundSms(request: HttpRequest): Promise<HttpResponse> {
    const fields = readFields(request) ?? {};
    const from = text(fields, "from");
    const body = typeof fields.body === "string" ? fields.body : undefined;
    if (from === undefined || !/^\+[1-9][0-9]{6,14}$/.test(from))
      return badRequest("from takes a phone number such as +12125550199.");
    if (body === undefined || body.length > 1600)
      return badRequest("body takes the text, at most 1600 characters.");
    const previous = parts.messaging.outbox.list({ to: from, channel: "sms", limit: 1 })[0];
    const now = parts.clock.now();
    const result = await parts.invoke(
      "receive-sms",
      inboundSmsEvent(
        {
          from,
          to: text(fields, "to") ?? previous?.from ?? parts.smsNumber,
          body,
          ...present("inboundMessageId", text(fields, "inboundMessageId")),
          ...present("previousPublishedMessageId", previous?.providerMessageId),
        },
        now,
      ),
    );
    if (!result.ok)
      return jsonResponse(502, {
        type: "about:blank",
        title: "The text could not be taken in.",
        status: 502,
        code: result.errorType,
      });
    inboundTexts.push({ from, body, at: now });
    await parts.world().settle();
    return answer(request, fields, { received: true });
  }

  async function inboundEmail(request: HttpRequest): Promise<HttpResponse> {
    const fields = readFields(request) ?? {};
    const from = text(fields, "from");
    const body = typeof fields.body === "string" ? fields.body : undefined;
    if (from === undefined || !/^[^\s@<>"]+@[^\s@<>"]+$/.test(from))
      return badRequest("from takes an email address such as ana@example.org.");
    if (body === undefined || body.length > 100_000)
      return badRequest("body takes the words, at most 100000 characters.");
    const previous = parts.messaging.outbox.list({ to: from, channel: "email", limit: 1 })[0];
    const to = text(fields, "to") ?? previous?.headers?.["reply-to"];
    if (to === undefined) return badRequest("to takes the address that was written to.");
    const result = await parts.invoke(
      "receive-email",
      inboundEmailEvent(
        {
          from,
          to,
          subject: text(fields, "subject") ?? `Re: ${previous?.subject ?? ""}`,
          body,
          ...present("messageId", text(fields, "messageId")),
        },
        parts.clock.now(),
      ),
    );
    if (!result.ok)
      return jsonResponse(502, {
        type: "about:blank",
        title: "The email could not be taken in.",
        status: 502,
        code: result.errorType,
      });
    await parts.world().settle();
    return answer(request, fields, { received: true });
  }

  async function delivery(request: HttpRequest, id: string): Promise<HttpResponse> {
    const fields = readFields(request) ?? {};
    const kind = DELIVERY_KINDS.find((one) => one === fields.event);
    if (kind === undefined) return badRequest(`event is one of ${DELIVERY_KINDS.join(", ")}.`);
    const entry = parts.messaging.recordDelivery(id, kind);
    if (entry === undefined)
      return jsonResponse(404, {
        type: "about:blank",
        title: "There is no such message.",
        status: 404,
      });
    const result = await parts.invoke(
      "record-delivery",
      deliveryEvent(entry, kind, parts.clock.now()),
    );
    if (!result.ok)
      return jsonResponse(502, {
        type: "about:blank",
        title: "The event could not be taken in.",
        status: 502,
        code: result.errorType,
      });
    await parts.world().settle();
    return answer(request, fields, { recorded: kind });
  }

  async function signIn(request: HttpRequest): Promise<HttpResponse> {
    const fields = readFields(request) ?? {};
    const role = STAFF_ROLES.find((one) => one === fields.as);
    if (role === undefined) return badRequest(`as is one of ${STAFF_ROLES.join(", ")}.`);
    const account = findStaff(parts.staff, role, text(fields, "siteId"));
    if (account === undefined) return badRequest("Nobody with that role works at that site.");
    return jsonResponse(200, {
      accessToken: await parts.signIn.mintAccessToken({ as: role, staffId: account.staffId }),
      staffId: account.staffId,
    });
  }

  async function reset(request: HttpRequest): Promise<HttpResponse> {
    const fields = readFields(request) ?? {};
    const seed = fields.seed ?? "demo";
    if (seed !== "empty" && seed !== "demo") return badRequest("seed is empty or demo.");
    await move.stop();
    await parts.reset(seed);
    move.forget();
    inboundTexts.length = 0;
    return answer(request, fields, { seed });
  }

  return async (request) => {
    const path = pathOf(request).replace(/\/$/, "");
    const isPost = request.method === "POST";
    if (path === "/_local") {
      return htmlResponse(
        startPage({
          now: parts.clock.now(),
          timeZone: parts.timeZone,
          people: await parts.people(),
          addresses: {
            participant: "/",
            staff: "/staff",
            outbox: "/_local/outbox",
            clock: "/_local/clock",
          },
        }),
      );
    }
    if (path === "/_local/clock") return clock(request);
    if (path === "/_local/outbox" && !isPost) return outbox(request);
    if (path === "/_local/phone" && !isPost) return phone(request);
    if (path === "/_local/sms" && isPost) return inboundSms(request);
    if (path === "/_local/email" && isPost) return inboundEmail(request);
    if (path === "/_local/sign-in" && isPost) return signIn(request);
    if (path === "/_local/reset" && isPost) return reset(request);
    if (path === "/_local/doctor" && isPost) return doctor(parts, request);
    if (path === "/_local/executions") return executions(parts, request);
    const message = /^\/_local\/outbox\/([0-9A-Z]{26})\/delivery$/.exec(path)?.[1];
    if (message !== undefined && isPost) return delivery(request, message);
    return jsonResponse(404, {
      type: "about:blank",
      title: "There is no such local tool.",
      status: 404,
    });
  };
}

function present<Key extends string>(
  key: Key,
  value: string | null | undefined,
): { [name in Key]?: string } {
  return value === null || value === undefined || value === ""
    ? {}
    : ({ [key]: value } as { [name in Key]: string });
}
