/** The most urgent first. */
export const safetyTiers = ["RED", "ORANGE", "YELLOW", "ROUTINE"] as const;
export type SafetyTier = (typeof safetyTiers)[number];
