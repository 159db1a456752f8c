import type { Reviews } from "../../shared/care/runs/step-result.ts";
import { reviewProposal } from "./propose.ts";
import { reviewWeek } from "./review-week.ts";

export const weeklyProgramReviews: Reviews = {
  "review-week": reviewWeek,
  "review-proposal": reviewProposal,
};
