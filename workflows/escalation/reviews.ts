import type { Reviews } from "../../shared/care/runs/step-result.ts";
import { reviewAlert } from "./review-alert.ts";

export const escalationReviews: Reviews = { "review-alert": reviewAlert };
