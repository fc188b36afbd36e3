import { EventLogCorrupt, type Recorded } from '../../../application/kernel/ports/event-store';
import { numberOf } from './append-rules';

/** A batch of one stream that must begin with revision `from`. @throws EventLogCorrupt when a revision is missing */
export const streamWithoutGaps = (stream: string, from: number, events: readonly Recorded[]): readonly Recorded[] => {
  let expected = from;
  for (const { revision } of events) {
    if (revision !== expected) throw new EventLogCorrupt(`Revision ${expected} of ${stream} is missing.`);
    expected += 1;
  }
  return events;
};

/** A batch of a log that counts its events, in order, and must go on after `before`. @throws EventLogCorrupt when a position is missing */
export const logWithoutGaps = (before: number, events: readonly Recorded[]): readonly Recorded[] => {
  const last = events.at(-1);
  // they rise, so that the last one says whether any is missing: a million events are read this way
  if (last === undefined || numberOf(last.position) === before + events.length) return events;
  const missing = events.findIndex(({ position }, index) => numberOf(position) !== before + 1 + index);
  throw new EventLogCorrupt(`Position ${before + 1 + missing} of the log is missing.`);
};
