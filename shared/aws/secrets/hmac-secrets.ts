import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hash,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import type { Secrets } from "../../ports/secrets.ts";
import {
  firstKeyId,
  readSecret,
  readSecretVersions,
  type SecretVersion,
} from "./secret-versions.ts";

/**
 * A link's token is its id, the version of the secret in one letter (a dot for the first) and the seal. 128
 * bits cannot be guessed either, and a text with its link stays one part.
 */
const linkSealBytes = 16;
const linkSealLetters = 22;
/** Eight letters of five bits each. */
const codeBytes = 5;
/** Crockford's: without I, L, O and U. */
const codeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const nonceBytes = 12;
const tagBytes = 16;

type VersionKeys = Readonly<Record<"link" | "value" | "code" | "codeHash", KeyObject>>;

/**
 * Keyed hashes, seals and encrypted values. Each purpose has a key of its own, derived from its secret, so
 * that what was made for one purpose is never taken for another.
 * @param input.linkSecret - versions of the secret behind links, forms and cookies, as
 *   `readSecretVersions` takes them: the first seals, all open
 * @param input.contactSecret - behind the contact points' ids: whoever changes it loses the way from a
 *   number to its people. It may be what the link secret was when ids still came from that.
 * @throws Error when a secret is empty or short
 */
export function createHmacSecrets(input: {
  readonly linkSecret: string;
  readonly contactSecret: string;
}): Secrets {
  const contactKey = deriveKey(readSecret("CONTACT_SECRET", input.contactSecret), "contact-point");
  const [{ keyId: newest, secret }, ...older] = readSecretVersions("LINK_SECRET", input.linkSecret);
  const newestKeys = keysFrom(secret);
  const keysOf = new Map([[newest, newestKeys], ...older.map(olderKeys)]);
  return {
    contactPointId: (address) => hmac(contactKey, address.trim().toLowerCase()),
    sealLink: (linkId) =>
      `${linkId}${newest === firstKeyId ? "." : newest}${hmac(newestKeys.link, linkId, linkSealBytes)}`,
    openLink(token) {
      // Where a token is too short for a seal, no version is named either.
      const at = token.length - linkSealLetters - 1;
      const linkId = token.slice(0, at);
      const mark = token.charAt(at);
      // A digit where the dot should be is another way to write the first version: not one of ours.
      const keys = mark === firstKeyId ? undefined : keysOf.get(mark === "." ? firstKeyId : mark);
      const key = keys?.link;
      const isRight =
        key !== undefined && isSame(token.slice(at + 1), hmac(key, linkId, linkSealBytes));
      return isRight ? linkId : undefined;
    },
    sealValue: (value) => `${newest}.${encrypt(newestKeys.value, value)}`,
    openValue(sealed) {
      const dot = sealed.indexOf(".");
      const key = keysOf.get(sealed.slice(0, Math.max(dot, 0)))?.value;
      return key === undefined ? undefined : decrypt(key, sealed.slice(dot + 1));
    },
    sha256: (text) => hash("sha256", text, "hex"),
    // They live for minutes: the newest version alone makes and knows them.
    tabletCode: (linkId) => codeLetters(hmac(newestKeys.code, linkId, codeBytes)),
    tabletCodeHash: (siteId, code) => hmac(newestKeys.codeHash, `${siteId}:${code}`),
  };
}

function keysFrom(secret: string): VersionKeys {
  return {
    link: deriveKey(secret, "link"),
    value: deriveKey(secret, "encrypted-value"),
    code: deriveKey(secret, "tablet-code"),
    codeHash: deriveKey(secret, "tablet-code-hash"),
  };
}

function olderKeys({ keyId, secret }: SecretVersion): [keyId: string, keys: VersionKeys] {
  return [keyId, keysFrom(secret)];
}

function deriveKey(secret: string, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync("sha256", secret, "throughcare", purpose, 32)));
}

/** 256 bits in 43 characters, or 128 in 22, that need no escaping anywhere. */
function hmac(key: KeyObject, text: string, bytes = 32): string {
  const digest = createHmac("sha256", key).update(text).digest();
  return digest.subarray(0, bytes).toString("base64url");
}

/** The bytes, written five bits a letter. */
function codeLetters(bytes: string): string {
  const bits = [...Buffer.from(bytes, "base64url")]
    .map((byte) => byte.toString(2).padStart(8, "0"))
    .join("");
  return (bits.match(/.{5}/g) ?? [])
    .map((five) => codeAlphabet.charAt(Number.parseInt(five, 2)))
    .join("");
}

/**
 * Compares the written form, not the bytes behind it: several texts decode to the same bytes, and only
 * one of them is the seal.
 */
function isSame(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** AES-256-GCM: a nonce, the words, the tag, as one text. */
function encrypt(key: KeyObject, value: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const words = Buffer.concat([cipher.update(Buffer.from(value)), cipher.final()]);
  return Buffer.concat([nonce, words, cipher.getAuthTag()]).toString("base64url");
}

function decrypt(key: KeyObject, text: string): string | undefined {
  const bytes = Buffer.from(text, "base64url");
  // Only one of the texts that decode to these bytes is the one that was made.
  if (bytes.toString("base64url") !== text || bytes.length < nonceBytes + tagBytes)
    return undefined;
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
  try {
    const words = decipher.update(bytes.subarray(nonceBytes, bytes.length - tagBytes));
    return Buffer.concat([words, decipher.final()]).toString();
  } catch {
    // The tag is wrong: not made with this key, or changed since. The caller has no value then.
  }
  return undefined;
}
