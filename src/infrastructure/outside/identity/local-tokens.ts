import { errors, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import { randomUUID, webcrypto } from 'node:crypto';
import { isRole, type Official, officialBy, type Principal } from '../../../application/kernel/access';
import type { Clock } from '@tichet-albastru/event-log/ports/clock';
import { groundKinds, type RequestIdentity } from '../../../domain/request/facts';
import { isCivilDate } from '../../../domain/time/civil-time';

const issuer = 'tichet-albastru';
const officialAudience = 'tichet-albastru:official';
const bookingAudience = 'tichet-albastru:booking';
const algorithm = 'HS256';

/** A staff token lives for a working day, a booking token while the form is filled in. */
export const officialTokenSeconds = 12 * 3600;
export const bookingTokenSeconds = 30 * 60;
export const longestTokenSeconds = 90 * 24 * 3600;

type Booking = Extract<Principal, { readonly kind: 'booking' }>;

/** Tokens of this installation, signed with the key in its data folder. Nothing personal stands in them. */
export type LocalTokens = {
  /** @param official.id by which it can be revoked; left out, it gets one */
  official(official: Pick<Official, 'role' | 'person'> & { readonly id?: string }, livesSeconds?: number): Promise<string>;
  booking(booking: Pick<Booking, 'request' | 'ground'>): Promise<string>;
  /** `undefined` for every token that is not ours, not yet or no longer valid, or made for something else. */
  read(token: string): Promise<Official | Booking | undefined>;
};

/** One without a person or an id was made by a build in which all of a role were one. */
const officialOf = ({ role, person, jti }: JWTPayload): Official | undefined =>
  isRole(role) && typeof person === 'string' && typeof jti === 'string' ? officialBy(role, person) : undefined;

const bookingOf = ({ number, filedOn, ground, jti: tokenId }: JWTPayload): Booking | undefined => {
  if (typeof number !== 'string' || typeof filedOn !== 'string' || !isCivilDate(filedOn)) return undefined;
  const kind = groundKinds.find((one) => one === ground);
  if (kind === undefined || tokenId === undefined) return undefined;
  const request: RequestIdentity = { number, filedOn };
  return { kind: 'booking', request, ground: kind, tokenId };
};

export const localTokens = (secret: Uint8Array, clock: Clock): LocalTokens => {
  // Bytes would be imported again for every token, which costs more than the signature.
  const key = webcrypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
  const sign = async (payload: JWTPayload, audience: string, livesSeconds: number): Promise<string> => {
    const now = Math.floor(Date.parse(clock.now()) / 1000);
    return new SignJWT(payload)
      .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + livesSeconds)
      .sign(await key);
  };
  return {
    official: ({ role, person, id = randomUUID() }, livesSeconds = officialTokenSeconds) =>
      sign({ role, person, jti: id }, officialAudience, livesSeconds),
    booking: ({ request, ground }) => sign({ ...request, ground, jti: randomUUID() }, bookingAudience, bookingTokenSeconds),
    read: async (token) => {
      try {
        const { payload } = await jwtVerify(token, await key, {
          algorithms: [algorithm],
          issuer,
          audience: [officialAudience, bookingAudience],
          requiredClaims: ['exp', 'iat', 'aud'],
          currentDate: new Date(clock.now()),
        });
        return payload.aud === officialAudience ? officialOf(payload) : payload.aud === bookingAudience ? bookingOf(payload) : undefined;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
};
