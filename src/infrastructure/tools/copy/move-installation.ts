import { existsSync, readdirSync } from 'node:fs';
import type { Environment } from '../../config/setting';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { openMasterKey } from '@tichet-albastru/event-log/keys/master-key';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import { acknowledgedHere, faultOf } from '../../proof/acknowledged/watch';
import type { CheckpointStore, SignedLogFault } from '@tichet-albastru/signed-log';
import {
  type CarriedKeys,
  type CarriedSeal,
  carryKeys,
  carrySeal,
  forgetPlace,
  type OtherKey,
  otherSealKey,
  proveSeal,
  type SealProved,
} from './carry';
import { carryOperations } from './carry-operations';
import { copyLog, type Copied, type CopyOutcome, type CopyProgress } from './copy-log';
import { openInstallations, type Moved } from './open-installations';
import {
  contentsOf,
  dataFolder,
  masterKeyFileFor,
  sameStore,
  storeNamed,
  type Contents,
  type NotAStore,
  type StoreName,
} from './store-named';
import { inBoth } from '../../phrasing/sentences';

/** Left out where both logs have the same keys and operations: there is nothing to carry. */
export type CarriedContents = { readonly keys: CarriedKeys; readonly operations: Readonly<Record<string, number>> };
export type InstallationMoved = {
  readonly kind: 'moved';
  readonly log: Copied;
  readonly carried?: CarriedContents;
  /** what the copied log leads to, and that it is what was signed; left out where nothing was ever sealed, or the seals stayed where they are */
  readonly seal?: SealProved;
  /** another process wrote to the source meanwhile: what came behind `log.until` is not in the target */
  readonly sourceGrew: boolean;
  /** who was shown what while the log was read-only: files that the next start appends, and that a person carries; left out where there are none */
  readonly waitingReadings?: { readonly folder: string; readonly count: number };
};
export type NothingThere = { readonly kind: 'nothing-there'; readonly folder: string };
/** The logs are the same, and are not what was signed. */
export type NotAsSealed = { readonly kind: 'not-as-sealed'; readonly fault: SignedLogFault };
/** The source lacks what was acknowledged: a copy of it would not show the loss. Nothing was written. */
export type SourceLacks = { readonly kind: 'source-lacks'; readonly fault: SignedLogFault };
export type MoveOutcome =
  InstallationMoved | NotAsSealed | SourceLacks | Exclude<CopyOutcome, Copied> | OtherKey | NothingThere | NotAStore;

type Named = { readonly logs: Moved<StoreName>; readonly belongings: Moved<Contents> };

const named = (names: Moved<string>, environment: Environment): Named | NotAStore => {
  const [from, to] = [storeNamed(names.from, environment), storeNamed(names.to, environment)];
  if (from.kind === 'not-a-store') return from;
  if (to.kind === 'not-a-store') return to;
  if (sameStore(from, to)) return { kind: 'not-a-store', ...inBoth.copy.moveInstallation.sourceTargetSameStore };
  const [fromBelongings, toBelongings] = [contentsOf(from, environment), contentsOf(to, environment)];
  if (fromBelongings.kind === 'not-a-store') return fromBelongings;
  if (toBelongings.kind === 'not-a-store') return toBelongings;
  return { logs: { from, to }, belongings: { from: fromBelongings, to: toBelongings } };
};

/** The folder in which something is missing that the source must have. */
const withoutData = ({ logs, belongings }: Named): string | undefined => {
  const missing = (place: StoreName, files: readonly (typeof dataFiles)[keyof typeof dataFiles][]): string | undefined =>
    place.kind === 'sqlite' && !files.every((file) => existsSync(pathIn(place.folder, file))) ? place.folder : undefined;
  return missing(logs.from, [dataFiles.events]) ?? missing(belongings.from, [dataFiles.operations, dataFiles.keys]);
};

