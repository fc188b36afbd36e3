import { Inject, Injectable } from '@nestjs/common';
import type { Ports } from '../../../application/kernel/ports/ports';
import { IssuerUnavailable } from '../../outside/identity/issuer-unavailable';
import { isSession, providerSignIn, type ProviderSession, type ProviderSignIn } from '../../outside/identity/provider-sign-in';
import { peopleIn } from '../../outside/identity/people';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken, portsToken } from '../../nest/tokens';
import { emptySession, type Session, withoutSignIn as without } from './session.codec';

/** One row of a session, as it is read and written. */
export type SessionRow = {
  /** what stands there now, written by a faster request; `undefined` once it is ended */
  again(): Promise<Session | undefined>;
  /** false where it was ended meanwhile */
  replace(session: Session): Promise<boolean>;
};

/** `silent`: the provider cannot say now whether the person who signed in may still come in. */
export type CurrentSession = { readonly session: Session; readonly silent?: IssuerUnavailable };

const withProvider = (session: Session, provider: ProviderSession): Session => ({
  ...without(session),
  provider,
  official: provider.official,
});

/**
 * A sign-in stands as long as the provider's word does, and is renewed with its refresh token, unnoticed by the person. A person who lost
 * the role or the account there loses it here at the next renewal. Renewals of one browser wait for each other: a provider takes a
 * refresh token that is used twice for a stolen one.
 */
@Injectable()
export class CurrentSignIn {
  /** how people sign in; `undefined`: with tokens of our own */
  readonly provider: ProviderSignIn | undefined;
  readonly #issuer: string | undefined;
  readonly #localCounts: boolean;
  readonly #renewals = new Map<string, Promise<Session>>();

  constructor(
    @Inject(openedToken) { identity, keys }: OpenedPorts,
    @Inject(portsToken) private readonly ports: Ports,
  ) {
    this.provider = identity && providerSignIn(identity, ports.logger, peopleIn({ ...ports, keys }));
    this.#issuer = identity?.settings.issuer;
    this.#localCounts = identity === undefined || identity.settings.localTokens;
  }

  /** @param name of the row: what is done to it is done once, for all who wait */
  async of(session: Session, name: string, row: SessionRow): Promise<CurrentSession> {
    if (session.provider === undefined) return { session: (await this.#localStands(session)) ? session : without(session) };
    if (this.provider === undefined || session.provider.issuer !== this.#issuer) return { session: without(session) };
    if (this.#stands(session.provider)) return { session: withProvider(session, session.provider) };
    try {
      return { session: await this.#renewedOnce(name, row, this.provider) };
    } catch (error) {
      if (!(error instanceof IssuerUnavailable)) throw error;
      // kept as it is, for a renewal later
      return { session: { ...without(session), provider: session.provider }, silent: error };
    }
  }

  async #localStands({ official, officialUntil, tokenId }: Session): Promise<boolean> {
    if (official === undefined) return true;
    const { clock, operations } = this.ports;
    if (!this.#localCounts || (officialUntil !== undefined && clock.now() >= officialUntil)) return false;
    return tokenId === undefined || !(await operations.tokens.isRevoked(tokenId));
  }

  #stands({ until }: ProviderSession): boolean {
    return this.ports.clock.now() < until;
  }

  #renewedOnce(name: string, row: SessionRow, provider: ProviderSignIn): Promise<Session> {
    const under = this.#renewals.get(name);
    if (under !== undefined) return under;
    const renewal = this.#renewed(row, provider).finally(() => this.#renewals.delete(name));
    this.#renewals.set(name, renewal);
    return renewal;
  }

  /** Reads the row first: between the reading of who asks and this another may have renewed it. */
  async #renewed(row: SessionRow, provider: ProviderSignIn): Promise<Session> {
    const kept = await row.again();
    if (kept?.provider === undefined) return kept ?? emptySession;
    if (this.#stands(kept.provider)) return withProvider(kept, kept.provider);
    const outcome = await provider.refresh(kept.provider);
    if (isSession(outcome)) {
      const renewed = withProvider(kept, outcome);
      return (await row.replace(renewed)) ? renewed : emptySession;
    }
    // another process may have renewed it with the same refresh token
    const now = await row.again();
    if (now?.provider !== undefined && this.#stands(now.provider)) return withProvider(now, now.provider);
    if (now !== undefined) await row.replace(without(now));
    return without(now ?? emptySession);
  }
}
