export const wrap = 1;
