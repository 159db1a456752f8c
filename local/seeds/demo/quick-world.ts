import { createReceiveIntake } from "../../../functions/receive-intake/receive-intake.ts";
import { createStaffApi } from "../../../functions/staff-api/staff-api.ts";
import { createMessageSender } from "../../../shared/aws/message-sender.ts";
import { createHmacSecrets } from "../../../shared/aws/secrets/hmac-secrets.ts";
import { createVoicePager } from "../../../shared/aws/sms/voice-pager.ts";
import type { VirtualClock } from "../../clock/virtual-clock.ts";
import { MemoryWorld, type WorldDeps } from "../../in-memory/memory-world.ts";
import { RecordedStore } from "./recorded-store.ts";

/**
 * The functions and the state machines in this process on a store in memory: a year passes in seconds.
 * Messages go out through the local mail and phone, at the virtual instant of their sending.
 */
export class QuickWorld {
  readonly store = new RecordedStore();
  readonly #world: MemoryWorld;
  readonly #apps;

  /** @param input.environment - as the functions find it, see `localEnvironment` */
  constructor(input: {
    readonly clock: VirtualClock;
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly report: (sentence: string) => void;
  }) {
    const { clock, environment } = input;
    const named = (name: string) => environment[name] ?? "";
    const smsConfigurationSet = named("SMS_CONFIGURATION_SET");
    this.#world = new MemoryWorld({
      startAt: clock.now(),
      clock,
      store: this.store,
      outside: {
        secrets: createHmacSecrets({
          linkSecret: named("LINK_SECRET"),
          contactSecret: named("CONTACT_SECRET"),
        }),
        publicOrigin: named("PUBLIC_ORIGIN"),
        sender: createMessageSender({
          emailConfigurationSet: named("EMAIL_CONFIGURATION_SET"),
          smsConfigurationSet,
        }),
        pager: createVoicePager({ configurationSet: smsConfigurationSet }),
        logger: {
          info: () => undefined,
          warn: () => undefined,
          error: (sentence, fields) =>
            input.report(
              `${sentence} ${fields?.error instanceof Error ? fields.error.message : ""}`,
            ),
        },
      },
    });
    // Nobody but the story itself calls these: the token is the id of the member of staff.
    const verifyToken = async (staffId: string) => ({
      staffId,
      tokenId: staffId,
      endsAtEpochSeconds: 4_000_000_000,
    });
    this.#apps = {
      intake: createReceiveIntake({ ...this.deps, verifyToken }),
      staff: createStaffApi({
        ...this.deps,
        verifyToken,
      }),
    };
  }

  get deps(): WorldDeps {
    return this.#world.deps;
  }

  /** Answers a call of the API as the server would. */
  async request(path: string, init: RequestInit): Promise<Response> {
    const app = path.startsWith("/api/v1/intakes") ? this.#apps.intake : this.#apps.staff;
    const response = await app.request(path, init);
    await this.settle();
    return response;
  }

  /** Moves time from event to event up to the instant, epoch milliseconds. */
  async advanceTo(targetMs: number): Promise<void> {
    await this.#world.advanceTo(new Date(targetMs).toISOString());
  }

  /** Runs everything that can run at this instant. */
  settle(): Promise<void> {
    return this.#world.settle();
  }
}
