import { createHash } from "node:crypto";
import type { Discovery } from "../../shared/aws/sign-in/discovery.ts";
import { createSignIn } from "../../shared/aws/sign-in/sign-in-client.ts";
import type { SignIn } from "../../shared/ports/sign-in.ts";

const clientId = "staff";

/**
 * An issuer that lets everybody in as Casey of Riverside, and gives a token only to who brings the secret
 * behind the challenge that the sign-in began with (RFC 7636).
 */
export class IssuerOfTests {
  readonly #discovery: Discovery;
  /** The nonce of each sign-in that was begun, by its challenge. */
  readonly #begun = new Map<string, string>();

  constructor(discovery: Discovery) {
    this.#discovery = discovery;
  }

  signIn(redirectUri: string): SignIn {
    const client = createSignIn({
      discovery: this.#discovery,
      clientId,
      redirectUri,
      fetch: async (_url, init) => this.#tokens(new URLSearchParams(String(init?.body))),
    });
    return {
      ...client,
      begin: async (how) => {
        const begun = await client.begin(how);
        const asked = new URL(begun.url).searchParams;
        this.#begun.set(asked.get("code_challenge") ?? "", asked.get("nonce") ?? "");
        return begun;
      },
    };
  }

  async #tokens(form: URLSearchParams): Promise<Response> {
    const verifier = form.get("code_verifier") ?? "";
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    const nonce = this.#begun.get(challenge);
    if (nonce === undefined) return Response.json({ error: "invalid_grant" }, { status: 400 });
    const { issuer } = await this.#discovery();
    const now = Math.floor(Date.now() / 1000);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = { iss: issuer, aud: clientId, sub: "casey", iat: now, exp: now + 3600, nonce };
    return Response.json({
      access_token: "casey-riverside",
      refresh_token: "renews-casey-riverside",
      token_type: "Bearer",
      id_token: `${part({ alg: "RS256" })}.${part(claims)}.${part({ signed: "not here" })}`,
    });
  }
}
