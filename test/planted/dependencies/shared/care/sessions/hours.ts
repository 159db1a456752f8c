export const hours = 1;
