/** One thing wrong with a program's files: where, what was found, what is allowed. */
export type Finding = {
  /** An error keeps the program from being published; a warning is for a person to weigh. */
  readonly severity: "error" | "warning";
  /** Path below the programs folder. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
  /** Such as `sessions[3].modality`; empty for the whole file. */
  readonly path: string;
  readonly found: string;
  readonly allowed: string;
  /** The allowed name that was probably meant. */
  readonly nearest?: string;
};

export type FindingDetails = {
  readonly found: string;
  readonly allowed: string;
  readonly nearest?: string | undefined;
  readonly severity?: Finding["severity"];
  /** Point at the key itself rather than at its value. */
  readonly atKey?: boolean;
};

export type DocumentPath = readonly (string | number)[];

/** `["sessions", 3, "modality"]` → `sessions[3].modality`. */
export function pathText(path: DocumentPath): string {
  return path
    .map((segment, index) =>
      typeof segment === "number" ? `[${segment}]` : index === 0 ? segment : `.${segment}`,
    )
    .join("");
}

/** Reading order: by file, then from top to bottom. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (left, right) =>
      left.file.localeCompare(right.file) || left.line - right.line || left.column - right.column,
  );
}

/** One line for a person: `file:line:column error: path: found. Did you mean? Allowed`. */
export function findingText(finding: Finding): string {
  const meant =
    finding.nearest === undefined ? "" : ` Did you mean ${JSON.stringify(finding.nearest)}?`;
  const path = finding.path === "" ? "" : `${finding.path}: `;
  return `${finding.file}:${finding.line}:${finding.column} ${finding.severity}: ${path}${finding.found}.${meant} Allowed: ${finding.allowed}`;
}
