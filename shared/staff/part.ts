/** A part of a list: from which row on, and how many at most. */
export type Part = { readonly from: number; readonly size: number };
