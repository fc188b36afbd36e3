import { EventLogCorrupt, type EventStore, type Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { numberOf, positionOf } from '@tichet-albastru/event-log/stores/append-rules';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import {
  type CheckpointStore,
  createFrontier,
  hashesOfATile,
  hashIn,
  leafHash,
  type NodeHash,
  nodesInTiles,
  type NoteVerifier,
  placeNoted,
  type SignedLogFault,
  storedTimeStamp,
  TileMissing,
  verifiedCheckpoint,
  wholeNodesOf,
} from '@tichet-albastru/signed-log';
import { countsEvents } from './signing';

const mostLookedAt = 1000;

type Sealed = { readonly store: EventStore; readonly checkpoints: CheckpointStore; readonly key: NoteVerifier };
/** The newest events under the checkpoint, and how many stand before them. */
type Newest = { readonly before: number; readonly events: readonly Recorded[] };

/**
 * Whether the newest sealed events are those that were signed, and the log is not shorter: what a start can know without reading the
 * whole log. Older events were verified when they were sealed, and are verified again on demand. Missing or damaged tiles are no fault of
 * the log: the sealing process makes them anew, and tells when the log does not lead to what was signed. Missing checkpoints are a fault:
 * the next one would be signed over any log that is there.
 */
export const newestSignedFault = async ({ store, checkpoints, key }: Sealed, most = mostLookedAt): Promise<SignedLogFault | undefined> => {
  // before the checkpoints: it is noted after they were signed
  const noted = await sizeNoted(checkpoints, key);
  const note = await checkpoints.newest();
  const signed = note === undefined ? undefined : verifiedCheckpoint(note, key);
  if (note !== undefined && signed === undefined) return { reason: 'checkpoint-not-ours', number: 0 };
  if (noted > (signed?.size ?? 0)) return { reason: 'checkpoint-missing', number: (signed?.size ?? 0) + 1 };
  if (signed === undefined) return undefined;
  const newest = countsEvents(store)
    ? await newestCounted(store, signed.size, most)
    : await newestNoted(store, checkpoints, signed.size, most);
  if (newest === undefined || 'reason' in newest) return newest;
  const changed = newest.events.findIndex((event) => hashEvent(event) !== event.hash);
  const leaves = newest.events.map(({ hash }) => leafHash(hash));
  try {
    const root = await rootBehind(checkpoints, newest.before, leaves);
    const at = changed !== -1 ? changed : root.equals(signed.root) ? -1 : await firstOther(checkpoints, newest, leaves, signed.root);
    if (at === -1) return undefined;
    // what is missing moves everything before it: there the place is told from the front, as a reader of the whole log tells it
    const fromTheFront = changed === -1 && !countsEvents(store) ? await firstOfAll(store, checkpoints, signed.size) : undefined;
    return fromTheFront ?? faultAt(newest, at, changed === -1 ? 'other-event' : 'hash-differs');
  } catch (error) {
    if (!(error instanceof TileMissing)) throw error;
    return changed === -1 ? undefined : faultAt(newest, changed, 'hash-differs');
  }
};

/** How much was signed according to the other records: a person who removes checkpoints would have to change all of these too. */
const sizeNoted = async (checkpoints: CheckpointStore, key: NoteVerifier): Promise<number> => {
  const resume = placeNoted(await checkpoints.get('resume'));
  const notes = [await checkpoints.get('witnessed'), storedTimeStamp(await checkpoints.get('time-stamped'))?.note];
  const sizes = notes.map((note) => (note === undefined ? undefined : verifiedCheckpoint(note, key))?.size ?? 0);
  return Math.max(resume?.size ?? 0, ...sizes);
};

const faultAt = ({ before, events }: Newest, place: number, reason: SignedLogFault['reason']): SignedLogFault => {
  const event = events[place];
  return {
    reason,
    number: before + place + 1,
    ...(event && { eventId: event.id, stream: event.stream, revision: event.revision }),
  };
};

const newestCounted = async (store: EventStore, size: number, most: number): Promise<Newest | SignedLogFault> => {
  const end = await store.end();
  const there = end === '' ? 0 : numberOf(end);
  if (there < size) return { reason: 'log-shorter', number: there + 1 };
  const before = Math.max(0, size - most);
  const events: Recorded[] = [];
  try {
    for await (const event of store.readAll({ ...(before > 0 && { after: positionOf(before) }), limit: size - before })) {
      if (numberOf(event.position) !== before + events.length + 1) break;
      events.push(event);
    }
  } catch (error) {
    if (!(error instanceof EventLogCorrupt)) throw error;
  }
  return events.length === size - before ? { before, events } : { reason: 'event-missing', number: before + events.length + 1 };
};

/** Where positions do not count the events, the note of the sealing process says where the last sealed one stands. */
const newestNoted = async (
  store: EventStore,
  checkpoints: CheckpointStore,
  size: number,
  most: number,
): Promise<Newest | SignedLogFault | undefined> => {
  const noted = placeNoted(await checkpoints.get('resume'));
  if (noted?.size !== size || store.newestEvents === undefined) return undefined;
  if ((await store.end()) < noted.position) return { reason: 'log-shorter', number: size };
  const events = (await store.newestEvents(most)).filter(({ position }) => position <= noted.position).slice(-size);
  if (events.length === 0) return undefined;
  if (events.at(-1)?.position !== noted.position) return { reason: 'event-missing', number: size };
  return { before: size - events.length, events };
};

/** The first event of the whole log that is not the one of its leaf; nothing where the tiles do not tell. */
const firstOfAll = async (store: EventStore, checkpoints: CheckpointStore, size: number): Promise<SignedLogFault | undefined> => {
  let number = 0;
  let tile: Buffer | undefined;
  for await (const event of store.readAll({ limit: size })) {
    if (number % hashesOfATile === 0) tile = await checkpoints.tile({ level: 0, index: Math.floor(number / hashesOfATile) });
    const leaf = tile && hashIn(tile, number % hashesOfATile);
    if (leaf === undefined) return undefined;
    number += 1;
    const { id: eventId, stream, revision } = event;
    if (!leafHash(event.hash).equals(leaf)) return { reason: 'other-event', number, eventId, stream, revision };
  }
  return { reason: 'log-shorter', number: number + 1 };
};

/** The root of the tree whose first leaves are in tiles, and whose others are these. @throws TileMissing */
const rootBehind = async (checkpoints: CheckpointStore, before: number, leaves: readonly NodeHash[]): Promise<NodeHash> => {
  const read = nodesInTiles((at) => checkpoints.tile(at));
  const standing: NodeHash[] = [];
  for (const node of wholeNodesOf(before)) standing.push(await read(node));
  const frontier = createFrontier(before, standing);
  for (const leaf of leaves) frontier.append(leaf);
  return frontier.root();
};

/** The first event that is not the one of its leaf, where the tiles are those that were signed; -1 where they are not. @throws TileMissing */
const firstOther = async (
  checkpoints: CheckpointStore,
  { before }: Newest,
  leaves: readonly NodeHash[],
  signed: NodeHash,
): Promise<number> => {
  const kept: NodeHash[] = [];
  let tile: Buffer | undefined;
  for (let leaf = before; leaf < before + leaves.length; leaf += 1) {
    const at = { level: 0, index: Math.floor(leaf / hashesOfATile) };
    if (tile === undefined || leaf % hashesOfATile === 0) tile = await checkpoints.tile(at);
    const hash = tile && hashIn(tile, leaf % hashesOfATile);
    if (hash === undefined) throw new TileMissing(at);
    kept.push(hash);
  }
  if (!(await rootBehind(checkpoints, before, kept)).equals(signed)) return -1;
  return kept.findIndex((hash, place) => leaves[place]?.equals(hash) !== true);
};
