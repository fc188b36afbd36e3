import type { Clock } from '@tichet-albastru/event-log/ports/clock';
import { readFileSync } from 'node:fs';
import { RegisterUnavailable } from '../../../../application/kernel/ports/document-register';
import { defined } from '@tichet-albastru/kernel/defined';
import {
  createHttpClient,
  type HttpClient,
  type HttpAnswer,
  type HttpLimits,
  type HttpCall,
  type HttpWatch,
} from '../../http-client/http-client';
import { unlessUnreachable } from '../../http-client/unreachable';
import { retryAfterSeconds } from '../../http-client/retry-after';

/** Milliseconds: a citizen waits for the answer, and a gateway that needs longer is as good as down. */
const usualLimits: HttpLimits = { connect: 3000, headers: 3000, body: 3000, whole: 3000 };

/** The city's gateway before INFOCET, as gateway/infocet-gateway.openapi.yaml describes it. */
export type Gateway = {
  /** @throws RegisterUnavailable when it does not answer, or says that it cannot; other answers are returned */
  ask(request: HttpCall): Promise<HttpAnswer>;
  close(): Promise<void>;
};

/** Read anew for every call: a token is changed without a restart. */
const tokenIn = (file: string, operation: string): string => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new RegisterUnavailable(operation, 'token-unreadable');
  }
};

const withoutFault = ({ operation }: HttpCall, answer: HttpAnswer, clock: Clock): HttpAnswer => {
  const { status, headers } = answer;
  const wait = (): number | undefined => retryAfterSeconds(headers, clock.now());
  if (status === 401 || status === 403) throw new RegisterUnavailable(operation, 'unauthenticated', wait());
  if (status === 429 || status === 423) throw new RegisterUnavailable(operation, 'rate-limited', wait());
  // 408 and 425 come from what stands between, and say nothing about what was asked
  if (status >= 500 || status === 408 || status === 425) throw new RegisterUnavailable(operation, 'failing', wait());
  return answer;
};

export const createGateway = ({
  url,
  tokenFile,
  clock,
  watch,
  limits = usualLimits,
}: {
  readonly url: string;
  readonly tokenFile: string;
  readonly clock: Clock;
  readonly watch?: HttpWatch;
  readonly limits?: HttpLimits;
}): Gateway => {
  const peer: HttpClient = createHttpClient('infocet', url, { limits, ours: true, ...defined({ watch }) });
  return {
    ask: async (request) => {
      const { operation, headers, body } = request;
      const authorized = {
        ...headers,
        accept: 'application/json, application/problem+json',
        authorization: `Bearer ${tokenIn(tokenFile, operation)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      };
      const answer = await unlessUnreachable(peer.ask({ ...request, headers: authorized }), () => {
        throw new RegisterUnavailable(operation, 'no-answer');
      });
      return withoutFault(request, answer, clock);
    },
    close: () => peer.close(),
  };
};
