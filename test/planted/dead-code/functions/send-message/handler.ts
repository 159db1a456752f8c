import { used } from "../../shared/domain/used.ts";

export const handler = () => used;
