import { expect, test } from "vitest";
import { reportHtml } from "../../../cli/simulation/report.ts";
import type { Simulated } from "../../../cli/simulation/simulated.ts";
import { summarise, summaryText } from "../../../cli/simulation/summary.ts";
import type { CapacityFile } from "../../../shared/contracts/capacity-file.ts";

const capacity: CapacityFile = {
  sites: {
    riverside: { referralsPerWeek: 3, hoursPerWeek: { "case-manager": 2, "group-leader": 5 } },
  },
  groupSize: 8,
  sessions: {
    group: { led: "group-leader", notes: 6 },
    individual: { led: "clinician", notes: 0 },
  },
  minutes: { other: 10, kinds: { "aftercare-call": 30 } },
};

const session = { siteId: "riverside", week: 1, sessions: 2, countedMinutes: 0 };
const simulated: Simulated = {
  endings: [
    {
      siteId: "riverside",
      course: "improving",
      status: "closed",
      people: 2,
      admitted: 2,
      completed: 1,
    },
  ],
  messages: [{ templateId: "check-in", channel: "sms", messages: 8, parts: 8 }],
  work: [
    {
      weekOfLife: 9,
      siteId: "riverside",
      staffFunction: "case-manager",
      kind: "aftercare-call",
      times: 2,
    },
    {
      weekOfLife: 2,
      siteId: "riverside",
      staffFunction: "case-manager",
      kind: "hours-review",
      times: 6,
    },
  ],
  sessions: [
    { ...session, modality: "group", plannedMinutes: 480, attendedMinutes: 240 },
    { ...session, modality: "individual", plannedMinutes: 120, attendedMinutes: 120 },
  ],
  alerts: [{ tier: "YELLOW", alerts: 1 }],
  leftOpen: [],
  problems: [],
  courses: [{ course: "improving", words: "come <and> answer", share: 100 }],
};

const summary = summarise(simulated, capacity, 0.01);

test("staff hours a week are the referrals times the hours of one person, held against what is declared", () => {
  const loads = Object.fromEntries(summary.loads.map((load) => [load.staffFunction, load]));
  // Two calls of 30 minutes and six reviews of ten, for two people: one hour each.
  expect(loads["case-manager"]).toMatchObject({
    hoursPerPerson: 1,
    hoursPerWeek: 3,
    isAbove: true,
  });
  // Eight hours of group shared by eight, and six minutes of notes twice: 72 minutes for two people.
  expect(loads["group-leader"]?.hoursPerPerson).toBeCloseTo(0.6);
  expect(loads["group-leader"]).toMatchObject({ declaredHours: 5, isAbove: false });
  // Nobody declared a clinician: what the visits take is above nothing.
  expect(loads.clinician).toMatchObject({
    hoursPerPerson: 1,
    declaredHours: undefined,
    isAbove: true,
  });
});

test("the table says what stands above, what texts cost and what is left out", () => {
  const text = summaryText(summary);
  expect(text).toContain("2 people: 2 admitted, 1 completed the program.");
  expect(text).toMatch(/riverside\s+case manager\s+1\.0\s+3\.0\s+2\.0\s+ABOVE/);
  expect(text).toContain("Texts: $0.04 a person. Alerts: 1 YELLOW.");
  // What people read is words: no name of a file, a status or a channel.
  expect(text).not.toMatch(
    /\b(?:sms|onhold|[a-z]+-(?:reminder|received|manager|leader|approval|call))\b/,
  );
  expect(text).toContain("nobody waits because somebody else is busy");
});

test("the report is one file with pictures that say what they show, and no markup from words", () => {
  const html = reportHtml("Adults & others", summary);
  expect(html).toContain("<h1>Adults &amp; others</h1>");
  expect(html.match(/<svg [^>]*role="img" aria-label="[^"]+"/g)).toHaveLength(5);
  expect(html).toContain("3 h of 2 h, above");
  expect(html).not.toMatch(/<(script|link|img)\b|src=/);
});
