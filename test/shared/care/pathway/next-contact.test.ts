import { describe, expect, it } from "vitest";
import type { Episode } from "../../../../shared/care/episode/episode.ts";
import {
  type Contact,
  firstContact,
  nextContact,
} from "../../../../shared/care/pathway/next-contact.ts";
import { addDays } from "../../../../shared/care/time/zoned-time.ts";
import { shippedProgram } from "../../../builders/program-files.ts";
import { fc } from "../../../builders/properties.ts";

const { program } = shippedProgram();
const dischargedOn = "2027-01-04";
type Aftercare = Omit<NonNullable<Episode["aftercare"]>, "steady"> & { readonly steady?: number };

/** The days on which somebody looks, from the discharge to the end, each answered on its own day. */
function days(aftercareOn: (day: number) => Aftercare = () => ({})): readonly Contact[] {
  const contacts: Contact[] = [];
  let contact = firstContact(program);
  while (contact !== undefined && contacts.length < 200) {
    contacts.push(contact);
    const today = addDays(dischargedOn, contact.day);
    const aftercare = { steady: 0, ...aftercareOn(contact.day) };
    contact = nextContact({ program, aftercare, dischargedOn, today }, contact);
  }
  return contacts;
}

const dayOf = ({ day }: Contact) => day;
const track = (name: "weekly-calls" | "stretched"): Aftercare => ({
  track: { name, since: "2027-01-04T12:00:00.000Z" },
});

describe("the contacts of the aftercare", () => {
  it("are the program's days for everybody, numbered through", () => {
    const contacts = days();
    expect(contacts.map(dayOf)).toEqual([2, 7, 14, 30, 60, 90, 180, 365]);
    expect(contacts.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(contacts.every(({ why }) => why === undefined)).toBe(true);
  });

  it("come every two weeks for four weeks after an answer that asked for a call", () => {
    const closerUntil = addDays(dischargedOn, 30 + 28);
    const contacts = days((day) => (day >= 30 && day < 58 ? { closerUntil } : {}));
    expect(contacts.map(dayOf)).toEqual([2, 7, 14, 30, 44, 60, 90, 180, 365]);
    expect(contacts[4]).toMatchObject({ row: 4, kind: "check-in", why: "closer" });
  });

  it("go on beyond the last day while an answer asks for a closer look", () => {
    const closerUntil = addDays(dischargedOn, 365 + 28);
    const contacts = days((day) => (day >= 365 ? { closerUntil } : {}));
    expect(contacts.map(dayOf).slice(-3)).toEqual([365, 379, 393]);
  });

  it("never open a second time within the days of one that comes anyway", () => {
    const closerUntil = addDays(dischargedOn, 14 + 28);
    // Day 28 lies within three days of day 30: that one is enough.
    expect(days((day) => (day === 14 ? { closerUntil } : {})).map(dayOf)).toEqual([
      2, 7, 14, 30, 60, 90, 180, 365,
    ]);
  });

  it("thin out from day 90 on where the team decided so and the person stays well; the year's end stays", () => {
    const contacts = days((day) => ({ ...track("stretched"), steady: day >= 30 ? 3 : 0 }));
    expect(contacts.map(dayOf)).toEqual([2, 7, 14, 30, 60, 90, 225, 365]);
    expect(contacts[6]).toMatchObject({ row: 7, why: "stretched" });
  });

  it("go back to the program's days at the first answer that asks for something", () => {
    const contacts = days((day) => ({ ...track("stretched"), steady: day === 90 ? 0 : 5 }));
    expect(contacts.map(dayOf)).toEqual([2, 7, 14, 30, 60, 90, 180, 365]);
  });

  it("are calls each week, every two weeks and each month on the track of weekly calls", () => {
    const contacts = days(() => track("weekly-calls"));
    expect(contacts.every(({ kind }) => kind === "staff-call")).toBe(true);
    expect(contacts.map(dayOf).slice(0, 9)).toEqual([2, 7, 14, 21, 30, 37, 44, 51, 60]);
    const gaps = contacts.map(({ day }, index) => day - (contacts[index - 1]?.day ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(30);
    expect(contacts.at(-1)?.day).toBeGreaterThan(500);
  });

  it("for any course: numbered through, days rise, gaps never exceed the program's bound, and the end comes", () => {
    const state = fc.record({
      steady: fc.nat({ max: 8 }),
      closer: fc.option(fc.integer({ min: 0, max: 40 })),
      track: fc.constantFrom(undefined, "weekly-calls", "stretched" as const),
    });
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 40 }), (course) => {
        let at = 0;
        const contacts = days((day) => {
          const one = course[at] ?? { steady: 0, closer: null, track: undefined };
          at += 1;
          return {
            steady: one.steady,
            ...(one.closer === null
              ? {}
              : { closerUntil: addDays(dischargedOn, day + one.closer) }),
            ...(one.track === undefined ? {} : track(one.track as "weekly-calls" | "stretched")),
          };
        });
        expect(contacts.length).toBeLessThan(200);
        for (const [index, { number, day, row }] of contacts.entries()) {
          const before = contacts[index - 1];
          expect(number).toBe(index + 1);
          if (before === undefined) continue;
          expect(day).toBeGreaterThan(before.day);
          expect(row).toBeGreaterThanOrEqual(before.row);
          expect(day - before.day).toBeLessThanOrEqual(185);
        }
        expect(contacts.at(-1)?.day).toBeGreaterThanOrEqual(365);
      }),
    );
  });
});
