import { defined } from '../../../domain/kernel/defined';
import { createPeer, type PeerLimits, type PeerWatch } from '../../outside/http-client/peer';
import { PeerSilent } from '../../outside/http-client/peer-silent';

/** A time-stamping authority gave no answer over HTTP. `reason` is a code. */
export class AuthorityUnavailable extends Error {
  override readonly name = 'AuthorityUnavailable';
  constructor(readonly reason: string) {
    super(`The time-stamping authority does not answer: ${reason}.`);
  }
}

/** Asked over HTTP as RFC 3161, 3.4 has it. */
export type Authority = {
  /** @returns TimeStampResp in DER, not looked at @throws AuthorityUnavailable */
  ask(request: Buffer, signal?: AbortSignal): Promise<Buffer>;
  close(): Promise<void>;
};

const usualLimits: PeerLimits = { connect: 5_000, headers: 15_000, body: 15_000, whole: 20_000 };
/** A token with its chain of certificates has a few kilobytes. */
const mostBytes = 256 * 1024;

export const createAuthority = (
  url: string,
  { watch, limits = usualLimits }: { readonly watch?: PeerWatch; readonly limits?: PeerLimits } = {},
): Authority => {
  const { origin, pathname, search } = new URL(url);
  const peer = createPeer('time-stamp', origin, { limits, mostBytes, encoding: 'latin1', ...defined({ watch }) });
  return {
    ask: async (request, signal) => {
      try {
        const { status, body } = await peer.ask({
          operation: 'stamp',
          method: 'POST',
          path: pathname + search,
          headers: {
            'content-type': 'application/timestamp-query',
            accept: 'application/timestamp-reply',
            'user-agent': 'tichet-albastru',
          },
          body: request,
          mayRepeat: true,
          ...defined({ signal }),
        });
        if (status !== 200) throw new AuthorityUnavailable(String(status));
        return Buffer.from(body, 'latin1');
      } catch (error) {
        if (error instanceof PeerSilent) throw new AuthorityUnavailable(error.code);
        throw error;
      }
    },
    close: () => peer.close(),
  };
};
