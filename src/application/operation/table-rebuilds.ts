import type { Instant } from '../../domain/kernel/fact';
import type { Refusal } from '../../domain/kernel/refusal';
import { actorOf, type Asker } from '../kernel/access';
import type { Operations } from '../kernel/ports/operations';
import type { Ports } from '../kernel/ports/ports';
import type { Rebuilt, UnfinishedBuild, UnfinishedBuilds } from '@tichet-albastru/event-log/ports/projection-store';
import { actedFor } from './operator-acts';

/** `failed`: it ended with an error, which the journal tells. */
export type RebuildOutcome = Exclude<Rebuilt, 'interrupted'> | 'failed';

/** That an operator has asked for a table to be filled anew, and what became of it. The last request for each table is kept. */
export type RebuildRequest = {
  readonly at: Instant;
  /** who, as facts name them */
  readonly by: string;
  readonly endedAt?: Instant;
  readonly outcome?: RebuildOutcome;
};

type Kept = { readonly operations: { readonly keyValues: Pick<Operations['keyValues'], 'get' | 'put'> } };

const registerOf = (table: string): string => `table-rebuild/${table}`;
const unfinishedOf = (table: string): string => `table-unfinished/${table}`;
/** Another value with each request: the process that fills tables reads this one, and the others when it has changed. */
const askedRegister = 'table-rebuilds-asked';

const isAsked = (value: unknown): value is RebuildRequest =>
  typeof value === 'object' &&
  value !== null &&
  'at' in value &&
  typeof value.at === 'string' &&
  'by' in value &&
  typeof value.by === 'string';

/** What was asked last of this table; nothing where no rebuild was asked for. */
export const rebuildRequestOf = async ({ operations }: Kept, table: string): Promise<RebuildRequest | undefined> => {
  const value: unknown = JSON.parse((await operations.keyValues.get(registerOf(table))) ?? 'null');
  return isAsked(value) ? value : undefined;
};

export const newestAsking = ({ operations }: Kept): Promise<string | undefined> => operations.keyValues.get(askedRegister);

/**
 * Has the table filled anew beside the one that is read, by the process that fills tables, and by the next such process where that one ends
 * before it is done. Asked again before it is done, it is the same.
 */
export const askForRebuild = (
  ports: Pick<Ports, 'operations' | 'clock' | 'identifiers' | 'logger'>,
  asker: Asker,
  table: string,
): Promise<'asked' | 'already' | Refusal> => {
  const ask = async (): Promise<'asked' | 'already'> => {
    const before = await rebuildRequestOf(ports, table);
    if (before !== undefined && before.outcome === undefined) return 'already';
    const { keyValues } = ports.operations;
    const asked: RebuildRequest = { at: ports.clock.now(), by: actorOf(asker, table).id };
    await keyValues.put(registerOf(table), JSON.stringify(asked));
    await keyValues.put(askedRegister, ports.identifiers.next());
    return 'asked';
  };
  return actedFor(ports, asker, 'table.rebuilt', ask, (outcome) => (outcome === 'asked' ? 1 : 0));
};

export const noteRebuilt = async (ports: Kept & Pick<Ports, 'clock'>, table: string, outcome: RebuildOutcome): Promise<void> => {
  const asked = await rebuildRequestOf(ports, table);
  if (asked === undefined) return;
  await ports.operations.keyValues.put(registerOf(table), JSON.stringify({ ...asked, endedAt: ports.clock.now(), outcome }));
};

const isUnfinished = (value: unknown): value is UnfinishedBuild =>
  typeof value === 'object' &&
  value !== null &&
  'build' in value &&
  typeof value.build === 'number' &&
  'because' in value &&
  (value.because === 'parks-more' || value.because === 'log-lacks');

/** Of the new table of this name that was left standing last: it may be gone since. */
export const unfinishedBuildOf = async ({ operations }: Kept, table: string): Promise<UnfinishedBuild | undefined> => {
  const value: unknown = JSON.parse((await operations.keyValues.get(unfinishedOf(table))) ?? 'null');
  return isUnfinished(value) ? value : undefined;
};

/** Where that is kept, for the process that fills tables. */
export const unfinishedBuilds = ({ operations: { keyValues } }: Pick<Ports, 'operations'>): UnfinishedBuilds => ({
  note: (table, unfinished) => keyValues.put(unfinishedOf(table), JSON.stringify(unfinished)),
  forget: (table) => keyValues.remove(unfinishedOf(table)),
});
