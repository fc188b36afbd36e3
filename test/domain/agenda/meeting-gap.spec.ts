import * as fc from 'fast-check';
import { agenda, type AgendaState, confirmSlot, type HoldSlot, holdSlot, releaseSlot, takenTimes } from '../../../src/domain/agenda/agenda';
import { dayPlan, freeSlots } from '../../../src/domain/agenda/day-plan';
import type { AgendaFact } from '../../../src/domain/agenda/facts';
import { workingCalendar } from '../../../src/domain/calendar/calendar';
import { fold } from '../../../src/domain/kernel/decider';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { minutesBetween, plusMinutes } from '../../../src/domain/time/civil-time';
import type { Slot } from '../../../src/domain/time/slot';
import { staffWith } from '../../support/staff-and-calendar';
import { holdsFor } from '../../support/holds-for';

/*
 * Art. 7: „Fie în timpul întâlnirii, fie imediat după aceasta, șefii de serviciu, șefii de birou sau personalul de execuție creează […] un
 * document conex”. The policy `meeting-gap` leaves so many minutes for it between two meetings of one person.
 */
const at = '2026-11-20T08:00:00.000Z';
const plan = dayPlan('2026-11-25', staffWith(), workingCalendar.initial);
const slotAt = (quarter: number): Slot => {
  const startsAt = plusMinutes('2026-11-25T06:00:00.000Z', quarter * 15);
  return { startsAt, endsAt: plusMinutes(startsAt, 15) };
};
const after = (...facts: readonly AgendaFact[]): AgendaState => fold(agenda, facts);
const heldAt = (quarter: number, holdId = 'h1', until = plusMinutes(at, 15)): AgendaFact => ({
  type: 'SlotHeld',
  data: { holdId, ticketId: holdId, slot: slotAt(quarter), heldAt: at, until },
});
const asks = (quarter: number, change: Partial<HoldSlot> = {}): HoldSlot => ({
  holdId: 'h2',
  ticketId: 't2',
  slot: slotAt(quarter),
  at,
  until: plusMinutes(at, 15),
  plan,
  dailyCap: null,
  gapMinutes: 15,
  ...change,
});
const taken = { kind: 'refused', code: 'slot-taken', article: '3 c' };

