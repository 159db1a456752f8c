export { hours } from "../sessions/hours.ts";
