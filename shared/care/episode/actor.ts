import type { StaffFunction } from "../program/program.ts";

/** Who did it: a person, the participant, or the software on its own clock. */
export type Actor =
  | {
      readonly kind: "staff";
      readonly staffId: string;
      readonly functions: readonly StaffFunction[];
    }
  | { readonly kind: "participant"; readonly participantId: string }
  | { readonly kind: "partner"; readonly partnerId: string }
  | { readonly kind: "system"; readonly part: string };
