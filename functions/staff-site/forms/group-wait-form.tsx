import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { Program } from "../../../shared/care/program/program.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import { refuseApart, refuseFull } from "../../../shared/care/sessions/full-groups.ts";
import { trackOn } from "../../../shared/care/sessions/group-tracks.ts";
import {
  groupsComeTo,
  targetKey,
  targetOf,
  targetWords,
  type WaitTarget,
} from "../../../shared/care/sessions/group-waits.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import type { Store } from "../../../shared/ports/store.ts";
import type { GroupWaitRow } from "../../../shared/staff/sessions/group-waits.ts";
import { readGroupPlaces } from "../../../shared/store/group-places.ts";
import type { Form } from "../../../shared/web/http/read-form.ts";
import { SelectField, TextField } from "../../../shared/web/parts/fields.tsx";
import { inZone } from "../ui/times.ts";
import { waitLabel } from "../ui/waiting-lists.tsx";
import { isFull, type MakeUpPlace } from "./make-up-form.tsx";
import type { FieldNames } from "./send-form.ts";
import type { Forms } from "./sent-form.ts";
import { FoldedForm, StaffForm } from "./staff-form.tsx";

export const groupWaitFields: FieldNames = {
  track: { field: "group", label: "Group" },
  sessionId: { field: "group", label: "Group" },
  reason: { field: "why", label: "Why" },
};

/** A group that is full, as it is chosen in the form. */
export type WaitChoice = { readonly value: string; readonly text: string };

/** What a form says about a waiting list, as the command takes it. */
export function readGroupWaitForm(form: Form): Readonly<Record<string, unknown>> {
  const [, group] = (form.get("form") ?? "").split(".");
  const [kind, ...rest] = (group ?? form.get("group") ?? "").split(":");
  const value = rest.join(":");
  return {
    ...(kind === "track" && value !== "" ? { track: value } : {}),
    ...(kind === "session" ? { sessionId: value } : {}),
    ...(group === undefined ? {} : { isGivenUp: true }),
    reason: form.get("why") ?? "",
  };
}

/** The groups that are full, for which somebody could wait: other tracks, and make-up places of the weeks that are open. */
export async function waitChoices(
  store: Store,
  {
    episode,
    program,
    site,
    now,
  }: {
    readonly episode: Episode;
    readonly program: Program;
    readonly site: Site;
    readonly now: string;
  },
  makeUps: readonly MakeUpPlace[],
): Promise<readonly WaitChoice[]> {
  const own = trackOn(program, episode, localDate(now, site.timeZone));
  const tracks = (program.groupTracks ?? []).filter(
    ({ track }) => track !== own || episode.admittedOn === undefined,
  );
  const lasting: readonly WaitTarget[] =
    tracks.length > 0 || episode.admittedOn !== undefined
      ? tracks.map(({ track }) => ({ track }))
      : [targetOf(program, episode, {})];
  const choices: WaitChoice[] = [];
  for (const target of lasting) {
    const { groups } = await readGroupPlaces(
      store,
      { siteId: site.siteId, program, episode, isToStay: true, now },
      groupsComeTo({ program, site, now }, episode, target),
    );
    if (refuseFull(groups, false) !== undefined && refuseApart(groups) === undefined)
      choices.push({
        value: targetKey(target),
        text: `A place in ${targetWords(program, target)}`,
      });
  }
  return [
    ...choices,
    ...makeUps
      .filter((one) => isFull(one) && !one.isApart)
      .map(({ sessionId, slot, standing }) => ({
        value: targetKey({ sessionId }),
        text: `A make-up place in ${slot.title}, ${inZone(standing.startAt, site.timeZone)}`,
      })),
  ];
}

/** The groups that the person waits for, and those that are full; nothing where there is neither. */
export function GroupWaitForms({
  forms,
  choices,
  waits,
  zone,
}: {
  readonly forms: Forms;
  readonly choices: readonly WaitChoice[];
  readonly waits: readonly GroupWaitRow[];
  readonly zone: string;
}) {
  const state = forms("wait");
  const open = choices.filter(({ value }) => !waits.some((one) => targetKey(one) === value));
  return (
    <>
      {open.length === 0 ? null : (
        <FoldedForm
          state={state}
          title="Put on the waiting list of a group that is full"
          button="Put on the list"
        >
          <SelectField {...state.field("group")} label="Group" options={open} />
          <TextField {...state.field("why")} label="Why, for staff" isWide={true} />
        </FoldedForm>
      )}
      {waits.map((one) => {
        const off = forms(`wait-off.${targetKey(one)}`);
        return (
          <StaffForm state={off}>
            <h3>Waits for {one.group}</h3>
            <p>{waitLabel(one, zone)}</p>
            <TextField {...off.field("why")} label="Why the person waits no longer" isWide={true} />
            <div class="buttons">
              <button type="submit" class="second">
                Take off the list
              </button>
            </div>
          </StaffForm>
        );
      })}
    </>
  );
}
