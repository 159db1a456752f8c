import { keys } from "../../keys/keys.ts";
import { type Change, isRefusal, type Refusal } from "../change/change.ts";
import type { DecisionContext } from "../change/context.ts";
import { Draft } from "../change/draft.ts";
import type { OpenState } from "../episode/episode-item.ts";
import { isTerminal } from "../episode/status.ts";
import { endDrugScreenDue } from "../pathway/ask-for-screens.ts";
import type { Program } from "../program/program.ts";
import { holisticOfferings } from "../program/program-services.ts";
import {
  type ScreenResult,
  type ServiceDetail,
  type ServiceKind,
  type ServiceState,
  serviceDetails,
  serviceRecords,
} from "../program/service-kinds.ts";
import type { StaffFunction } from "../program/staff-functions.ts";
import { recordNote } from "../safety/record-note.ts";
import { actingStaff } from "../tasks/refuse.ts";
import { ownValue } from "../text/own-value.ts";
import { localDate } from "../time/zoned-time.ts";
import { followScreenResult } from "./follow-screen-result.ts";
import { followService } from "./follow-services.ts";

export type ServiceToRecord = {
  readonly service: ServiceKind;
  readonly state: ServiceState;
  /** The offering, group, topic or goal by its name. */
  readonly topic?: string | undefined;
  /** Who comes, leads or is met, as staff name them. */
  readonly with?: string | undefined;
  /** Local days, `YYYY-MM-DD`. */
  readonly on?: string | undefined;
  readonly nextOn?: string | undefined;
  readonly result?: ScreenResult | undefined;
  readonly isConfirmed?: boolean | undefined;
  /** Of a family session: the releases of those who come, by their numbers. */
  readonly releases?: readonly number[] | undefined;
  /** A medical clearance or a consent that it needs is there. */
  readonly isCleared?: boolean | undefined;
  readonly wasThere?: boolean | undefined;
  /** A clinician who records it has read the result. */
  readonly isRead?: boolean | undefined;
  readonly toldBy?: string | undefined;
  readonly note?: string | undefined;
  /** The version that the writer read; 0 where there was none. */
  readonly version: number;
  /** Whether the writer is worried about the person's safety now. */
  readonly safetyConcern?: boolean | undefined;
};

const readers: readonly StaffFunction[] = ["clinician", "clinical-lead", "prescriber"];

/** True for those who read what a screen shows. */
export function readsScreens(functions: readonly StaffFunction[]): boolean {
  return functions.some((one) => readers.includes(one));
}

/**
 * Records how far somebody is with a service: offered, accepted, declined, or done, with what that kind of service asks
 * for. Each record stands; the one before is not changed. Words that staff write are read for danger as every note is,
 * and a screen's result that nobody has read is a clinician's task.
 */
export function recordService(
  state: OpenState,
  input: ServiceToRecord,
  ctx: DecisionContext,
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const refusal = refuse(state, input, ctx);
  if (refusal !== undefined) return refusal;
  const { service } = input;
  if (input.isRead === true && !readsScreens(staff.functions))
    return { refused: "not-allowed", sentence: "A clinician reads the result of a screen." };
  const version = input.version + 1;
  const draft = new Draft(state, ctx);
  const said = given(input);
  draft.identity({
    ...keys.service(state.episode.episodeId, service, version),
    attributes: {
      kind: "service",
      service,
      version,
      state: input.state,
      ...said,
      at: ctx.now,
      by: staff.staffId,
    },
  });
  draft.set({ services: { ...state.episode.services, [service]: version } });
  followService(draft, {
    service,
    state: input.state,
    on: input.on,
    isCounted: service !== "family" || input.wasThere === true,
  });
  if (service === "drug-screen" && input.state !== "offered") endDrugScreenDue(draft, ctx);
  if (service === "drug-screen")
    followScreenResult(draft, ctx, {
      version,
      hasCome: input.state === "done",
      isRead: input.isRead === true,
    });
  const { label, states } = serviceRecords[service];
  const words = [said.topic, said.with, said.toldBy].flatMap((one) => one ?? []);
  const note = input.note?.trim() ?? "";
  recordNote(
    draft,
    ctx,
    {
      note:
        words.length === 0 && note === ""
          ? undefined
          : [
              `${label}: ${states[input.state].toLowerCase()}.`,
              ...words,
              ...(note === "" ? [] : [note]),
            ].join("\n"),
      safetyConcern: input.safetyConcern,
    },
    `service-${service}-v${version}`,
  );
  return draft.finish("service-recorded", { service, serviceVersion: version, state: input.state });
}

