// breaks: worlds-in-memory-play-functions
export { dependencies } from "../../functions/one/dependencies.ts";
