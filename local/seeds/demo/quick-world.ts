import { advanceCare } from "../../../functions/advance-care/advance-care.ts";
import { carryOutEffects } from "../../../functions/carry-out-effects/carry-out-effects.ts";
import { holdCare } from "../../../functions/hold-care/hold-care.ts";
import { pageOnCall } from "../../../functions/page-on-call/page-on-call.ts";
import { createReceiveIntake } from "../../../functions/receive-intake/receive-intake.ts";
import { sendMessage } from "../../../functions/send-message/send-message.ts";
import { createStaffApi } from "../../../functions/staff-api/staff-api.ts";
import { sweepStalledWork } from "../../../functions/sweep-stalled-work/sweep-stalled-work.ts";
import { createUlidIds } from "../../../shared/aws/ids/ulid-ids.ts";
import { createMessageSender } from "../../../shared/aws/message-sender.ts";
import { createHmacSecrets } from "../../../shared/aws/secrets/hmac-secrets.ts";
import { createVoicePager } from "../../../shared/aws/sms/voice-pager.ts";
import { pageEventSchema } from "../../../shared/contracts/page-event.ts";
import { sendEventSchema } from "../../../shared/contracts/send-event.ts";
import { holdEventSchema, stepEventSchema } from "../../../shared/contracts/step-event.ts";
import { itemPrefixes } from "../../../shared/keys/keys.ts";
import type { CommittedChange } from "../../../shared/store/memory/memory-store.ts";
import { workflowReviews } from "../../../workflows/registry.ts";
import type { VirtualClock } from "../../clock/virtual-clock.ts";
import { StepFunctionsEngine } from "../../step-functions/engine.ts";
import type { LambdaOutcome } from "../../step-functions/engine-types.ts";
import { bareFunctionName, installMachines } from "../../world/machines.ts";
import { engineRunner } from "./engine-runner.ts";
import { RecordedStore } from "./recorded-store.ts";

const sweepEveryMs = 60_000;

/**
 * The functions and the state machines in this process on a store in memory: a year passes in seconds.
 * Messages go out through the local mail and phone, at the virtual instant of their sending.
 */
export class QuickWorld {
  readonly store = new RecordedStore();
  readonly #clock: VirtualClock;
  readonly #engine: StepFunctionsEngine;
  readonly #background: (() => Promise<unknown>)[] = [];
  readonly #workAt = new Map<string, string>();
  #changes: CommittedChange[] = [];
  #sweptAtMs = 0;
  readonly deps;
  readonly #apps;

  /** @param input.environment - as the functions find it, see `localEnvironment` */
  constructor(input: {
    readonly clock: VirtualClock;
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly report: (sentence: string) => void;
  }) {
    const { clock, environment } = input;
    const named = (name: string) => environment[name] ?? "";
    this.#clock = clock;
    this.store.onCommit((changes) => void this.#changes.push(...changes));
    this.#engine = new StepFunctionsEngine({
      clock: { now: () => clock.nowEpochMs() },
      invokeLambda: (name, payload) => this.#invoke(bareFunctionName(name), payload),
      recordHistory: false,
    });
    installMachines(this.#engine);
    const smsConfigurationSet = named("SMS_CONFIGURATION_SET");
    const publicOrigin = named("PUBLIC_ORIGIN");
    const report = (sentence: string, fields?: { readonly error?: unknown }) =>
      input.report(`${sentence} ${fields?.error instanceof Error ? fields.error.message : ""}`);
    const ids = createUlidIds(clock);
    this.deps = {
      store: this.store,
      clock,
      ids,
      secrets: createHmacSecrets(named("LINK_SECRET")),
      reviews: workflowReviews,
      pause: { milliseconds: async () => undefined },
      runner: engineRunner(this.#engine),
      functions: {
        run: async (name: string, payload: unknown) =>
          void this.#background.push(() => this.#invoke(bareFunctionName(name), payload)),
      },
      logger: { info: () => undefined, warn: () => undefined, error: report },
      publicOrigin,
      sender: createMessageSender({
        emailConfigurationSet: named("EMAIL_CONFIGURATION_SET"),
        smsConfigurationSet,
      }),
      pager: createVoicePager({ configurationSet: smsConfigurationSet }),
    };
    // Nobody but the story itself calls these: the token is the id of the member of staff.
    const verifyToken = async (staffId: string) => ({ staffId });
    const unused = async (): Promise<never> => {
      throw new Error("The demonstration signs in without pages");
    };
    this.#apps = {
      intake: createReceiveIntake({ ...this.deps, verifyToken }),
      staff: createStaffApi({
        ...this.deps,
        verifyToken,
        discovery: unused,
        postForm: unused,
        clientId: named("TOKEN_CLIENT_ID"),
        newId: () => ids.next(),
      }),
    };
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
    await this.settle();
    for (;;) {
      const next = this.#nextEventAt();
      if (next === undefined || next > targetMs) break;
      this.#clock.advanceTo(next);
      await this.settle();
    }
    this.#clock.advanceTo(targetMs);
    await this.settle();
  }

