import { describe, expect, it } from "vitest";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import { raiseEscalation } from "../../../shared/care/safety/raise-escalation.ts";
import { acknowledgeEscalation } from "../../../workflows/escalation/acknowledge.ts";
import { closeEscalation } from "../../../workflows/escalation/close-escalation.ts";
import {
  buildEpisode,
  buildState,
  clinician,
  systemActor,
  tuesdayMorning,
} from "../../builders/state.ts";
import { itemsOf } from "../../builders/steps.ts";
import { Story } from "../../builders/story.ts";

const escalationSk = "ESC#w3#phq-9.phq9-9.RED";

function alarm(episode: Partial<Episode> = {}): Story {
  const story = new Story(
    buildState(buildEpisode({ status: "active", ...episode })),
    tuesdayMorning,
  );
  return story.command((state, ctx) => {
    const draft = new Draft(state, ctx);
    raiseEscalation(draft, ctx, {
      tier: "RED",
      source: "instrument",
      rule: "phq-9.phq9-9.RED",
      value: 3,
      occasion: "w3",
      reason: "PHQ-9 item 9 answered 3.",
    });
    return draft.finish("raised");
  }, systemActor);
}

describe("the clock of an alert", () => {
  it("is not put off by taking the alert again and again: contact ends it, not a click", () => {
    const story = alarm();
    const take = () =>
      story.command((state, ctx) => acknowledgeEscalation(state, { escalationSk }, ctx));
    take();
    for (let minute = 0; minute < 70; minute += 10) {
      story.passMinutes(10);
      const [alert] = itemsOf(story.state, "escalation");
      if (alert?.status === "acknowledged") take();
    }
    const [alert] = itemsOf(story.state, "escalation");
    expect(alert?.pageTier).toBeGreaterThan(0);
  });

  it("can be stopped by a clinician when the person has died: nobody can be spoken with", () => {
    const story = alarm({ disposition: "deceased" });
    story.command(
      (state, ctx) =>
        closeEscalation(
          state,
          { escalationSk, outcome: "deceased", reason: "Told by the family." },
          ctx,
        ),
      clinician,
    );
    expect(itemsOf(story.state, "escalation")).toMatchObject([{ status: "closed" }]);
  });
});
