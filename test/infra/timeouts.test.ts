import { describe, expect, it } from "vitest";
import { pageOnCall } from "../../functions/page-on-call/page-on-call.ts";
import { functionNames, functions } from "../../infra/functions/catalogue.ts";
import { once, repeatable } from "../../shared/aws/aws-client/client-settings.ts";
import type { Escalation } from "../../shared/care/episode/escalation.ts";
import type { Store } from "../../shared/ports/store.ts";
import { sendOneMessage } from "../../shared/sending/send-one-message.ts";
import { buildMessage } from "../builders/message.ts";
import { buildRun, episodeId, tuesdayMorning } from "../builders/state.ts";
import { personAt, StaffWorld } from "../fakes/staff-world.ts";

/** The longest that one call of a service may take, as the clients are set; seconds. */
const longestCallSeconds = once.requestHandler.requestTimeout / 1000;
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/**
 * Lets every call of a service take its whole time: calls that are made at once take it together. Counts how
 * long a function is at work then.
 */
class SlowServices {
  seconds = 0;
  #waiting: (() => void)[] = [];
  #isTicking = false;

  call<Answer>(run: () => Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => void run().then(resolve, reject));
      if (this.#isTicking) return;
      this.#isTicking = true;
      // All that can be asked at this instant is asked before the time passes.
      setImmediate(() => {
        this.#isTicking = false;
        this.seconds += longestCallSeconds;
        for (const go of this.#waiting.splice(0)) go();
      });
    });
  }

  around(store: Store): Store {
    return {
      get: (...asked) => this.call(() => store.get(...asked)),
      getMany: (...asked) => this.call(() => store.getMany(...asked)),
      query: (...asked) => this.call(() => store.query(...asked)),
      queryIndex: (...asked) => this.call(() => store.queryIndex(...asked)),
      transact: (...asked) => this.call(() => store.transact(...asked)),
    };
  }
}

const alert: Escalation = {
  kind: "escalation",
  sk: "ESC#intake#phq-9/phq9-9",
  version: 1,
  escalationId: "01JHTEST0000000000000000X1",
  tier: "RED",
  status: "open",
  raisedAt: tuesdayMorning,
  contactDueAt: "2027-01-12T17:00:00.000Z",
  trigger: { source: "instrument", rule: "phq-9/phq9-9", value: 2 },
  reason: "An answer about self-harm.",
  pageTier: 0,
  pageAttempt: 0,
  tierEndsAt: "2027-01-12T16:15:00.000Z",
  acknowledgements: [],
  contacts: [],
  confirmed: true,
};

async function worldWith(items: Parameters<StaffWorld["add"]>[0]["items"]) {
  const world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", {
      status: "active",
      admittedOn: "2027-01-04",
      openEscalations: [{ escalationId: alert.escalationId, tier: "RED" }],
    }),
    ...(items === undefined ? {} : { items }),
  });
  const slow = new SlowServices();
  return { slow, deps: { ...world.deps, store: slow.around(world.store), logger: quiet } };
}

describe.each(functionNames)("%s", (name) => {
  const { timeoutSeconds, sendsEmail, textsParticipants, pagesStaff, keepsOptOutList } =
    functions[name];
  it("has time for one call of its store to fail and be made again to the end, and for whom it sends to", () => {
    const ofTheStore = repeatable.maxAttempts * longestCallSeconds;
    const sends = [sendsEmail || textsParticipants, pagesStaff, keepsOptOutList].filter(Boolean);
    expect(timeoutSeconds).toBeGreaterThanOrEqual(ofTheStore + sends.length * longestCallSeconds);
  });
});

describe("a function has time for all that it calls, each call as slow as it may be", () => {
  it("pages every person of the rota before it is stopped, although no call of them gets through", async () => {
    const { slow, deps } = await worldWith([
      alert,
      buildRun("escalation", alert.escalationId, { data: { escalationSk: alert.sk } }),
    ]);
    const lost = () => slow.call(async () => ({ outcome: "ambiguous", code: "timeout" }) as const);
    const paging = pageOnCall(
      { ...deps, pager: { call: lost, text: lost } },
      { schemaVersion: 1, episodeId, escalationSk: alert.sk, tier: 0, attempt: 0 },
    );
    await expect(paging).rejects.toMatchObject({ name: "PageUndeliveredError" });
    expect(slow.seconds).toBeGreaterThan(3 * longestCallSeconds);
    expect(functions["page-on-call"].timeoutSeconds).toBeGreaterThan(slow.seconds);
  });

  it("records what the provider said of a message before it is stopped: nothing is sent and forgotten", async () => {
    const message = buildMessage({ linkId: "01JHTESTLINK00000000000000" });
    for (const outcome of ["accepted", "ambiguous"] as const) {
      const { slow, deps } = await worldWith([message]);
      const result = await sendOneMessage(
        {
          ...deps,
          publicOrigin: "https://care.example.org",
          sender: {
            send: () =>
              slow.call(async () =>
                outcome === "accepted"
                  ? { outcome, providerMessageId: "p-1" }
                  : { outcome, code: "timeout" },
              ),
          },
        },
        episodeId,
        message.sk,
      );
      expect(result).toBe(outcome === "accepted" ? "accepted" : "unknown");
      expect(functions["send-message"].timeoutSeconds).toBeGreaterThan(slow.seconds);
    }
  });
});
