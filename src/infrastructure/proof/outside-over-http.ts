import { defined } from '@tichet-albastru/kernel/defined';
import { createHttpClient, type HttpClient, type HttpLimits, type HttpWatch } from '../outside/http-client/http-client';
import { unlessUnreachable } from '../outside/http-client/unreachable';
import { agentFor } from '../outside/http-client/pinned-agent';
import {
  type Authority,
  createAuthority,
  createHttpWitness,
  type Exchange,
  NoAnswer,
  type NoteVerifier,
  type Witness,
} from '@tichet-albastru/signed-log';

/** A witness that another organisation runs, as the installation was told of it. */
export type WitnessAt = {
  readonly name: string;
  /** the submission prefix, before `/add-checkpoint` */
  readonly url: string;
  readonly verifier: NoteVerifier;
  /** in a network of ours: an address inside may be asked */
  readonly private: boolean;
};

type Asking = { readonly watch?: HttpWatch; readonly limits?: HttpLimits };
type Closing = { readonly close: () => Promise<void> };

const witnessLimits: HttpLimits = { connect: 3_000, headers: 10_000, body: 10_000, whole: 15_000 };
const mostBytesOfAWitness = 64 * 1024;
const authorityLimits: HttpLimits = { connect: 5_000, headers: 15_000, body: 15_000, whole: 20_000 };
/** A token with its chain of certificates has a few kilobytes. */
const mostBytesOfAnAuthority = 256 * 1024;

/** Each byte of an answer is kept as one character. */
const encoding = 'latin1';

const exchangeOver =
  (client: HttpClient): Exchange =>
  async (request) => {
    const asked = client.ask({ ...request, headers: { ...request.headers, 'user-agent': 'tichet-albastru' } });
    const { status, body } = await unlessUnreachable(asked, ({ code }) => {
      throw new NoAnswer(code);
    });
    return { status, body: Buffer.from(body, encoding) };
  };

/** A witness that another organisation runs: one in a network of ours may have an address inside, any other must not. */
export const openHttpWitness = (
  { name, url, verifier, private: ours }: WitnessAt,
  { watch, limits = witnessLimits }: Asking = {},
): Witness & Closing => {
  const agent = agentFor(ours, limits.connect);
  const mostBytes = mostBytesOfAWitness;
  const client = createHttpClient(`witness-${name}`, url, { limits, mostBytes, agent, encoding, ...defined({ watch }) });
  return { ...createHttpWitness({ name, verifier }, exchangeOver(client)), close: () => client.close() };
};

export const openTimeStampAuthority = (url: string, { watch, limits = authorityLimits }: Asking = {}): Authority & Closing => {
  const { origin, pathname, search } = new URL(url);
  const mostBytes = mostBytesOfAnAuthority;
  const client = createHttpClient('time-stamp', origin, { limits, mostBytes, encoding, ...defined({ watch }) });
  const exchange = exchangeOver(client);
  return { ...createAuthority((request) => exchange({ ...request, path: pathname + search })), close: () => client.close() };
};
