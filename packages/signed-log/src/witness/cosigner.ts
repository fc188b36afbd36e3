import { oneAtATime } from '@tichet-albastru/kernel/turns';
import { checkpointOf, verifiedCheckpoint, type SignedCheckpoint } from '../checkpoint';
import { signatureLine, signedNoteOf, verifiedBy, verifiedLine, type NoteSigner, type NoteVerifier } from '../signed-note';
import { emptyRoot, isConsistent } from '../merkle-tree';
import type { Answer, Clock, Submission } from './witness';

/** Where a witness keeps what it cosigned last, one signed note a log. */
export type WitnessMemory = {
  /** `undefined` for a log that it has never seen; `forgot` when it must have cosigned and the note is gone */
  last(origin: string): Promise<{ readonly note: string } | 'forgot' | undefined>;
  /** Durable when it answers. */
  keep(origin: string, note: string): Promise<void>;
};

/** A witness: cosigns checkpoints of the logs that it was told of, and never two that contradict each other. */
export type Cosigner = { cosign(submission: Submission): Promise<Answer> };

const nothingYet = { size: 0, root: emptyRoot };

/** The checks of C2SP tlog-witness, in its order, against what was cosigned last. */
const judge = (
  last: Pick<SignedCheckpoint, 'size' | 'root'>,
  now: Pick<SignedCheckpoint, 'size' | 'root'>,
  { oldSize, proof }: Submission,
): Answer | undefined => {
  if (oldSize > now.size) return { kind: 'malformed' };
  if (oldSize !== last.size) return { kind: 'knows', size: last.size };
  if (now.size === last.size && !now.root.equals(last.root)) return { kind: 'knows', size: last.size };
  return isConsistent(last, now, proof) ? undefined : { kind: 'inconsistent' };
};

/**
 * @param options.key an Ed25519 key of algorithm 4, which signs the time with the text
 * @param options.logs the keys that it was told to trust; a log is called as its key is
 */
export const createCosigner = ({
  memory,
  logs,
  key,
  clock,
}: {
  readonly memory: WitnessMemory;
  readonly logs: readonly NoteVerifier[];
  readonly key: NoteSigner;
  readonly clock: Clock;
}): Cosigner => {
  const inTurn = oneAtATime();

  /** A note that was changed, or that another key has signed, says nothing: who cannot believe it must not go on as if there were none. */
  const lastOf = async (log: NoteVerifier): Promise<Pick<SignedCheckpoint, 'size' | 'root'> | 'forgot'> => {
    const last = await memory.last(log.name);
    if (last === undefined) return nothingYet;
    const checkpoint = last === 'forgot' ? undefined : verifiedCheckpoint(last.note, log);
    return checkpoint !== undefined && verifiedLine(checkpoint.note, key) !== undefined ? checkpoint : 'forgot';
  };

  const cosign = async (submission: Submission): Promise<Answer> => {
    const signed = signedNoteOf(submission.note);
    const checkpoint = signed && checkpointOf(signed.text);
    if (signed === undefined || checkpoint === undefined) return { kind: 'malformed' };
    const ofThisName = logs.filter(({ name }) => name === checkpoint.origin);
    if (ofThisName.length === 0) return { kind: 'log-not-known' };
    const log = ofThisName.find((verifier) => verifiedBy(signed, verifier) !== undefined);
    const line = log && verifiedLine(submission.note, log);
    if (log === undefined || line === undefined) return { kind: 'key-not-known' };
    const last = await lastOf(log);
    if (last === 'forgot') return { kind: 'forgot' };
    const refused = judge(last, checkpoint, submission);
    if (refused !== undefined) return refused;
    const lines = signatureLine(signed.text, key, Date.parse(clock.now()));
    // lines of keys that it does not know are not its own to keep
    await memory.keep(checkpoint.origin, `${signed.text}\n${line}${lines}`);
    return { kind: 'cosigned', lines };
  };

  return {
    // looking at what was cosigned last and keeping the next are one: of two at once, the second sees what the first has kept
    cosign: (submission) => inTurn(() => cosign(submission)),
  };
};
