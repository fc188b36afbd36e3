import { defined } from '@tichet-albastru/kernel/defined';
import { unlessThrown } from '@tichet-albastru/kernel/error-code';
import { oneAtATime } from '@tichet-albastru/kernel/turns';
import { verifiedCheckpoint, type SignedCheckpoint } from '../checkpoint';
import { signedNoteOf, verifiedLine, verifierLine, type NoteVerifier } from '../signed-note';
import type { CheckpointStore } from '../checkpoint-store';
import type { SignedLogFault } from '../not-as-signed';
import { wholeTilesOf, nodesInTiles, TileMissing } from '../tiles';
import { consistencyProof, isConsistent, rootOf } from '../merkle-tree';
import { WitnessUnavailable, type Answer, type Clock, type Submission, type Witness } from './witness';
import { readOutsideStatus, writeOutsideStatus, type Contradiction, type KeyValues, type OutsideStatus } from '../outside-status';

/** A proof looks at two or three tiles a level. */
const tilesOfAProof = 32;

/** Keeps the newest cosigned checkpoint, with the lines of all witnesses that have cosigned it. One at a time. */
export type KeepCosigned = (cosigned: { readonly note: string; readonly line: string; readonly by: NoteVerifier }) => Promise<void>;

const withLine = (note: string, line: string, by: NoteVerifier): string => {
  const before = verifiedLine(note, by);
  return before === undefined ? `${note}${line}` : note.replace(before, line);
};

/** @param log the key of our own log */
export const createKeepCosigned = (checkpoints: Pick<CheckpointStore, 'get' | 'put'>, log: NoteVerifier): KeepCosigned => {
  const inTurn = oneAtATime();
  const keep: KeepCosigned = async ({ note, line, by }) => {
    const ours = verifiedCheckpoint(note, log);
    if (ours === undefined) throw new TypeError('What was cosigned is no checkpoint of this log.');
    const kept = await checkpoints.get('witnessed');
    const standing = kept === undefined ? undefined : verifiedCheckpoint(kept, log);
    if (standing !== undefined && standing.size > ours.size) return;
    const isSame = standing !== undefined && signedNoteOf(standing.note)?.text === signedNoteOf(note)?.text;
    await checkpoints.put('witnessed', withLine(isSame ? standing.note : note, line, by));
  };
  return (cosigned) => inTurn(() => keep(cosigned));
};

/** Whether the tree that we signed last has another beginning. Tiles that are being made anew tell nothing. */
const beginsOtherwise = async (
  checkpoints: CheckpointStore,
  ours: SignedCheckpoint,
  shown: Pick<SignedCheckpoint, 'size' | 'root'>,
): Promise<boolean> => {
  if (shown.size === 0) return false;
  if (shown.size === ours.size) return !shown.root.equals(ours.root);
  const read = nodesInTiles(wholeTilesOf(checkpoints, tilesOfAProof));
  return unlessThrown(TileMissing, false, async () => {
    const root = await rootOf(read, shown.size);
    const isOurs = isConsistent({ size: shown.size, root }, ours, await consistencyProof(read, shown.size, ours.size));
    return isOurs && !root.equals(shown.root);
  });
};

/**
 * A witness that refuses may err, or lie. One that shows a checkpoint which our own key has signed, and with which our log does not begin,
 * need not be believed: we see for ourselves.
 * @returns `undefined` when it shows nothing of the kind
 */
export const contradictionView = async (
  { checkpoints, log }: { readonly checkpoints: CheckpointStore; readonly log: NoteVerifier },
  witness: Witness,
  signal: AbortSignal,
): Promise<SignedLogFault | undefined> => {
  const note = await unlessThrown(WitnessUnavailable, undefined, () => witness.shown(log, signal));
  const shown = note === undefined ? undefined : verifiedCheckpoint(note, log);
  // read after the witness's checkpoint: all that was signed before is in the checkpoint store by now
  const ours = verifiedCheckpoint((await checkpoints.newest()) ?? '', log);
  if (shown === undefined || ours === undefined) return undefined;
  if (shown.size <= ours.size && !(await beginsOtherwise(checkpoints, ours, shown))) return undefined;
  return { reason: 'witness-contradicts', number: shown.size, root: shown.root.toString('hex') };
};

/** A witness does not confirm our log: the log was set back or replaced, or the witness has lost its state. An operator must look. */
export type WitnessFault = {
  readonly witness: string;
  readonly reason: Contradiction;
  /** leaves of our checkpoint */
  readonly size: number;
  /** leaves of what the witness cosigned, where it said so */
  readonly known?: number;
};

/** Who is told of contradictions; what is said is said once. */
export type Refusals = {
  readonly refused: (fault: WitnessFault) => Promise<void>;
  /** The witness has cosigned again: what it contradicted was put right. */
  readonly agreedAgain: (witness: string) => Promise<void>;
};

export type Witnessed = {
  readonly checkpoints: CheckpointStore;
  /** the key of our log */
  readonly log: NoteVerifier;
  readonly keyValues: KeyValues;
  readonly keep: KeepCosigned;
  readonly clock: Clock;
  readonly refusals: Refusals;
  /** Who is told when a witness does not only say so, but shows what our own key has signed. Told again at each look. */
  readonly contradicted: (fault: SignedLogFault) => Promise<void>;
};

