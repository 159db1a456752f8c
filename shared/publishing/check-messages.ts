import type { MessageAnchor } from "../care/program/program.ts";
import { ownValue } from "../care/text/own-value.ts";
import type { ProgramFile } from "../contracts/program-file.ts";
import { nearestName } from "../messages/nearest-name.ts";
import { type CheckInput, type Report, reporter } from "./check-input.ts";
import type { Finding } from "./finding.ts";

type Row = ProgramFile["messages"][number];

/** What a link may open, by what the message is timed from. */
const linkAnchors: Readonly<Record<NonNullable<Row["link"]>, readonly MessageAnchor[]>> = {
  forms: ["forms-asked", "measures-asked"],
  "check-in": ["check-in-opened"],
  "my-week": ["admitted", "week-opened", "session-start", "measures-asked", "missed-session"],
};

/** A message on these is about a session, which has a day and an hour. */
const sessionAnchors: readonly MessageAnchor[] = [
  "admitted",
  "session-start",
  "session-booked",
  "session-cancelled",
  "session-held",
  "session-off",
  "session-on",
  "session-moved",
  "session-online",
  "session-on-site",
  "missed-session",
];

/** Without a message on these, nobody could ever answer. */
const neededAnchors: readonly MessageAnchor[] = [
  "forms-asked",
  "measures-asked",
  "check-in-opened",
];

/** The message plan: keys, timing, windows, links. The words are checked with the templates. */
export function checkMessagePlan(input: CheckInput): readonly Finding[] {
  const findings: Finding[] = [];
  const report = reporter(input.program, findings);
  const rows = input.program.content.messages;
  for (const [index, row] of rows.entries()) {
    checkKey(report, rows, row, index);
    checkTiming(report, input, row, index);
    checkWindow(report, input, row, index);
    checkLink(report, row, index);
    checkTemplates(report, input, row, index);
  }
  for (const anchor of neededAnchors) {
    if (rows.some((row) => row.anchor === anchor)) continue;
    report(["messages"], {
      found: `no message with the anchor "${anchor}"`,
      allowed: "at least one, or nobody is asked",
    });
  }
  return findings;
}

function checkKey(report: Report, rows: readonly Row[], row: Row, index: number): void {
  const earlier = rows.slice(0, index).find((one) => one.step === row.step);
  if (earlier === undefined) return;
  if (earlier.onlyWhen === row.onlyWhen) {
    report(["messages", index, "step"], {
      found: `the step "${row.step}" a second time`,
      allowed: "every step once, or once for each circumstance (onlyWhen)",
    });
  } else if (earlier.anchor !== row.anchor) {
    report(["messages", index, "anchor"], {
      found: `"${row.anchor}" for a step that has "${earlier.anchor}" above`,
      allowed: `"${earlier.anchor}", or a step of its own`,
    });
  }
}

const dayMinutes = 24 * 60;

/** Minutes after its anchor from which a row would speak of something that is over. */
function latestOffsetMinutes({ program }: CheckInput, { anchor }: Row): number {
  const { intake, aftercare } = program.content;
  switch (anchor) {
    // It has a bound of its own: before the session.
    case "session-start":
      return 0;
    case "forms-asked":
      return intake.formsWindowDays * dayMinutes;
    case "check-in-opened":
      return aftercare.answerWindowDays * dayMinutes;
    case "week-opened":
    case "measures-asked":
      return 7 * dayMinutes;
    case "intake-received":
    case "admitted":
    case "waiting":
    case "declined":
    case "session-booked":
    case "session-cancelled":
    case "session-held":
    case "session-off":
    case "session-on":
    case "session-moved":
    case "session-online":
    case "session-on-site":
    case "missed-session":
    case "discharge-approved":
    case "aftercare-closed":
      return dayMinutes;
  }
}

