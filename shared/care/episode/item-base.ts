/** What every item of an episode has. */
export type ItemBase = {
  /** Sort key under the episode. */
  readonly sk: string;
  readonly version: number;
};
