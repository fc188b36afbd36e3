import type { Position, EventStore } from '@tichet-albastru/event-log/ports/event-store';
import type { EventStatus, SignedLog, LogCheckpoint } from '../../../application/kernel/ports/signed-log';
import { numberOf } from '@tichet-albastru/event-log/stores/append-rules';
import { unlessThrown } from '@tichet-albastru/kernel/error-code';
import {
  bytesOfAHash,
  type CheckpointStore,
  createTileMemory,
  hashesOfATile,
  inclusionProof,
  leafHash,
  LogNotAsSigned,
  type NodeHash,
  type NoteVerifier,
  placeNoted,
  rootFromInclusion,
  storedTimeStamp,
  type TileAt,
  TileMissing,
  verifiedCheckpoint,
  verifierLine,
} from '@tichet-albastru/signed-log';
import type { Instant } from '../../../domain/kernel/fact';
import { countsEvents } from './signing';

/** What the sealing process has left in the checkpoint store. @param options.counts where positions of the log count its events */
export const createCurrentSignedLog = ({
  checkpoints,
  verifier,
  counts,
}: {
  readonly checkpoints: CheckpointStore;
  readonly verifier: NoteVerifier;
  readonly counts: boolean;
}): SignedLog => {
  const tiles = createTileMemory(checkpoints);
  let verified: LogCheckpoint | undefined;

  const upTo = (note: string | undefined): LogCheckpoint | undefined => {
    if (note === undefined || note === verified?.note) return note === undefined ? undefined : verified;
    const checkpoint = verifiedCheckpoint(note, verifier);
    if (checkpoint === undefined) throw new LogNotAsSigned({ reason: 'checkpoint-not-ours', number: 0 });
    verified = { size: checkpoint.size, root: checkpoint.root.toString('hex'), note };
    return verified;
  };

  const inTree = (hash: NodeHash, leaf: number, { size, root: signed }: LogCheckpoint): Promise<EventStatus> =>
    unlessThrown<EventStatus, EventStatus>(TileMissing, { kind: 'unreadable', leaf }, async () => {
      const read = tiles.nodesOf(size);
      const proof = await inclusionProof(read, leaf, size);
      const leads = (from: NodeHash): boolean => rootFromInclusion(from, leaf, size, proof)?.toString('hex') === signed;
      if (leads(hash)) return { kind: 'sealed', leaf, proof: proof.map((beside) => beside.toString('hex')) };
      // only a tree that is itself the one that was signed says that the event is another
      return { kind: leads(await read({ level: 0, index: leaf })) ? 'differs' : 'unreadable', leaf };
    });

  const leafOf = async (leaf: NodeHash, position: Position, size: number, likely: number | undefined): Promise<number | undefined> => {
    if (counts) return numberOf(position) - 1;
    const tile = (at: TileAt): Promise<Buffer | undefined> => tiles.tile(at, size);
    return likely !== undefined && (await standsAt(tile, leaf, likely)) ? likely : placeAmongLeaves(tile, leaf, size);
  };

  return {
    verifier: verifierLine(verifier),
    checkpoint: async () => upTo(await checkpoints.newest()),
    witnessed: async () => upTo(await checkpoints.get('witnessed')),
    timeStamped: async () => {
      const kept = storedTimeStamp(await checkpoints.get('time-stamped'));
      const sealed = upTo(kept?.note);
      return kept === undefined || sealed === undefined ? undefined : { ...sealed, token: kept.token };
    },
    standing: async (event, checkpoint, likely): Promise<EventStatus> => {
      const { size } = checkpoint;
      const hash = leafHash(event.hash);
      const leaf = await leafOf(hash, event.position, size, likely);
      if (leaf === undefined) return (await isBehind(checkpoints, event.position, size)) ? { kind: 'not-yet' } : { kind: 'differs' };
      // a position that the service gives none
      if (!(leaf >= 0)) return { kind: 'differs' };
      if (leaf >= size) return { kind: 'not-yet' };
      const remembered = await inTree(hash, leaf, checkpoint);
      if (remembered.kind === 'sealed') return remembered;
      // what was read long ago may have been made anew since
      tiles.forget();
      return inTree(hash, leaf, checkpoint);
    },
  };
};

const standsAt = async (tile: (at: TileAt) => Promise<Buffer | undefined>, leaf: NodeHash, place: number): Promise<boolean> => {
  const kept = await tile({ level: 0, index: Math.floor(place / hashesOfATile) });
  const from = (place % hashesOfATile) * bytesOfAHash;
  return kept?.subarray(from, from + bytesOfAHash).equals(leaf) === true;
};

/** From the newest on: who asks mostly asks about what is new. */
const placeAmongLeaves = async (
  tile: (at: TileAt) => Promise<Buffer | undefined>,
  leaf: NodeHash,
  size: number,
): Promise<number | undefined> => {
  for (let index = Math.floor(size / hashesOfATile); index >= 0; index -= 1) {
    const kept = await tile({ level: 0, index });
    if (kept === undefined) continue;
    for (let at = kept.indexOf(leaf); at !== -1; at = kept.indexOf(leaf, at + 1))
      if (at % bytesOfAHash === 0) return index * hashesOfATile + at / bytesOfAHash;
  }
  return undefined;
};

/** The sealing process notes how far it is after it has signed: what stands behind an older note may be on its way. */
const isBehind = async (checkpoints: CheckpointStore, position: Position, size: number): Promise<boolean> => {
  const resume = placeNoted(await checkpoints.get('resume'));
  return resume === undefined || resume.size < size || position > resume.position;
};

/** How far the log is sealed. */
export type SigningState = {
  /** the public key in one line */
  readonly verifier: string;
  /** events under the newest checkpoint; 0 before the first */
  readonly size: number;
  readonly root?: string;
  /** at most some seconds before it was signed */
  readonly signedAt?: Instant;
  /** newer events; left out where positions do not count them */
  readonly waiting?: number;
  /** events under the newest checkpoint that a witness has cosigned; left out where none has */
  readonly witnessed?: number;
};

/** @throws LogNotAsSigned when the newest checkpoint is not ours */
export const signingState = async (
  signedLog: SignedLog,
  store: EventStore,
  checkpoints: Pick<CheckpointStore, 'get'>,
): Promise<SigningState> => {
  const [newest, witnessed, end] = [await signedLog.checkpoint(), await signedLog.witnessed(), await store.end()];
  const { size = 0, root } = newest ?? {};
  const noted = placeNoted(await checkpoints.get('resume'));
  const waiting = countsEvents(store) ? (end === '' ? 0 : numberOf(end)) - size : noted?.position === end ? 0 : undefined;
  return {
    verifier: signedLog.verifier,
    size,
    ...(root !== undefined && { root }),
    ...(noted?.at !== undefined && { signedAt: noted.at }),
    ...(waiting !== undefined && { waiting: Math.max(0, waiting) }),
    ...(witnessed && { witnessed: witnessed.size }),
  };
};