const waitingReadingsOf = (dataFolder: string): Pick<InstallationMoved, 'waitingReadings'> => {
  const folder = pathIn(dataFolder, dataFiles.waitingReadings);
  const count = existsSync(folder) ? readdirSync(folder).length : 0;
  return count === 0 ? {} : { waitingReadings: { folder, count } };
};

/** What the process that served the source from this folder has acknowledged, and the source does not hold. */
const lackOf = async (from: EventStore, folder: string): Promise<SignedLogFault | undefined> => {
  const { missing } = await acknowledgedHere(from, folder);
  return missing && faultOf(from, missing);
};

/**
 * Copies a log with what belongs to it: the keys before the events that need them, and the operational state. Nothing is written before
 * the target was compared with the source. Run again, it goes on where it was ended.
 * @throws DataFolderInUse while a service runs on a data folder of either side; EventStoreUnavailable and others for outages
 */
export const moveInstallation = async ({
  names,
  environment,
  signal,
  progress,
}: {
  readonly names: Moved<string>;
  readonly environment: Environment;
  readonly signal?: AbortSignal;
  readonly progress?: CopyProgress;
}): Promise<MoveOutcome> => {
  const places = named(names, environment);
  if ('kind' in places) return places;
  const folder = withoutData(places);
  if (folder !== undefined) return { kind: 'nothing-there', folder };
  const { logs, belongings } = places;
  const folders = new Set(
    [logs.from, logs.to, belongings.from, belongings.to].flatMap((place) => (place.kind === 'sqlite' ? [place.folder] : [])),
  );
  const masterKey = (): Buffer => openMasterKey(masterKeyFileFor(belongings.from, environment), { create: false });
  const houses = await openInstallations(logs, folders, masterKey);
  try {
    const lacks = await lackOf(houses.from, belongings.from.kind === 'sqlite' ? belongings.from.folder : dataFolder(environment));
    if (lacks !== undefined) return { kind: 'source-lacks', fault: lacks };
    let carried: CarriedContents | undefined;
    let sealed: { readonly seal: CarriedSeal; readonly checkpoints: CheckpointStore } | undefined;
    const carry = async (): Promise<OtherKey | undefined> => {
      if (sameStore(belongings.from, belongings.to)) {
        // positions of the one log say nothing of the other
        await forgetPlace(await houses.seals(belongings.to));
        await houses.forgetTables(belongings.to);
        return undefined;
      }
      const { from, to } = await houses.belongings(belongings);
      const otherSeal = await otherSealKey({ from: from.seal, to: to.seal });
      if (otherSeal !== undefined) return otherSeal;
      const keys = await carryKeys({ from: from.keys, to: to.keys, masterKey: masterKey() });
      if (keys.kind === 'other-key') return keys;
      const seal = await carrySeal({ from: from.seal, to: to.seal });
      sealed = seal && { seal, checkpoints: to.seal.checkpoints };
      carried = { keys, operations: await carryOperations({ from: from.operations, to: to.operations }) };
      return undefined;
    };
    const { from, to, append } = houses;
    const log = await copyLog<OtherKey>({ from, to, append, prepare: carry, ...(signal && { signal }), ...(progress && { progress }) });
    if (log.kind !== 'copied') return log;
    const sourceGrew = (await from.end()) > log.until;
    const waiting = waitingReadingsOf(belongings.from.kind === 'sqlite' ? belongings.from.folder : dataFolder(environment));
    const seal = sealed && (await proveSeal(to, sealed.checkpoints, sealed.seal));
    if (seal && 'fault' in seal) {
      // a source that is still written to was sealed further than it was copied
      if (!sourceGrew) return { kind: 'not-as-sealed', fault: seal.fault };
      return { kind: 'moved', log, ...(carried && { carried }), ...waiting, sourceGrew };
    }
    return { kind: 'moved', log, ...(carried && { carried }), ...(seal && { seal }), ...waiting, sourceGrew };
  } finally {
    await houses.close();
  }
};