function checkTiming(report: Report, input: CheckInput, row: Row, index: number): void {
  if (row.channelOrder.length > new Set(row.channelOrder).size) {
    report(["messages", index, "channelOrder"], {
      found: "a channel twice",
      allowed: "every channel once",
    });
  }
  if (row.anchor === "session-start" && row.offsetMinutes >= 0) {
    report(["messages", index, "offsetMinutes"], {
      found: `${row.offsetMinutes}: it would go after the session it announces has begun`,
      allowed: "less than 0: minutes before the session",
    });
  }
  const latest = latestOffsetMinutes(input, row);
  if (row.anchor !== "session-start" && row.offsetMinutes >= latest) {
    report(["messages", index, "offsetMinutes"], {
      found: `${row.offsetMinutes}: it would go after what it speaks of is over`,
      allowed: `less than ${latest} from "${row.anchor}"`,
    });
  }
  if (row.offsetMinutes < 0 && row.anchor !== "session-start") {
    report(["messages", index, "offsetMinutes"], {
      found: `${row.offsetMinutes}, before something that is not known before it happens`,
      allowed: "0 or more; less than 0 only from session-start",
    });
  }
  if (row.onlyWhen === "reminder")
    checkReminder(report, input.program.content.messages, row, index);
}

/** A reminder comes after what it reminds of was asked: one at the same minute would say it twice. */
function checkReminder(report: Report, rows: readonly Row[], row: Row, index: number): void {
  const asked = rows.filter(
    ({ anchor, onlyWhen }) => anchor === row.anchor && onlyWhen !== "reminder",
  );
  const latest = Math.max(0, ...asked.map(({ offsetMinutes }) => offsetMinutes));
  if (row.offsetMinutes > latest) return;
  report(["messages", index, "offsetMinutes"], {
    found: `a reminder at ${row.offsetMinutes}: it would not come after what it reminds of`,
    allowed: `more than ${latest} from "${row.anchor}"`,
  });
}

function checkWindow(report: Report, input: CheckInput, row: Row, index: number): void {
  const { from, to } = row.window;
  if (from >= to) {
    report(["messages", index, "window"], {
      found: `${from} to ${to}`,
      allowed: "a window that ends after it begins",
    });
    return;
  }
  const hours = input.policy?.content.quietHours;
  if (hours === undefined || (row.class !== "routine" && row.class !== "schedule-notice")) return;
  const allowed = row.class === "routine" ? hours.routine : hours.scheduleNotice;
  if (from >= allowed.from && to <= allowed.to) return;
  report(["messages", index, "window"], {
    found: `${from} to ${to}`,
    allowed: `within ${allowed.from} to ${allowed.to} (quietHours of policy.yaml)`,
  });
}

function checkLink(report: Report, row: Row, index: number): void {
  if (row.link === undefined || linkAnchors[row.link].includes(row.anchor)) return;
  report(["messages", index, "link"], {
    found: `a link to "${row.link}" on the anchor "${row.anchor}"`,
    allowed: `"${row.link}" on ${linkAnchors[row.link].join(", ")}`,
  });
}

/** Every language has the template, and what it says fits what the row gives it. */
function checkTemplates(report: Report, input: CheckInput, row: Row, index: number): void {
  for (const [language, file] of input.messages) {
    const words = ownValue(file.content, row.templateId);
    if (words === undefined) {
      const ids = Object.keys(file.content);
      report(["messages", index, "templateId"], {
        found: `the template "${row.templateId}" has no words in ${file.parsed.file}`,
        allowed: `one of ${ids.join(", ")}`,
        nearest: nearestName(row.templateId, ids),
      });
      continue;
    }
    const texts = [words.sms, words.emailBody].filter((text) => text !== undefined);
    const holds = (variable: string) => texts.some((text) => text.includes(`{${variable}}`));
    if (row.link === undefined && holds("link")) {
      report(["messages", index, "templateId"], {
        found: `"${row.templateId}" (${language}) holds {link} but this row opens nothing`,
        allowed: "a `link` on this row, or a template without {link}",
      });
    }
    if (row.link !== undefined && texts.some((text) => !text.includes("{link}"))) {
      report(["messages", index, "link"], {
        found: `a link that "${row.templateId}" (${language}) does not show on every channel`,
        allowed: "{link} in the text and in the email",
      });
    }
    if (row.anchor !== "session-moved" && holds("was")) {
      report(["messages", index, "templateId"], {
        found: `"${row.templateId}" (${language}) says when something was before, and "${row.anchor}" moves nothing`,
        allowed: "{was} only from session-moved",
      });
    }
    if (!sessionAnchors.includes(row.anchor) && ["time", "dayWord", "date", "place"].some(holds)) {
      report(["messages", index, "templateId"], {
        found: `"${row.templateId}" (${language}) speaks of a time, and "${row.anchor}" has none`,
        allowed: `{time}, {dayWord}, {date} and {place} only from ${sessionAnchors.join(", ")}`,
      });
    }
  }
}
