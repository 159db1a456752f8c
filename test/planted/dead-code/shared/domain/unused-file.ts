export const unusedFile = 1;
