import type { Reviews } from "../../shared/care/runs/step-result.ts";
import { reviewClosing } from "./close-aftercare.ts";
import { reviewCheckIn } from "./open-check-in.ts";

export const aftercareReviews: Reviews = {
  "review-check-in": reviewCheckIn,
  "review-closing": reviewClosing,
};
