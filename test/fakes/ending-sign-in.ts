import type { SignIn, Tokens, VerifyToken } from "../../shared/ports/sign-in.ts";

const tokenSeconds = 3600;

/** An issuer whose tokens end an hour after they are made, by the clock of the test. It lets in whom the code names. */
export class EndingSignIn implements SignIn {
  /** With what sessions were renewed. */
  readonly renewals: string[] = [];
  /** Of each sign-in that was begun, whether the issuer was told to ask again. */
  readonly asked: boolean[] = [];
  readonly #tokens = new Map<string, { staffId: string; endsAtEpochSeconds: number }>();
  readonly #nowMs: () => number;
  readonly #authorizeUrl: string;

  constructor(clock: { now(): string }, authorizeUrl = "https://sign-in.example.org/authorize") {
    this.#nowMs = () => Date.parse(clock.now());
    this.#authorizeUrl = authorizeUrl;
  }

  async begin({ mustAskAgain }: { readonly mustAskAgain: boolean }) {
    this.asked.push(mustAskAgain);
    return { url: this.#authorizeUrl, kept: "kept" };
  }

  async finish(answer: URLSearchParams): Promise<Tokens> {
    return this.#issue(answer.get("code") ?? "");
  }

  async renew(refreshToken: string): Promise<Tokens> {
    this.renewals.push(refreshToken);
    return this.#issue(refreshToken.replace("renews-", ""));
  }

  async revoke(): Promise<void> {}

  async endUrl(): Promise<undefined> {
    return undefined;
  }

  readonly verifyToken: VerifyToken = async (token) => {
    const found = this.#tokens.get(token);
    if (found === undefined || found.endsAtEpochSeconds * 1000 <= this.#nowMs()) return undefined;
    return { ...found, tokenId: `token-${token}` };
  };

  #issue(staffId: string): Tokens {
    const accessToken = `${staffId}.${this.#tokens.size}`;
    const endsAtEpochSeconds = this.#nowMs() / 1000 + tokenSeconds;
    this.#tokens.set(accessToken, { staffId, endsAtEpochSeconds });
    return { accessToken, refreshToken: `renews-${staffId}` };
  }
}
