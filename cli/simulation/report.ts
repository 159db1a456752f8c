import type { Summary } from "./summary.ts";
import { leftOut } from "./summary.ts";
import { channelWords, plain } from "./words.ts";

type Bar = {
  readonly label: string;
  readonly value: number;
  readonly against?: number;
  readonly isAbove?: boolean;
};

const [labelWidth, barWidth, rowHeight] = [210, 420, 24];

/** One file with pictures and tables, to be opened in a browser, sent and printed; it loads nothing. */
export function reportHtml(title: string, summary: Summary): string {
  const bySite = [...new Set(summary.loads.map(({ siteId }) => siteId))];
  const sections = [
    section(
      "How they fared",
      `<p>${summary.people} people, ${summary.admitted} admitted, ${summary.completed} completed the program. Texts cost $${summary.textDollarsPerPerson.toFixed(2)} a person.</p>` +
        bars(
          "People who completed the program, of those on each course",
          summary.courses.map(({ course, people, completed }) => ({
            label: plain(course),
            value: completed,
            against: people,
          })),
          "",
        ),
    ),
    ...bySite.map((siteId) =>
      section(
        `Staff at ${siteId}`,
        bars(
          "Hours a week by function; the line is what is declared",
          summary.loads
            .filter((load) => load.siteId === siteId)
            .map((load) => ({
              label: plain(load.staffFunction),
              value: load.hoursPerWeek,
              against: load.declaredHours ?? 0,
              isAbove: load.isAbove,
            })),
          " h",
        ),
      ),
    ),
    section(
      "Hours of care by program week",
      bars(
        "Hours attended by a person admitted; the line is what is offered",
        summary.weeks.map(({ week, attendedHours, plannedHours }) => ({
          label: `Week ${week}`,
          value: attendedHours,
          against: plannedHours,
        })),
        " h",
      ),
    ),
    section("Work beside sessions, by week after the referral", line(summary.workByWeek)),
    section(
      "Messages a person",
      bars(
        "By template and channel",
        summary.messages.map(({ templateId, channel, perPerson }) => ({
          label: `${plain(templateId)}, ${channelWords(channel)}`,
          value: perPerson,
        })),
        "",
      ),
    ),
    section(
      "What is not in it",
      `<ul>${leftOut.map((words) => `<li>${escaped(words)}</li>`).join("")}</ul>`,
    ),
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}h1,h2{line-height:1.25}svg{max-width:100%;height:auto}text{font:13px system-ui,sans-serif;fill:#1a1a1a}</style></head>
<body><main><h1>${escaped(title)}</h1>
${sections.join("\n")}
</main></body></html>
`;
}

function section(title: string, content: string): string {
  return `<section><h2>${escaped(title)}</h2>${content}</section>`;
}

function bars(title: string, rows: readonly Bar[], unit: string): string {
  const most = Math.max(0.001, ...rows.flatMap(({ value, against }) => [value, against ?? 0]));
  const width = labelWidth + barWidth + 90;
  const drawn = rows.map(({ label, value, against, isAbove }, index) => {
    const y = index * rowHeight + 4;
    const length = (value / most) * barWidth;
    const mark =
      against === undefined
        ? ""
        : `<line x1="${at(labelWidth + (against / most) * barWidth)}" x2="${at(labelWidth + (against / most) * barWidth)}" y1="${y - 2}" y2="${y + 18}" stroke="#1a1a1a" stroke-width="2"/>`;
    const words = `${shown(value)}${unit}${against === undefined ? "" : ` of ${shown(against)}${unit}`}${isAbove === true ? ", above" : ""}`;
    return `<text x="${labelWidth - 8}" y="${y + 12}" text-anchor="end">${escaped(label)}</text><rect x="${labelWidth}" y="${y}" width="${at(length)}" height="16" fill="${isAbove === true ? "#b3261e" : "#2f6f8f"}"/>${mark}<text x="${at(labelWidth + Math.max(length, ((against ?? 0) / most) * barWidth) + 6)}" y="${y + 12}">${escaped(words)}</text>`;
  });
  return `<svg viewBox="0 0 ${width + 60} ${rows.length * rowHeight + 8}" role="img" aria-label="${escaped(title)}"><title>${escaped(title)}</title>${drawn.join("")}</svg>`;
}

function line(rows: readonly { readonly week: number; readonly hours: number }[]): string {
  const [width, height] = [620, 180];
  const most = Math.max(0.001, ...rows.map(({ hours }) => hours));
  const last = Math.max(1, ...rows.map(({ week }) => week));
  const points = rows.map(
    ({ week, hours }) =>
      `${at(40 + (week / last) * (width - 60))},${at(height - 24 - (hours / most) * (height - 44))}`,
  );
  const title = `Hours of work for one person, at most ${shown(most)} h in a week`;
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}"><title>${escaped(title)}</title><polyline points="${points.join(" ")}" fill="none" stroke="#2f6f8f" stroke-width="2"/><line x1="40" x2="${width - 20}" y1="${height - 24}" y2="${height - 24}" stroke="#1a1a1a"/><text x="40" y="${height - 6}">week 1</text><text x="${width - 20}" y="${height - 6}" text-anchor="end">week ${last}</text><text x="40" y="14">${shown(most)} h</text></svg>`;
}

function shown(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1);
}

function at(value: number): string {
  return value.toFixed(1);
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
