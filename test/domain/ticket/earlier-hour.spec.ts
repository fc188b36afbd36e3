import { agenda, leftSince } from '../../../src/domain/agenda/agenda';
import type { AgendaFact } from '../../../src/domain/agenda/facts';
import { fold } from '../../../src/domain/kernel/decider';
import {
  earlierHourWantedSince,
  hourToOffer,
  mayWantEarlierHour,
  noteEarlierHourOffered,
  wantEarlierHour,
  wantNoEarlierHour,
} from '../../../src/domain/ticket/earlier-hour';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import { policiesWith } from '../../../src/domain/policies';
import { isRequested, type RequestedTicket, ticket } from '../../../src/domain/ticket/ticket';
import { plusHours } from '../../../src/domain/time/civil-time';
import { beforeStart, booked, cancelled, policies, request, requested, rescheduled, scheduled, slot, staffAbsent, text } from './story';

/** Wednesday, noon. */
const at = '2026-03-04T10:00:00.000Z';
const when = { at, policies };
const wanted: TicketFact = { type: 'EarlierHourWanted', data: { request, wantedAt: at } };
const earlier = (hours: number) => ({ startsAt: plusHours(slot.startsAt, -hours), endsAt: plusHours(slot.endsAt, -hours) });
const offered = (hours: number, acceptedAt = at): TicketFact => ({
  type: 'EarlierHourOffered',
  data: { letterId: `l-${String(hours)}`, slot: earlier(hours), acceptedAt },
});
const after = (...facts: readonly TicketFact[]): RequestedTicket => {
  const state = fold(ticket, [...booked('online'), ...facts]);
  if (!isRequested(state)) throw new Error('There is no ticket.');
  return state;
};

