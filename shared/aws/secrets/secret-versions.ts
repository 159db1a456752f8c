/** One version of a secret. What is sealed with it names the version by its id. */
export type SecretVersion = { readonly keyId: string; readonly secret: string };

/** Anything shorter can be guessed by trying, in bytes. */
const fewestBytes = 32;

/** The version that was there before versions had ids; what it seals names none. */
export const firstKeyId = "1";

/**
 * Reads the versions of a secret: `id:secret`, parted by spaces, the one that seals first. A text without
 * an id is version `1` alone. An id is one small letter or digit: it stands in every link.
 * @param name - of the environment variable, for the sentence that says what is wrong
 * @throws Error when there is none, one is too short, an id is not as above, or two are the same
 */
export function readSecretVersions(
  name: string,
  text: string,
): readonly [newest: SecretVersion, ...older: SecretVersion[]] {
  // A secret alone is taken as it is, whatever letters it has.
  const isAlone = !/^\s*[^\s:]*:/.test(text);
  const parts = (isAlone ? [text.trim()] : text.split(/\s/)).filter((part) => part !== "");
  const versions = parts.map((part) => readVersion(name, isAlone ? `${firstKeyId}:${part}` : part));
  const [newest, ...older] = versions;
  if (newest === undefined)
    throw new Error(`${name} is empty: set a secret of at least ${fewestBytes} random bytes.`);
  const ids = new Set(versions.map(({ keyId }) => keyId));
  if (ids.size < versions.length) throw new Error(`${name} has two versions of the same id.`);
  const secrets = new Set(versions.map(({ secret }) => secret));
  if (secrets.size < versions.length) throw new Error(`${name} has the same secret twice.`);
  return [newest, ...older];
}

/**
 * Reads a secret that has one version for ever.
 * @throws Error when it is too short
 */
export function readSecret(name: string, text: string): string {
  const secret = text.trim();
  if (secret === "")
    throw new Error(`${name} is empty: set a secret of at least ${fewestBytes} random bytes.`);
  return longEnough(name, secret);
}

function readVersion(name: string, part: string): SecretVersion {
  const colon = part.indexOf(":");
  const keyId = part.slice(0, colon);
  // The secret itself is in no message.
  if (!/^[a-z0-9]$/.test(keyId))
    throw new Error(`${name} has a version whose id is not one small letter or digit.`);
  return { keyId, secret: longEnough(`Version ${keyId} of ${name}`, part.slice(colon + 1)) };
}

function longEnough(name: string, secret: string): string {
  const bytes = Buffer.byteLength(secret);
  if (bytes >= fewestBytes) return secret;
  throw new Error(`${name} has ${bytes} bytes: a secret has at least ${fewestBytes} random bytes.`);
}
