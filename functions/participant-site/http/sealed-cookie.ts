import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { SiteDeps } from "../site-deps.ts";

/**
 * A cookie whose value only this site can make: sealed, out of reach of scripts, not sent along by other
 * sites' forms. What is sealed for one name is not taken under another.
 */
export function sealedCookie(
  deps: Pick<SiteDeps, "secrets" | "publicOrigin">,
  name: string,
  maxAgeSeconds: number,
) {
  const options = {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: deps.publicOrigin.startsWith("https:"),
  } as const;
  return {
    read(context: Context): string | undefined {
      const sealed = getCookie(context, name);
      const opened = sealed === undefined ? undefined : deps.secrets.openValue(sealed);
      return opened?.startsWith(`${name}:`) === true ? opened.slice(name.length + 1) : undefined;
    },
    write(context: Context, value: string): void {
      setCookie(context, name, deps.secrets.sealValue(`${name}:${value}`), {
        ...options,
        maxAge: maxAgeSeconds,
      });
    },
    clear(context: Context): void {
      deleteCookie(context, name, options);
    },
  };
}
