import type { AliasRoute, MachineType } from "./engine-types.ts";

/** A published version: a definition that no longer changes. */
export interface VersionRecord {
  number: number;
  definitionHash: string;
  creationDate: number;
  description?: string;
}

/** A name that routes to one or two versions. */
export interface AliasRecord {
  name: string;
  description?: string;
  routes: AliasRoute[];
  creationDate: number;
  updateDate: number;
}

/** A state machine with its versions and aliases, as it is stored. Dates are epoch milliseconds. */
export interface MachineRecord {
  arn: string;
  name: string;
  type: MachineType;
  roleArn: string;
  definitionHash: string;
  /** Absent until the definition is changed for the first time. */
  revisionId?: string;
  creationDate: number;
  /** Version numbers are never used twice. */
  nextVersion: number;
  versions: VersionRecord[];
  aliases: AliasRecord[];
}
