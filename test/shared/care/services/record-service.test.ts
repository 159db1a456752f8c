import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../../shared/care/change/change.ts";
import type { Episode } from "../../../../shared/care/episode/episode.ts";
import {
  type ServiceKind,
  serviceKinds,
  serviceRecords,
} from "../../../../shared/care/program/service-kinds.ts";
import {
  recordService,
  type ServiceToRecord,
} from "../../../../shared/care/services/record-service.ts";
import { shippedProgram } from "../../../builders/program-files.ts";
import {
  buildContext,
  buildEpisode,
  buildState,
  staff,
  tuesdayMorning,
} from "../../../builders/state.ts";
import { itemsOf } from "../../../builders/steps.ts";
import { Story } from "../../../builders/story.ts";

const { program: content, instruments } = shippedProgram("adult-iop");
const program = { ...content, version: 1, contentHash: "0".repeat(64) };
const caseManager = staff("casey", "case-manager");
const clinician = staff("avery", "clinician");

function inProgram(more: Partial<Episode> = {}): Story {
  return new Story(buildState(buildEpisode({ status: "active", ...more }), []), tuesdayMorning, {
    program,
    instruments,
  });
}

/** A record of each kind that says all that it asks for when it is done. */
const done: Readonly<Record<ServiceKind, Partial<ServiceToRecord>>> = {
  individual: { on: "2027-01-11" },
  group: { topic: "Skills group" },
  family: { with: "Her sister Ana", on: "2027-01-11", wasThere: true },
  "drug-screen": { on: "2027-01-11", result: "negative" },
  holistic: { topic: "yoga", isCleared: true },
  skills: { topic: "Sleep, part 2", on: "2027-01-11" },
  "education-work": { topic: "Back to the bakery", nextOn: "2027-03-01" },
  peer: { with: "Parker", on: "2027-01-11" },
  alumni: { isCleared: true },
  "mutual-support": { with: "Tuesday circle" },
};

function tried(story: Story, input: ServiceToRecord, by = caseManager) {
  const ctx = { ...buildContext({ now: tuesdayMorning }), program, instruments, actor: by };
  const result = recordService(story.state, input, ctx);
  return isRefusal(result) ? result.sentence : "recorded";
}

