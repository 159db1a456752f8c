// breaks: a-workflow-knows-no-other
export { enroll } from "../intake/enroll.ts";
