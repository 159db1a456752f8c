import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CryptoKey, JWK } from "jose";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from "jose";
import * as z from "zod";

/** The key that signs every token of this machine. */
export interface SignInKey {
  readonly keyId: string;
  readonly privateJwk: JWK & { readonly kid: string };
  readonly privateKey: CryptoKey;
}

const storedKeySchema = z.looseObject({ kty: z.literal("RSA"), kid: z.string(), d: z.string() });

/**
 * The key in the data folder, made at the first start so that tokens outlive a restart; a fresh one
 * where no folder is given. Rejects where the stored key cannot be used.
 */
export async function loadSignInKey(dataFolder?: string): Promise<SignInKey> {
  const file = dataFolder === undefined ? undefined : join(dataFolder, "sign-in-key.json");
  const privateJwk = (file === undefined ? undefined : readKey(file)) ?? (await makeKey());
  if (dataFolder !== undefined && file !== undefined) {
    mkdirSync(dataFolder, { recursive: true });
    const draft = `${file}.${process.pid}.draft`;
    writeFileSync(draft, JSON.stringify(privateJwk), { mode: 0o600 });
    renameSync(draft, file);
  }
  const privateKey = await importJWK(privateJwk, "RS256");
  if (privateKey instanceof Uint8Array) throw new Error("The sign-in key is not an RSA key.");
  return { keyId: privateJwk.kid, privateJwk, privateKey };
}

function readKey(file: string): SignInKey["privateJwk"] | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  try {
    return storedKeySchema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`The sign-in key cannot be read: delete ${file} to have a new one made.`, {
      cause: error,
    });
  }
}

async function makeKey(): Promise<SignInKey["privateJwk"]> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: "RS256", use: "sig" };
}
