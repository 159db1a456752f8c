import type { EpisodeStatus } from "../../care/episode/status.ts";

/** A table of a site's people or sessions, as it goes out to a spreadsheet. */
export type OutgoingTable = {
  /** In words. */
  readonly headings: readonly string[];
  readonly rows: readonly {
    /** The site that the row is of: its audit trail tells of the export. */
    readonly siteId: string;
    readonly cells: readonly string[];
  }[];
};

/** What is asked for: local days, both included, or who is searched for. */
export type TableAsked = {
  readonly from: string;
  readonly to: string;
  readonly search: string;
  readonly phase?: EpisodeStatus | undefined;
};
