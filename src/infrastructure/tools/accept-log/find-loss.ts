import type { Operations } from '../../../application/kernel/ports/operations';
import { type EventStore, namesOfDamaged } from '@tichet-albastru/event-log/ports/event-store';
import type { ProjectionStore } from '@tichet-albastru/event-log/ports/projection-store';
import type { GoneFact } from '../../../domain/ops/ops';
import { ticketStream } from '../../../domain/ticket/facts';
import { type AcceptedLogs, acceptedLogs, isAcceptedAsGone } from '../../proof/accepted-logs';
import { keptMissing } from '../../proof/acknowledged/kept-missing';
import type { Missing } from '../../proof/acknowledged/missing';
import { acknowledgedHere, faultOf } from '../../proof/acknowledged/watch';
import { missingKey, type RaisedAlarm } from '../../proof/alarm/log-alarm';
import { isOfTheChain, type LogFault } from '../../proof/verify/log-fault';
import { logBehindPort } from '../../proof/verify/stored-log';
import { verifyLog } from '../../proof/verify/verify-log';
import { checkpointOf, type CheckpointStore, noteVerifierOf, placeNoted, signedNoteOf } from '@tichet-albastru/signed-log';
import type { CarriedRows } from '../copy/carry-operations';
import { compareWithLog, whatOthersSay } from './compare-log';
import type { Loss } from './plan.codec';
import type { SealInPlace } from './seal-aside';

/** `whole`: no record here knows of a loss. `contradicts-itself`: no tree can be built over this log. */
export type Found =
  | { readonly kind: 'loss'; readonly loss: Loss }
  | { readonly kind: 'whole' }
  | { readonly kind: 'contradicts-itself'; readonly fault: LogFault };

export type Examined = {
  readonly dataFolder: string;
  readonly store: EventStore;
  readonly operations: Pick<Operations, 'keyValues'>;
  readonly operationRows: Pick<CarriedRows, 'after'>;
  readonly rows: Pick<ProjectionStore, 'builds' | 'page'>;
  readonly seal: Pick<SealInPlace, 'checkpoints' | 'known'>;
};

/** What was signed last, regardless of the signer: the other records may know of more. */
const signedLast = async (
  checkpoints: CheckpointStore,
): Promise<{ readonly sealed: number; readonly noted: number; readonly root?: string }> => {
  const note = signedNoteOf((await checkpoints.newest()) ?? '');
  const newest = note && checkpointOf(note.text);
  const sealed = newest?.size ?? 0;
  const noted = Math.max(sealed, placeNoted(await checkpoints.get('resume'))?.size ?? 0);
  return { sealed, noted, ...(newest && { root: newest.root.toString('hex') }) };
};

/** What this process has acknowledged, and what others have found to be missing of theirs. */
const missingOf = async ({ dataFolder, store, operations }: Examined, accepted: AcceptedLogs): Promise<Missing | undefined> => {
  const ours = (await acknowledgedHere(store, dataFolder)).missing;
  const others = keptMissing(await operations.keyValues.get(missingKey));
  const events = [...(ours?.events ?? []), ...others.events].filter(
    (event, place, all) =>
      !isAcceptedAsGone(accepted, event) && all.findIndex(({ id, hash }) => id === event.id && hash === event.hash) === place,
  );
  if (events.length === 0) return undefined;
  const behind = [ours?.behind, others.behind].filter((one) => one !== undefined).sort()[0];
  return { events, ...(behind !== undefined && { behind }) };
};

/** Reads the whole log, and everything that may know of more. Nothing is changed. @param alarm that stands */
export const findLoss = async (
  examined: Examined,
  alarm: RaisedAlarm | undefined,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<Found> => {
  const { store, seal, operationRows, rows } = examined;
  const { checkpoints } = seal;
  const known = await seal.known();
  const verifier = noteVerifierOf(known.verifier ?? known.key ?? '');
  const log = logBehindPort(store);
  const asked = { log, checkpoints, onProgress, cut: await namesOfDamaged(store) };
  const faults = verifier === undefined ? [] : (await verifyLog({ ...asked, verifier })).faults;
  // where positions count nothing, what stands behind a hole can be signed without what stood there
  const contradiction = faults.find((fault) => isOfTheChain(fault) && (log.counts || fault.reason !== 'event-missing'));
  if (contradiction !== undefined) return { kind: 'contradicts-itself', fault: contradiction };

  const accepted = await acceptedLogs(store);
  const missing = await missingOf(examined, accepted);
  const { sealed, noted, root } = await signedLast(checkpoints);
  const witnessed = await whatOthersSay(operationRows, rows);
  const common = await compareWithLog(store, witnessed, { checkpoints, sealed });

  const gone: GoneFact[] = (missing?.events ?? []).map(({ stream, revision, id, hash }) => ({ stream, revision, id, hash }));
  const ids = new Set([...accepted.gone.keys(), ...gone.map(({ id }) => id)]);
  for (const [id, ticketId] of witnessed.causes) if (!ids.has(id)) gone.push({ stream: ticketStream(ticketId), id });
  const streams = new Set([...accepted.lost, ...gone].map(({ stream }) => stream));
  for (const stream of [...witnessed.tickets].map(ticketStream)) if (!streams.has(stream)) gone.push({ stream });

  // a loss that only the alarm itself tells of
  const { reason } = alarm?.fault ?? {};
  const shown = reason === 'witness-contradicts' || reason === 'tables-ahead' ? alarm?.fault : undefined;
  const [first] = faults;
  if (gone.length === 0 && first === undefined && shown === undefined) return { kind: 'whole' };
  const events = Math.max(noted, shown?.number ?? 0);
  const signedRoot = shown !== undefined && shown.number > sealed ? shown.root : noted > sealed ? undefined : root;
  // what is signed, gone and named by no record is behind what the log still has of it
  const unnamed = events - common.events - gone.filter(({ revision }) => revision !== undefined).length;
  const behind = missing?.behind ?? (unnamed > 0 || reason === 'tables-ahead' ? common.position : undefined);
  return {
    kind: 'loss',
    loss: {
      alarm: alarm?.fault ?? (missing ? faultOf(store, missing) : { reason: 'acknowledged-missing', number: 0 }),
      known,
      events,
      ...(signedRoot !== undefined && { root: signedRoot }),
      gone,
      ...(behind !== undefined && { behind }),
      common,
    },
  };
};
