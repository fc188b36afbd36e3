import type { Instant, RecordedFact } from '../kernel/fact';
import { plusSeconds, secondsBetween } from '../time/civil-time';
import { isAhead, toleratedSeconds } from '@tichet-albastru/kernel/clock-tolerance';

/** When something was recorded, and where in the log. Without a place (a history that was not read from a log) the time alone tells. */
export type Stamp = Pick<RecordedFact, 'recordedAt'> & { readonly position?: string };

/** Which of two stood in the log first: its order tells, and no clock. What is not placed is told by its time. */
export const stoodBy = (one: Stamp, other: Stamp): boolean =>
  one.position && other.position ? one.position <= other.position : one.recordedAt <= other.recordedAt;

/**
 * What was known at a moment: all facts recorded by then, and all that stand in the log before them. A fact that bears a later time because
 * the clock went back behind it was known all the same.
 */
export const knownAt = (asOf: Instant, everything: readonly (readonly Stamp[])[]): ((stamp: Stamp) => boolean) => {
  let last = '';
  for (const stamps of everything) {
    for (const { recordedAt, position = '' } of stamps) if (recordedAt <= asOf && position > last) last = position;
  }
  return ({ recordedAt, position }) => recordedAt <= asOf || (position !== undefined && position !== '' && position <= last);
};

/** Apart by less than this in the log’s own time, two contradictions are one. */
const togetherSeconds = 3600;
/** A clock that was wrong for longer than its error is followed for so long. */
const followedSeconds = 24 * 3600;
/** A step and the one that takes it back differ by what was not written in between. */
const alikeSeconds = 120;

/** A stretch of the log whose times contradict its order: some clock was wrong, and which one the log cannot tell. */
export type ClockDispute = {
  /** the first and the last fact of the stretch */
  readonly from: string;
  readonly to: string;
  /** the oldest time, of a fact that has a newer one before it */
  readonly earliest: Instant;
  /** the newest time before them */
  readonly newest: Instant;
  /** by how much the times go back, at most */
  readonly seconds: number;
  /** how many facts are older than one before them */
  readonly facts: number;
  /** no leap has taken the step back yet: what comes is recorded by the same clock */
  readonly open: boolean;
};

/** Where the times leap ahead: a quiet hour, or a clock that was moved. */
type Leap = { readonly position: string; readonly to: Instant; readonly seconds: number };

/** What the times of a log say of the clocks that wrote it. */
export type LogClock = {
  readonly newest: Instant;
  /** of the newest fact */
  readonly last: Instant;
  /** each shorter than the one before: of those of a length, the latest counts */
  readonly leaps: readonly Leap[];
  readonly disputes: readonly ClockDispute[];
};

export const noClock: LogClock = { newest: '', last: '', leaps: [], disputes: [] };

type Recording = Pick<RecordedFact, 'recordedAt' | 'position' | 'clockAt'>;

const leapsAfter = ({ last, leaps }: LogClock, { recordedAt, position }: Recording): readonly Leap[] => {
  const seconds = last === '' ? 0 : secondsBetween(last, recordedAt);
  return seconds <= alikeSeconds ? leaps : [...leaps.filter((leap) => leap.seconds > seconds), { position, to: recordedAt, seconds }];
};

/** A fact that is older than one before it: the clock went back here, or comes back from a leap ahead. */
const contradicted = ({ newest, leaps, disputes }: LogClock, { recordedAt, position }: Recording): readonly ClockDispute[] => {
  const last = disputes.at(-1);
  const seconds = Math.round(secondsBetween(recordedAt, newest));
  if (last === undefined || plusSeconds(last.newest, togetherSeconds) < newest) {
    const ahead = leaps.findLast((leap) => leap.seconds >= seconds - alikeSeconds);
    const from = ahead !== undefined && plusSeconds(ahead.to, followedSeconds) >= newest ? ahead.position : position;
    return [...disputes, { from, to: position, earliest: recordedAt, newest, seconds, facts: 1, open: true }];
  }
  const earliest = recordedAt < last.earliest ? recordedAt : last.earliest;
  const grown = { ...last, to: position, earliest, newest, seconds: Math.max(seconds, last.seconds), facts: last.facts + 1, open: true };
  return [...disputes.slice(0, -1), grown];
};

/** A fact in order: still of the same clock, or the leap that takes the step back. */
const inOrder = ({ last: lastAt, disputes }: LogClock, { recordedAt, position }: Recording): readonly ClockDispute[] => {
  const last = disputes.at(-1);
  if (last?.open !== true) return disputes;
  const open = secondsBetween(lastAt, recordedAt) < last.seconds - alikeSeconds && recordedAt <= plusSeconds(last.newest, followedSeconds);
  return [...disputes.slice(0, -1), open ? { ...last, to: position } : { ...last, open }];
};

/** The clock of the log after one more fact, in the order of the log. */
export const clockAfter = (clock: LogClock, { position, recordedAt: inItsStream, clockAt }: Recording): LogClock => {
  const recordedAt = clockAt ?? inItsStream;
  const fact = { position, recordedAt };
  const isOlder = isAhead(clock.newest, recordedAt);
  return {
    newest: recordedAt > clock.newest ? recordedAt : clock.newest,
    last: recordedAt,
    leaps: leapsAfter(clock, fact),
    disputes: isOlder ? contradicted(clock, fact) : inOrder(clock, fact),
  };
};

/** The dispute in which this was recorded: within its stretch, or before it with a later time than the oldest one. */
export const disputeAbout = (disputes: readonly ClockDispute[], { recordedAt, position }: Stamp): ClockDispute | undefined =>
  position === undefined || position === ''
    ? undefined
    : disputes.find(({ from, to, earliest }) => (position < from ? recordedAt > plusSeconds(earliest, toleratedSeconds) : position <= to));
