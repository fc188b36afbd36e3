import { decodeJwt, decodeProtectedHeader, errors, type JWTHeaderParameters, type JWTPayload, jwtVerify } from 'jose';
import type { Clock } from '@tichet-albastru/event-log/ports/clock';
import type { KeyFinder } from './issuer-keys';

/** Signatures that only the provider can make. None with a shared secret: its public key would do for one. */
export const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'] as const;

/** Between two clocks, in seconds. */
export const clockTolerance = 5;

/** No token counts longer, in seconds: what is beyond is no date. */
const latestEnd = Date.parse('9999-12-31T00:00:00.000Z') / 1000;

/** What a token must be to be taken. */
export type TokenRules = {
  readonly issuer: string;
  readonly audience: string;
  /** of the header; left out where the kind of token has none */
  readonly type?: string;
  readonly needs: readonly string[];
  /** claims that only tokens of another kind have */
  readonly never: readonly string[];
};

type Unchecked = { readonly header: JWTHeaderParameters; readonly payload: JWTPayload };

const isHeader = (header: ReturnType<typeof decodeProtectedHeader>): header is JWTHeaderParameters => typeof header.alg === 'string';

const unchecked = (token: string): Unchecked | undefined => {
  try {
    const header = decodeProtectedHeader(token);
    return isHeader(header) ? { header, payload: decodeJwt(token) } : undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined;
    throw error;
  }
};

/** `application/at+jwt` and `at+jwt` are the same (RFC 7515, 4.1.9). */
const plainType = (type: unknown): string | undefined =>
  typeof type === 'string' ? type.toLowerCase().replace(/^application\//, '') : undefined;

const sayTheSame = ({ issuer, audience, type, never }: TokenRules, { header, payload }: Unchecked): boolean =>
  algorithms.some((one) => one === header.alg) &&
  (type === undefined || plainType(header.typ) === type.toLowerCase()) &&
  payload.iss === issuer &&
  (Array.isArray(payload.aud) ? payload.aud : [payload.aud]).includes(audience) &&
  !never.some((claim) => Object.hasOwn(payload, claim));

const isText = (claim: unknown): boolean => typeof claim === 'string' && claim !== '';
/** Claims that name a person or a token are texts, where they are there at all. */
const namesByTexts = (payload: JWTPayload): boolean =>
  ['sub', 'jti'].every((claim) => !Object.hasOwn(payload, claim) || isText(payload[claim]));

/**
 * The claims of a token of the provider; `undefined` for every other. What a token says of itself is compared before the provider is asked
 * for a key, so that what is not even meant for us costs it nothing.
 * @throws IssuerUnavailable when it cannot be known now whether its key is the provider's
 */
export const checkedClaims = async (
  token: string,
  rules: TokenRules,
  findKey: KeyFinder,
  clock: Clock,
): Promise<JWTPayload | undefined> => {
  const said = unchecked(token);
  if (said === undefined || !sayTheSame(rules, said) || !namesByTexts(said.payload)) return undefined;
  const { exp, iat } = said.payload;
  const currentDate = new Date(clock.now());
  const now = currentDate.getTime() / 1000;
  if (typeof exp !== 'number' || exp + clockTolerance <= now || exp > latestEnd) return undefined;
  const madeAt = typeof iat === 'number' ? iat : undefined;
  if (madeAt !== undefined && madeAt > now + clockTolerance) return undefined;
  const key = await findKey(said.header, madeAt);
  if (key === undefined) return undefined;
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [...algorithms],
      issuer: rules.issuer,
      audience: rules.audience,
      requiredClaims: ['exp', ...rules.needs],
      clockTolerance,
      currentDate,
    });
    return payload;
  } catch (error) {
    // a TypeError: the key is of another kind than the algorithm of the header
    if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined;
    throw error;
  }
};
