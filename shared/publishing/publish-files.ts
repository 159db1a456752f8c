import { ownValue } from "../care/text/own-value.ts";
import { listSites } from "../store/list-sites.ts";
import type { AboveCapacity } from "../store/load-program.ts";
import { compileProgram, type ProgramFiles } from "./compile-program.ts";
import type { Finding } from "./finding.ts";
import { type PublishedLiveData, publishLiveData } from "./publish-live-data.ts";
import { type PublishDeps, type Published, publishProgram } from "./publish-program.ts";

export type PublishOutcome =
  | {
      readonly ok: true;
      readonly programs: readonly Published[];
      readonly liveData: PublishedLiveData;
      /** The programs that no site offers yet: nobody can be referred to them. */
      readonly atNoSite: readonly string[];
      readonly findings: readonly Finding[];
    }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** The program folders among the files: each has a `program.yaml`. */
export function programFolders(files: ProgramFiles): readonly string[] {
  return Object.keys(files)
    .flatMap((file) => /^([^/]+)\/program\.yaml$/.exec(file)?.[1] ?? [])
    .toSorted();
}

/**
 * Checks, compiles and publishes programs with policy and sites. All or nothing: one mistake in one
 * of them and nothing is written.
 * @param folders - which programs; every one of the files where left out
 * @param above - by program, why it is published although it is above capacity
 */
export async function publishFiles(
  deps: PublishDeps,
  files: ProgramFiles,
  folders: readonly string[] = programFolders(files),
  above: Readonly<Record<string, AboveCapacity>> = {},
): Promise<PublishOutcome> {
  const compiled = folders.map((folder) => compileProgram(files, folder));
  const findings = compiled.flatMap((one) => one.findings);
  const contents = compiled.flatMap((one) => (one.ok ? [one.content] : []));
  if (contents.length < compiled.length) return { ok: false, findings };
  const programs: Published[] = [];
  for (const content of contents)
    programs.push(await publishProgram(deps, content, ownValue(above, content.program.programId)));
  const liveData = await publishLiveData(deps, files);
  // Sites that are there are edited by their staff: what the file says of their programs does not count.
  const offered = new Set((await listSites(deps.store)).flatMap((site) => site.programs));
  const atNoSite = programs.flatMap(({ programId }) => (offered.has(programId) ? [] : programId));
  return { ok: true, programs, liveData, atNoSite, findings };
}
