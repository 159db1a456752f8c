import { type SafetyTier, safetyTiers } from "../care/program/safety-tiers.ts";
import { nearestName } from "../messages/nearest-name.ts";
import {
  type CheckInput,
  type InstrumentFile,
  type Report,
  repeats,
  reporter,
  type SitesFile,
} from "./check-input.ts";
import { usedInstruments } from "./check-instruments.ts";
import { dayName, minutesOf, wallTimeOf } from "./check-timetable.ts";
import type { Finding } from "./finding.ts";

/** Forms with a safety item close this long before staffing ends. */
const closesBeforeStaffingEndsMinutes = 120;

/** The safety matrix, paging, and the hours in which a safety item could be answered with nobody there. */
export function checkSafety(input: CheckInput): readonly Finding[] {
  const findings: Finding[] = [];
  const report = reporter(input.program, findings);
  checkItemRules(report, input);
  checkCoverage(report, input);
  checkClocks(report, input);
  checkOpenHours(report, input);
  return findings;
}

function checkItemRules(report: Report, input: CheckInput): void {
  for (const [index, rule] of input.program.content.safety.itemRules.entries()) {
    const instrument = input.instruments.get(rule.instrumentId)?.content;
    if (instrument === undefined) continue;
    const ids = instrument.items.map((item) => item.itemId);
    const item = instrument.items.find((one) => one.itemId === rule.itemId);
    const path = ["safety", "itemRules", index];
    if (item === undefined) {
      report([...path, "itemId"], {
        found: `unknown item "${rule.itemId}" of ${rule.instrumentId}`,
        allowed: ids.join(", "),
        nearest: nearestName(rule.itemId, ids),
      });
      continue;
    }
    if (!item.safety) {
      report([...path, "itemId"], {
        found: `"${rule.itemId}", which is not marked as a safety item`,
        allowed: "an item with safety: true",
      });
    }
    const values = (item.options ?? instrument.options).map((option) => option.value);
    if (!values.includes(rule.atLeast)) {
      report([...path, "atLeast"], { found: `${rule.atLeast}`, allowed: values.join(", ") });
    }
  }
  checkRising(report, input);
}

function checkRising(report: Report, input: CheckInput): void {
  const rules = input.program.content.safety.itemRules;
  const urgency = (tier: SafetyTier) => safetyTiers.indexOf(tier);
  for (const [index, rule] of rules.entries()) {
    const contradicted = rules.find(
      (other) =>
        other.instrumentId === rule.instrumentId &&
        other.itemId === rule.itemId &&
        other.atLeast < rule.atLeast &&
        urgency(other.tier) < urgency(rule.tier),
    );
    if (contradicted === undefined) continue;
    report(["safety", "itemRules", index, "tier"], {
      found: `${rule.tier} from ${rule.atLeast}, less urgent than ${contradicted.tier} from ${contradicted.atLeast}`,
      allowed: "tiers that rise with the answer",
    });
  }
}

/** No answer to a safety item may go unnoticed. */
function checkCoverage(report: Report, input: CheckInput): void {
  const { itemRules } = input.program.content.safety;
  for (const { content } of usedInstruments(input)) {
    for (const item of content.items.filter((one) => one.safety)) {
      const least = Math.min(
        ...itemRules
          .filter(
            (rule) => rule.instrumentId === content.instrumentId && rule.itemId === item.itemId,
          )
          .map((rule) => rule.atLeast),
      );
      if (least <= 1) continue;
      report(["safety", "itemRules"], {
        found: `an answer of 1 to "${item.itemId}" of ${content.instrumentId} that alerts nobody`,
        allowed: "a rule with atLeast: 1 for every safety item in use",
      });
    }
  }
}

