export const answer = 1;
export type Answer = typeof answer;
