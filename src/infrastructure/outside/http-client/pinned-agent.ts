import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { mayBeReached } from '../../runtime/private-addresses';
import { defined } from '@tichet-albastru/kernel/defined';

/** The code under which a call ends that a name led to an address inside. */
export const addressRefused = 'ADDRESS_REFUSED';
const refused = (): Error => Object.assign(new Error('The name leads to an address that may not be asked.'), { code: addressRefused });

/** Every address of a name, as the system resolves it. */
export type Resolve = (name: string) => Promise<readonly LookupAddress[]>;

const systemResolve: Resolve = (name) =>
  new Promise((resolve, reject) => {
    systemLookup(name, { all: true }, (error, addresses) => {
      if (error) reject(error);
      else resolve(addresses);
    });
  });

/** One connection at a time, to a system that another party named: only a system of our own may have an address inside. */
export const agentFor = (ours: boolean, connectMilliseconds: number, resolve?: Resolve): Agent =>
  ours
    ? new Agent({ connections: 1, connect: { timeout: connectMilliseconds } })
    : pinnedAgent({ permittedNetworks: [], connections: 1, connectMilliseconds, ...defined({ resolve }) });

/**
 * Connects to addresses that another party wrote down. The name is resolved once, every address that it has must be permitted, and the
 * connection goes to one of these very addresses: a name that says something else the second time is never asked a second time.
 */
export const pinnedAgent = ({
  permittedNetworks,
  connectMilliseconds,
  connections,
  resolve = systemResolve,
}: {
  readonly permittedNetworks: readonly string[];
  readonly connectMilliseconds: number;
  /** at a time, to one host; left out, as many as are asked for */
  readonly connections?: number;
  readonly resolve?: Resolve;
}): Agent => {
  const connect = buildConnector({
    timeout: connectMilliseconds,
    lookup: (name, options, callback) => {
      resolve(name).then(
        (found) => {
          const [first] = found;
          if (first === undefined || !found.every(({ address }) => mayBeReached(address, permittedNetworks))) callback(refused(), []);
          else if (options.all === true) callback(null, [...found]);
          else callback(null, first.address, first.family);
        },
        (error: unknown) => {
          callback(error instanceof Error ? error : refused(), []);
        },
      );
    },
  });
  return new Agent({
    ...defined({ connections }),
    connect: (options, callback) => {
      // an address in place of a name is never looked up
      const host = options.hostname.replace(/^\[|\]$/g, '');
      if (isIP(host) !== 0 && !mayBeReached(host, permittedNetworks)) callback(refused(), null);
      else connect(options, callback);
    },
  });
};
