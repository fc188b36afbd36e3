import { clockAfter, disputeAbout, knownAt, type LogClock, noClock, type Stamp, stoodBy } from '../../../src/domain/audit/log-clock';
import type { Instant } from '../../../src/domain/kernel/fact';
import { plusHours, plusMinutes, plusSeconds } from '../../../src/domain/time/civil-time';

const at = (time: string): Instant => `2026-03-02T${time}.000Z`;
const nextDayAt = (time: string): Instant => `2026-03-03T${time}.000Z`;
const place = (index: number): string => String(index).padStart(4, '0');
/** Facts one behind the other in the log, recorded at these times. */
const logOf = (...times: readonly Instant[]) => times.map((recordedAt, index) => ({ recordedAt, position: place(index) }));
const clockOf = (...times: readonly Instant[]): LogClock => logOf(...times).reduce(clockAfter, noClock);
const hourly = (from: Instant, count: number): readonly Instant[] => Array.from({ length: count }, (_, hour) => plusHours(from, hour));

describe('Which of two stood in the log first', () => {
  const [early, late] = [at('10:00:00'), at('11:00:00')];

  it('tells their order where both have a place, whatever their times', () => {
    expect(stoodBy({ recordedAt: late, position: place(1) }, { recordedAt: early, position: place(2) })).toBe(true);
    expect(stoodBy({ recordedAt: early, position: place(2) }, { recordedAt: late, position: place(1) })).toBe(false);
    expect(stoodBy({ recordedAt: late, position: place(1) }, { recordedAt: early, position: place(1) })).toBe(true);
  });

  it('tells their time where one of them has none', () => {
    for (const [one, other] of [
      [{ position: place(2) }, {}],
      [{}, { position: place(1) }],
      [{ position: place(2) }, { position: '' }],
      [{ position: '' }, { position: place(1) }],
    ] as const) {
      expect(stoodBy({ recordedAt: early, ...one }, { recordedAt: late, ...other })).toBe(true);
      expect(stoodBy({ recordedAt: early, ...one }, { recordedAt: early, ...other })).toBe(true);
      expect(stoodBy({ recordedAt: late, ...one }, { recordedAt: early, ...other })).toBe(false);
    }
  });
});

describe('What was known at a moment', () => {
  const [before, stepped, unplaced]: readonly Stamp[] = [...logOf(at('10:10:00'), at('10:05:00')), { recordedAt: at('10:20:00') }];
  const known = (asOf: Instant) =>
    [before, stepped, unplaced].map((stamp) => stamp && knownAt(asOf, [logOf(at('10:10:00'), at('10:05:00'))])(stamp));

  it('is what was recorded by then, and what stands before it in the log with a later time', () => {
    expect(known(at('10:05:00'))).toEqual([true, true, false]);
    expect(known(at('10:20:00'))).toEqual([true, true, true]);
  });

  it('is told by the last place of any stream', () => {
    const streams = [[{ recordedAt: at('10:05:00'), position: place(5) }], [{ recordedAt: at('10:00:00'), position: place(1) }]];
    const isKnown = knownAt(at('10:05:00'), streams);
    expect(isKnown({ recordedAt: at('10:10:00'), position: place(4) })).toBe(true);
    expect(isKnown({ recordedAt: at('10:10:00'), position: place(6) })).toBe(false);
  });

  it('is nothing that was recorded a moment later and has nothing known behind it', () => {
    expect(known(at('10:04:59'))).toEqual([false, false, false]);
    expect(knownAt(at('10:04:59'), [[{ recordedAt: at('10:00:00') }]])({ recordedAt: at('10:05:00'), position: '' })).toBe(false);
  });
});

