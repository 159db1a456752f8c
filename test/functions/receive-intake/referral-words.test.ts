import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import {
  intakeRequestSchema,
  parseIntakeRequest,
} from "../../../shared/contracts/intake-request.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { readEpisodeItem } from "../../../shared/store/episode-forms.ts";
import { openIntake } from "../../../workflows/run/open-intake.ts";
import { proposeAdmissionOf } from "../../builders/propose-admission.ts";
import { tuesdayMorning } from "../../builders/state.ts";
import { type Answer, StaffWorld } from "../../fakes/staff-world.ts";

const casey = "casey-riverside";

/** What a field of the referral is filled with where no word of one's own fits. */
const given: Readonly<Record<string, unknown>> = {
  programId: "adult-iop",
  siteId: "riverside",
  source: "partner",
  "participant.birthDate": "1990-02-03",
  "participant.phone": "+12125550161",
  "participant.phoneKind": "shared",
  "participant.email": "robin.canary@example.org",
  "participant.language": "es",
  "participant.timeZone": "America/Chicago",
  "referrer.phone": "+12125550177",
  "referrer.email": "noor.canary@example.org",
  "referralEvent.kind": "detox-unit",
  "referralEvent.dischargedOn": "2027-01-08",
};

/** How what is no word of one's own stands on the pages. */
const asWords: Readonly<Record<string, string>> = {
  source: "<dt>Came from</dt><dd>partner</dd>",
  pregnant: "<dt>Pregnant</dt><dd>yes</dd>",
  injects: "<dt>Injects</dt><dd>yes</dd>",
  "participant.interpreter": "<dt>Interpreter</dt><dd>needed</dd>",
  "participant.phoneKind": "shared phone: say nothing to others",
  "participant.language": "Spanish",
  "participant.birthDate": "Feb 3, 1990",
  "referralEvent.dischargedOn": "Jan 8, 2027",
  "referralEvent.kind": "<dd>detox unit</dd>",
};

/** What is no fact about the person: it says where the referral goes and what may be sent. */
const readByRules: readonly string[] = [
  "programId",
  "siteId",
  "participant.timeZone",
  "consents.sms",
  "consents.email",
  "consents.voicemail",
];

/** For staff to say, and it is an alert rather than a word: `staff-site/referral-page.test.ts` looks at it. */
const ofStaff = "safetyConcern";

type JsonSchema = {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
};

/** Every field of a referral but the answers to instruments, as the schema knows them. */
function fieldsOf(schema: JsonSchema, path = ""): readonly string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const at = path === "" ? name : `${path}.${name}`;
    if (at === "responses" || at === ofStaff) return [];
    return inner.properties === undefined ? [at] : fieldsOf(inner, at);
  });
}

const schema = z.toJSONSchema(intakeRequestSchema, {
  unrepresentable: "any",
  io: "input",
}) as JsonSchema;
const fields = fieldsOf(schema);

function typeOf(path: string): string | undefined {
  let at: JsonSchema | undefined = schema;
  for (const name of path.split(".")) at = at?.properties?.[name];
  return at?.type;
}

/** A word that stands nowhere else. */
const canary = (path: string) => `canary-${path.replaceAll(".", "-")}`;

const valueFor = (path: string) =>
  given[path] ?? (typeOf(path) === "boolean" ? true : canary(path));

function fullReferral(): unknown {
  const body: Record<string, unknown> = {};
  for (const path of fields) {
    const names = path.split(".");
    const last = names.pop() ?? "";
    let at = body;
    for (const name of names) {
      at[name] ??= {};
      at = at[name] as Record<string, unknown>;
    }
    at[last] = valueFor(path);
  }
  // Words of danger raise the alert that says "Read them".
  body.reason = `${canary("reason")} and some days I want to die`;
  return body;
}

let pages: Readonly<Record<"alert" | "task" | "episode", string>>;
let answers: Readonly<Record<"alert" | "task" | "episode", Answer>>;

beforeAll(async () => {
  const world = await StaffWorld.create(tuesdayMorning);
  const parsed = parseIntakeRequest(fullReferral(), "2027-01-12");
  expect(parsed.problems).toBeUndefined();
  if (parsed.request === undefined) throw new Error("The referral was refused");
  const opened = await openIntake(world.deps, {
    request: parsed.request,
    identity: { scope: "test", key: "referral-1", method: "POST", path: "/intakes", body: "{}" },
    actorOf: () => ({ kind: "partner", partnerId: "partner-one" }),
  });
  if (opened.outcome !== "opened") throw new Error(JSON.stringify(opened));
  const { episodeId } = opened.answer;
  const { items } = await world.store.query("care", keys.episode(episodeId).pk, {});
  const found = items.filter(({ kind }) => kind === "escalation").map(readEpisodeItem);
  const alert = found.find((item) => item.kind === "escalation");
  if (alert?.kind !== "escalation") throw new Error("No alert was raised");
  const taskId = await proposeAdmissionOf(world, episodeId);
  const see = async (path: string) => (await world.page(casey, path)).html;
  const ask = async (path: string) => (await world.call(casey, "GET", path)).body;
  pages = {
    alert: await see(`/staff/alerts/${alert.escalationId}`),
    task: await see(`/staff/tasks/${taskId}`),
    episode: await see(`/staff/episodes/${episodeId}`),
  };
  answers = {
    alert: await ask(`/escalations/${alert.escalationId}`),
    task: await ask(`/tasks/${taskId}`),
    episode: await ask(`/episodes/${episodeId}`),
  };
});

const onPages = fields.filter((path) => !readByRules.includes(path));

describe("what a referral says", () => {
  it("is what its schema says, and no field is left over in the lists of this test", () => {
    const named = [...Object.keys(given), ...Object.keys(asWords), ...readByRules];
    expect(named.filter((path) => !fields.includes(path))).toEqual([]);
    expect(fields.length).toBeGreaterThan(25);
  });

  it("tells on the alert which words raised it", () => {
    expect(pages.alert).toMatch(/Words that raised it.*“want to die”/su);
  });

  it.each(onPages)("%s stands on the alert, the task and the person's page", (path) => {
    const shown = asWords[path] ?? String(valueFor(path));
    for (const [name, html] of Object.entries(pages))
      expect(html.includes(shown), `${path} on the page of the ${name}`).toBe(true);
  });

  it.each(["reason", "safety", "availability", "accessNeeds", "referrer", "referralEvent"])(
    "%s is in the API's answers about the alert, the task and the episode",
    (name) => {
      const own = fields.filter((path) => path === name || path.startsWith(`${name}.`));
      expect(own.length).toBeGreaterThan(0);
      for (const answer of Object.values(answers)) {
        const text = JSON.stringify(answer.referral);
        for (const path of own) expect(text).toContain(String(valueFor(path)));
      }
    },
  );

  it("is told with what else matters about the person", () => {
    expect(answers.episode.facts).toMatchObject({
      pregnant: true,
      injects: true,
      interpreter: true,
      recentHigherCareOn: "2027-01-08",
    });
  });

  it("is what the alert says to read, before anything else", () => {
    const at = (text: string) => pages.alert.indexOf(text);
    expect(at("Read this: the words of the referral")).toBeGreaterThan(0);
    expect(at(canary("reason"))).toBeGreaterThan(at("Read this"));
    expect(at(canary("reason"))).toBeLessThan(at("Record contact"));
  });
});
