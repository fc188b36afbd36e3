import type { Clock } from '../../../../application/kernel/ports/clock';
import type { Journal } from '../../../../application/kernel/ports/journal';
import type { Operations } from '../../../../application/kernel/ports/operations';
import type { AutomaticMeetings } from '../../../../application/kernel/ports/video-meetings';
import type { WebexSettings } from './webex-settings';
import { defined } from '../../../../domain/kernel/defined';
import { createPeer, type PeerLimits, type PeerWatch } from '../../http-client/peer';
import { createAccessTokens } from './access-tokens';
import { createKeptTokens } from './kept-tokens';
import { createWebexCalls } from './webex-calls';
import { createWebexMeetings } from './webex-meetings';

export type WebexSurroundings = {
  readonly registers: Operations['registers'];
  /** seals the tokens that Webex gives */
  readonly key: Buffer;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly watch: PeerWatch;
  readonly readFile: (path: string) => string;
  readonly limits?: PeerLimits;
};

/** Webex as these settings say. Nothing is asked before the first meeting. */
export const openWebex = (settings: WebexSettings, { registers, key, clock, journal, watch, readFile, limits }: WebexSurroundings) => {
  const { baseUrl, clientId, clientSecret, refreshTokenFile, hostEmail, autoRecord } = settings;
  const peer = createPeer('webex', baseUrl, { watch, ...defined({ limits }) });
  const kept = createKeptTokens(registers, key);
  const firstToken = (): string => readFile(refreshTokenFile).trim();
  const tokens = createAccessTokens({ peer, kept, clientId, clientSecret, firstToken, clock, journal });
  const ask = createWebexCalls({ peer, tokens, clock, journal });
  const meetings: AutomaticMeetings = createWebexMeetings({
    ask,
    clock,
    autoRecord,
    ...defined({ hostEmail }),
  });
  return { meetings, close: () => peer.close() };
};
