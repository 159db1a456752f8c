/** What the provider does with the next message. In four of them it takes the message. */
export const providerMoods = [
  "accepts",
  "takes it and its answer is lost",
  "takes it and the client fails",
  "takes it and the sender dies",
  "answers too late and takes nothing",
  "refuses",
  "knows of a stop",
  "asks for a pause",
] as const;
export type ProviderMood = (typeof providerMoods)[number];
