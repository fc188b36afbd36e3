import { agenda } from '../../../src/domain/agenda/agenda';
import type { AgendaFact } from '../../../src/domain/agenda/facts';
import {
  meetingsInOpenTime,
  meetingsInTheWay,
  settleBlocks,
  type WantedBlock,
  wantedBlocks,
} from '../../../src/domain/agenda/wanted-blocks';
import { workingCalendar } from '../../../src/domain/calendar/calendar';
import type { StaffFact } from '../../../src/domain/staff/facts';
import { staffMember } from '../../../src/domain/staff/staff-member';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import { absence, calendarWithBridgeDays, staffWith } from '../../support/staff-and-calendar';

const calendar = workingCalendar.initial;
const date = '2026-11-25';
const day = { from: '2026-11-24T22:00:00.000Z', to: '2026-11-25T22:00:00.000Z' };
const at = '2026-11-20T08:00:00.000Z';
const hour = (from: number, to = from + 1) => ({
  from: `2026-11-25T${String(from).padStart(2, '0')}:00:00.000Z`,
  to: `2026-11-25T${String(to).padStart(2, '0')}:00:00.000Z`,
});
const hoursFrom = (from: string, wed: readonly (readonly [string, string])[] = [['08:00', '10:00']]): StaffFact => ({
  type: 'WorkingHoursSet',
  data: { from, week: { wed }, setAt: '2026-10-01T08:00:00.000Z' },
});

describe('what is closed of a day, Art. 8 and A16', () => {
  it('is nothing on an ordinary day, nor for somebody whom nobody knows', () => {
    expect(wantedBlocks(date, staffWith(), calendar)).toEqual([]);
    expect(wantedBlocks(date, staffMember.initial, calendarWithBridgeDays(date))).toEqual([]);
  });
  it('is the whole day on a bridge day, and from leaving on', () => {
    expect(wantedBlocks(date, staffWith(), calendarWithBridgeDays(date))).toEqual([{ ...day, cause: 'bridge-day' }]);
    const leaving: StaffFact = { type: 'StaffLeft', data: { on: date, recordedAt: at } };
    expect(wantedBlocks(date, staffWith(leaving), calendar)).toEqual([{ ...day, cause: 'departure' }]);
    expect(wantedBlocks('2026-11-24', staffWith(leaving), calendar)).toEqual([]);
  });
  it('is what an absence takes of it, cut at midnight, and nothing of an absence on other days', () => {
    const inside = hour(9);
    const blocks = (from: string, to: string) => wantedBlocks(date, staffWith(absence('a', from, to)), calendar);
    expect(blocks(inside.from, inside.to)).toEqual([{ ...inside, cause: 'absence' }]);
    expect(blocks('2026-11-20T00:00:00.000Z', inside.to)).toEqual([{ from: day.from, to: inside.to, cause: 'absence' }]);
    expect(blocks(inside.from, '2026-12-20T00:00:00.000Z')).toEqual([{ from: inside.from, to: day.to, cause: 'absence' }]);
    expect(blocks('2026-11-20T00:00:00.000Z', day.from)).toEqual([]);
    expect(blocks(day.to, '2026-11-28T00:00:00.000Z')).toEqual([]);
  });
  it('is all that hours set by somebody leave out, from their first day on', () => {
    const outside = [
      { from: day.from, to: '2026-11-25T06:00:00.000Z', cause: 'hours' },
      { from: '2026-11-25T08:00:00.000Z', to: day.to, cause: 'hours' },
    ];
    expect(wantedBlocks(date, staffWith(hoursFrom('2026-11-01')), calendar)).toEqual(outside);
    expect(wantedBlocks(date, staffWith(hoursFrom(date)), calendar)).toEqual(outside);
    expect(wantedBlocks(date, staffWith(hoursFrom('2026-11-26')), calendar)).toEqual([]);
    expect(wantedBlocks(date, staffWith(hoursFrom('2026-11-01'), hoursFrom('2026-12-01')), calendar)).toEqual(outside);
  });
  it('is nothing between hours that touch, and all of a day without hours', () => {
    const touching = [
      ['08:00', '09:00'],
      ['09:00', '10:00'],
    ] as const;
    expect(wantedBlocks(date, staffWith(hoursFrom('2026-11-01', touching)), calendar)).toEqual(
      wantedBlocks(date, staffWith(hoursFrom('2026-11-01')), calendar),
    );
    expect(wantedBlocks(date, staffWith(hoursFrom('2026-11-01', [])), calendar)).toEqual([{ ...day, cause: 'hours' }]);
  });
});