function checkClocks(report: Report, input: CheckInput): void {
  const { contactWithinMinutes, pageTiers, slowerPages } = input.program.content.safety;
  for (const [index, { afterHours }] of slowerPages.entries()) {
    const before = slowerPages[index - 1]?.afterHours ?? 0;
    if (afterHours > before) continue;
    report(["safety", "slowerPages", index, "afterHours"], {
      found: `${afterHours}`,
      allowed: `more than ${before}, the hours of the line before`,
    });
  }
  for (const [index, tier] of safetyTiers.entries()) {
    const before = safetyTiers[index - 1];
    if (before === undefined || contactWithinMinutes[before] <= contactWithinMinutes[tier])
      continue;
    report(["safety", "contactWithinMinutes", tier], {
      found: `${contactWithinMinutes[tier]}`,
      allowed: `at least ${contactWithinMinutes[before]}, the time for ${before}`,
    });
  }
  checkPaging(report, input);
  for (const { index, value } of repeats(pageTiers.map((tier) => tier.rota))) {
    report(["safety", "pageTiers", index, "rota"], {
      found: `"${value}" a second time`,
      allowed: "every place of the rota once",
    });
  }
  if (pageTiers[0] !== undefined && pageTiers[0].rota !== "primary") {
    report(["safety", "pageTiers", 0, "rota"], {
      found: `"${pageTiers[0].rota}"`,
      allowed: "primary is paged first",
    });
  }
  const total = pageTiers.reduce((sum, tier) => sum + tier.acknowledgeWithinMinutes, 0);
  if (total > contactWithinMinutes.RED) {
    report(["safety", "pageTiers"], {
      found: `${total} minutes until everybody was paged`,
      allowed: `at most ${contactWithinMinutes.RED}, the time for RED`,
    });
  }
}

/** Danger rings until somebody has spoken with the person; no program can set that lower. */
function checkPaging(report: Report, input: CheckInput): void {
  const { paging, reading } = input.program.content.safety;
  for (const tier of ["RED", "ORANGE"] as const) {
    if (paging[tier] === "until-contact") continue;
    report(["safety", "paging", tier], {
      found: paging[tier],
      allowed: "until-contact: pages go on until somebody has spoken with the person",
    });
  }
  if (paging.YELLOW === "nobody") {
    report(["safety", "paging", "YELLOW"], {
      found: paging.YELLOW,
      allowed: "until-read, or until-contact",
    });
  }
  if (reading.remindAfterMinutes < reading.withinMinutes) return;
  report(["safety", "reading", "remindAfterMinutes"], {
    found: `${reading.remindAfterMinutes}`,
    allowed: `less than ${reading.withinMinutes}, the time to read it`,
  });
}

type Site = SitesFile["sites"][number];

/** A form with a safety item opens by link only where somebody is there, or is named to be reached. */
function checkOpenHours(report: Report, input: CheckInput): void {
  const { programId, messages } = input.program.content;
  const sites =
    input.sites?.content.sites.filter((site) => site.programs.includes(programId)) ?? [];
  for (const [index, row] of messages.entries()) {
    if (row.link === undefined || !asksSafetyItem(input, row)) continue;
    for (const site of sites) {
      const open = site.onCall === undefined ? uncoveredHours(site, row.window) : [];
      if (open.length === 0) continue;
      report(["messages", index, "window"], {
        found: `at ${site.siteId} a form with a safety item could open with nobody there: ${open.join("; ")}`,
        allowed: `staffed hours that end ${closesBeforeStaffingEndsMinutes / 60} h later, or a named on-call (onCall of sites.yaml)`,
      });
    }
  }
}

function asksSafetyItem(input: CheckInput, row: { readonly anchor: string }): boolean {
  const { intake, measures, aftercare } = input.program.content;
  const asked: readonly string[] =
    row.anchor === "forms-asked"
      ? intake.instruments
      : row.anchor === "measures-asked"
        ? measures.map((one) => one.instrumentId)
        : row.anchor === "check-in-opened"
          ? aftercare.questions.flatMap(({ answer }) =>
              answer.type === "instrument" ? [answer.instrumentId] : [],
            )
          : [];
  return asked.some((instrumentId) => hasSafetyItem(input.instruments.get(instrumentId)?.content));
}

function hasSafetyItem(instrument: InstrumentFile | undefined): boolean {
  return instrument?.items.some((item) => item.safety) ?? false;
}

function uncoveredHours(
  site: Site,
  window: { readonly from: string; readonly to: string },
): readonly string[] {
  const uncovered: string[] = [];
  for (let day = 1; day <= 7; day += 1) {
    const spans = site.staffedHours
      .filter((hours) => hours.dayOfWeek === day)
      .map((hours) => ({
        from: minutesOf(hours.from),
        to: minutesOf(hours.to) - closesBeforeStaffingEndsMinutes,
      }))
      .toSorted((left, right) => left.from - right.from);
    let at = minutesOf(window.from);
    const end = minutesOf(window.to);
    for (const span of spans) {
      if (span.to <= at || span.from >= end) continue;
      if (span.from > at)
        uncovered.push(`${dayName(day)} ${wallTimeOf(at)}-${wallTimeOf(span.from)}`);
      at = Math.max(at, span.to);
    }
    if (at < end) uncovered.push(`${dayName(day)} ${wallTimeOf(at)}-${wallTimeOf(end)}`);
  }
  return uncovered;
}
