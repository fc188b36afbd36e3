import * as fc from 'fast-check';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { localTimeOf, minutesBetween, plusMinutes } from '../../../src/domain/time/civil-time';
import { endOfSlot, isSlot, nextGridPoint, overlaps, type Slot, slotStarting } from '../../../src/domain/time/slot';
import { anyInstant } from '../../support/arbitrary-time';

const slotAt = (startsAt: string): Slot => {
  const slot = slotStarting(startsAt);
  if (isRefusal(slot)) throw new Error(`${startsAt} starts no slot`);
  return slot;
};

describe('slots', () => {
  it('Art. 6: lasts fifteen minutes', () => {
    expect(slotStarting('2026-11-27T08:15:00.000Z')).toEqual({ startsAt: '2026-11-27T08:15:00.000Z', endsAt: '2026-11-27T08:30:00.000Z' });
  });
  it('Art. 6: writes the start canonically', () => {
    expect(slotStarting('2026-11-27T10:45:00+02:00')).toEqual({ startsAt: '2026-11-27T08:45:00.000Z', endsAt: '2026-11-27T09:00:00.000Z' });
  });
  it.each(['2026-11-27T08:05:00.000Z', '2026-11-27T08:15:01.000Z', '2026-11-27T08:15:00.001Z'])(
    'Art. 6: refuses %s, off the grid',
    (startsAt) => {
      expect(slotStarting(startsAt)).toEqual({
        kind: 'refused',
        code: 'invalid',
        article: '6',
        details: { field: 'startsAt', reason: 'not-on-grid' },
      });
    },
  );
  it.each(['2026-11-27T08:15', '2026-02-30T08:15:00Z', 'now'])('refuses %s, which is no instant', (startsAt) => {
    expect(slotStarting(startsAt)).toMatchObject({ code: 'invalid', details: { reason: 'not-an-instant' } });
  });

  it('Art. 6: 14 or 16 minutes, a start off the grid and an instant not in canonical form are no slot', () => {
    const startsAt = '2026-11-27T08:15:00.000Z';
    expect(isSlot({ startsAt, endsAt: '2026-11-27T08:30:00.000Z' })).toBe(true);
    expect(isSlot({ startsAt, endsAt: '2026-11-27T08:29:00.000Z' })).toBe(false);
    expect(isSlot({ startsAt, endsAt: '2026-11-27T08:31:00.000Z' })).toBe(false);
    expect(isSlot({ startsAt: '2026-11-27T08:20:00.000Z', endsAt: '2026-11-27T08:35:00.000Z' })).toBe(false);
    expect(isSlot({ startsAt: '2026-11-27T08:15:00Z', endsAt: '2026-11-27T08:30:00.000Z' })).toBe(false);
  });

  it('A15: a slot follows another without overlapping it', () => {
    const slot = slotAt('2026-11-27T08:15:00.000Z');
    expect(overlaps(slot, slot)).toBe(true);
    expect(overlaps(slot, slotAt('2026-11-27T08:30:00.000Z'))).toBe(false);
    expect(overlaps(slotAt('2026-11-27T08:00:00.000Z'), slot)).toBe(false);
    expect(overlaps(slot, { startsAt: '2026-11-27T08:29:00.000Z', endsAt: '2026-11-27T09:00:00.000Z' })).toBe(true);
  });

  it('A15: the grid of UTC is the grid on the wall, and the next grid point is never a slot away', () => {
    fc.assert(
      fc.property(anyInstant, (instant) => {
        const point = nextGridPoint(instant);
        expect(isSlot(slotAt(point))).toBe(true);
        expect(endOfSlot(point)).toBe(plusMinutes(point, 15));
        expect(['00', '15', '30', '45']).toContain(localTimeOf(point).slice(3));
        expect(point >= instant && minutesBetween(instant, point) < 15).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
  it('Art. 6: overlapping is mutual, and means sharing a moment', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: -8, max: 8 }), (instant, quarters) => {
        const a = slotAt(nextGridPoint(instant));
        const b = slotAt(plusMinutes(a.startsAt, quarters * 15));
        expect(overlaps(a, b)).toBe(quarters === 0);
        expect(overlaps(b, a)).toBe(overlaps(a, b));
      }),
      { numRuns: 200 },
    );
  });
});
