import {
  agenda,
  blockTime,
  confirmSlot,
  type HoldSlot,
  holdSlot,
  isBlocked,
  keepsOthersOut,
  releaseSlot,
  takenTimes,
  unblockTime,
} from '../../../src/domain/agenda/agenda';
import { dayPlan } from '../../../src/domain/agenda/day-plan';
import type { AgendaFact, Move } from '../../../src/domain/agenda/facts';
import { workingCalendar } from '../../../src/domain/calendar/calendar';
import { fold } from '../../../src/domain/kernel/decider';
import { plusMinutes } from '../../../src/domain/time/civil-time';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import { staffWith } from '../../support/staff-and-calendar';
import { nothing, oneFact, refused } from '../../support/decided';

const at = '2026-11-20T08:00:00.000Z';
const until = plusMinutes(at, 15);
const later = plusMinutes(at, 16);
const slotAt = (time: string) => ({ startsAt: `2026-11-25T${time}:00.000Z`, endsAt: plusMinutes(`2026-11-25T${time}:00.000Z`, 15) });
const nine = slotAt('07:00');
const quarterPast = slotAt('07:15');
const quarterTo = slotAt('06:45');
const plan = dayPlan('2026-11-25', staffWith(), workingCalendar.initial);
const taken = { kind: 'refused', code: 'slot-taken', article: '3 c' };

const hold = (change: Partial<HoldSlot> = {}): HoldSlot => ({
  holdId: 'h1',
  ticketId: 't1',
  slot: nine,
  at,
  until,
  plan,
  dailyCap: null,
  ...change,
});
const held = (change: Partial<HoldSlot> = {}): AgendaFact => {
  const { holdId, ticketId, slot, at: heldAt, until: heldUntil, from, move } = hold(change);
  return {
    type: 'SlotHeld',
    data: { holdId, ticketId, slot, heldAt, until: heldUntil, ...(from && { from }), ...(move && { move }) },
  };
};
const confirmed = (holdId = 'h1', slot = nine): AgendaFact => ({
  type: 'SlotConfirmed',
  data: { holdId, ticketId: 't1', slot, confirmedAt: at },
});
const released = (freeFrom = at, holdId = 'h1'): AgendaFact => ({
  type: 'SlotReleased',
  data: { holdId, ticketId: 't1', slot: nine, releasedAt: at, freeFrom },
});
const blocked = (from: string, to: string, blockId = 'b1'): AgendaFact => ({
  type: 'TimeBlocked',
  data: { blockId, from, to, cause: 'absence', blockedAt: at },
});
const unblocked = (blockId = 'b1'): AgendaFact => ({ type: 'TimeUnblocked', data: { blockId, unblockedAt: at } });
const asks = (change: Partial<HoldSlot>, ...facts: readonly AgendaFact[]) =>
  given(agenda, ...facts).when((state) => holdSlot(hold({ holdId: 'h2', ticketId: 't2', ...change }), state));
const isHeld = { kind: 'accepted', facts: [{ type: 'SlotHeld' }] };

const move: Move = { kind: 'reschedule', by: 'citizen', citizenAgreed: false, requestedAt: at };

