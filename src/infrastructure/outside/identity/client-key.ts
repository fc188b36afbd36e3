import { createPrivateKey, type KeyObject } from 'node:crypto';
import { fieldsOf, isJsonObject, parsedJson } from '@tichet-albastru/kernel/json.codec';

/** With it a client signs instead of telling a secret; `kid` as the provider knows it, where it was said. */
export type ClientKey = { readonly key: KeyObject; readonly kid?: string };

const curves: Readonly<Record<string, string>> = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' };
const ofRsa = ['RS256', 'PS256', 'RS384', 'PS384', 'RS512', 'PS512'] as const;
const shortestRsaBits = 2048;

/** Algorithms with which this key can sign for a client; none for a key that no provider should take. */
export const algorithmsOf = ({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): readonly string[] => {
  if (type === 'rsa') return (details?.modulusLength ?? 0) >= shortestRsaBits ? ofRsa : [];
  const curve = type === 'ec' ? curves[details?.namedCurve ?? ''] : undefined;
  return curve === undefined ? [] : [curve];
};

/** A private key in PEM, or as a JWK. `undefined` for anything else, and for one that is too weak. */
export const clientKeyIn = (text: string): ClientKey | undefined => {
  const jwk = parsedJson(text);
  try {
    const key = isJsonObject(jwk) ? createPrivateKey({ key: jwk, format: 'jwk' }) : createPrivateKey(text);
    return algorithmsOf(key).length === 0 ? undefined : { key, ...fieldsOf(jwk, { kid: 'text' }) };
  } catch {
    return undefined;
  }
};
