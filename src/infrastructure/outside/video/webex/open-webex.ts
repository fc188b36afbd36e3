import type { Clock } from '@tichet-albastru/event-log/ports/clock';
import type { Logger } from '@tichet-albastru/event-log/ports/logger';
import type { Operations } from '../../../../application/kernel/ports/operations';
import type { AutomaticMeetings } from '../../../../application/kernel/ports/video-meetings';
import type { WebexSettings } from './webex-settings';
import { defined } from '@tichet-albastru/kernel/defined';
import { createHttpClient, type HttpLimits, type HttpWatch } from '../../http-client/http-client';
import { createAccessTokens } from './access-tokens';
import { createStoredTokens } from './stored-tokens';
import { createWebexCalls } from './webex-calls';
import { createWebexMeetings } from './webex-meetings';

export type WebexSurroundings = {
  readonly keyValues: Operations['keyValues'];
  /** seals the tokens that Webex gives */
  readonly key: Buffer;
  /** of before the keys were rotated, the newest first */
  readonly former?: readonly Buffer[];
  readonly clock: Clock;
  readonly logger: Logger;
  readonly watch: HttpWatch;
  readonly readFile: (path: string) => string;
  readonly limits?: HttpLimits;
};

/** Webex as these settings say. Nothing is asked before the first meeting. */
export const openWebex = (
  settings: WebexSettings,
  { keyValues, key, former, clock, logger, watch, readFile, limits }: WebexSurroundings,
) => {
  const { baseUrl, clientId, clientSecret, refreshTokenFile, hostEmail, autoRecord } = settings;
  const peer = createHttpClient('webex', baseUrl, { watch, ...defined({ limits }) });
  const kept = createStoredTokens(keyValues, key, former);
  const firstToken = (): string => readFile(refreshTokenFile).trim();
  const tokens = createAccessTokens({ peer, kept, clientId, clientSecret, firstToken, clock, logger });
  const ask = createWebexCalls({ peer, tokens, clock, logger });
  const meetings: AutomaticMeetings = createWebexMeetings({
    ask,
    clock,
    autoRecord,
    ...defined({ hostEmail }),
  });
  return { meetings, close: () => peer.close() };
};
