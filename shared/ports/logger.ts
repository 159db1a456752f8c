/**
 * Structured logs. Only keys on the allow-list are written; everything else is dropped, so that no
 * name, number or answer can reach a log line by accident.
 */
export type LogFields = {
  readonly episodeId?: string;
  readonly driverId?: string;
  readonly executionName?: string;
  readonly workflow?: string;
  readonly step?: string;
  readonly outcome?: string;
  readonly messageId?: string;
  readonly pageKey?: string;
  readonly channel?: string;
  readonly escalationId?: string;
  readonly taskId?: string;
  readonly effectKey?: string;
  readonly functionName?: string;
  readonly route?: string;
  readonly status?: number;
  readonly count?: number;
  readonly code?: string;
  readonly error?: unknown;
};

export interface Logger {
  info(sentence: string, fields?: LogFields): void;
  warn(sentence: string, fields?: LogFields): void;
  error(sentence: string, fields?: LogFields): void;
}
