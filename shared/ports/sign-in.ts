/** A valid access token of ours. */
export type StaffToken = {
  readonly staffId: string;
  /** The token's own id (`jti`), by which it can be signed out. */
  readonly tokenId: string;
  readonly endsAtEpochSeconds: number;
};

/** Tells whose access token it is; `undefined` for anything that is not a valid one of ours. */
export type VerifyToken = (token: string) => Promise<StaffToken | undefined>;

/** What a sign-in or a renewal gives; not every issuer gives something to renew with. */
export type Tokens = { readonly accessToken: string; readonly refreshToken?: string };

/** Signing staff in and out at an OIDC issuer. */
export interface SignIn {
  /**
   * Begins a sign-in.
   * @param input.mustAskAgain - true where the issuer must not rely on an earlier sign-in of the browser
   * @returns where the browser goes, and what to keep until it comes back; nobody else may read or change it
   */
  begin(input: {
    readonly mustAskAgain: boolean;
  }): Promise<{ readonly url: string; readonly kept: string }>;
  /**
   * Finishes a sign-in with what the browser brought back and what was kept.
   * @throws where the answer is not the one that was asked for, or the issuer refuses or cannot be reached
   */
  finish(answer: URLSearchParams, kept: string): Promise<Tokens>;
  /** @throws where the issuer refuses or cannot be reached */
  renew(refreshToken: string): Promise<Tokens>;
  /** Takes back what renews a session, where the issuer can. @throws where it cannot be reached */
  revoke(refreshToken: string): Promise<void>;
  /** Where the issuer ends its own session of the browser, and leads back from; not every issuer does. */
  endUrl(backTo: string): Promise<string | undefined>;
}