/** What may be chosen for a part of a record; `undefined` where it is free. */
export function choicesOf(
  {
    choices,
    ofProgram,
  }: NonNullable<(typeof serviceRecords)[ServiceKind]["details"][ServiceDetail]>,
  { services }: Pick<Program, "services">,
): readonly string[] | undefined {
  return ofProgram === true ? holisticOfferings(services).map(({ name }) => name) : choices;
}

/** What was said, without what is empty, and without what was answered by no. */
function given(input: ServiceToRecord) {
  const text = (value: string | undefined) => (value?.trim() ?? "") || undefined;
  const [topic, whom, toldBy] = [input.topic, input.with, input.toldBy].map(text);
  const { on, nextOn, result, releases = [] } = input;
  return {
    ...(releases.length === 0 ? {} : { releases: [...new Set(releases)].sort((a, b) => a - b) }),
    ...(topic === undefined ? {} : { topic }),
    ...(whom === undefined ? {} : { with: whom }),
    ...(on === undefined ? {} : { on }),
    ...(nextOn === undefined ? {} : { nextOn }),
    ...(result === undefined ? {} : { result }),
    ...(input.isConfirmed === true ? { isConfirmed: true } : {}),
    ...(input.isCleared === true ? { isCleared: true } : {}),
    ...(input.wasThere === true ? { wasThere: true } : {}),
    ...(input.isRead === true ? { isRead: true } : {}),
    ...(toldBy === undefined ? {} : { toldBy }),
  };
}

function refuse(
  { episode }: OpenState,
  input: ServiceToRecord,
  { now, site, program }: DecisionContext,
): Refusal | undefined {
  if (isTerminal(episode.status))
    return { refused: "not-now", sentence: "This episode has ended: no service is recorded." };
  const known = ownValue(episode.services ?? {}, input.service);
  if ((known ?? 0) !== input.version)
    return {
      refused: "stale-version",
      sentence:
        "Somebody else has recorded this service since you opened it. Look at theirs, then record yours again.",
    };
  const { details, label } = serviceRecords[input.service];
  const { releases = [], ...others } = given(input);
  if (releases.length > 0 && input.service !== "family")
    return { refused: "invalid", sentence: `${label}: no releases are named here.` };
  if (releases.some((number) => episode.releases?.[number - 1] === undefined))
    return { refused: "invalid", sentence: "There is no such release. Record it first." };
  const said: Readonly<Partial<Record<ServiceDetail, string | boolean>>> = {
    ...others,
    ...(input.note === undefined ? {} : { note: input.note.trim() }),
  };
  for (const detail of serviceDetails) {
    const asked = details[detail];
    const value = said[detail];
    const isSaid = value !== undefined && value !== "";
    if (asked === undefined && isSaid)
      return { refused: "invalid", sentence: `${label}: nothing of that kind is recorded here.` };
    if (asked?.neededFor?.includes(input.state) === true && !isSaid)
      return { refused: "invalid", sentence: asked.unless ?? "Something is missing." };
    const choices = asked === undefined ? undefined : choicesOf(asked, program);
    if (choices !== undefined && isSaid && !choices.includes(String(value)))
      return {
        refused: "invalid",
        sentence: `${asked?.label}: choose one of ${choices.join(", ")}.`,
      };
  }
  const offering =
    input.service === "holistic" && input.state === "done" && input.isCleared !== true
      ? holisticOfferings(program.services).find(({ name }) => name === said.topic)
      : undefined;
  if (offering?.needsClearance === true)
    return { refused: "invalid", sentence: "It needs medical clearance first." };
  if (input.state !== "done" && (input.result !== undefined || input.wasThere === true))
    return {
      refused: "invalid",
      sentence: "What came of it is recorded once it has taken place.",
    };
  const today = localDate(now, site.timeZone);
  if (input.state === "done" && input.on !== undefined && input.on > today)
    return { refused: "invalid", sentence: "That day is still to come: nothing has taken place." };
  return undefined;
}
