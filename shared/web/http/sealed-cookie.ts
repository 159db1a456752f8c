import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Clock } from "../../ports/clock.ts";
import type { Secrets } from "../../ports/secrets.ts";

export type CookieDeps = {
  readonly secrets: Secrets;
  readonly clock: Clock;
  /** Where the pages are reached; over https, cookies travel over nothing else. */
  readonly publicOrigin: string;
};

export type OpenedCookie = { readonly value: string; readonly endsAtMs: number };

/**
 * A cookie that only this site can make and read: encrypted, out of reach of scripts, not sent along by
 * other sites' forms, over after its time whatever the browser does. What was made for one name is not
 * taken under another.
 */
export function sealedCookie(deps: CookieDeps, name: string, maxAgeSeconds: number, path = "/") {
  const options = {
    path,
    httpOnly: true,
    sameSite: "Lax",
    secure: deps.publicOrigin.startsWith("https:"),
  } as const;
  const nowMs = () => Date.parse(deps.clock.now());
  const seal = (value: string) =>
    deps.secrets.sealValue(`${name}:${nowMs() + maxAgeSeconds * 1000}:${value}`);
  return {
    read(context: Context): OpenedCookie | undefined {
      const opened = deps.secrets.openValue(getCookie(context, name) ?? "");
      const found = /^([a-z0-9-]+):(\d+):(.*)$/s.exec(opened ?? "");
      const [, ofName, endsAt, value] = found ?? [];
      if (ofName !== name || value === undefined) return undefined;
      const endsAtMs = Number(endsAt);
      return nowMs() < endsAtMs ? { value, endsAtMs } : undefined;
    },
    /** How long the cookie becomes, in letters. */
    lengthOf: (value: string): number => seal(value).length,
    write(context: Context, value: string): void {
      setCookie(context, name, seal(value), { ...options, maxAge: maxAgeSeconds });
    },
    clear(context: Context): void {
      deleteCookie(context, name, options);
    },
  };
}
