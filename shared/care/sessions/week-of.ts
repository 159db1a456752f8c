import type { WorkflowRun } from "../episode/workflow-run.ts";

/** Which program week a workflow run is about. */
export function weekOf(run: WorkflowRun): { readonly week: number; readonly startsOn: string } {
  return { week: Number(run.data.week ?? 1), startsOn: String(run.data.startsOn ?? "") };
}

/** What the weekly program's run of this week is about; weeks count from 1. */
export function weekSubject(episodeId: string, week: number): string {
  return `${episodeId}-w${week}`;
}
