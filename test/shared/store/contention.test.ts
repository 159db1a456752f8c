import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noPause } from "../../../local/in-memory/no-pause.ts";
import { realPause } from "../../../shared/aws/clock/real-pause.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { EpisodeItem } from "../../../shared/care/episode/episode-item.ts";
import type { Escalation } from "../../../shared/care/episode/escalation.ts";
import type { Session } from "../../../shared/care/episode/session.ts";
import { keys } from "../../../shared/keys/keys.ts";
import type { Pause } from "../../../shared/ports/pause.ts";
import type { Store, StoredItem } from "../../../shared/ports/store.ts";
import { canonicalJson } from "../../../shared/store/audit-entry.ts";
import { commitContactPoint } from "../../../shared/store/commit-contact-point.ts";
import { loadContactPoint } from "../../../shared/store/contact-point-items.ts";
import { isFullVolume } from "../../builders/properties.ts";
import { buildTask, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";
import { storeKinds, type TestStore } from "../../fakes/test-stores.ts";

const writers = 24;
/** 24 who write without a condition lose an update within two rounds, in most tests in the first; the full volume looks for the rare one. */
const roundsOn = isFullVolume ? { memory: 50, dynamodb: 50 } : { memory: 6, dynamodb: 2 };
const everyWriter = Array.from({ length: writers }, (_, index) => `writer-${index}`);
const pauses: Readonly<Record<keyof typeof storeKinds, Pause>> = {
  memory: noPause,
  dynamodb: realPause,
};

describe.each(Object.keys(storeKinds) as (keyof typeof storeKinds)[])(
  "24 who write at once, on the store %s",
  (kind) => {
    let kept: TestStore;
    let world: StaffWorld<Store>;
    let people = 0;

    beforeAll(async () => {
      kept = await storeKinds[kind]();
      world = await StaffWorld.over(tuesdayMorning, kept.store, pauses[kind]);
      for (const staffId of everyWriter) {
        await world.put({
          ...keys.staff(staffId),
          schemaVersion: 1,
          kind: "staff",
          staffId,
          name: staffId,
          functions: ["clinical-lead", "clinician", "case-manager", "group-leader"],
          siteIds: ["riverside"],
        });
      }
    }, 60_000);
    afterAll(async () => kept.stop());

    /** A new person for every round, with items of their own. */
    async function person(
      overrides: Partial<Episode>,
      itemsOf: (id: (letter: string) => string) => readonly EpisodeItem[] = () => [],
    ): Promise<Episode> {
      people += 1;
      const id = (letter: string) =>
        `01JHTEST0000000000000${letter}${String(people).padStart(4, "0")}`;
      const items = itemsOf(id).map((item) =>
        item.kind === "task" ? { ...item, taskId: id("T") } : item,
      );
      const reach = { sms: { contactPointId: `cp-${people}`, kind: "own" } } as const;
      const at = { episodeId: id("E"), participantId: id("P"), reach };
      return world.add({ episode: personAt("riverside", { ...at, ...overrides }), items });
    }

    async function audit(aggregateId: string) {
      const { items } = await kept.store.query("audit", aggregateId);
      for (const [index, entry] of items.entries()) {
        const { pk: _pk, sk: _sk, schemaVersion: _version, hash, ...content } = entry;
        expect(world.deps.secrets.sha256(canonicalJson(content))).toBe(hash);
        if (index === 0) continue;
        expect(entry.previousHash).toBe(items[index - 1]?.hash);
        expect(entry.sequence).toBe(Number(items[index - 1]?.sequence) + 1);
      }
      return items;
    }

    async function eachRound(round: () => Promise<void>): Promise<void> {
      for (let count = 0; count < roundsOn[kind]; count += 1) await round();
      expect(world.errors).toEqual([]);
    }

    it("acknowledge one alert 24 times over as one", { timeout: 120_000 }, async () => {
      await eachRound(async () => {
        const { episodeId } = await person(active, (id) => [alert(id("X"))]);
        const { escalationId } = (await world.item(episodeId, "ESC#e1")) as StoredItem;
        const path = `/escalations/${String(escalationId)}/acknowledgement`;
        const answers = await Promise.all(
          everyWriter.map(() => world.call("writer-0", "POST", path, {})),
        );
        expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
        expect(new Set(answers.map(({ body }) => body.acknowledgedBy))).toEqual(
          new Set(["writer-0"]),
        );
        const after = await world.item(episodeId, "ESC#e1");
        expect(after?.acknowledgements).toHaveLength(1);
        expect(await audit(keys.episode(episodeId).pk)).toHaveLength(1);
      });
    });

    it("enter one person's attendance as one of them says", { timeout: 120_000 }, async () => {
      await eachRound(async () => {
        const { episodeId, open } = await person(active, (id) => [session(id("S"))]);
        const [sessionSk = ""] = open;
        const { groupSessionId } = (await world.item(episodeId, sessionSk)) as StoredItem;
        const answers = await Promise.all(
          everyWriter.map((as, index) =>
            world.call(as, "PUT", `/sessions/${String(groupSessionId)}/attendance`, [
              { episodeId, status: index % 2 === 0 ? "present" : "excused" },
            ]),
          ),
        );
        const entered = (await world.item(episodeId, sessionSk))
          ?.attendance as Session["attendance"];
        for (const { status, body } of answers) {
          expect([200, 409]).toContain(status);
          if (status === 409) expect(String(body.title)).toContain(`by ${entered?.recordedBy}.`);
        }
        expect(answers.filter(({ status }) => status === 409)).toHaveLength(writers / 2);
        expect(entered?.corrections).toBe(0);
        expect(await audit(keys.episode(episodeId).pk)).toHaveLength(1);
      });
    });

    it("decide once, and hear who was first", { timeout: 120_000 }, async () => {
      await eachRound(async () => {
        const { episodeId } = await person({ status: "assessed" }, () => [approval]);
        const { taskId } = (await world.item(episodeId, approval.sk)) as StoredItem;
        const answers = await Promise.all(
          everyWriter.map((as, index) =>
            world.call(as, "POST", `/tasks/${String(taskId)}/decision`, {
              decision: index % 2 === 0 ? "approved" : "rejected",
              reason: "Looked into it",
              version: 1,
            }),
          ),
        );
        const [winner, ...others] = answers.filter(({ status }) => status === 200);
        expect(others).toEqual([]);
        const losers = answers.filter(({ status }) => status === 409);
        expect(losers).toHaveLength(writers - 1);
        for (const { body } of losers)
          expect(body.details).toMatchObject({ decidedBy: winner?.body.decidedBy });
        expect(await audit(keys.episode(episodeId).pk)).toHaveLength(1);
      });
    });

    it("stop and start one number, each in its turn", { timeout: 120_000 }, async () => {
      await eachRound(async () => {
        const { reach } = await person(active);
        const contactPointId = reach.sms?.contactPointId ?? "";
        const outcomes = await Promise.all(
          everyWriter.map((writer, index) =>
            commitContactPoint(world.deps, {
              contactPointId,
              channel: "sms",
              command: { type: index % 2 === 0 ? "stop" : "start", how: "text" },
              commandId: `text/${contactPointId}/${writer}`,
              actor: { kind: "system", part: "receive-sms" },
            }),
          ),
        );
        const entries = await audit(keys.contactPoint(contactPointId).pk);
        expect(entries).toHaveLength(outcomes.filter(({ isChanged }) => isChanged).length);
        const point = await loadContactPoint(kept.store, contactPointId);
        expect(point?.version).toBe(entries.length);
        const last = entries.at(-1)?.action;
        expect(point?.state).toBe(last === "contact-point-opted-out" ? "opted-out" : "open");
      });
    });

    it("put on leave or discharge, each change once", { timeout: 120_000 }, async () => {
      await eachRound(async () => {
        const { episodeId } = await person(active);
        const leave = { kind: "medical", contactKeptBy: "writer-0", reason: "Surgery" };
        const discharge = { to: "discharge", disposition: "transfer-up", reason: "Agreed" };
        const answers = await Promise.all(
          everyWriter.map((as, index) =>
            index % 2 === 0
              ? world.call(as, "POST", `/episodes/${episodeId}/hold`, leave)
              : world.call(as, "POST", `/episodes/${episodeId}/transition`, discharge),
          ),
        );
        for (const { status } of answers) expect([200, 409]).toContain(status);
        const done = answers.filter(({ status }) => status === 200);
        const entries = (await audit(keys.episode(episodeId).pk)).map(({ action }) => action);
        expect(entries).toHaveLength(done.length);
        expect(entries.filter((action) => action === "discharge-planning-started")).toHaveLength(1);
        // Planning a discharge ends a leave: one more may begin after it.
        const leaves = entries.filter((action) => action === "leave-began");
        expect(leaves.length).toBeGreaterThanOrEqual(1);
        expect(leaves.length).toBeLessThanOrEqual(2);
      });
    });
  },
);

const week = {
  week: 2,
  startsOn: "2027-01-11",
  expectedMinutes: 540,
  attendedMinutes: 0,
  isFullWeek: true,
  byDay: {},
};
const active = { status: "active", admittedOn: "2027-01-04", week: 2, weeks: [week] } as const;
const approval = buildTask({
  sk: "TASK#admission-approval#intake",
  taskKind: "admission-approval",
  isApproval: true,
  proposal: "suitable",
});

/** A session of nobody else's, so that a round reads its own person only. */
function session(sessionId: string): Session {
  const slot = sessionId.toLowerCase();
  return {
    kind: "session",
    sk: `SESSION#2027-01-12#${slot}`,
    version: 1,
    sessionId,
    groupSessionId: `riverside:adult-iop:2027-01-12:${slot}`,
    slot,
    week: 2,
    on: "2027-01-12",
    scheduledStartAt: "2027-01-12T15:00:00.000Z",
    scheduledEndAt: "2027-01-12T18:00:00.000Z",
    timeZone: "America/New_York",
    modality: "group",
    counts: true,
    status: "planned",
  };
}

function alert(escalationId: string): Escalation {
  return {
    kind: "escalation",
    sk: "ESC#e1",
    version: 1,
    escalationId,
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
}
