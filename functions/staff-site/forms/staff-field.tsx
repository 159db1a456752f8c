import { plain } from "../../../shared/staff/words/timeline-words.ts";
import type { StoredStaff } from "../../../shared/store/staff-item.ts";
import { SelectField } from "../../../shared/web/parts/fields.tsx";

/** Somebody who can be chosen. */
export type Colleague = Pick<StoredStaff, "staffId" | "name" | "functions">;

type SelectProps = Parameters<typeof SelectField>[0];

/** Chooses a member of staff by name and what they do; nobody types an id. */
export function StaffField({
  staff,
  none,
  value,
  ...field
}: Omit<SelectProps, "options"> & {
  readonly staff: readonly Colleague[];
  /** What stands for nobody, where nobody may be chosen. */
  readonly none?: string;
}) {
  // Somebody who is not on the list any more stays chosen until another one is.
  const isListed = value === undefined || staff.some(({ staffId }) => staffId === value);
  const unlisted = isListed || value === "" ? [] : [{ value, text: value }];
  return (
    <SelectField
      {...field}
      {...(value === undefined ? {} : { value })}
      options={[
        ...(none === undefined ? [] : [{ value: "", text: none }]),
        ...unlisted,
        ...staff.map(({ staffId, name, functions }) => ({
          value: staffId,
          text: `${name}: ${functions.map(plain).join(", ")}`,
        })),
      ]}
    />
  );
}

/** The names of colleagues by id. */
export function namesOf(staff: readonly Colleague[]): ReadonlyMap<string, string> {
  return new Map(staff.map(({ staffId, name }) => [staffId, name]));
}
