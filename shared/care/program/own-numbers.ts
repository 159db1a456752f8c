import type { Site } from "./site.ts";

/**
 * True for a number that a site calls, texts or answers from. A participant cannot have it: our texts would come back
 * to us as if somebody had written them.
 * @param phone - E.164
 */
export function isOwnNumber(
  sites: readonly Pick<Site, "phone" | "senders">[],
  phone: string,
): boolean {
  return sites.some(
    (site) =>
      site.phone === phone || site.senders.sms === phone || site.senders.staffPages === phone,
  );
}
