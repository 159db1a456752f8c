// breaks: adapters-stay-below-functions
export { wrap } from "../middleware/wrap.ts";
