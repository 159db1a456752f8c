// read as: functions/staff-api/keys.ts
// expect: no-key-literal
export const prefix = "TASK#";
/** Planted. */
export const partition = (episodeId: string) =>
  // expect: no-key-literal
  `EP#${episodeId}`;
export const notAKey = "C# and F#";
