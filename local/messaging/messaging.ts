import type { HttpHandler } from "../http/http-message.ts";
import { DeliveryReports } from "./delivery-reports.ts";
import { Faults } from "./faults.ts";
import { openMessagingDatabase } from "./messaging-database.ts";
import { OptOutLists } from "./opt-out-lists.ts";
import type { OutboxEntry } from "./outbox.ts";
import { Outbox } from "./outbox.ts";
import type { DeliveryKind } from "./provider-events.ts";
import { createSesEndpoint } from "./ses-endpoint.ts";
import { createSmsEndpoint } from "./sms-endpoint.ts";
import { SuppressionList } from "./suppression-list.ts";

/** How {@link openMessaging} starts. */
export interface MessagingOptions {
  /** Where `outbox.db` lies; without it everything stays in memory. */
  readonly dataFolder?: string;
  /** The virtual clock. */
  readonly clock: { now(): string };
  /** The opt-out list of one of our numbers; without it every list counts for every number. */
  readonly optOutListOf?: (originationIdentity: string) => string | undefined;
}

/** The captured mail and phone providers with all that they keep. */
export interface Messaging {
  readonly outbox: Outbox;
  readonly suppression: SuppressionList;
  readonly optOuts: OptOutLists;
  readonly faults: Faults;
  /** What the providers will say of the messages they took. */
  readonly reports: DeliveryReports;
  /** The mail provider's wire endpoint. */
  readonly ses: HttpHandler;
  /** The phone provider's wire endpoint. */
  readonly sms: HttpHandler;
  /**
   * Records what became of a message, as the provider itself would: a bounce or complaint puts the
   * address on the suppression list. Undefined where there is no such message.
   */
  recordDelivery(id: string, kind: DeliveryKind): OutboxEntry | undefined;
  /** Forgets messages, lists and planned faults, for a fresh world. */
  clear(): void;
  close(): void;
}

/** Opens the outbox and the endpoints that fill it. */
export function openMessaging(options: MessagingOptions): Messaging {
  const database = openMessagingDatabase(options.dataFolder);
  const now = () => options.clock.now();
  const outbox = new Outbox(database, now);
  const suppression = new SuppressionList(database, now);
  const optOuts = new OptOutLists(database, now);
  const faults = new Faults();
  const reports = new DeliveryReports(outbox, () => Date.parse(options.clock.now()));
  return {
    outbox,
    suppression,
    optOuts,
    faults,
    reports,
    ses: createSesEndpoint({ outbox, suppression, faults }),
    sms: createSmsEndpoint({
      outbox,
      optOuts,
      faults,
      ...(options.optOutListOf === undefined ? {} : { optOutListOf: options.optOutListOf }),
    }),
    recordDelivery(id, kind) {
      const entry = outbox.setStatus(id, kind);
      if (entry?.channel === "email" && kind === "bounced") suppression.add(entry.to, "BOUNCE");
      if (entry?.channel === "email" && kind === "complained")
        suppression.add(entry.to, "COMPLAINT");
      return entry;
    },
    clear() {
      outbox.clear();
      suppression.clear();
      optOuts.clear();
      faults.clear();
      reports.clear();
    },
    close: () => database.close(),
  };
}
