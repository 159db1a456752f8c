import { describe, expect, it } from "vitest";
import { DateFields } from "../../../shared/web/parts/date-fields.tsx";
import type { FieldError } from "../../../shared/web/parts/fields.tsx";

function shown(errors: readonly FieldError[]): string {
  return String(
    <DateFields
      language="en"
      name="birth-date"
      label="What is your date of birth?"
      hint="For example, 3 28 1990"
      errors={errors}
      parts={[
        { name: "birth-month", label: "Month", value: "3" },
        { name: "birth-day", label: "Day", value: "" },
        { name: "birth-year", label: "Year", value: "", isYear: true },
      ]}
    />,
  );
}

/** The attributes of one field by its id. */
function field(page: string, id: string): string {
  return new RegExp(`<input[^>]* id="${id}"[^>]*>`).exec(page)?.[0] ?? "";
}

describe("a date in three fields", () => {
  const page = shown([
    { field: "birth-day", text: "Date of birth must include a day" },
    { field: "birth-year", text: "Date of birth must include a year" },
  ]);

  it.each(["day", "year"])("says of the %s what is wrong with it, and only that", (part) => {
    const input = field(page, `birth-${part}`);
    expect(input).toContain('aria-invalid="true"');
    expect(input).toContain(`aria-describedby="birth-${part}-error"`);
    expect(page).toMatch(
      new RegExp(`<p id="birth-${part}-error"[^>]*>.*?must include a ${part}</p>`),
    );
  });

  it("says nothing of the field that is right", () => {
    expect(field(page, "birth-month")).not.toContain("aria-");
  });

  it("says nothing of any field where nothing is wrong", () => {
    expect(shown([])).not.toContain("aria-invalid");
  });
});
