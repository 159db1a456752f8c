/** Where a participant is on the pathway. One table holds every transition; terminal states derive from it. */
export const episodeStatuses = [
  "referred",
  "screening",
  "assessed",
  "waiting",
  "active",
  "onhold",
  "discharge-planning",
  "discharged",
  "aftercare",
  "closed",
  "declined",
  "withdrawn",
] as const;
export type EpisodeStatus = (typeof episodeStatuses)[number];

export const statusTransitions: Readonly<Record<EpisodeStatus, readonly EpisodeStatus[]>> = {
  referred: ["screening", "declined", "withdrawn"],
  screening: ["assessed", "declined", "withdrawn"],
  assessed: ["active", "waiting", "declined", "withdrawn"],
  waiting: ["active", "assessed", "declined", "withdrawn"],
  active: ["onhold", "discharge-planning", "discharged", "withdrawn"],
  onhold: ["active", "discharge-planning", "discharged", "withdrawn"],
  "discharge-planning": ["active", "onhold", "discharged", "withdrawn"],
  // Discharged is not the end of the episode: aftercare follows; reversal within 24 h.
  discharged: ["aftercare", "active", "closed"],
  aftercare: ["closed", "withdrawn"],
  closed: [],
  declined: [],
  withdrawn: [],
};

export const terminalStatuses: readonly EpisodeStatus[] = episodeStatuses.filter(
  (status) => statusTransitions[status].length === 0,
);

/** True for a status that no episode leaves by itself. */
export function isTerminal(status: EpisodeStatus): boolean {
  return terminalStatuses.includes(status);
}

/** True while nobody has decided about an admission: which program somebody comes to can still be put right. */
export function isBeforeAdmission(status: EpisodeStatus): boolean {
  return status === "referred" || status === "screening" || status === "assessed";
}

/** True from the admission to the discharge, a leave between them included. */
export function isInProgram(status: EpisodeStatus): boolean {
  return status === "active" || status === "onhold" || status === "discharge-planning";
}

/** True when an episode may go from one status to the other. */
export function canMove(from: EpisodeStatus, to: EpisodeStatus): boolean {
  return statusTransitions[from].includes(to);
}

/** What staff read; never a code. */
export const statusLabels: Readonly<Record<EpisodeStatus, string>> = {
  referred: "Referred",
  screening: "Filling in forms",
  assessed: "Waiting for an admission decision",
  waiting: "Waiting for a place",
  active: "In the program",
  onhold: "On leave",
  "discharge-planning": "Planning discharge",
  discharged: "Discharged",
  aftercare: "In aftercare",
  closed: "Closed",
  declined: "Referred on",
  withdrawn: "Withdrawn",
};