describe('Art. 7: minutes between two meetings of one person, for the resolution', () => {
  it('an hour nearer than that, before or after, is taken; one further away is free', () => {
    const state = after(heldAt(4));
    for (const quarter of [3, 4, 5]) expect(holdSlot(asks(quarter), state)).toEqual(taken);
    for (const quarter of [2, 6]) expect(holdSlot(asks(quarter), state)).toMatchObject({ kind: 'accepted' });
    for (const quarter of [2, 6]) expect(holdSlot(asks(quarter, { gapMinutes: 16 }), state)).toEqual(taken);
  });
  it('none is asked for where the policy says none, and meetings stand one behind the other', () => {
    const { gapMinutes: _, ...without } = asks(5);
    expect(holdSlot(without, after(heldAt(4)))).toMatchObject({ kind: 'accepted' });
  });
  it('A30: an hour that waits to be offered again is no meeting, and keeps only itself', () => {
    const waiting: AgendaFact = {
      type: 'SlotReleased',
      data: { holdId: 'h1', ticketId: 'h1', slot: slotAt(4), releasedAt: at, freeFrom: plusMinutes(at, 30) },
    };
    expect(holdSlot(asks(5), after(heldAt(4), waiting))).toMatchObject({ kind: 'accepted' });
    expect(holdSlot(asks(4), after(heldAt(4), waiting))).toEqual(taken);
  });
  it('Art. 8: a meeting may move to the hour beside its own', () => {
    const state = after(heldAt(4));
    expect(holdSlot(asks(5, { from: 'h1' }), state)).toMatchObject({ kind: 'accepted' });
    expect(holdSlot(asks(5, { from: 'other' }), state)).toEqual(taken);
  });
  it('Art. 8: and confirm it late: its own former hour is not in the way', () => {
    const confirmed: AgendaFact = { type: 'SlotConfirmed', data: { holdId: 'h1', ticketId: 'h1', slot: slotAt(4), confirmedAt: at } };
    const moving: AgendaFact = {
      type: 'SlotHeld',
      data: { holdId: 'h2', ticketId: 'h1', slot: slotAt(5), heldAt: at, until: plusMinutes(at, 15), from: 'h1' },
    };
    const late = { holdId: 'h2', at: plusMinutes(at, 20), gapMinutes: 15 };
    expect(confirmSlot(late, after(heldAt(4), confirmed, moving))).toMatchObject({ kind: 'accepted' });
    expect(confirmSlot(late, after(heldAt(4), confirmed, heldAt(5, 'h2')))).toEqual(taken);
  });
  it('whoever confirms late finds the hour gone where somebody was given one too near meanwhile, and had it where nobody was', () => {
    const late = plusMinutes(at, 20);
    const state = after(heldAt(4), heldAt(5, 'h2', plusMinutes(late, 15)));
    expect(confirmSlot({ holdId: 'h1', at: late, gapMinutes: 15 }, state)).toEqual(taken);
    expect(confirmSlot({ holdId: 'h2', at: late, gapMinutes: 15 }, state)).toMatchObject({ kind: 'accepted' });
    expect(confirmSlot({ holdId: 'h1', at: late, gapMinutes: 15 }, after(heldAt(4)))).toMatchObject({ kind: 'accepted' });
    // at the end of the hold it is late
    const until = plusMinutes(at, 15);
    expect(confirmSlot({ holdId: 'h1', at: until, gapMinutes: 15 }, state)).toEqual(taken);
    // a policy that changed meanwhile takes nobody's hour
    expect(confirmSlot({ holdId: 'h1', at, gapMinutes: 15 }, state)).toMatchObject({ kind: 'accepted' });
  });
  it('what is offered is what can be held', () => {
    const state = after(heldAt(4), { type: 'SlotConfirmed', data: { holdId: 'h1', ticketId: 'h1', slot: slotAt(4), confirmedAt: at } });
    const bounds = { earliest: '2026-11-25T00:00:00.000Z', latest: '2026-11-25T23:45:00.000Z' };
    const offered = freeSlots(plan, takenTimes(state, at, { gapMinutes: 20 }), bounds).map(({ startsAt }) => startsAt);
    for (let quarter = 0; quarter < 32; quarter += 1) {
      const isOffered = offered.includes(slotAt(quarter).startsAt);
      expect([quarter, isOffered]).toEqual([quarter, !isRefusal(holdSlot(asks(quarter, { gapMinutes: 20 }), state))]);
    }
    const moving = freeSlots(plan, takenTimes(state, at, { gapMinutes: 20, moving: 'h1' }), bounds).map(({ startsAt }) => startsAt);
    expect(moving).toHaveLength(31);
  });

  it('whoever holds, confirms and lets go in whatever order: no two confirmed meetings stand nearer', () => {
    const act = fc.record({
      kind: fc.constantFrom('hold', 'confirm', 'release'),
      who: fc.integer({ min: 0, max: 4 }),
      quarter: fc.integer({ min: 0, max: 6 }),
      waits: fc.integer({ min: 0, max: 12 }),
    });
    holdsFor(500, [fc.array(act, { maxLength: 40 }), fc.constantFrom(15, 30)], (acts, gapMinutes) => {
      let state = agenda.initial;
      let now = at;
      for (const { kind, who, quarter, waits } of acts) {
        now = plusMinutes(now, waits);
        const holdId = `h${String(who)}`;
        const slot = state.holds[holdId]?.slot ?? slotAt(quarter);
        const decided =
          kind === 'hold'
            ? holdSlot(asks(0, { holdId, ticketId: holdId, slot, at: now, until: plusMinutes(now, 15), gapMinutes }), state)
            : kind === 'confirm'
              ? confirmSlot({ holdId, at: now, gapMinutes }, state)
              : releaseSlot({ holdId, ticketId: holdId, slot, at: now, freeFrom: now }, state);
        if (!isRefusal(decided)) state = decided.facts.reduce<AgendaState>(agenda.evolve, state);
        const meetings = Object.values(state.holds).filter(({ standing }) => standing === 'confirmed');
        for (const one of meetings)
          for (const other of meetings)
            if (one.slot.startsAt < other.slot.startsAt)
              expect(minutesBetween(one.slot.endsAt, other.slot.startsAt)).toBeGreaterThanOrEqual(gapMinutes);
      }
    });
  });
});