describe('an earlier hour (A19)', () => {
  it('is wanted once, of a meeting that stands, by whoever can be written to', () => {
    expect(wantEarlierHour(when, after())).toEqual({ kind: 'accepted', facts: [wanted] });
    expect(wantEarlierHour(when, after(wanted))).toEqual({ kind: 'accepted', facts: [] });
    expect(wantEarlierHour({ ...when, at: beforeStart }, after())).toMatchObject({ kind: 'accepted' });
    expect(mayWantEarlierHour(when, after())).toBe(true);
    expect(wantEarlierHour({ ...when, at: slot.startsAt }, after())).toMatchObject({ code: 'wrong-state', article: '8' });
    expect(wantEarlierHour(when, after(cancelled))).toMatchObject({ code: 'wrong-state' });
    expect(wantEarlierHour(when, fold(ticket, [requested('phone', false), scheduled('phone')]))).toMatchObject({
      code: 'wrong-state',
      details: { reason: 'no-email' },
    });
    expect(wantEarlierHour(when, ticket.initial)).toMatchObject({ code: 'not-found' });
  });

  it('A19: not by whoever has no move left', () => {
    const moved = after(rescheduled('citizen', 'hold-2', 'hold-1'), rescheduled('citizen', 'hold-3', 'hold-2'));
    expect(wantEarlierHour(when, moved)).toMatchObject({ code: 'reschedule-limit', details: { limit: 2 } });
    expect(mayWantEarlierHour(when, moved)).toBe(false);
  });

  it('is no longer wanted when the citizen says so, and once the citizen has moved; staff who move the meeting do not answer for them', () => {
    const ended = { type: 'EarlierHourNoLongerWanted', data: { endedAt: at } } as const;
    expect(wantNoEarlierHour({ at }, after(wanted))).toEqual({ kind: 'accepted', facts: [ended] });
    expect(wantNoEarlierHour({ at }, after())).toEqual({ kind: 'accepted', facts: [] });
    expect(wantNoEarlierHour({ at }, ticket.initial)).toMatchObject({ code: 'not-found' });
    expect(after(wanted, ended).earlierHour.wantedAt).toBeUndefined();
    expect(after(wanted, rescheduled('citizen', 'hold-2', 'hold-1')).earlierHour.wantedAt).toBeUndefined();
    expect(after(wanted, rescheduled('staff', 'hold-2', 'hold-1')).earlierHour.wantedAt).toBe(at);
    // of what was called off, or came to nothing, nothing can be sooner
    for (const gone of [cancelled, staffAbsent])
      expect(after(wanted, offered(24), gone).earlierHour).toEqual({ offered: [expect.anything()] });
  });

  it('at most one letter a day, and none at night', () => {
    expect(earlierHourWantedSince(when, after(wanted))).toBe(at);
    expect(earlierHourWantedSince(when, after())).toBeUndefined();
    expect(earlierHourWantedSince(when, after(wanted, offered(24)))).toBeUndefined();
    expect(earlierHourWantedSince({ ...when, at: '2026-03-05T05:00:00.000Z' }, after(wanted, offered(24)))).toBe(at);
    const nobodyReminded = policiesWith({ reminders: { value: null, version: 2 } });
    expect(earlierHourWantedSince({ at: '2026-03-04T19:00:00.000Z', policies: nobodyReminded }, after(wanted))).toBeUndefined();
    expect(earlierHourWantedSince({ at, policies: nobodyReminded }, after(wanted))).toBe(at);
    for (const night of ['2026-03-04T19:00:00.000Z', '2026-03-05T04:59:59.000Z'])
      expect(earlierHourWantedSince({ ...when, at: night }, after(wanted))).toBeUndefined();
  });

  it('of no use to whoever cannot move the meeting any more, nor (GDPR 18) where their data are only kept', () => {
    expect(earlierHourWantedSince({ ...when, at: slot.startsAt }, after(wanted))).toBeUndefined();
    const restrictedAt = { restrictedAt: at, restrictionGround: 'accuracy', reason: text('Adresa nu este a mea.') } as const;
    expect(earlierHourWantedSince(when, after(wanted, { type: 'ProcessingRestricted', data: restrictedAt }))).toBeUndefined();
  });

  it('the first that is before the meeting, and of which nobody has told them', () => {
    const free = [earlier(48), earlier(24), earlier(0), earlier(-24)];
    expect(hourToOffer(free, after(wanted))).toEqual(earlier(48));
    expect(hourToOffer(free, after(wanted, offered(48)))).toEqual(earlier(24));
    expect(hourToOffer(free, after(wanted, offered(48), offered(24)))).toBeUndefined();
  });

  it('is noted once as told', () => {
    const told = { letterId: 'l-24', slot: earlier(24), acceptedAt: at };
    expect(noteEarlierHourOffered(told, after(wanted))).toEqual({ kind: 'accepted', facts: [{ type: 'EarlierHourOffered', data: told }] });
    expect(noteEarlierHourOffered(told, after(wanted, offered(24)))).toEqual({ kind: 'accepted', facts: [] });
    expect(noteEarlierHourOffered({ ...told, letterId: 'l-48' }, after(wanted, offered(24)))).toMatchObject({ facts: [{}] });
    expect(noteEarlierHourOffered(told, ticket.initial)).toMatchObject({ code: 'not-found' });
  });
});

describe('A30: an hour that became free', () => {
  const held = (ticketId: string): AgendaFact => ({
    type: 'SlotHeld',
    data: { holdId: `h-${ticketId}`, ticketId, slot, heldAt: at, until: at },
  });
  const released = (ticketId: string, freeFrom: string): AgendaFact => ({
    type: 'SlotReleased',
    data: { holdId: `h-${ticketId}`, ticketId, slot, releasedAt: at, freeFrom },
  });
  const later = plusHours(at, 1);

  it('is one that somebody else gave back, or lost, since then', () => {
    const since = (...facts: readonly AgendaFact[]): boolean => leftSince(fold(agenda, facts), slot, at, 'mine');
    expect(since(held('other'), released('other', later))).toBe(true);
    expect(since(held('other'), released('other', at))).toBe(false);
    expect(since(held('mine'), released('mine', later))).toBe(false);
    expect(since()).toBe(false);
    const heldLonger: AgendaFact = { type: 'SlotHeld', data: { holdId: 'h', ticketId: 'other', slot, heldAt: at, until: later } };
    expect(since(heldLonger)).toBe(true);
    expect(since(held('other'))).toBe(false);
    const confirmed: AgendaFact = { type: 'SlotConfirmed', data: { holdId: 'h', ticketId: 'other', slot, confirmedAt: at } };
    expect(since(heldLonger, confirmed)).toBe(false);
    expect(leftSince(fold(agenda, [held('other'), released('other', later)]), earlier(1), at, 'mine')).toBe(false);
  });
});
