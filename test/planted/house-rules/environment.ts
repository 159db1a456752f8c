// read as: functions/send-message/send-message.ts
// expect: no-environment
import { env } from "node:process";

// expect: no-environment
export const table = process.env.CARE_TABLE;
export const region = env.AWS_REGION;