type Asked =
  | { readonly kind: 'cosigned'; readonly line: string; readonly by: NoteVerifier }
  | { readonly kind: 'refused'; readonly reason: Contradiction; readonly known?: number };

const submit = async (
  { checkpoints }: Witnessed,
  witness: Witness,
  { note, size, root }: SignedCheckpoint,
  oldSize: number,
  signal: AbortSignal,
): Promise<Answer> => {
  const read = nodesInTiles(wholeTilesOf(checkpoints, tilesOfAProof));
  // of a checkpoint that is longer than ours nothing can be shown: the witness is asked what it knows
  const from = oldSize > size ? 0 : oldSize;
  const proof = from === 0 ? [] : await consistencyProof(read, from, size);
  // tiles that are being made anew must not lead to a false alarm
  if (from > 0 && !isConsistent({ size: from, root: await rootOf(read, from) }, { size, root }, proof))
    throw new WitnessUnavailable('own-tiles-not-whole');
  const submission: Submission = { note, oldSize: from, proof };
  return witness.cosign(submission, signal);
};

/** @throws WitnessUnavailable */
const ask = async (
  kept: Witnessed,
  witness: Witness,
  checkpoint: SignedCheckpoint,
  standing: OutsideStatus,
  signal: AbortSignal,
): Promise<Asked> => {
  const by = await witness.verifier(standing.key);
  if (by === 'forgot') return { kind: 'refused', reason: 'forgot' };
  let answer = await submit(kept, witness, checkpoint, standing.size, signal);
  if (answer.kind === 'knows') {
    const { size: known } = answer;
    if (known > checkpoint.size) return { kind: 'refused', reason: 'knows-longer-log', known };
    if (known < standing.size) return { kind: 'refused', reason: 'forgot', known };
    if (known === checkpoint.size && standing.size === known) return { kind: 'refused', reason: 'knows-other-log', known };
    // it has cosigned what this side did not get to keep, or cosigns for the first time
    answer = await submit(kept, witness, checkpoint, known, signal);
    if (answer.kind === 'knows' && answer.size === known && known === checkpoint.size)
      return { kind: 'refused', reason: 'knows-other-log', known };
  }
  switch (answer.kind) {
    case 'cosigned': {
      const line = verifiedLine(`${signedNoteOf(checkpoint.note)?.text ?? ''}\n${answer.lines}`, by);
      if (line === undefined) throw new WitnessUnavailable('answer-not-believed');
      return { kind: 'cosigned', line, by };
    }
    case 'inconsistent':
      return { kind: 'refused', reason: 'knows-other-log' };
    case 'forgot':
      return { kind: 'refused', reason: 'forgot' };
    default:
      throw new WitnessUnavailable(answer.kind);
  }
};

/**
 * Has the newest checkpoint cosigned, and keeps what was cosigned.
 * @param options.again asks also when there is nothing newer than what the witness has cosigned by our own account, which may have been set back
 * @throws WitnessUnavailable, TileMissing
 */
export const witnessNewest = async (
  kept: Witnessed,
  witness: Witness,
  { again, signal }: { readonly again: boolean; readonly signal: AbortSignal },
): Promise<'nothing-new' | 'cosigned' | 'refused'> => {
  const { checkpoints, log, keyValues, clock, refusals } = kept;
  const note = await checkpoints.newest();
  const checkpoint = note === undefined ? undefined : verifiedCheckpoint(note, log);
  if (checkpoint === undefined) return 'nothing-new';
  const standing = await readOutsideStatus(keyValues, witness.name, witness.place);
  if (standing.size === checkpoint.size && standing.refused === undefined && !again) return 'nothing-new';
  const waiting: OutsideStatus = { ...standing, waitingSince: standing.waitingSince ?? clock.now() };
  // before it is asked: one who never answers has been waited for since then
  if (standing.waitingSince === undefined) await writeOutsideStatus(keyValues, witness.name, waiting);
  const asked = await ask(kept, witness, checkpoint, standing, signal);
  if (asked.kind === 'refused') {
    const { reason, known } = asked;
    // another process of ours may have had a newer one cosigned since this one was read
    if (known !== undefined && reason === 'knows-longer-log' && (await newestSize(kept)) >= known) return 'nothing-new';
    if (standing.refused !== reason) {
      await refusals.refused({ witness: witness.name, reason, size: checkpoint.size, ...defined({ known }) });
      await writeOutsideStatus(keyValues, witness.name, { ...waiting, refused: reason });
    }
    const fault = await contradictionView(kept, witness, signal);
    if (fault !== undefined) await kept.contradicted(fault);
    return 'refused';
  }
  const { line, by } = asked;
  await kept.keep({ note: checkpoint.note, line, by });
  if (standing.refused !== undefined) await refusals.agreedAgain(witness.name);
  const { place } = witness;
  await writeOutsideStatus(keyValues, witness.name, { place, size: checkpoint.size, at: clock.now(), key: verifierLine(by) });
  return 'cosigned';
};

const newestSize = async ({ checkpoints, log }: Witnessed): Promise<number> =>
  verifiedCheckpoint((await checkpoints.newest()) ?? '', log)?.size ?? 0;
