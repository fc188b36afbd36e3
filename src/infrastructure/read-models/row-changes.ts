import type { BuildChange } from '../../application/ports/projection-store';
import type { ParkedKey, RowChange } from '../../application/ports/read-models';

/** What readers are told of these changes: those of the live builds. */
export const changesOf = (changes: readonly BuildChange[], live: ReadonlySet<number>): readonly RowChange[] =>
  changes.flatMap(({ build, next, writes }) =>
    live.has(build.build) ? writes.map(({ table, key }) => ({ projection: table, key, position: next })) : [],
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