  /** Runs everything that can run at this instant. */
  async settle(): Promise<void> {
    for (let round = 0; round < 100_000; round += 1) {
      await this.#engine.runUntilIdle();
      const work = this.#background.shift();
      if (work !== undefined) {
        await work();
        continue;
      }
      if (await this.#carryOut()) continue;
      const now = this.#clock.nowEpochMs();
      if ((this.#engine.nextDueAt() ?? Number.POSITIVE_INFINITY) <= now) continue;
      if ((this.#nextSweepAt() ?? Number.POSITIVE_INFINITY) > now) return;
      this.#sweptAtMs = now;
      await sweepStalledWork(this.deps);
    }
    throw new Error("The demonstration does not come to rest");
  }

  #nextEventAt(): number | undefined {
    const instants = [this.#engine.nextDueAt(), this.#nextSweepAt()].filter(
      (at) => at !== undefined,
    );
    return instants.length === 0 ? undefined : Math.min(...instants);
  }

  #nextSweepAt(): number | undefined {
    let due: string | undefined;
    for (const at of this.#workAt.values()) if (due === undefined || at < due) due = at;
    if (due === undefined) return undefined;
    const dueMs = Date.parse(due);
    return dueMs <= this.#sweptAtMs ? this.#sweptAtMs + sweepEveryMs : dueMs;
  }

  /** What the change stream does: due work is noted, new effects are carried out. */
  async #carryOut(): Promise<boolean> {
    const changes = this.#changes;
    this.#changes = [];
    const records = [];
    for (const { table, eventName, keys, newImage } of changes) {
      if (table !== "care") continue;
      const workAt = newImage?.workAt;
      if (typeof workAt === "string") this.#workAt.set(`${keys.pk} ${keys.sk}`, workAt);
      else this.#workAt.delete(`${keys.pk} ${keys.sk}`);
      if (eventName === "INSERT" && keys.sk.startsWith(itemPrefixes.effect))
        records.push({ eventName, dynamodb: { Keys: { pk: { S: keys.pk }, sk: { S: keys.sk } } } });
    }
    if (records.length > 0) await carryOutEffects(this.deps, records);
    return changes.length > 0;
  }

  async #invoke(name: string, payload: unknown): Promise<LambdaOutcome> {
    try {
      return { ok: true, payload: await this.#call(name, payload) };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return { ok: false, errorType: error.name, errorMessage: error.message };
    }
  }

  async #call(name: string, payload: unknown): Promise<unknown> {
    switch (name) {
      case "advance-care":
        return advanceCare(this.deps, stepEventSchema.parse(payload));
      case "hold-care":
        return holdCare(this.deps, holdEventSchema.parse(payload));
      case "send-message":
        return sendMessage(this.deps, sendEventSchema.parse(payload));
      case "page-on-call":
        return pageOnCall(this.deps, pageEventSchema.parse(payload));
      default:
        throw new Error(`There is no function ${name}`);
    }
  }
}