describe('holding a slot, Art. 3 c', () => {
  it('says whose, which, since when and until when, and on a move where from and why', () => {
    expect(given(agenda).when((state) => holdSlot(hold(), state))).toEqual({ kind: 'accepted', facts: [held()] });
    expect(given(agenda).when((state) => holdSlot(hold({ from: 'h0', move }), state))).toEqual({
      kind: 'accepted',
      facts: [held({ from: 'h0', move })],
    });
    expect(given(agenda, held({ from: 'h0', move })).state.holds).toEqual({
      h1: { holdId: 'h1', ticketId: 't1', slot: nine, standing: 'held', until, from: 'h0', move },
    });
    expect(given(agenda, held()).state).toEqual({
      holds: { h1: { holdId: 'h1', ticketId: 't1', slot: nine, standing: 'held', until } },
      blocks: {},
    });
  });
  it('A16: only within the working time of the day', () => {
    expect(asks({ slot: slotAt('05:45') })).toEqual(refused('not-working-time', { article: '4' }));
    expect(asks({ slot: slotAt('06:00') })).toMatchObject(isHeld);
  });
  it('keeps others out of every moment of it, and of no other', () => {
    expect(asks({}, held())).toEqual(taken);
    expect(asks({ slot: quarterPast }, held())).toMatchObject(isHeld);
    expect(asks({ slot: quarterTo }, held())).toMatchObject(isHeld);
  });
  it('A9: keeps others out until its end, at which it is free again', () => {
    expect(asks({ at: plusMinutes(until, -1) }, held())).toEqual(taken);
    expect(asks({ at: until }, held())).toMatchObject(isHeld);
  });
  it('A9: with a new code it holds longer, and what would not be longer changes nothing', () => {
    const again = (change: Partial<HoldSlot>) => given(agenda, held()).when((state) => holdSlot(hold(change), state));
    expect(again({})).toEqual(nothing);
    expect(again({ until: plusMinutes(until, -1) })).toEqual(nothing);
    expect(again({ until: plusMinutes(until, 1) })).toEqual({ kind: 'accepted', facts: [held({ until: plusMinutes(until, 1) })] });
  });
  it('once confirmed it is held, however often somebody asks, and for ever', () => {
    expect(given(agenda, held(), confirmed()).when((state) => holdSlot(hold({ until: '2027-01-01T00:00:00.000Z' }), state))).toEqual(
      nothing,
    );
    expect(asks({ at: '2026-11-25T07:00:00.000Z' }, held(), confirmed())).toEqual(taken);
  });
  it('a hold that was given back, or lost to another, never holds again', () => {
    expect(given(agenda, held(), released()).when((state) => holdSlot(hold({ at: later }), state))).toEqual(taken);
    const lost = given(
      agenda,
      held(),
      held({ holdId: 'h2', ticketId: 't2', at: later, until: plusMinutes(later, 15) }),
      released(at, 'h2'),
    );
    expect(lost.state.holds['h1']).toMatchObject({ standing: 'overwritten' });
    expect(lost.when((state) => holdSlot(hold({ at: plusMinutes(later, 60), until: plusMinutes(later, 75) }), state))).toEqual(taken);
  });
  it('nobody loses a place to who holds another one, nor by holding longer, nor once it is confirmed or given back', () => {
    const next = held({ holdId: 'h2', ticketId: 't2', slot: quarterPast });
    expect(given(agenda, held(), next).state.holds).toMatchObject({ h1: { standing: 'held' }, h2: { standing: 'held' } });
    expect(given(agenda, held(), held({ until: later })).state.holds['h1']).toMatchObject({ standing: 'held', until: later });
    const other = held({ holdId: 'h2', ticketId: 't2' });
    expect(given(agenda, held(), confirmed(), other).state.holds['h1']).toMatchObject({ standing: 'confirmed' });
    expect(given(agenda, held(), released(), other).state.holds['h1']).toMatchObject({ standing: 'released' });
  });
  it('who lost it keeps nobody out', () => {
    const lost = given(agenda, held({ until: later }), held({ holdId: 'h2', ticketId: 't2' }), released(at, 'h2'));
    expect(takenTimes(lost.state, at)).toEqual([]);
  });
});

describe('A15: how many meetings a person has in a day', () => {
  const full = [
    held({ holdId: 'a', slot: slotAt('08:00') }),
    confirmed('a', slotAt('08:00')),
    held({ holdId: 'b', slot: slotAt('09:00'), until: later }),
  ];
  it('are as many as the cap says and not one more, held ones and confirmed ones alike', () => {
    expect(asks({ dailyCap: { meetings: 3 } }, ...full)).toMatchObject(isHeld);
    expect(asks({ dailyCap: { meetings: 2 } }, ...full)).toEqual(taken);
    expect(asks({ dailyCap: { meetings: 1 } }, ...full)).toEqual(taken);
    expect(asks({ dailyCap: null }, ...full)).toMatchObject(isHeld);
  });
  it('do not count what has expired or was given back, also where its slot is not free yet', () => {
    expect(asks({ dailyCap: { meetings: 2 }, at: later }, ...full)).toMatchObject(isHeld);
    const back: AgendaFact = {
      type: 'SlotReleased',
      data: { holdId: 'b', ticketId: 't1', slot: slotAt('09:00'), releasedAt: at, freeFrom: later },
    };
    expect(asks({ dailyCap: { meetings: 2 } }, ...full, back)).toMatchObject(isHeld);
  });
  it('do not count the meeting that moves within the day, nor a hold that holds longer', () => {
    expect(asks({ dailyCap: { meetings: 2 }, from: 'a', move }, ...full)).toMatchObject(isHeld);
    const longer = hold({ holdId: 'b', slot: slotAt('09:00'), until: plusMinutes(later, 1), dailyCap: { meetings: 2 } });
    expect(given(agenda, ...full).when((state) => holdSlot(longer, state))).toMatchObject(isHeld);
  });
});

