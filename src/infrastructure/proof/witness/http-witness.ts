import { Agent } from 'undici';
import { defined } from '../../../domain/kernel/defined';
import { createPeer, type PeerAnswer, type PeerLimits, type PeerWatch } from '../../outside/http-client/peer';
import { PeerSilent } from '../../outside/http-client/peer-silent';
import { pinnedAgent } from '../../outside/http-client/pinned-agent';
import { type NoteVerifier, verifierLine } from '../note/signed-note';
import { submissionText } from './submission-text';
import { type Answer, type Witness, WitnessUnavailable } from './witness';

/** A witness that somebody else runs, as the installation was told of it. */
export type WitnessAt = {
  readonly name: string;
  /** the submission prefix, before `/add-checkpoint` */
  readonly url: string;
  readonly verifier: NoteVerifier;
  /** in a network of ours: an address inside may be asked */
  readonly private: boolean;
};

const usualLimits: PeerLimits = { connect: 3_000, headers: 10_000, body: 10_000, whole: 15_000 };
const mostBytes = 64 * 1024;

/** What our own witness says (500) when it can no longer tell what it cosigned; the protocol has no word for it. */
export const forgotBody = 'state-lost\n';

const sizeIn = (body: string): number | undefined => {
  const [digits] = /^(?:0|[1-9]\d{0,15})(?=\n?$)/u.exec(body) ?? [];
  return digits === undefined || !Number.isSafeInteger(Number(digits)) ? undefined : Number(digits);
};

/** @throws WitnessUnavailable for an answer that C2SP tlog-witness does not know */
const answerOf = ({ status, body }: PeerAnswer): Answer => {
  if (status === 200) return { kind: 'cosigned', lines: body };
  const size = status === 409 ? sizeIn(body) : undefined;
  if (size !== undefined) return { kind: 'knows', size };
  if (status === 422) return { kind: 'inconsistent' };
  if (status === 404) return { kind: 'log-not-known' };
  if (status === 403) return { kind: 'key-not-known' };
  if (status === 400) return { kind: 'malformed' };
  if (status === 500 && body === forgotBody) return { kind: 'forgot' };
  throw new WitnessUnavailable(String(status));
};

/** The first note among other text whose first line is the name of the log. */
const noteIn = (body: string, origin: string): string | undefined => {
  const parts = body.split('\n\n');
  const at = parts.findIndex((part) => part.startsWith(`${origin}\n`));
  const [text, signatures] = [parts[at], parts[at + 1]];
  return text === undefined || signatures === undefined ? undefined : `${text}\n\n${signatures.replace(/\n$/u, '')}\n`;
};

/** A witness that speaks C2SP tlog-witness. What it says is believed for its signature only, never for the connection. */
export const createHttpWitness = (
  { name, url, verifier, private: ours }: WitnessAt,
  { watch, limits = usualLimits }: { readonly watch?: PeerWatch; readonly limits?: PeerLimits } = {},
): Witness & { readonly close: () => Promise<void> } => {
  const agent = ours
    ? new Agent({ connections: 1, connect: { timeout: limits.connect } })
    : pinnedAgent({ permittedNetworks: [], connections: 1, connectMilliseconds: limits.connect });
  const peer = createPeer(`witness-${name}`, url, { limits, mostBytes, agent, ...defined({ watch }) });
  return {
    name,
    place: verifierLine(verifier),
    verifier: () => Promise.resolve(verifier),
    cosign: async (submission, signal) => {
      try {
        return answerOf(
          await peer.ask({
            operation: 'add-checkpoint',
            method: 'POST',
            path: '/add-checkpoint',
            headers: { 'content-type': 'text/plain; charset=utf-8', 'user-agent': 'tichet-albastru' },
            body: submissionText(submission),
            // the second time it has cosigned this size, and says so
            mayRepeat: true,
            ...defined({ signal }),
          }),
        );
      } catch (error) {
        if (error instanceof PeerSilent) throw new WitnessUnavailable(error.code);
        throw error;
      }
    },
    shown: async (log, signal) => {
      const asked = {
        operation: 'show',
        method: 'GET',
        path: '/',
        headers: { 'user-agent': 'tichet-albastru' },
        mayRepeat: false,
      } as const;
      try {
        const { status, body } = await peer.ask({ ...asked, ...defined({ signal }) });
        return status === 200 ? noteIn(body, log.name) : undefined;
      } catch (error) {
        if (error instanceof PeerSilent) throw new WitnessUnavailable(error.code);
        throw error;
      }
    },
    close: () => peer.close(),
  };
};
