/** Tells whose access token it is; `undefined` for anything that is not a valid one of ours. */
export type VerifyToken = (token: string) => Promise<{ readonly staffId: string } | undefined>;
