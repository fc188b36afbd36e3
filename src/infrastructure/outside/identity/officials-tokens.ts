import { decodeJwt } from 'jose';
import type { Official } from '../../../application/kernel/access';
import type { Operations } from '../../../application/kernel/ports/operations';
import type { Instant } from '../../../domain/kernel/fact';
import { officialIn, type Stranger } from './claims-of-officials';
import type { Identity } from './open-identity';
import type { LocalTokens } from './local-tokens';
import type { People } from './people';

type Booking = Extract<Awaited<ReturnType<LocalTokens['read']>>, { readonly kind: 'booking' }>;

/** An official by a token of our own, and until when it counts. The session ends when the token expires or is revoked. */
export type LocalSignIn = { readonly official: Official; readonly until: Instant; readonly tokenId: string };

/** Every signed token that is good here, wherever it was made. */
export type Tokens = Pick<LocalTokens, 'booking'> & {
  /**
   * `undefined` for a token without a holder.
   * @throws IssuerUnavailable when that cannot be known now
   */
  read(token: string): Promise<Official | Booking | Stranger | undefined>;
  /** An official by a token of our own, where those count. The provider's tokens are for programs: with one of them a browser would be let in for longer than it says. */
  official(token: string): Promise<LocalSignIn | undefined>;
};

/**
 * With a provider it alone says who the officials are, unless the settings let local tokens stand beside it. Citizens' tokens are always
 * ours. Whether a token of our own was revoked is asked here, and nowhere else.
 */
export const tokensOf = (
  local: LocalTokens,
  {
    identity,
    people,
    tokens,
  }: {
    readonly identity?: Identity;
    readonly people: Pick<People, 'pseudonymOf'>;
    readonly tokens: Pick<Operations['tokens'], 'isRevoked'>;
  },
): Tokens => {
  const localCounts = identity?.settings.localTokens !== false;
  const signInWith = async (token: string, official: Official): Promise<LocalSignIn | undefined> => {
    const { jti: tokenId = '', exp = 0 } = decodeJwt(token);
    if (!localCounts || (await tokens.isRevoked(tokenId))) return undefined;
    return { official, tokenId, until: new Date(exp * 1000).toISOString() };
  };
  return {
    booking: (booking) => local.booking(booking),
    official: async (token) => {
      const principal = await local.read(token);
      return principal?.kind === 'official' ? signInWith(token, principal) : undefined;
    },
    read: async (token) => {
      const principal = await local.read(token);
      if (principal?.kind === 'booking') return principal;
      if (principal !== undefined) return (await signInWith(token, principal))?.official;
      const claims = await identity?.accessClaims(token);
      return identity && claims && officialIn(claims, identity.settings, people);
    },
  };
};
