import { createLocalJWKSet, errors, importJWK, type JWK, type JWTHeaderParameters, type JWTVerifyGetKey } from 'jose';
import type { IssuerDoor } from './issuer-door';
import { IssuerUnavailable } from './issuer-unavailable';
import type { SeldomRead } from './seldom-read';

const shortestRsaBits = 2048;
const algorithmOf = { RSA: 'RS256', EC: 'ES256', OKP: 'EdDSA' } as const;
const curveAlgorithms: Readonly<Record<string, string>> = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' };

const isKey = (value: unknown): value is JWK & { readonly kty: string } =>
  typeof value === 'object' && value !== null && 'kty' in value && typeof value.kty === 'string';

/** A public key that can check a signature. A shared secret is none, regardless of its publisher. */
const canCheck = async (key: JWK & { readonly kty: string }): Promise<boolean> => {
  const { kty, crv, n, d } = key;
  if ((kty !== 'RSA' && kty !== 'EC' && kty !== 'OKP') || d !== undefined) return false;
  // a document from outside may hold anything under these names
  if (kty === 'RSA' && (typeof n !== 'string' || Buffer.from(n, 'base64url').length * 8 < shortestRsaBits)) return false;
  try {
    await importJWK(key, key.alg ?? curveAlgorithms[crv ?? ''] ?? algorithmOf[kty]);
    return true;
  } catch {
    return false;
  }
};

/**
 * The keys at this address. None at all is no answer: a provider that has lost its keys for a moment must not shut all officials out.
 * @throws IssuerUnavailable
 */
export const readIssuerKeys = async (door: IssuerDoor, address: string): Promise<JWTVerifyGetKey> => {
  const { keys } = await door.read(address, 'keys');
  const found = Array.isArray(keys) ? keys.filter(isKey) : [];
  const usable: JWK[] = [];
  for (const key of found) if (await canCheck(key)) usable.push(key);
  if (usable.length === 0) throw new IssuerUnavailable('no-keys', 5);
  const set = createLocalJWKSet({ keys: usable });
  return (header, token) => set(header, token);
};

type FoundKey = Awaited<ReturnType<JWTVerifyGetKey>>;

/**
 * The key that this header names, `undefined` when the provider has none such.
 * @param issuedAt seconds since 1970, as the token says
 * @throws IssuerUnavailable while that cannot be known
 */
export type KeyFinder = (header: JWTHeaderParameters, issuedAt: number | undefined) => Promise<FoundKey | undefined>;

const noToken = { payload: '', signature: '' };

const keyIn = async (set: JWTVerifyGetKey, header: JWTHeaderParameters): Promise<FoundKey | undefined> => {
  try {
    return await set(header, noToken);
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
};

/**
 * A key that is not among those kept may be newer than they are, unless the token is older: then the provider is asked, at our pace and
 * not at that of the tokens.
 */
export const keyFinder =
  (keys: SeldomRead<JWTVerifyGetKey>): KeyFinder =>
  async (header, issuedAt = 0) => {
    const known = await keyIn(await keys.current(), header);
    if (known !== undefined || issuedAt * 1000 < (keys.askedAt() ?? 0)) return known;
    return keyIn(await keys.anew(), header);
  };
