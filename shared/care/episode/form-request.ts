import type { ItemBase } from "./item-base.ts";

/** A request to answer instruments, and what came of it. */
export type FormRequest = ItemBase & {
  readonly kind: "form";
  readonly formId: string;
  /** `intake`, `week-3`, ... */
  readonly occasion: string;
  readonly instruments: readonly string[];
  readonly status: "asked" | "answered" | "ended";
  readonly askedAt: string;
  readonly endsAt: string;
  /** Answers so far, by instrument and item: saved page by page. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly submissions: readonly string[];
  readonly answeredAt?: string;
  /** How often people were asked to go after missing answers. */
  readonly outreachRounds?: number;
};