describe("the record of a service", () => {
  it.each(serviceKinds)(
    "of %s is offered, accepted, declined and done, and each record stands",
    (service) => {
      const story = inProgram();
      for (const [version, state] of (
        ["offered", "accepted", "declined", "done"] as const
      ).entries()) {
        const { result, wasThere, ...agreed } = done[service];
        const more =
          state === "done"
            ? {
                ...agreed,
                ...(result === undefined ? {} : { result }),
                ...(wasThere === undefined ? {} : { wasThere }),
              }
            : agreed;
        story.command(
          (now, ctx) => recordService(now, { service, state, version, ...more }, ctx),
          caseManager,
        );
        expect(story.state.episode.services?.[service]).toBe(version + 1);
      }
    },
  );

  it.each(
    serviceKinds.flatMap((service) =>
      Object.entries(serviceRecords[service].details).flatMap(([detail, asked]) =>
        asked.neededFor?.includes("done") === true
          ? [[service, detail, asked.unless] as const]
          : [],
      ),
    ),
  )("of %s is refused without its %s, in words", (service, detail, sentence) => {
    const { [detail as "on"]: _left, ...rest } = done[service];
    expect(tried(inProgram(), { service, state: "done", version: 0, ...rest })).toBe(sentence);
  });

  it("takes a family session with and without a release, and none that is not there or of another service", () => {
    const family = {
      service: "family",
      state: "done",
      with: "Her sister Ana",
      on: "2027-01-11",
      wasThere: true,
      version: 0,
    } as const;
    const releases = [{ from: "2027-01-04", until: "2027-07-04" }];
    expect(tried(inProgram(), family)).toBe("recorded");
    expect(tried(inProgram({ releases }), { ...family, releases: [1] })).toBe("recorded");
    expect(tried(inProgram({ releases }), { ...family, releases: [2] })).toContain(
      "There is no such release",
    );
    expect(
      tried(inProgram({ releases }), {
        ...family,
        service: "peer",
        wasThere: undefined,
        releases: [1],
      }),
    ).toContain("no releases are named here");
  });

  it("lets a clinician alone say that the result of a screen is read", () => {
    const screen = {
      service: "drug-screen",
      state: "done",
      on: "2027-01-11",
      result: "positive",
      isRead: true,
      version: 0,
    } as const;
    expect(tried(inProgram(), screen)).toBe("A clinician reads the result of a screen.");
    expect(tried(inProgram(), screen, clinician)).toBe("recorded");
    expect(tried(inProgram(), { ...screen, state: "offered" }, clinician)).toBe(
      "What came of it is recorded once it has taken place.",
    );
  });

  it("puts a result that nobody has read on a clinician's list, once, until one has read it", () => {
    const story = inProgram();
    const screen = { service: "drug-screen", on: "2027-01-11" } as const;
    const say = (more: Partial<ServiceToRecord>, by = caseManager) =>
      story.command(
        (now, ctx) => recordService(now, { ...screen, state: "done", version: 0, ...more }, ctx),
        by,
      );
    const open = () =>
      itemsOf(story.state, "task").filter(
        ({ about, status }) => about?.type === "service" && status === "open",
      );
    say({ state: "accepted" });
    expect(open()).toEqual([]);
    say({ result: "positive", version: 1 });
    expect(open()).toMatchObject([{ assignedFunction: "clinician", status: "open" }]);
    // A list says nothing of what a screen showed.
    expect(open()[0]?.words).not.toContain("positive");
    const { dueAt } = open()[0] ?? {};
    say({ result: "positive", isConfirmed: true, version: 2 });
    expect(open().map((task) => task.dueAt)).toEqual([dueAt]);
    // The next one is planned: the one before is unread still.
    say({ state: "offered", on: "2027-01-19", version: 3 });
    expect(open()).toHaveLength(1);
    say({ result: "positive", isConfirmed: true, isRead: true, version: 4 }, clinician);
    expect(open()).toEqual([]);
  });

  it("keeps nothing of what was said at a mutual-support group", () => {
    expect(
      tried(inProgram(), {
        service: "mutual-support",
        state: "done",
        with: "Tuesday circle",
        note: "Spoke of her brother",
        version: 0,
      }),
    ).toBe("Community and mutual support: nothing of that kind is recorded here.");
  });

  it("takes an offering by its name alone, no day to come as done, and no record over another's", () => {
    const yoga = { service: "holistic", state: "offered", topic: "yoga", version: 0 } as const;
    expect(tried(inProgram(), { ...yoga, topic: "surfing" })).toBe(
      "Offering: choose one of mindfulness, yoga, nutrition, expressive arts.",
    );
    expect(
      tried(inProgram(), { service: "individual", state: "done", on: "2027-01-13", version: 0 }),
    ).toBe("That day is still to come: nothing has taken place.");
    // In the evening the next day has begun in UTC, and not at the site.
    const evening = buildContext({ now: "2027-01-13T02:00:00.000Z" });
    const tomorrow = recordService(
      inProgram().state,
      { service: "individual", state: "done", on: "2027-01-13", version: 0 },
      { ...evening, program, instruments, actor: caseManager },
    );
    expect(tomorrow).toMatchObject({ sentence: expect.stringContaining("is still to come") });
    expect(tried(inProgram(), { ...yoga, version: 1 })).toContain("Somebody else has recorded");
    expect(tried(inProgram({ status: "closed" }), yoga)).toContain("This episode has ended");
  });

  it("raises an alert for words of danger, as every note does", () => {
    const story = inProgram();
    story.command(
      (now, ctx) =>
        recordService(
          now,
          {
            service: "individual",
            state: "declined",
            note: "She said she wants to kill herself tonight",
            version: 0,
          },
          ctx,
        ),
      caseManager,
    );
    expect(itemsOf(story.state, "escalation")).toHaveLength(1);
  });
});
