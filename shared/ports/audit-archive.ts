/** Where audit entries are kept for good, out of reach of everything that runs. */
export interface AuditArchive {
  /** Keeps `body` under `name`; a name that is taken already keeps what it has, and that is success. */
  putOnce(name: string, body: string): Promise<void>;
}
