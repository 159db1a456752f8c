import { describe, expect, it } from "vitest";
import { completeTask } from "../../../workflows/run/complete-task.ts";
import { transition } from "../../../workflows/run/transition.ts";
import { shippedProgram } from "../../builders/program-files.ts";
import { buildEpisode, buildState, tuesdayMorning } from "../../builders/state.ts";
import { itemsOf, openTasks } from "../../builders/steps.ts";
import { Story } from "../../builders/story.ts";

/** Somebody who is discharged from a program that ships, after what they said about the follow-up. */
function discharged(folder: string, said: "done" | "declined", isReachable = true): Story {
  const program = { ...shippedProgram(folder).program, version: 1, contentHash: "hash" };
  const episode = buildEpisode({ status: "active", admittedOn: "2026-12-01", week: 6 });
  const consents = isReachable ? episode.consents : { sms: {}, email: {}, voicemail: false };
  const story = new Story(buildState({ ...episode, consents }, []), tuesdayMorning, { program });
  story.command((now, ctx) =>
    transition(
      now,
      { to: "discharge", disposition: "completed", reason: "Goals are reached" },
      ctx,
    ),
  );
  for (const { sk, about } of openTasks(story.state, "discharge-checklist"))
    story.command((now, ctx) =>
      completeTask(
        now,
        about?.id === "aftercare-consent"
          ? { taskSk: sk, outcome: said }
          : { taskSk: sk, outcome: "not-needed", note: "Done elsewhere" },
        ctx,
      ),
    );
  return story.decide("discharge-approval", "approved", "although-not-met");
}

describe.each(["adult-iop", "sud-iop"])("the farewell of %s", (folder) => {
  it.each([
    ["wants the follow-up is told of the call", "done", "discharged"],
    ["wants none is promised no call", "declined", "discharged-no-follow-up"],
  ] as const)("whoever %s", (_what, said, templateId) => {
    const messages = itemsOf(discharged(folder, said).state, "message");
    expect(messages.map((message) => message.templateId)).toEqual([templateId]);
    const { templates } = shippedProgram(folder);
    for (const [language, byId] of Object.entries(templates))
      expect(
        JSON.stringify(byId[templateId]).match(/will call|llamaremos/) !== null,
        language,
      ).toBe(said === "done");
  });

  it.each([
    ["done", "when the first follow-up call comes"],
    ["declined", "they want no follow-up"],
  ] as const)("is said on the phone where nothing may be sent: %s", (said, words) => {
    const [call] = openTasks(discharged(folder, said, false).state, "channel-needed");
    expect(call?.words).toContain(words);
  });
});
