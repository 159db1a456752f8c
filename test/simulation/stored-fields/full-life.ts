import { receiveSms } from "../../../functions/receive-sms/receive-sms.ts";
import { createStaffApi } from "../../../functions/staff-api/staff-api.ts";
import type { WorldObserver } from "../../../local/in-memory/memory-world.ts";
import { snsEvent } from "../../../local/messaging/sns-event.ts";
import { snsEventSchema } from "../../../shared/contracts/sns-event.ts";
import { Life } from "../life.ts";

const origin = "https://care.example.org";
const silent = { info: () => {}, warn: () => {}, error: () => {} };
const lead = "taylor-riverside";

/** A life that was lived, and what the API tells of it. */
export type FullLife = {
  readonly episodeId: string;
  readonly problems: readonly string[];
  readonly get: (path: string) => Promise<Readonly<Record<string, unknown>>>;
};

/** Who looks on at a full life; what is left out is not looked at. */
export type LifeWatch = Partial<WorldObserver> & {
  /** Called once, before anything happens. */
  readonly begun?: (world: Life["world"]) => void;
};

/** Everything that can be written down about one person happens, through the handlers that write it. */
export async function liveFully(watch: LifeWatch): Promise<FullLife> {
  const life = new Life("2027-01-11 08:30", {
    store: (store) => store,
    logger: silent,
    call: (_name, run) => run(),
    committed: () => {},
    ...watch,
  });
  watch.begun?.(life.world);
  await life.start();
  const api = staffApi(life);
  await life.until("2027-01-11 09:00");
  await life.refer({
    reason: "Some days I want to die. My sister sent me.",
    availability: "Mornings",
    accessNeeds: "No stairs",
    pregnant: true,
    injects: true,
    referrer: {
      name: "Noor Example",
      organisation: "Lakeview Hospital (fictional)",
      phone: "+12125550188",
      email: "noor@example.org",
    },
    referralEvent: { kind: "inpatient", facility: "Ward 4", dischargedOn: "2027-01-08" },
  });
  await workAlerts(life, api);
  await life.until("2027-01-11 10:00");
  await life.answerForm("ask-forms", 2);
  const [approval] = await life.tasks("admission-approval");
  await api("POST", `/tasks/${approval?.taskId}/assign`, {
    staffId: lead,
    version: approval?.version,
  });
  await life.until("2027-01-11 10:30");
  await life.decide("admission-approval", "admit");
  await life.until("2027-01-12 09:10");
  await life.attend("2027-01-12", "tue-skills", "no-show");
  await api("POST", `/episodes/${life.episodeId}/contacts`, {
    channel: "phone",
    outcome: "not-reached",
    note: "Rang twice.",
  });
  await texts(life);
  await api("POST", `/episodes/${life.episodeId}/consents`, {
    given: ["sms", "email", "aftercare"],
    how: "phone",
  });
  await api("POST", "/closures", { siteId: "riverside", on: "2027-02-15", words: "Holiday" });
  const person = (name: string) => ({
    staffId: name.toLowerCase(),
    name: `${name} (fictional)`,
    phone: "+12125550119",
  });
  await api("POST", "/rota", {
    siteId: "riverside",
    from: "2027-03-01T00:00:00.000Z",
    to: "2027-03-02T00:00:00.000Z",
    primary: person("Avery"),
    backup: person("Casey"),
    supervisor: person("Taylor"),
  });
  await life.until("2027-01-13 10:00");
  await api("POST", `/episodes/${life.episodeId}/hold`, {
    kind: "family",
    contactKeptBy: lead,
    expectedReturnOn: "2027-01-15",
    reason: "A funeral.",
  });
  await life.until("2027-01-15 09:00");
  await api("POST", `/episodes/${life.episodeId}/resume`, { reason: "Is back." });
  await life.until("2027-01-15 11:30");
  await api("POST", `/episodes/${life.episodeId}/transition`, {
    to: "discharge",
    disposition: "left-before-completing",
    reason: "Moved to another town.",
  });
  await life.until("2027-01-18 12:00");
  await finishCalls(life, api);
  await life.until("2027-01-22 18:30");
  await life.answerCheckIn({ craving: 4 }, "It was a hard week.");
  await life.until("2027-01-29 18:30");
  await life.answerCheckIn({ "opioid-use": true });
  await life.until("2027-02-01 12:00");
  await workAlerts(life, api);
  await finishCalls(life, api);
  await life.until("2027-02-03 12:00");
  await api("POST", `/episodes/${life.episodeId}/withdraw`, { reason: "Wants no more calls." });
  await life.world.settle();
  const { episodeId } = life;
  return { episodeId, problems: life.world.problems, get: reader(life) };
}

type Call = (method: string, path: string, body: unknown) => Promise<void>;

function appOf({ world: { deps } }: Life) {
  return createStaffApi({
    ...deps,
    verifyToken: async (token) => ({
      staffId: token,
      tokenId: token,
      endsAtEpochSeconds: 4_000_000_000,
    }),
  });
}

function reader(life: Life): FullLife["get"] {
  const app = appOf(life);
  return async (path) => {
    const headers = { authorization: `Bearer ${lead}` };
    const answer = await app.request(`${origin}/api/v1${path}`, { headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Readonly<Record<string, unknown>>;
  };
}

/** The API as a clinical lead calls it; what is refused fails the test. */
function staffApi(life: Life): Call {
  const app = appOf(life);
  let calls = 0;
  return async (method, path, body) => {
    calls += 1;
    const answer = await app.request(`${origin}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${lead}`,
        "content-type": "application/json",
        "idempotency-key": `call-${calls}-0000`,
      },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    await life.world.settle();
  };
}

/** Takes every open alert, speaks with the person and closes it, each with its words. */
async function workAlerts(life: Life, api: Call): Promise<void> {
  const { items } = await life.state();
  for (const alert of items.values()) {
    if (alert.kind !== "escalation") continue;
    const path = `/escalations/${alert.escalationId}`;
    if (alert.status === "open") await api("POST", `${path}/acknowledgement`, {});
    await api("POST", `${path}/contact`, {
      outcome: "spoke-with-participant",
      note: "Spoke for a while.",
      confirmed: true,
    });
    await api("POST", `${path}/closure`, {
      outcome: "safe-with-plan",
      reason: "Plan made.",
      assessedItemValue: 0,
    });
  }
}

async function finishCalls(life: Life, api: Call): Promise<void> {
  for (const kind of ["aftercare-call", "check-in-call"] as const) {
    for (const { taskId } of await life.tasks(kind))
      await api("POST", `/tasks/${taskId}/outcome`, { outcome: "reached", note: "Doing well." });
  }
}

/** A question of the participant's, a stop and a start, and words of danger from a number that nobody has. */
async function texts(life: Life): Promise<void> {
  const bodies = [
    ["+12125550161", "When do you open?"],
    ["+12125550161", "STOP"],
    ["+12125550161", "START"],
    ["+15550100177", "I want to kill myself"],
  ] as const;
  for (const [index, [originationNumber, messageBody]] of bodies.entries()) {
    const message = {
      originationNumber,
      destinationNumber: "+12125550111",
      messageBody,
      inboundMessageId: `in-${index}`,
    };
    await receiveSms(
      { ...life.world.deps, optOutList: { add: async () => {}, remove: async () => {} } },
      snsEventSchema.parse(snsEvent("inbound", message, life.world.now())),
    );
    await life.world.settle();
  }
}
