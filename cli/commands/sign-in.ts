import { call, isLoopback, serverAddress, serverOptions } from "../api-client.ts";
import { CalledWrongly, type Command, type Input, type Outcome, textOption } from "../command.ts";
import { keepSignIn, keptSignInFor } from "../sign-in/kept-tokens.ts";
import { signedInAddress, signInByBrowser } from "../sign-in/loopback-sign-in.ts";

export const signInCommands: readonly Command[] = [
  {
    name: "sign-in",
    summary:
      "sign in to a server by the browser, so that the other commands may use it for an hour",
    options: [
      ...serverOptions.slice(0, 1),
      {
        flags: "--issuer <address>",
        words: "who signs people in; the first time, from the output SignInIssuer",
      },
      {
        flags: "--client <id>",
        words: "as what the sign-in knows us; the first time, from the output SignInClientId",
      },
    ],
    run: signIn,
  },
];

const localClient = "throughcare-console";

/** The sign-in of a server: as named, as it was the last time, or this machine's own. */
function signInOf(input: Input, server: string) {
  const before = keptSignInFor(input.io, server);
  const isLocal = isLoopback(server);
  const issuer =
    textOption(input, "issuer") ??
    before?.issuer ??
    (isLocal ? `${server}/_local/oidc` : undefined);
  const clientId =
    textOption(input, "client") ?? before?.clientId ?? (isLocal ? localClient : undefined);
  if (issuer === undefined || clientId === undefined)
    throw new CalledWrongly(
      `Say --issuer and --client the first time: the outputs SignInIssuer and SignInClientId of the stack throughcare-<stage>-web.`,
    );
  if (!URL.canParse(issuer) || (!issuer.startsWith("https:") && !isLoopback(issuer)))
    throw new CalledWrongly(`${issuer} is no sign-in: write its address, beginning with https://.`);
  return { issuer, clientId, isLocal: isLoopback(issuer) };
}

async function signIn(input: Input): Promise<Outcome> {
  const server = serverAddress(input);
  const at = signInOf(input, server);
  const made = await signInByBrowser({
    ...at,
    open: (address) =>
      input.io.err(
        `Open this address in a browser on this machine and sign in; it comes back to ${signedInAddress}.\n\n${address}\n\n`,
      ),
  });
  const me = await call(input, `${server}/api/v1/me`, {
    method: "GET",
    headers: { authorization: `Bearer ${made.accessToken}` },
  });
  const file = keepSignIn(input.io, server, made);
  const { staffId, name } = me;
  return {
    exitCode: 0,
    json: { ok: true, server, staffId, endsAt: made.endsAt, file },
    text: `Signed in to ${server} as ${String(name ?? staffId)} until ${made.endsAt}. The token is in ${file}, for you alone.`,
  };
}
