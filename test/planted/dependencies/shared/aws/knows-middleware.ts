// breaks: aws-stays-below-functions
export { wrap } from "../middleware/wrap.ts";