describe('A clock that was set back', () => {
  const times = [at('10:00:00'), at('10:01:00'), at('10:02:00'), at('09:53:00'), at('09:54:00'), at('10:05:00'), at('10:06:00')];
  const clock = clockOf(...times);

  it('is disputed from the first fact that is older than one before it, to the last before the leap that takes the step back', () => {
    expect(clock).toEqual({
      newest: at('10:06:00'),
      last: at('10:06:00'),
      leaps: [{ position: place(5), to: at('10:05:00'), seconds: 660 }],
      disputes: [{ from: place(3), to: place(4), earliest: at('09:53:00'), newest: at('10:02:00'), seconds: 540, facts: 2, open: false }],
    });
  });

  it('is said of the stretch, and of what stands before it with a time later than the oldest one; the tolerance is no later', () => {
    const { disputes } = clock;
    const isDisputed = (stamp: Stamp) => disputeAbout(disputes, stamp) !== undefined;
    expect(logOf(...times).map(isDisputed)).toEqual([true, true, true, true, true, false, false]);
    expect(isDisputed({ recordedAt: at('09:53:30'), position: place(1) })).toBe(false);
    expect(isDisputed({ recordedAt: at('09:53:31'), position: place(1) })).toBe(true);
    // within the stretch the time tells nothing
    expect(isDisputed({ recordedAt: at('09:53:00'), position: place(3) })).toBe(true);
    expect(isDisputed({ recordedAt: at('10:01:00') })).toBe(false);
    expect(isDisputed({ recordedAt: at('10:01:00'), position: '' })).toBe(false);
  });

  it('is the clock that wrote, where the stream shows a later time', () => {
    const shown = logOf(at('10:00:00'), at('10:00:00')).map((fact, index) => (index === 1 ? { ...fact, clockAt: at('09:50:00') } : fact));
    expect(shown.reduce(clockAfter, noClock)).toMatchObject({ last: at('09:50:00'), newest: at('10:00:00'), disputes: [{ seconds: 600 }] });
  });

  it('stays disputed until a leap as long as the step but for two minutes', () => {
    // ten minutes back, and eight forward again
    expect(clockOf(at('10:00:00'), at('09:50:00'), at('09:52:00'), at('10:00:00')).disputes).toMatchObject([{ to: place(2), open: false }]);
    expect(clockOf(at('10:00:00'), at('09:50:00'), at('09:52:00'), at('09:59:59')).disputes).toMatchObject([{ to: place(3), open: true }]);
  });

  it('stays disputed without a leap for a day after the newest time before it, and no longer', () => {
    const back = [at('12:00:00'), ...hourly(at('09:00:00'), 28)];
    expect(clockOf(...back)).toMatchObject({ last: nextDayAt('12:00:00'), disputes: [{ from: place(1), to: place(28), open: true }] });
    expect(clockOf(...back, nextDayAt('12:00:01')).disputes).toMatchObject([{ from: place(1), to: place(28), open: false }]);
    // what was closed stays so
    expect(clockOf(...back, nextDayAt('12:00:01'), nextDayAt('12:00:02')).disputes).toMatchObject([{ to: place(28), open: false }]);
  });

  it('that goes back again within an hour of the log is one dispute, with the oldest time and the longest step', () => {
    const again = [at('10:00:00'), at('09:50:00'), at('11:00:00'), at('10:45:00')];
    expect(clockOf(...again).disputes).toEqual([
      { from: place(1), to: place(3), earliest: at('09:50:00'), newest: at('11:00:00'), seconds: 900, facts: 2, open: true },
    ]);
    const further = [at('10:00:00'), at('09:45:00'), at('10:10:00'), at('09:44:00'), at('10:00:00'), at('09:59:00')];
    expect(clockOf(...further).disputes).toEqual([
      { from: place(1), to: place(5), earliest: at('09:44:00'), newest: at('10:10:00'), seconds: 1560, facts: 4, open: true },
    ]);
  });

  it('that goes back again later is another one', () => {
    const later = [at('10:00:00'), at('09:50:00'), at('11:00:01'), at('10:45:00')];
    expect(clockOf(...later).disputes).toMatchObject([
      { from: place(1), to: place(1), seconds: 600, facts: 1, open: false },
      { from: place(2), to: place(3), earliest: at('10:45:00'), newest: at('11:00:01'), seconds: 901, facts: 1, open: true },
    ]);
  });
});

describe('A clock that was ahead and comes back', () => {
  // two hours and a minute ahead
  const ahead = [at('10:00:00'), at('10:01:00'), at('12:02:00'), at('12:03:00')];

  it('is disputed from the leap on, where that is as long as the step but for two minutes', () => {
    expect(clockOf(...ahead, at('10:04:00')).disputes).toMatchObject([{ from: place(2), to: place(4), seconds: 7140 }]);
    expect(clockOf(...ahead, at('10:00:00')).disputes).toMatchObject([{ from: place(2), seconds: 7380 }]);
    expect(clockOf(...ahead, at('09:59:59')).disputes).toMatchObject([{ from: place(4), seconds: 7381 }]);
  });

  it('is disputed from the leap on, where that is no more than a day before the newest time', () => {
    const aDay = [at('10:00:00'), ...hourly(at('12:02:00'), 25)];
    const comesBack = (newest: Instant) => clockOf(...aDay, newest, plusMinutes(newest, -120)).disputes;
    expect(comesBack(nextDayAt('12:02:00'))).toMatchObject([{ from: place(1), to: place(27), seconds: 7200 }]);
    expect(comesBack(nextDayAt('12:02:01'))).toMatchObject([{ from: place(27), to: place(27), seconds: 7200 }]);
  });

  it('came by the latest of the leaps that are long enough', () => {
    const two = [at('08:00:00'), at('12:00:00'), at('15:00:00'), at('15:05:00')];
    expect(clockOf(...two, at('12:30:00')).disputes).toMatchObject([{ from: place(2) }]);
    expect(clockOf(...two, at('11:30:00')).disputes).toMatchObject([{ from: place(1) }]);
  });
});

describe('The leaps of a log', () => {
  it('are those of more than two minutes, each shorter than the one before it, the latest of a length', () => {
    const leapsOf = (...gaps: readonly number[]) => {
      const times = gaps.reduce<readonly Instant[]>((so, gap) => [...so, plusSeconds(so.at(-1) ?? '', gap)], [at('06:00:00')]);
      return clockOf(...times).leaps.map(({ position, seconds }) => [position, seconds]);
    };
    expect(leapsOf()).toEqual([]);
    expect(leapsOf(120)).toEqual([]);
    expect(leapsOf(120, 121)).toEqual([[place(2), 121]]);
    expect(leapsOf(600, 300)).toEqual([
      [place(1), 600],
      [place(2), 300],
    ]);
    expect(leapsOf(600, 300, 300, 600)).toEqual([[place(4), 600]]);
    expect(leapsOf(600, 300, 300)).toEqual([
      [place(1), 600],
      [place(3), 300],
    ]);
    expect(leapsOf(300, 200, 600)).toEqual([[place(3), 600]]);
  });
});
