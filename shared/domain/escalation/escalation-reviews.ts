import type { Reviews } from "../workflows/step-result.ts";
import { reviewAlert } from "./review-alert.ts";

export const escalationReviews: Reviews = { "review-alert": reviewAlert };
