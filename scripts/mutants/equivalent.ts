/** A mutant that behaves as the original does, and why: nobody could see the difference. */
export type EquivalentMutant = {
  /** The line of the product, without the blanks around it. */
  readonly line: string;
  /** What the tool puts in the place of a piece of it. */
  readonly replacement: string;
  readonly why: string;
};

export const equivalentMutants: readonly EquivalentMutant[] = [];