describe('making the blocks of a day what they must be', () => {
  const block = (blockId: string, wanted: WantedBlock): AgendaFact => ({
    type: 'TimeBlocked',
    data: { blockId, ...wanted, blockedAt: at },
  });
  const lifted = (blockId: string): AgendaFact => ({ type: 'TimeUnblocked', data: { blockId, unblockedAt: at } });
  const settle = (wanted: readonly WantedBlock[], ...facts: readonly AgendaFact[]) => {
    let made = 0;
    return given(agenda, ...facts).when((state) => settleBlocks({ wanted, blockIdOf: () => `new-${String((made += 1))}`, at }, state));
  };
  const first: WantedBlock = { ...hour(9), cause: 'absence' };
  const second: WantedBlock = { ...hour(11), cause: 'bridge-day' };

  it('closes what is missing and leaves what stands', () => {
    expect(settle([first, second], block('b1', first))).toEqual({ kind: 'accepted', facts: [block('new-1', second)] });
    expect(settle([first, second], block('b1', first), block('b2', second))).toEqual({ kind: 'accepted', facts: [] });
  });
  it.each<[string, WantedBlock]>([
    ['from', { ...first, from: hour(8).from }],
    ['to', { ...first, to: hour(11).to }],
    ['cause', { ...first, cause: 'hours' }],
  ])('takes a block with another %s for another one', (_, other) => {
    expect(settle([first], block('b1', other))).toEqual({ kind: 'accepted', facts: [block('new-1', first), lifted('b1')] });
  });
  it('lifts what nobody wants any more, once, and closes again under a new id what was lifted', () => {
    expect(settle([], block('b1', first), block('b2', second))).toEqual({ kind: 'accepted', facts: [lifted('b1'), lifted('b2')] });
    expect(settle([], block('b1', first), lifted('b1'))).toEqual({ kind: 'accepted', facts: [] });
    expect(settle([first], block('b1', first), lifted('b1'))).toEqual({ kind: 'accepted', facts: [block('new-1', first)] });
    expect(settle([second], block('b1', first), block('b2', second))).toEqual({ kind: 'accepted', facts: [lifted('b1')] });
  });
});

describe('meetings in closed time become tasks, Art. 8', () => {
  const meeting = (holdId: string, startsAt: string, endsAt: string, isConfirmed = true): readonly AgendaFact[] => {
    const data = { holdId, ticketId: `t-${holdId}`, slot: { startsAt, endsAt } };
    const held: AgendaFact = { type: 'SlotHeld', data: { ...data, heldAt: at, until: at } };
    return isConfirmed ? [held, { type: 'SlotConfirmed', data: { ...data, confirmedAt: at } }] : [held];
  };
  const block = (from: string, to: string, blockId = 'b1'): AgendaFact => ({
    type: 'TimeBlocked',
    data: { blockId, from, to, cause: 'absence', blockedAt: at },
  });
  const day = [
    ...meeting('before', '2026-11-25T08:45:00.000Z', '2026-11-25T09:00:00.000Z'),
    ...meeting('first', '2026-11-25T09:00:00.000Z', '2026-11-25T09:15:00.000Z'),
    ...meeting('only-held', '2026-11-25T09:15:00.000Z', '2026-11-25T09:30:00.000Z', false),
    ...meeting('last', '2026-11-25T09:45:00.000Z', '2026-11-25T10:00:00.000Z'),
    ...meeting('after', '2026-11-25T10:00:00.000Z', '2026-11-25T10:15:00.000Z'),
  ];
  const closed = block('2026-11-25T09:00:00.000Z', '2026-11-25T10:00:00.000Z');
  const names = (...facts: readonly AgendaFact[]) => {
    const { state } = given(agenda, ...day, ...facts);
    return {
      inTheWay: meetingsInTheWay(state).map(({ hold, cause }) => `${hold.holdId}: ${cause}`),
      open: meetingsInOpenTime(state).map(({ holdId }) => holdId),
    };
  };
  it('are the confirmed ones that share a moment with it; those that only touch it stay', () => {
    expect(names(closed)).toEqual({ inTheWay: ['first: absence', 'last: absence'], open: ['before', 'after'] });
  });
  it('are none once it is open again', () => {
    const lifted: AgendaFact = { type: 'TimeUnblocked', data: { blockId: 'b1', unblockedAt: at } };
    expect(names(closed, lifted)).toEqual({ inTheWay: [], open: ['before', 'first', 'last', 'after'] });
  });
});
