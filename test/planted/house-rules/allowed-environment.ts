// read as: functions/send-message/dependencies.ts
export const table = process.env.CARE_TABLE;