describe('blocked time, Art. 8', () => {
  const block = blocked('2026-11-25T07:05:00.000Z', '2026-11-25T07:20:00.000Z');
  it('can be neither held nor confirmed, and what only touches it can', () => {
    expect(asks({}, block)).toEqual(taken);
    expect(asks({ slot: quarterPast }, block)).toEqual(taken);
    expect(asks({ slot: quarterTo }, block)).toMatchObject(isHeld);
    expect(asks({ slot: slotAt('07:30') }, block)).toMatchObject(isHeld);
    expect(asks({ slot: quarterPast }, blocked(nine.startsAt, nine.endsAt))).toMatchObject(isHeld);
    expect(asks({ slot: quarterTo }, blocked(nine.startsAt, nine.endsAt))).toMatchObject(isHeld);
    expect(given(agenda, held(), block).when((state) => confirmSlot({ holdId: 'h1', at }, state))).toEqual(taken);
  });
  it('is closed by any one block of several, and opens when the block that closes it is lifted', () => {
    const two = [block, blocked('2026-11-25T10:00:00.000Z', '2026-11-25T11:00:00.000Z', 'b2')];
    expect(isBlocked(given(agenda, ...two).state, nine)).toBe(true);
    expect(isBlocked(given(agenda, ...two, unblocked('b1')).state, nine)).toBe(false);
    expect(isBlocked(given(agenda, ...two, unblocked('b1')).state, slotAt('10:00'))).toBe(true);
  });
  it('is blocked once by the same block, and a lifted block never comes back', () => {
    const command = { blockId: 'b1', from: nine.startsAt, to: nine.endsAt, cause: 'absence', at } as const;
    const first = given(agenda).when((state) => blockTime(command, state));
    expect(first).toEqual({ kind: 'accepted', facts: [blocked(nine.startsAt, nine.endsAt)] });
    expect(given(agenda, blocked(nine.startsAt, nine.endsAt)).when((state) => blockTime(command, state))).toEqual(nothing);
    expect(given(agenda, block, unblocked()).when((state) => blockTime(command, state))).toEqual(nothing);
    expect(given(agenda, blocked(nine.startsAt, nine.endsAt)).state.blocks).toEqual({
      b1: { from: nine.startsAt, to: nine.endsAt, cause: 'absence', lifted: false },
    });
  });
  it('is lifted once, also before it comes', () => {
    const lift = (...facts: readonly AgendaFact[]) => given(agenda, ...facts).when((state) => unblockTime({ blockId: 'b1', at }, state));
    expect(lift(block)).toEqual({ kind: 'accepted', facts: [unblocked()] });
    expect(lift()).toEqual({ kind: 'accepted', facts: [unblocked()] });
    expect(lift(block, unblocked())).toEqual(nothing);
    expect(lift(unblocked())).toEqual(nothing);
    const late = given(agenda, unblocked());
    expect(late.when((state) => blockTime({ blockId: 'b1', from: nine.startsAt, to: nine.endsAt, cause: 'hours', at }, state))).toEqual(
      nothing,
    );
    expect(isBlocked(late.state, nine)).toBe(false);
    expect(given(agenda, block, unblocked()).state.blocks['b1']).toEqual({
      from: '2026-11-25T07:05:00.000Z',
      to: '2026-11-25T07:20:00.000Z',
      cause: 'absence',
      lifted: true,
    });
  });
});

