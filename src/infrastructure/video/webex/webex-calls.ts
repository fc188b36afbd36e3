import { AskedToWait } from '../../../application/ports/asked-to-wait';
import type { Clock } from '../../../application/ports/clock';
import type { Journal } from '../../../application/ports/journal';
import { plusSeconds } from '../../../domain/time/civil-time';
import type { Peer, PeerAnswer, PeerRequest } from '../../outbound/peer';
import { retryAfterSeconds } from '../../outbound/retry-after';
import { type AccessTokens, WebexNotAuthorised } from './access-tokens';
import { trackingIdOf } from './webex-answers';

/** Webex has a fault of its own, and has done nothing of what was asked, or may be asked again. */
export class WebexFailing extends Error {
  override readonly name = 'WebexFailing';
  constructor(
    readonly operation: string,
    readonly status: number,
  ) {
    super(`Webex answers ${String(status)} to ${operation}.`);
  }
}

export type WebexCall = Pick<PeerRequest, 'operation' | 'method' | 'path' | 'query' | 'mayRepeat'> & {
  readonly body?: Readonly<Record<string, unknown>>;
};
/**
 * Asks with a token, and once more with a new one when it is not taken. An answer of 2xx or 4xx is returned.
 * @throws AskedToWait when Webex wants to be left alone, WebexFailing for a 5xx, WebexNotAuthorised, PeerSilent
 */
export type WebexCalls = (call: WebexCall) => Promise<PeerAnswer>;

/** Where Webex asks to wait and does not say how long. */
const usualWaitSeconds = 60;

export const createWebexCalls = ({
  peer,
  tokens,
  clock,
  journal,
}: {
  readonly peer: Peer;
  readonly tokens: AccessTokens;
  readonly clock: Clock;
  readonly journal: Journal;
}): WebexCalls => {
  const send = ({ body, ...call }: WebexCall, token: string): Promise<PeerAnswer> =>
    peer.ask({
      ...call,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  return async (call) => {
    const { operation } = call;
    const token = await tokens.current();
    let answer = await send(call, token);
    if (answer.status === 401) answer = await send(call, await tokens.renewed(token));
    const { status, headers, body } = answer;
    if (status < 300 || status === 404) return answer;
    journal.warn('webex.refused', { step: operation, status, trackingId: trackingIdOf(headers, body) });
    if (status === 401) throw new WebexNotAuthorised('Webex does not take a token that it has just given.');
    if (status === 429 || status === 423) {
      const now = clock.now();
      throw new AskedToWait(plusSeconds(now, retryAfterSeconds(headers, now) ?? usualWaitSeconds));
    }
    if (status >= 500 || status < 400) throw new WebexFailing(operation, status);
    return answer;
  };
};
