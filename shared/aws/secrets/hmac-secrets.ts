import {
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  timingSafeEqual,
} from "node:crypto";
import type { Secrets } from "../../ports/secrets.ts";

const fullSealBytes = 32;
/** 128 bits cannot be guessed either, and a text with its link stays one part. */
const linkSealBytes = 16;

/**
 * Keyed hashes on one secret; each purpose has a key of its own, derived from it, so that what is sealed
 * for one purpose is never taken for another.
 * @param secret - at least 32 characters; changing it ends all links and sessions and, with the contact
 *   points' ids, the way from an address to its episodes
 */
export function createHmacSecrets(secret: string): Secrets {
  const contactKey = deriveKey(secret, "contact-point");
  const linkKey = deriveKey(secret, "link");
  const valueKey = deriveKey(secret, "value");
  return {
    contactPointId: (address) => hmac(contactKey, address.trim().toLowerCase()),
    sealLink: (linkId) => seal(linkKey, linkId, linkSealBytes),
    openLink: (token) => open(linkKey, token, linkSealBytes),
    sealValue: (value) => seal(valueKey, Buffer.from(value, "utf8").toString("base64url")),
    openValue(sealed) {
      const payload = open(valueKey, sealed);
      return payload === undefined ? undefined : Buffer.from(payload, "base64url").toString("utf8");
    },
    sha256: (text) => createHash("sha256").update(text, "utf8").digest("hex"),
  };
}

function deriveKey(secret: string, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync("sha256", secret, "throughcare", purpose, 32)));
}

/** 256 bits in 43 characters, or 128 in 22, that need no escaping anywhere. */
function hmac(key: KeyObject, text: string, bytes = fullSealBytes): string {
  const digest = createHmac("sha256", key).update(text, "utf8").digest();
  return digest.subarray(0, bytes).toString("base64url");
}

function seal(key: KeyObject, payload: string, bytes = fullSealBytes): string {
  return `${payload}.${hmac(key, payload, bytes)}`;
}

/**
 * Compares the written form, not the bytes behind it: several texts decode to the same bytes, and only
 * one of them is the seal.
 */
function open(key: KeyObject, sealed: string, bytes = fullSealBytes): string | undefined {
  const dot = sealed.lastIndexOf(".");
  if (dot < 1) return undefined;
  const payload = sealed.slice(0, dot);
  const given = Buffer.from(sealed.slice(dot + 1), "utf8");
  const right = Buffer.from(hmac(key, payload, bytes), "utf8");
  return given.length === right.length && timingSafeEqual(given, right) ? payload : undefined;
}