describe('confirming a slot', () => {
  const confirm = (...facts: readonly AgendaFact[]) =>
    given(agenda, ...facts).when((state) => confirmSlot({ holdId: 'h1', at: later }, state));
  it('is for its holder, also late where nobody took over, and once', () => {
    expect(confirm(held())).toEqual(oneFact('SlotConfirmed', { holdId: 'h1', ticketId: 't1', slot: nine, confirmedAt: later }));
    expect(confirm(held(), confirmed())).toEqual(nothing);
    expect(given(agenda, held({ from: 'h0' }), confirmed()).state.holds['h1']).toEqual({
      holdId: 'h1',
      ticketId: 't1',
      slot: nine,
      standing: 'confirmed',
      until,
      from: 'h0',
    });
  });
  it('is refused who never held it, gave it back or lost it', () => {
    expect(confirm()).toEqual(taken);
    expect(confirm(held(), released())).toEqual(taken);
    expect(confirm(held(), held({ holdId: 'h2', ticketId: 't2' }))).toEqual(taken);
  });
  it('of what nobody holds changes nothing', () => {
    expect(fold(agenda, [confirmed()])).toEqual(agenda.initial);
  });
});

describe('giving a slot back (A30)', () => {
  const release = (freeFrom: string, ...facts: readonly AgendaFact[]) =>
    given(agenda, ...facts).when((state) => releaseSlot({ holdId: 'h1', ticketId: 't1', slot: nine, at, freeFrom }, state));
  it('keeps others out until it is offered again, once', () => {
    expect(release(later, held())).toEqual({ kind: 'accepted', facts: [released(later)] });
    expect(release(later, held(), released())).toEqual(nothing);
    expect(asks({ at: until }, held(), released(later))).toEqual(taken);
    expect(asks({ at: later }, held(), released(later))).toMatchObject(isHeld);
  });
  it('never frees it before now', () => {
    expect(release(plusMinutes(at, -5), held())).toEqual({ kind: 'accepted', facts: [released(at)] });
  });
  it('of a place that somebody else has, keeps nobody out', () => {
    expect(release(later, held(), held({ holdId: 'h2', ticketId: 't2' }))).toEqual({ kind: 'accepted', facts: [released(at)] });
  });
  it('of a hold that never came closes the door to it', () => {
    expect(release(later)).toEqual({ kind: 'accepted', facts: [released(later)] });
    expect(given(agenda, released(later)).state.holds['h1']).toEqual({
      holdId: 'h1',
      ticketId: 't1',
      slot: nine,
      standing: 'released',
      until: at,
      freeFrom: later,
      releasedAt: at,
    });
    expect(given(agenda, held({ from: 'h0' }), released(later)).state.holds['h1']).toMatchObject({
      standing: 'released',
      from: 'h0',
      until,
    });
  });
  it('keeps nobody out once the clock was put back behind it', () => {
    const base = { holdId: 'h1', ticketId: 't1', slot: nine, standing: 'released', until } as const;
    expect(keepsOthersOut({ ...base, freeFrom: later, releasedAt: at }, plusMinutes(at, -1))).toBe(false);
    expect(keepsOthersOut({ ...base, freeFrom: later, releasedAt: at }, at)).toBe(true);
    expect(keepsOthersOut({ ...base, freeFrom: later }, at)).toBe(true);
    expect(keepsOthersOut(base, at)).toBe(false);
  });
});

describe('what cannot be offered', () => {
  it('is what is held, confirmed, not yet free again or blocked, at this instant', () => {
    const day = given(
      agenda,
      held(),
      held({ holdId: 'c', slot: slotAt('08:00') }),
      confirmed('c', slotAt('08:00')),
      blocked('2026-11-25T10:00:00.000Z', '2026-11-25T11:00:00.000Z', 'b1'),
      blocked('2026-11-25T12:00:00.000Z', '2026-11-25T13:00:00.000Z', 'b2'),
      unblocked('b2'),
    ).state;
    const stretch = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }) => ({ from: startsAt, to: endsAt });
    const block = { from: '2026-11-25T10:00:00.000Z', to: '2026-11-25T11:00:00.000Z' };
    expect(takenTimes(day, at)).toEqual([stretch(nine), stretch(slotAt('08:00')), block]);
    expect(takenTimes(day, until)).toEqual([stretch(slotAt('08:00')), block]);
  });
});
