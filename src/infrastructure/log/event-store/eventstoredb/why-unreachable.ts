import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import type { Address } from './address';

/** Why nobody could be asked at an address, and the code of the system or of TLS that says so. */
export type Unreachable = {
  readonly cause:
    'name-unknown' | 'nobody-listens' | 'no-way' | 'silent' | 'issuer' | 'expired' | 'other-name' | 'speaks-plain' | 'speaks-tls';
  readonly code: string;
  /** which of the hosts, with its port where the name is known */
  readonly host: string;
};

const byCode: readonly (readonly [RegExp, Unreachable['cause']])[] = [
  [/^(?:ENOTFOUND|EAI_AGAIN)$/, 'name-unknown'],
  [/^ECONNREFUSED$/, 'nobody-listens'],
  [/^(?:EHOSTUNREACH|ENETUNREACH|EACCES|EINVAL|EADDRNOTAVAIL)$/, 'no-way'],
  [/^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/, 'expired'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'other-name'],
  [/^(?:UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|CERT_|INVALID_CA)/, 'issuer'],
  [/^(?:ERR_SSL|EPROTO|ECONNRESET$)/, 'speaks-plain'],
];

type Node = Address['nodes'][number];

/** @returns the code of what went wrong, `ETIMEDOUT` for silence; undefined when it stands */
const faultOf = (open: () => Socket, ready: string, milliseconds: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const socket = open();
    const end = (code?: string): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(code);
    };
    const timer = setTimeout(end, milliseconds, 'ETIMEDOUT');
    socket.once(ready, () => {
      end();
    });
    socket.on('error', (error) => {
      end(errorCode(error) ?? 'unknown');
    });
  });

const overTls = ({ host, port }: Node, milliseconds: number, trust: { readonly ca?: string; readonly rejectUnauthorized?: false }) =>
  faultOf(
    () => connectTls({ host, port, ALPNProtocols: ['h2'], ...(isIP(host) === 0 && { servername: host }), ...trust }),
    'secureConnect',
    milliseconds,
  );

const whyNot = async ({ tls, authority }: Address, node: Node, milliseconds: number): Promise<Unreachable | undefined> => {
  const host = `${node.host}:${node.port}`;
  const said = (code: string): Unreachable => {
    const cause = byCode.find(([form]) => form.test(code))?.[1] ?? 'silent';
    return { cause, code, host: cause === 'name-unknown' ? node.host : host };
  };
  const closed = await faultOf(() => connect(node), 'connect', milliseconds);
  if (closed !== undefined) return said(closed);
  if (tls) {
    const fault = await overTls(node, milliseconds, authority === undefined ? {} : { ca: authority });
    return fault === undefined ? undefined : said(fault);
  }
  const spoken = await overTls(node, milliseconds, { rejectUnauthorized: false });
  return spoken === undefined ? { cause: 'speaks-tls', code: 'tls=false', host } : undefined;
};

/**
 * Tries each host of an address once, without the protocol of EventStoreDB, whose client tells all these causes in the same words.
 * @param milliseconds for each step, of which there are two a host, at the same time for all
 * @returns undefined where one can be reached
 */
export const whyUnreachable = async (address: Address, milliseconds: number): Promise<Unreachable | undefined> => {
  const faults = await Promise.all(address.nodes.map((node) => whyNot(address, node, milliseconds)));
  return faults.every((fault) => fault !== undefined) ? faults[0] : undefined;
};
