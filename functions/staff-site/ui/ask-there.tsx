import { notMetEvidence } from "../../../shared/care/approvals/approval-kinds.ts";
import { suicideScreenItem } from "../../../shared/care/pathway/discharge-screen.ts";
import type { TaskDescription } from "../../../shared/staff/queue/describe-task.ts";

/** Where a screen is asked, a plan written or a supply recorded that is due, or what an admission waits for. */
export function AskThere({
  task: { about, episodeId, evidence, taskKind },
}: {
  readonly task: Pick<TaskDescription, "about" | "episodeId" | "evidence" | "taskKind">;
}) {
  if (episodeId === undefined) return null;
  const base = `/staff/episodes/${episodeId}`;
  if (about?.type === "screen")
    return (
      <p>
        <a href={`${base}/screens/${about.id}`}>Enter the answers</a>
      </p>
    );
  if (about?.type === "plan")
    return (
      <p>
        <a href={`${base}/plans/${about.id}`}>Write the plan</a>
      </p>
    );
  if (taskKind === "group-place")
    return (
      <p>
        Where they take it, <a href={`${base}/schedule`}>give the place</a>; who is not admitted yet
        is <a href={base}>admitted</a> to it. That ends this task.
      </p>
    );
  if (taskKind === "online-licence")
    return (
      <p>
        Each session on <a href={`${base}/schedule`}>the person’s schedule</a> opens to give it
        another leader or a room.
      </p>
    );
  if (about?.type === "medicine")
    return (
      <p>
        <a href={`${base}/medicines/${about.id}`}>Record the new supply</a>: that ends this task
      </p>
    );
  if (about?.type === "checklist-item" && about.id === suicideScreenItem)
    return (
      <p>
        <a href={`${base}#screens`}>Record the screen on the person’s page</a>: that ends this task
      </p>
    );
  if (about?.type === "service" && taskKind === "service-due")
    return (
      <p>
        <a href={`${base}/services/${about.id}`}>Record how it stands</a>, or{" "}
        <a href={`${base}/schedule`}>book a visit</a>: recording it, or coming to it, ends this task
      </p>
    );
  if (about?.type === "service")
    return (
      <p>
        <a href={`${base}/services/${about.id}`}>Read the result, and record that you have</a>: that
        ends this task
      </p>
    );
  if (taskKind !== "admission-approval" || evidence[notMetEvidence] === undefined) return null;
  return (
    <p>
      Enter what is missing on the person's page:{" "}
      <a href={`${base}#screens`}>asked in the room, plans and measures</a>
    </p>
  );
}
