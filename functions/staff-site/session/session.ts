import type { Context } from "hono";
import * as z from "zod";
import { signOut, unlessSignedOut } from "../../../shared/store/sign-out.ts";
import { sealedCookie } from "../../../shared/web/http/sealed-cookie.ts";
import type { StaffSiteDeps } from "../site-deps.ts";

/** What a browser holds of a session, sealed: whose, since when, last used when, and the token behind it. */
export type Session = {
  readonly sessionId: string;
  readonly staffId: string;
  readonly accessToken: string;
  readonly tokenEndsAtEpochSeconds: number;
  readonly startedAtMs: number;
  readonly seenAtMs: number;
};

/** A session that may work, or who it was whose session is over. */
export type SessionState =
  | { readonly state: "open"; readonly session: Session }
  | { readonly state: "over"; readonly staffId: string }
  | { readonly state: "none" };

const sessionSchema = z.strictObject({
  sessionId: z.string(),
  staffId: z.string(),
  accessToken: z.string(),
  tokenEndsAtEpochSeconds: z.number(),
  startedAtMs: z.number(),
  seenAtMs: z.number(),
});

/** How long before its end a token is renewed, in seconds. */
const renewalMarginSeconds = 300;
/** Looks closer together than this are not written down, in milliseconds. */
const seenStepMs = 30_000;
/** How long a browser keeps the cookies after somebody worked: longer than any session waits, within one visit. */
const cookieSeconds = 2 * 3600;

/**
 * Sessions of staff. The browser holds two sealed cookies: the session with its access token, and what
 * renews the token. A session ends when nobody has worked for a while, at the latest after a working day,
 * and when its person signs out: then for every copy of its cookies.
 */
export function staffSessions(deps: StaffSiteDeps) {
  const cookieDeps = { ...deps, clock: deps.sessionClock };
  const maxSeconds = deps.maxSessionHours * 3600;
  const sessions = sealedCookie(cookieDeps, "staff-session", cookieSeconds, "/staff");
  const renewals = sealedCookie(cookieDeps, "staff-renewal", cookieSeconds, "/staff");
  const verify = unlessSignedOut(deps);
  const nowMs = () => Date.parse(deps.sessionClock.now());

  function read(context: Context): Session | undefined {
    const text = sessions.read(context)?.value;
    if (text === undefined) return undefined;
    const parsed = sessionSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  }

  function isOver(session: Session): boolean {
    const now = nowMs();
    return (
      now - session.seenAtMs > deps.idleMinutes * 60_000 ||
      now - session.startedAtMs > maxSeconds * 1000
    );
  }

  async function renewed(context: Context, session: Session): Promise<Session> {
    const [sessionId, refreshToken] = (renewals.read(context)?.value ?? "").split(" ");
    if (sessionId !== session.sessionId || refreshToken === undefined) return session;
    const tokens = await deps.signIn.renew(refreshToken).catch((error: unknown) => {
      deps.logger.error("A session could not be renewed", { error });
      return undefined;
    });
    const token = tokens === undefined ? undefined : await verify(tokens.accessToken);
    if (tokens === undefined || token?.staffId !== session.staffId) return session;
    renewals.write(context, `${sessionId} ${tokens.refreshToken ?? refreshToken}`);
    return {
      ...session,
      accessToken: tokens.accessToken,
      tokenEndsAtEpochSeconds: token.endsAtEpochSeconds,
    };
  }

  return {
    /** Begins a session with the tokens of a sign-in; `undefined` where they are not ours. */
    async begin(
      context: Context,
      tokens: { readonly accessToken: string; readonly refreshToken?: string | undefined },
    ): Promise<Session | undefined> {
      const token = await verify(tokens.accessToken);
      if (token === undefined) return undefined;
      const session: Session = {
        sessionId: deps.ids.next(),
        staffId: token.staffId,
        accessToken: tokens.accessToken,
        tokenEndsAtEpochSeconds: token.endsAtEpochSeconds,
        startedAtMs: nowMs(),
        seenAtMs: nowMs(),
      };
      sessions.write(context, JSON.stringify(session));
      if (tokens.refreshToken === undefined) renewals.clear(context);
      else renewals.write(context, `${session.sessionId} ${tokens.refreshToken}`);
      return session;
    },

    /** The session of a request; it goes on, and its token is renewed, while somebody works. */
    async check(context: Context): Promise<SessionState> {
      const found = read(context);
      if (found === undefined) return { state: "none" };
      const over = { state: "over", staffId: found.staffId } as const;
      if (isOver(found) || (await isSignedOut(found))) return over;
      const isNearEnd = found.tokenEndsAtEpochSeconds - renewalMarginSeconds <= nowMs() / 1000;
      const session = isNearEnd ? await renewed(context, found) : found;
      if ((await verify(session.accessToken))?.staffId !== session.staffId) return over;
      if (session !== found || nowMs() - found.seenAtMs >= seenStepMs) {
        sessions.write(context, JSON.stringify({ ...session, seenAtMs: nowMs() }));
        const renewal = renewals.read(context)?.value;
        if (session === found && renewal !== undefined) renewals.write(context, renewal);
      }
      return { state: "open", session };
    },

    /** Ends the session for every copy of its cookies, its token for every copy of it, and what renews it. */
    async end(context: Context): Promise<void> {
      const session = read(context);
      const token = session === undefined ? undefined : await verify(session.accessToken);
      const [, refreshToken] = (renewals.read(context)?.value ?? "").split(" ");
      sessions.clear(context);
      renewals.clear(context);
      if (session === undefined || (await isSignedOut(session))) return;
      await signOut(deps, [asToken(session), ...(token === undefined ? [] : [token])]);
      if (refreshToken !== undefined)
        await deps.signIn.revoke(refreshToken).catch((error: unknown) => {
          deps.logger.error("The issuer did not take a refresh token back", { error });
        });
    },
  };

  /** A session is signed out like a token: by its own id, until it would be over anyway. */
  function asToken({ sessionId, staffId, startedAtMs }: Session) {
    return {
      tokenId: sessionId,
      staffId,
      endsAtEpochSeconds: Math.ceil(startedAtMs / 1000) + maxSeconds,
    };
  }

  async function isSignedOut(session: Session): Promise<boolean> {
    const ask = unlessSignedOut({ store: deps.store, verifyToken: async () => asToken(session) });
    return (await ask("")) === undefined;
  }
}
