import { isOnline, type Session } from "../../../shared/care/episode/session.ts";
import type { StandingSession } from "../../../shared/care/sessions/schedule-conflicts.ts";
import type { Form } from "../../../shared/web/http/read-form.ts";
import { Checkbox } from "../../../shared/web/parts/choices.tsx";
import { SelectField, TextField } from "../../../shared/web/parts/fields.tsx";
import { inZone } from "../ui/times.ts";
import { OutsideLicence } from "./outside-licence.tsx";
import type { FieldNames } from "./send-form.ts";
import type { Forms } from "./sent-form.ts";
import { FoldedForm, StaffForm } from "./staff-form.tsx";

export const makeUpFields: FieldNames = {
  sessionId: { field: "sessionId", label: "Group" },
  reason: { field: "why", label: "Why" },
};

/** A group in which hours can be made up, how many are expected in it, and whether one of them is not to sit with the person. */
export type MakeUpPlace = StandingSession & { readonly taken: number; readonly isApart: boolean };

/** What a form says about a group that is full; nothing where its box is not ticked. */
export function readOverCapacity(form: Form): { readonly isOverCapacity?: true } {
  return form.get("overCapacity") === "yes" ? { isOverCapacity: true } : {};
}

/** Groups of the open week in which the person could make hours up, and the places they have. */
export function MakeUpForms({
  forms,
  places,
  booked,
  zone,
}: {
  readonly forms: Forms;
  readonly places: readonly MakeUpPlace[];
  readonly booked: readonly Session[];
  readonly zone: string;
}) {
  const state = forms("make-up");
  return (
    <>
      {places.length === 0 ? (
        <p class="quiet">
          No other group of this week that counts is at a time when the person is free: book a visit
          that counts for hours that were missed.
        </p>
      ) : (
        <FoldedForm
          state={state}
          title="Book a make-up place in a group"
          button="Book and tell the person"
        >
          <SelectField
            {...state.field("sessionId")}
            label="Group"
            options={places.map(({ sessionId, slot, standing, taken, isApart }) => ({
              value: sessionId,
              text: `${slot.title}, ${inZone(standing.startAt, zone)}${placesLabel(slot.capacity, taken)}${isApart ? ", not possible: somebody who comes to it and this person are not to be in one group" : ""}`,
            }))}
          />
          {places.some(isFull) ? (
            <Checkbox
              {...state.field("overCapacity")}
              label="Put the person in although the group is full"
            />
          ) : null}
          {places.some(({ standing }) => isOnline(standing)) ? (
            <OutsideLicence state={state} />
          ) : null}
          <TextField {...state.field("why")} label="Why, for staff" isWide={true} />
        </FoldedForm>
      )}
      {booked.map((one) => {
        const giveUp = forms(`give-up.${one.groupSessionId}`);
        return (
          <StaffForm state={giveUp}>
            <h3>Make-up place, {inZone(one.scheduledStartAt, zone)}</h3>
            <TextField
              {...giveUp.field("why")}
              label="Why the person does not come to it after all"
              isWide={true}
            />
            <div class="buttons">
              <button type="submit" class="second">
                Give the place up
              </button>
            </div>
          </StaffForm>
        );
      })}
    </>
  );
}

/** True where a group has no place left. */
export function isFull({ slot, taken }: MakeUpPlace): boolean {
  return slot.capacity !== undefined && taken >= slot.capacity;
}

function placesLabel(capacity: number | undefined, taken: number): string {
  if (capacity === undefined) return "";
  return taken >= capacity
    ? `, full: ${taken} of ${capacity}`
    : `, ${capacity - taken} of ${capacity} places left`;
}
