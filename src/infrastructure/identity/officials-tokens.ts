import type { Official } from '../../application/access';
import { officialIn, type Stranger } from './claims-of-officials';
import type { Identity } from './open-identity';
import type { LocalTokens } from './local-tokens';

type Booking = Extract<Awaited<ReturnType<LocalTokens['read']>>, { readonly kind: 'booking' }>;

/** Every signed token that is good here, wherever it was made. */
export type Tokens = Pick<LocalTokens, 'booking'> & {
  /**
   * `undefined` for a token that is nobody's.
   * @throws IssuerUnavailable when nobody can say now
   */
  read(token: string): Promise<Official | Booking | Stranger | undefined>;
};

/** With a provider it alone says who the officials are, unless the settings let local tokens stand beside it. Citizens' tokens are always ours. */
export const tokensOf = (local: LocalTokens, identity: Identity | undefined): Tokens => {
  if (identity === undefined) return local;
  return {
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
