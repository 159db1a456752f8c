import type { Modality } from "../program/program.ts";
import type { AttendanceStatus } from "./attendance-status.ts";
import type { ItemBase } from "./item-base.ts";

export type Session = ItemBase & {
  readonly kind: "session";
  readonly sessionId: string;
  readonly groupSessionId: string;
  readonly slot: string;
  readonly week: number;
  /** Local date at the site. */
  readonly on: string;
  readonly scheduledStartAt: string;
  readonly scheduledEndAt: string;
  readonly timeZone: string;
  readonly modality: Modality;
  readonly counts: boolean;
  readonly status: "planned" | "cancelled" | "closed";
  /** Cancelled by a discharge that can still be reversed: it would come back with the person. */
  readonly mayReturn?: true;
  /** How far people have been asked about its attendance: during it, or at its end. */
  readonly asked?: "during" | "at-end";
  readonly attendance?: {
    readonly status: AttendanceStatus;
    readonly attendedMinutes: number;
    readonly arrivedAt?: string;
    readonly leftAt?: string;
    readonly recordedBy: string;
    readonly recordedAt: string;
    readonly corrections: number;
  };
};
