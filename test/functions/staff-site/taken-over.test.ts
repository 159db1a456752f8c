import { expect, it } from "vitest";
import { storedEpisode } from "../../../shared/store/episode-forms.ts";
import { buildSession } from "../../builders/attendance.ts";
import { buildTask, episodeId } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const as = "casey-riverside";
const taskId = "01JHTEST0000000000000000T1";
const session = buildSession();
const text = (html: string) => html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

it("lets the former site enter who was in its session, and shows nothing else of whoever is at another site by now", async () => {
  const world = await StaffWorld.create("2027-01-11T15:00:00.000Z");
  const before = await world.add({
    episode: personAt("riverside", { status: "active", admittedOn: "2027-01-04", week: 2 }),
    items: [
      session,
      buildTask({
        sk: `TASK#mark-attendance#${session.sessionId}`,
        taskKind: "mark-attendance",
        assignedFunction: "group-leader",
        taskId,
        atSite: "riverside",
        words: "Attendance is not marked yet.",
        about: { type: "session", id: session.sessionId },
        evidence: { on: session.on, slot: session.slot, groupSessionId: session.groupSessionId },
      }),
    ],
  });
  await world.put(storedEpisode({ ...before, siteId: "mesa" }));
  const task = (await world.page(as, `/staff/tasks/${taskId}`)).html;
  expect(task).toContain(`/staff/attendance?on=${session.on}`);
  expect(task).not.toContain("Everything about");
  expect(text((await world.page(as, `/staff/attendance?on=${session.on}`)).html)).toContain(
    "0 of 1 entered",
  );
  const path = `/staff/attendance/${session.groupSessionId}`;
  const page = (await world.page(as, path)).html;
  expect(text(page)).toContain("Robin T. At another site by now");
  expect(page).not.toContain(`/staff/episodes/${episodeId}`);
  const saved = await world.page(as, path, {
    ...(await world.formFields(as, path, "attendance")),
    [`status.${episodeId}`]: "present",
  });
  expect(saved.status).toBe(303);
  expect(text((await world.page(as, `/staff/attendance?on=${session.on}`)).html)).toContain(
    "Entered",
  );
  expect((await world.call(as, "GET", `/tasks/${taskId}`)).body).toMatchObject({ status: "done" });
  expect((await world.page("casey-mesa", `/staff/tasks/${taskId}`)).status).toBe(404);
});
