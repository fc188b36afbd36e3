import type { DerivedTable } from '@tichet-albastru/event-log/ports/projection';
import type { Projection } from '../../application/kernel/ports/projection';
import type { Row } from '@tichet-albastru/event-log/ports/read-models';
import { isKeepable } from '@tichet-albastru/event-log/database/postgres/text-array';

/** An answer of the host's code that no table can keep: what it belongs to is parked, as when the code throws. */
class NotKept extends TypeError {
  override readonly name = 'NotKept';
}

/** What a host brings may be written without types, so the answers of its functions are looked at before a commit depends on them. */
type Answer = unknown;

const isPromise = (answer: object): boolean => 'then' in answer && typeof answer.then === 'function';

const mustBeRow = (answer: Answer): void => {
  if (answer === undefined) return;
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) throw new NotKept('The row is no object.');
  if (isPromise(answer)) {
    // nobody else hears of it when it fails
    Promise.resolve(answer).catch(() => undefined);
    throw new NotKept('The row is a promise: a fold is no async function.');
  }
  if (!JSON.stringify(answer).startsWith('{')) throw new NotKept('The row is no object as JSON.');
};

const mustBeKeys = (answer: Answer): void => {
  if (!Array.isArray(answer)) throw new NotKept('The keys are no list.');
  if (!answer.every((key) => typeof key === 'string' && isKeepable(key))) throw new NotKept('A key is no text, or one with U+0000.');
};

const keptRow = <R extends Row>(row: R | undefined): R | undefined => {
  mustBeRow(row);
  return row;
};

const keptKeys = (keys: readonly string[]): readonly string[] => {
  mustBeKeys(keys);
  return keys;
};

const derivedOf = (derived: DerivedTable): DerivedTable => ({
  ...derived,
  namedBy: (key, source) => derived.namedBy(key, source),
  sourcesOf: (key, lookup) => derived.sourcesOf(key, lookup),
  derive: (key, lookup) => keptRow(derived.derive(key, lookup)),
});

/**
 * The host's table, whose folds throw as well when what they answer cannot be kept: one row then waits, and nothing else.
 * Nor do reads of ours wait for one whose new version fills, or is refused: nobody folds into the old one any more.
 */
export const keepingTable = (projection: Projection): Projection => ({
  ...projection,
  awaitedAsCurrentOnly: true,
  keysOf: (event) => keptKeys(projection.keysOf(event)),
  apply: (row, event, key) => keptRow(projection.apply(row, event, key)),
  ...(projection.derived === undefined ? {} : { derived: derivedOf(projection.derived) }),
});
