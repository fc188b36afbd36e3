import { decodeJwt } from 'jose';
import type { Official } from '../../../application/kernel/access';
import type { Instant } from '../../../domain/kernel/fact';
import { officialIn, type Stranger } from './claims-of-officials';
import type { Identity } from './open-identity';
import type { LocalTokens } from './local-tokens';

type Booking = Extract<Awaited<ReturnType<LocalTokens['read']>>, { readonly kind: 'booking' }>;

/** An official by a token of our own, and until when it counts: nobody stays in longer than it says. */
export type LocalSignIn = { readonly official: Official; readonly until: Instant };

/** Every signed token that is good here, wherever it was made. */
export type Tokens = Pick<LocalTokens, 'booking'> & {
  /**
   * `undefined` for a token that is nobody's.
   * @throws IssuerUnavailable when nobody can say now
   */
  read(token: string): Promise<Official | Booking | Stranger | undefined>;
  /** An official by a token of our own, where those count. The provider's tokens are for programs: with one of them a browser would be let in for longer than it says. */
  official(token: string): Promise<LocalSignIn | undefined>;
};

/** With a provider it alone says who the officials are, unless the settings let local tokens stand beside it. Citizens' tokens are always ours. */
export const tokensOf = (local: LocalTokens, identity: Identity | undefined): Tokens => {
  const official: Tokens['official'] = async (token) => {
    if (identity?.settings.localTokens === false) return undefined;
    const principal = await local.read(token);
    const { exp } = principal?.kind === 'official' ? decodeJwt(token) : {};
    return principal?.kind === 'official' && exp !== undefined
      ? { official: principal, until: new Date(exp * 1000).toISOString() }
      : undefined;
  };
  if (identity === undefined) return { booking: (booking) => local.booking(booking), read: (token) => local.read(token), official };
  return {
    official,
    booking: (booking) => local.booking(booking),
    read: async (token) => {
      const principal = await local.read(token);
      if (principal?.kind === 'booking') return principal;
      if (principal !== undefined) return identity.settings.localTokens ? principal : undefined;
      const claims = await identity.accessClaims(token);
      return claims && officialIn(claims, identity.settings);
    },
  };
};
