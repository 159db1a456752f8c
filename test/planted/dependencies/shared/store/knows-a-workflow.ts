// breaks: store-knows-no-workflow
export { enroll } from "../../workflows/intake/enroll.ts";
