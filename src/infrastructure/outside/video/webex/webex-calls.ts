import type { Clock } from '@tichet-albastru/event-log/ports/clock';
import type { Logger } from '@tichet-albastru/event-log/ports/logger';
import type { HttpClient, HttpAnswer, HttpCall } from '../../http-client/http-client';
import { type AccessTokens, WebexNotAuthorised } from './access-tokens';
import { trackingIdOf } from './webex-answers';
import { notNow } from './webex-failing';

export type WebexCall = Pick<HttpCall, 'operation' | 'method' | 'path' | 'query' | 'mayRepeat'> & {
  readonly body?: Readonly<Record<string, unknown>>;
};
/**
 * Asks with a token, and once more with a new one when it is not taken. An answer of 2xx or 4xx is returned.
 * @throws AskedToWait when Webex wants to be left alone, WebexFailing for a 5xx, WebexNotAuthorised, Unreachable
 */
export type WebexCalls = (call: WebexCall) => Promise<HttpAnswer>;

export const createWebexCalls = ({
  peer,
  tokens,
  clock,
  logger,
}: {
  readonly peer: HttpClient;
  readonly tokens: AccessTokens;
  readonly clock: Clock;
  readonly logger: Logger;
}): WebexCalls => {
  const send = ({ body, ...call }: WebexCall, token: string): Promise<HttpAnswer> =>
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
    logger.warn('webex.refused', { step: operation, status, trackingId: trackingIdOf(headers, body) });
    if (status === 401) throw new WebexNotAuthorised('Webex does not take a token that it has just given.');
    const fault = notNow(operation, answer, clock.now());
    if (fault !== undefined) throw fault;
    return answer;
  };
};
