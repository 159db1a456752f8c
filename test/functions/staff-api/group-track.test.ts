import { expect, it } from "vitest";
import { publishFiles } from "../../../shared/publishing/publish-files.ts";
import { storedEpisode } from "../../../shared/store/episode-forms.ts";
import { buildSession } from "../../builders/attendance.ts";
import { filesWith } from "../../builders/program-files.ts";
import { episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const taylor = "taylor-riverside";
const closure = { siteId: "riverside", on: "2027-01-14", words: "Snow" };

it("takes the groups of the former track away on a day that is closed, so that it may be opened again", async () => {
  const world = await StaffWorld.create(tuesdayMorning);
  const { files } = filesWith(
    "adult-iop/program.yaml",
    "sessions:\n",
    "groupTracks: [{ track: day, title: Days }, { track: evening, title: Evenings }]\nsessions:\n",
  );
  const file = files["adult-iop/program.yaml"] ?? "";
  const published = await publishFiles(world.deps, {
    ...files,
    "adult-iop/program.yaml": file
      .replace("slot: thu-group\n", "slot: thu-group\n    track: day\n")
      .replace(
        "  - slot: thu-individual\n",
        `  - slot: thu-evening
    track: evening
    dayOfWeek: 4
    startTime: "17:30"
    durationMinutes: 180
    modality: group
    title: Process group
    everyWeeks: 1
  - slot: thu-individual
`,
      ),
  });
  expect(published).toMatchObject({ ok: true });
  expect((await world.call(taylor, "POST", "/closures", closure)).status).toBe(200);
  const session = buildSession({
    sk: "SESSION#2027-01-14#thu-group",
    groupSessionId: "riverside:adult-iop:2027-01-14:thu-group",
    slot: "thu-group",
    on: "2027-01-14",
    scheduledStartAt: "2027-01-14T14:00:00.000Z",
    scheduledEndAt: "2027-01-14T17:00:00.000Z",
    status: "cancelled",
    cancelledFor: "site-closed",
  });
  const episode = await world.add({
    episode: personAt("riverside", {
      status: "active",
      programVersion: 2,
      admittedOn: "2027-01-08",
      week: 1,
      weeks: [
        {
          week: 1,
          startsOn: "2027-01-11",
          expectedMinutes: 540,
          attendedMinutes: 0,
          isFullWeek: false,
          closed: { minutes: 180, isFullOtherwise: true },
          byDay: {},
        },
      ],
    }),
    items: [session],
  });
  // What is not held is no open item of an episode.
  await world.put(storedEpisode({ ...episode, open: [] }));
  const body = { track: "evening", from: "2027-01-13", reason: "Works in the morning now" };
  const moved = await world.call(taylor, "POST", `/episodes/${episodeId}/group-track`, body);
  expect(moved.status).toBe(200);
  const left = await world.item(episodeId, session.sk);
  expect(left).toMatchObject({ status: "cancelled" });
  expect(left).not.toHaveProperty("cancelledFor");
});
