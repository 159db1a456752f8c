/** A valid access token of ours. */
export type StaffToken = {
  readonly staffId: string;
  /** The token's own id (`jti`), by which it can be signed out. */
  readonly tokenId: string;
  readonly endsAtEpochSeconds: number;
};

/** Tells whose access token it is; `undefined` for anything that is not a valid one of ours. */
export type VerifyToken = (token: string) => Promise<StaffToken | undefined>;

/** Where an OIDC issuer keeps its keys and where sign-in and sign-out happen. */
export type Discovery = {
  readonly jwksUri: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  /** Ends the issuer's own session of the browser; not every issuer has one. */
  readonly endSessionEndpoint?: string | undefined;
};
