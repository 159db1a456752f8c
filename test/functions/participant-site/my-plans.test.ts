import { beforeEach, describe, expect, it } from "vitest";
import { examplePlans } from "../../../local/seeds/example-plans.ts";
import { isRefusal } from "../../../shared/care/change/change.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import { writePlan } from "../../../shared/care/plans/write-plan.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { decideAndCommit } from "../../../shared/store/decide-and-commit.ts";
import { clinician } from "../../builders/state.ts";
import { SiteVisitor } from "../../fakes/site-visitor.ts";
import { SiteWorld } from "../../fakes/site-world.ts";
import { write } from "../../fakes/test-stores.ts";

let world: SiteWorld;
let visitor: SiteVisitor;
let episodeId: string;
beforeEach(async () => {
  world = await SiteWorld.start();
  visitor = new SiteVisitor(world);
  episodeId = await world.participant("es");
});

async function writeDown(planKind: "crisis" | "treatment", isShown: boolean): Promise<void> {
  await decideAndCommit(world.deps, {
    episodeId,
    commandId: `plan-${planKind}`,
    actor: clinician,
    decide: (state, ctx) => {
      const change = writePlan(
        state,
        { planKind, sections: examplePlans[planKind], isShown, version: 0, safetyConcern: false },
        ctx,
      );
      return isRefusal(change) ? change : { change, answer: "" };
    },
  });
}

async function openWeek(): Promise<void> {
  const token = await world.beginWeek(episodeId, "2027-01-11");
  await visitor.open(`/k/${token}`);
  await visitor.submit();
}

describe("the person's own plans", () => {
  it("stand on their page, under headings in their language, where they want that", async () => {
    await writeDown("crisis", true);
    await writeDown("treatment", false);
    await openWeek();
    expect(visitor.main).toContain("Sus planes");
    await visitor.open("/my-plans");
    expect(visitor.status).toBe(200);
    expect(visitor.main).toContain("Plan para una crisis");
    expect(visitor.main).toContain("Lo que me da fuerzas para seguir");
    expect(visitor.main).toContain("My daughter, the garden");
    expect(visitor.main).not.toContain("Plan de tratamiento");
  });

  it("are not spoken of where the person does not want them there", async () => {
    await writeDown("crisis", false);
    await openWeek();
    expect(visitor.main).not.toContain("Sus planes");
    await visitor.open("/my-plans");
    expect(visitor.main).toContain("Aquí no hay nada");
    expect(visitor.main).not.toContain("My daughter");
  });

  it("are not shown on a phone that others read", async () => {
    await writeDown("crisis", true);
    await openWeek();
    const key = keys.episode(episodeId);
    const stored = await world.store.get("care", key.pk, key.sk);
    if (stored === undefined) throw new Error("There is no episode");
    const reach: Episode["reach"] = { sms: { contactPointId: "cp-shared", kind: "shared" } };
    await write(world.store, { put: { table: "care", item: { ...stored, reach } } });
    await visitor.open("/my-plans");
    expect(visitor.main).not.toContain("My daughter");
  });

  it("say the day on which they were written where the office is, not by UTC", async () => {
    // Tuesday evening in New York.
    const late = Date.parse("2027-01-13T02:00:00.000Z") - Date.parse(world.deps.clock.now());
    world.advanceHours(late / 3_600_000);
    await writeDown("crisis", true);
    await openWeek();
    await visitor.open("/my-plans");
    const read = visitor.main.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
    expect(read).toContain("Escrito el 12 de enero de 2027");
  });

  it("are behind a link, and nowhere else", async () => {
    await writeDown("crisis", true);
    await visitor.open("/my-plans");
    expect(visitor.status).toBe(401);
  });
});
