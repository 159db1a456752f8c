// breaks: scenarios-act-over-http
export { enroll } from "../../workflows/intake/enroll.ts";
