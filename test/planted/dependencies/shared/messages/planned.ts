export const planned = 1;
