/** Tells whose access token it is; `undefined` for anything that is not a valid one of ours. */
export type VerifyToken = (token: string) => Promise<{ readonly staffId: string } | undefined>;

/** Where an OIDC issuer keeps its keys and where sign-in happens. */
export type Discovery = {
  readonly jwksUri: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
};
