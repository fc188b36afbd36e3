import { defined } from '@tichet-albastru/kernel/defined';
import { type Exchange, type ExchangeRequest, NoAnswer } from '../exchange';
import { type NoteVerifier, verifierLine } from '../signed-note';
import { type Answer, submissionText, type Witness, WitnessUnavailable } from './witness';

/** What our own witness says (500) when it can no longer tell what it cosigned; the protocol has no word for it. */
export const forgotBody = 'state-lost\n';

const sizeIn = (body: string): number | undefined => {
  const [digits] = /^(?:0|[1-9]\d{0,15})(?=\n?$)/u.exec(body) ?? [];
  return digits === undefined || !Number.isSafeInteger(Number(digits)) ? undefined : Number(digits);
};

/** @throws WitnessUnavailable for an answer that C2SP tlog-witness does not know */
const answerOf = (status: number, body: string): Answer => {
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

/**
 * A witness that speaks C2SP tlog-witness. What it says is believed for its signature only, never for the connection.
 * @param exchange with its submission prefix
 */
export const createHttpWitness = (
  { name, verifier }: { readonly name: string; readonly verifier: NoteVerifier },
  exchange: Exchange,
): Witness => {
  const ask = async (request: ExchangeRequest): Promise<{ readonly status: number; readonly body: string }> => {
    try {
      const { status, body } = await exchange(request);
      return { status, body: body.toString() };
    } catch (error) {
      if (error instanceof NoAnswer) throw new WitnessUnavailable(error.reason);
      throw error;
    }
  };
  return {
    name,
    place: verifierLine(verifier),
    verifier: () => Promise.resolve(verifier),
    cosign: async (submission, signal) => {
      const { status, body } = await ask({
        operation: 'add-checkpoint',
        method: 'POST',
        path: '/add-checkpoint',
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: submissionText(submission),
        // the second time it has cosigned this size, and says so
        mayRepeat: true,
        ...defined({ signal }),
      });
      return answerOf(status, body);
    },
    shown: async (log, signal) => {
      const { status, body } = await ask({
        operation: 'show',
        method: 'GET',
        path: '/',
        mayRepeat: false,
        ...defined({ signal }),
      });
      return status === 200 ? noteIn(body, log.name) : undefined;
    },
  };
};
