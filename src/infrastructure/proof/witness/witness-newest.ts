import type { Clock } from '../../../application/kernel/ports/clock';
import type { Operations } from '../../../application/kernel/ports/operations';
import { defined } from '../../../domain/kernel/defined';
import { type SignedCheckpoint, verifiedCheckpoint } from '../note/checkpoint';
import { type NoteVerifier, signedNoteOf, verifiedLine, verifierLine } from '../note/signed-note';
import type { SealShelf } from '../shelf/seal-shelf';
import { wholeTilesOf } from '../shelf/whole-tiles';
import { consistencyProof, isConsistent, rootOf } from '../tree/proofs';
import { nodesInTiles } from '../tree/tiles';
import type { SealFault } from '../seal/log-not-as-sealed';
import { contradictionShown } from './contradiction-shown';
import type { KeepCosigned } from './keep-cosigned';
import { type Contradiction, type OutsideStanding, readOutsideStanding, writeOutsideStanding } from './outside-standing';
import { type Answer, type Submission, type Witness, WitnessUnavailable } from './witness';

/** A witness does not confirm our log: it was set back or replaced, or the witness has lost what it knew. Somebody must look. */
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
  readonly shelf: SealShelf;
  /** the key of our log */
  readonly log: NoteVerifier;
  readonly registers: Operations['registers'];
  readonly keep: KeepCosigned;
  readonly clock: Clock;
  readonly refusals: Refusals;
  /** Who is told when a witness does not only say so, but shows what our own key has signed. Told again at each look. */
  readonly contradicted: (fault: SealFault) => Promise<void>;
};

type Asked =
  | { readonly kind: 'cosigned'; readonly line: string; readonly by: NoteVerifier }
  | { readonly kind: 'refused'; readonly reason: Contradiction; readonly known?: number };

/** A proof looks at two or three tiles a level. */
const tilesOfAProof = 32;

const submit = async (
  { shelf }: Witnessed,
  witness: Witness,
  { note, size, root }: SignedCheckpoint,
  oldSize: number,
  signal: AbortSignal,
): Promise<Answer> => {
  const read = nodesInTiles(wholeTilesOf(shelf, tilesOfAProof));
  // of a checkpoint that is longer than ours nothing can be shown: the witness is asked what it knows
  const from = oldSize > size ? 0 : oldSize;
  const proof = from === 0 ? [] : await consistencyProof(read, from, size);
  // tiles that are being made anew must accuse nobody
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
  standing: OutsideStanding,
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
  const { shelf, log, registers, clock, refusals } = kept;
  const note = await shelf.newest();
  const checkpoint = note === undefined ? undefined : verifiedCheckpoint(note, log);
  if (checkpoint === undefined) return 'nothing-new';
  const standing = await readOutsideStanding(registers, witness.name, witness.place);
  if (standing.size === checkpoint.size && standing.refused === undefined && !again) return 'nothing-new';
  const waiting: OutsideStanding = { ...standing, waitingSince: standing.waitingSince ?? clock.now() };
  // before it is asked: one who never answers has been waited for since then
  if (standing.waitingSince === undefined) await writeOutsideStanding(registers, witness.name, waiting);
  const asked = await ask(kept, witness, checkpoint, standing, signal);
  if (asked.kind === 'refused') {
    const { reason, known } = asked;
    // another process of ours may have had a newer one cosigned since this one was read
    if (known !== undefined && reason === 'knows-longer-log' && (await newestSize(kept)) >= known) return 'nothing-new';
    if (standing.refused !== reason) {
      await refusals.refused({ witness: witness.name, reason, size: checkpoint.size, ...defined({ known }) });
      await writeOutsideStanding(registers, witness.name, { ...waiting, refused: reason });
    }
    const fault = await contradictionShown(kept, witness, signal);
    if (fault !== undefined) await kept.contradicted(fault);
    return 'refused';
  }
  const { line, by } = asked;
  await kept.keep({ note: checkpoint.note, line, by });
  if (standing.refused !== undefined) await refusals.agreedAgain(witness.name);
  const { place } = witness;
  await writeOutsideStanding(registers, witness.name, { place, size: checkpoint.size, at: clock.now(), key: verifierLine(by) });
  return 'cosigned';
};

const newestSize = async ({ shelf, log }: Witnessed): Promise<number> => verifiedCheckpoint((await shelf.newest()) ?? '', log)?.size ?? 0;
