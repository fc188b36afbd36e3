import { pause } from '@tichet-albastru/kernel/pause';
import type { Clock } from '@tichet-albastru/event-log/ports/clock';
import type { Logger } from '@tichet-albastru/event-log/ports/logger';
import { plusMinutes, plusSeconds } from '../../../../domain/time/civil-time';
import type { HttpClient } from '../../http-client/http-client';
import type { StoredTokens, TokensKeeper } from './stored-tokens';
import { tokensOf, trackingIdOf } from './webex-answers';
import { notNow } from './webex-failing';

/** Webex takes none of our tokens: an administrator must authorise the integration anew. */
export class WebexNotAuthorised extends Error {
  override readonly name = 'WebexNotAuthorised';
}

export type AccessTokens = {
  /** A token that should be good. @throws WebexNotAuthorised, WebexFailing, AskedToWait, Unreachable */
  current(): Promise<string>;
  /** Another one, after this one was refused. @throws WebexNotAuthorised, WebexFailing, AskedToWait, Unreachable */
  renewed(refused: string): Promise<string>;
};

export type AccessTokensOptions = {
  readonly peer: HttpClient;
  readonly kept: TokensKeeper;
  readonly clientId: string;
  readonly clientSecret: string;
  /** the token that the administrator got; read anew each time, so that another one heals without a restart */
  readonly firstToken: () => string;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** A token that ends while it is on its way is no good. */
const spareMinutes = 5;
/** Another process that renews at the same moment keeps what it got within this. */
const winnerKeepsWithin = { times: 3, milliseconds: 150 } as const;

/** A new refresh token is kept, sealed, before the access token that came with it is used. */
export const createAccessTokens = (options: AccessTokensOptions): AccessTokens => {
  const { peer, kept, clientId, clientSecret, firstToken, clock, logger } = options;
  let renewing: Promise<string> | undefined;

  const isGood = (tokens: StoredTokens | undefined, first: string): tokens is StoredTokens =>
    tokens?.first === kept.tagOf(first) && tokens.expiresAt > plusMinutes(clock.now(), spareMinutes);

  /** @returns undefined when this refresh token is not taken. @throws when Webex does not say now whether it takes it */
  const exchange = async (refreshToken: string, first: string): Promise<string | undefined> => {
    const fields = { grant_type: 'refresh_token', client_id: clientId, client_secret: clientSecret, refresh_token: refreshToken };
    const answer = await peer.ask({
      operation: 'renew-token',
      method: 'POST',
      path: '/access_token',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams(fields).toString(),
      mayRepeat: false,
    });
    if (answer.status !== 200) {
      const trackingId = trackingIdOf(answer.headers, answer.body);
      logger.warn('webex.refused', { step: 'renew-token', status: answer.status, trackingId });
      const fault = notNow('renew-token', answer, clock.now());
      // nothing is said about the token
      if (fault !== undefined) throw fault;
      return undefined;
    }
    const { accessToken, lifeSeconds, refreshToken: next = refreshToken } = tokensOf('renew-token', answer.body);
    const expiresAt = plusSeconds(clock.now(), lifeSeconds);
    await kept.keep({ accessToken, expiresAt, refreshToken: next, first: kept.tagOf(first) });
    return accessToken;
  };

  /** Another process renewed with the same token and was first: its result is good for us, too. */
  const renewedElsewhere = async (before: StoredTokens | undefined, first: string): Promise<string | undefined> => {
    for (let n = 0; n < winnerKeepsWithin.times; n += 1) {
      const now = await kept.read(first);
      if (isGood(now, first) && now.accessToken !== before?.accessToken) return now.accessToken;
      await pause(winnerKeepsWithin.milliseconds);
    }
    return undefined;
  };

  const renew = async (refused: string | undefined): Promise<string> => {
    const first = firstToken();
    const known = await kept.read(first);
    if (isGood(known, first) && known.accessToken !== refused) return known.accessToken;
    const ours = known?.first === kept.tagOf(first) ? known.refreshToken : first;
    const renewed = (await exchange(ours, first)) ?? (await renewedElsewhere(known, first));
    if (renewed !== undefined) return renewed;
    // The kept token may have been replaced in an answer that was never kept: the first one is the last hope.
    const again = ours === first ? undefined : await exchange(first, first);
    if (again !== undefined) return again;
    logger.error('webex.not-authorised');
    throw new WebexNotAuthorised('Webex takes no token of ours: the integration must be authorised anew.');
  };

  const renewOnce = (refused: string | undefined): Promise<string> => {
    renewing ??= renew(refused).finally(() => {
      renewing = undefined;
    });
    return renewing;
  };

  return {
    current: async () => {
      const first = firstToken();
      const known = await kept.read(first);
      return isGood(known, first) ? known.accessToken : renewOnce(undefined);
    },
    renewed: renewOnce,
  };
};
