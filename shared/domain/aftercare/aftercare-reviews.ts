import type { Reviews } from "../workflows/step-result.ts";
import { reviewClosing } from "./close-aftercare.ts";
import { reviewCheckIn } from "./open-check-in.ts";

export const aftercareReviews: Reviews = {
  "review-check-in": reviewCheckIn,
  "review-closing": reviewClosing,
};
