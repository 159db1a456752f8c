// read as: functions/staff-api/keys.ts
// expect: no-key-literal
export const prefix = "TASK#";
// expect: no-key-literal
export const partition = (episodeId: string) => `EP#${episodeId}`;
export const notAKey = "C# and F#";
