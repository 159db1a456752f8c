export interface Ids {
  /** A new ULID. */
  next(): string;
}
