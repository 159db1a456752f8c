export const enroll = 1;
