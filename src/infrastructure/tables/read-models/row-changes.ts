import type { BuildChange } from '../../../application/kernel/ports/projection-store';
import type { ParkedKey, Row, RowChange } from '../../../application/kernel/ports/read-models';

const dueAtOf = (row: Row | undefined): Pick<RowChange, 'dueAt'> => {
  const dueAt = row?.['dueAt'];
  return typeof dueAt === 'string' ? { dueAt } : {};
};

/** What readers are told of these changes: those of the live builds. */
export const changesOf = (changes: readonly BuildChange[], live: ReadonlySet<number>): readonly RowChange[] =>
  changes.flatMap(({ build, next, writes }) =>
    live.has(build.build) ? writes.map(({ table, key, row }) => ({ projection: table, key, position: next, ...dueAtOf(row) })) : [],
  );

/** As readers see it: which build has it is no business of theirs. */
export const withoutBuild = ({ id, projection, key, position, eventId, error, parkedAt, waiting, filling }: ParkedKey): ParkedKey => ({
  id,
  projection,
  key,
  position,
  eventId,
  error,
  parkedAt,
  waiting,
  filling,
});
