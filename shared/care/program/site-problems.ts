import { holdsPhrase } from "../text/normalise-text.ts";
import { isKnownTimeZone } from "../time/zoned-time.ts";
import type { Policy } from "./policy.ts";
import type { Site } from "./site.ts";

type SiteFields = Omit<Site, "version" | "onCall"> & {
  readonly onCall?: Site["onCall"] | undefined;
};

/** What is wrong with a site's live data, where, and what would be right. */
export type SiteProblem = {
  readonly path: readonly (string | number)[];
  readonly found: string;
  readonly allowed: string;
};

/**
 * Everything about a site that its shape does not tell: its own hours and numbers, and how they stand to those of
 * other sites. A text is taken for the site that its number belongs to, so no two sites may have the same.
 * @param around.others - the other sites
 * @param around.programIds - the published programs; unknown where left out
 */
export function siteProblems(
  site: SiteFields,
  around: {
    readonly others: readonly Pick<Site, "siteId" | "senders">[];
    readonly policy?: Pick<Policy, "forbiddenWords"> | undefined;
    readonly programIds?: readonly string[];
  },
): readonly SiteProblem[] {
  return [
    ...nameProblems(site, around.policy),
    ...hourProblems(site),
    ...numberProblems(site, around.others),
    ...programProblems(site, around.programIds),
  ];
}

function nameProblems(
  site: SiteFields,
  policy: Pick<Policy, "forbiddenWords"> | undefined,
): readonly SiteProblem[] {
  const problems: SiteProblem[] = [];
  if (!isKnownTimeZone(site.timeZone)) {
    problems.push({
      path: ["timeZone"],
      found: `unknown time zone "${site.timeZone}"`,
      allowed: "an IANA zone, such as America/New_York",
    });
  }
  const words = Object.values(policy?.forbiddenWords ?? {}).flat();
  const revealing = words.find((word) => holdsPhrase(site.senderName, word));
  if (revealing !== undefined) {
    problems.push({
      path: ["senderName"],
      found: `"${revealing}" in the name that everybody sees`,
      allowed: "a name that does not tell what care is given",
    });
  }
  return problems;
}

function hourProblems(site: SiteFields): readonly SiteProblem[] {
  const problems: SiteProblem[] = [];
  for (const [at, hours] of site.staffedHours.entries()) {
    if (hours.from >= hours.to) {
      problems.push({
        path: ["staffedHours", at],
        found: `${hours.from} to ${hours.to}`,
        allowed: "hours that end after they begin",
      });
    }
    const overlaps = site.staffedHours
      .slice(0, at)
      .some(
        (one) => one.dayOfWeek === hours.dayOfWeek && one.from < hours.to && hours.from < one.to,
      );
    if (overlaps) {
      problems.push({
        path: ["staffedHours", at],
        found: `${hours.from} to ${hours.to} within hours of the same day`,
        allowed: "every hour once",
      });
    }
  }
  for (const [at, entry] of site.rota.entries()) {
    if (Date.parse(entry.from) >= Date.parse(entry.to)) {
      problems.push({
        path: ["rota", at],
        found: `${entry.from} to ${entry.to}`,
        allowed: "an entry that ends after it begins",
      });
    }
  }
  for (const [at, closure] of site.closures.entries()) {
    if (site.closures.slice(0, at).some(({ on }) => on === closure.on)) {
      problems.push({
        path: ["closures", at, "on"],
        found: `${closure.on} a second time`,
        allowed: "every day once",
      });
    }
  }
  return problems;
}

function numberProblems(
  site: SiteFields,
  others: readonly Pick<Site, "siteId" | "senders">[],
): readonly SiteProblem[] {
  const problems: SiteProblem[] = [];
  if (site.senders.staffPages === site.senders.sms) {
    problems.push({
      path: ["senders", "staffPages"],
      found: "the number that participants are texted from",
      allowed: "a number of its own",
    });
  }
  for (const name of ["sms", "staffPages"] as const) {
    const other = others.find(
      ({ senders }) =>
        senders.sms === site.senders[name] || senders.staffPages === site.senders[name],
    );
    if (other !== undefined) {
      problems.push({
        path: ["senders", name],
        found: `the number of the site "${other.siteId}"`,
        allowed: "a number of its own: a text is taken for the site whose number it goes to",
      });
    }
  }
  const ours = new Set([
    site.senders.sms,
    site.senders.staffPages,
    ...others.flatMap(({ senders }) => [senders.sms, senders.staffPages]),
  ]);
  for (const { path, phone } of onCallPhones(site)) {
    if (ours.has(phone)) {
      problems.push({
        path,
        found: "a number that texts are sent from",
        allowed: "the phone of a person",
      });
    }
  }
  return problems;
}

function onCallPhones(site: SiteFields) {
  const tiers = ["primary", "backup", "supervisor"] as const;
  const { onCall } = site;
  return [
    ...site.rota.flatMap((entry, at) =>
      tiers.map((tier) => ({ path: ["rota", at, tier, "phone"], phone: entry[tier].phone })),
    ),
    ...(onCall === undefined
      ? []
      : tiers.map((tier) => ({ path: ["onCall", tier, "phone"], phone: onCall[tier].phone }))),
  ];
}

function programProblems(
  site: SiteFields,
  programIds: readonly string[] | undefined,
): readonly SiteProblem[] {
  return site.programs.flatMap((programId, at): readonly SiteProblem[] => {
    const path = ["programs", at];
    if (site.programs.indexOf(programId) < at)
      return [{ path, found: `"${programId}" a second time`, allowed: "every program once" }];
    if (programIds === undefined || programIds.includes(programId)) return [];
    return [{ path, found: `unknown program "${programId}"`, allowed: "a published program" }];
  });
}
