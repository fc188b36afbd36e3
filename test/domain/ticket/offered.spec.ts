import { changeMode, reassign, reschedule } from '../../../src/domain/ticket/changes';
import { allowedActions } from '../../../src/domain/ticket/allowed';
import {
  acceptedMove,
  type AcceptMove,
  declineOffer,
  offerMove,
  type OfferMove,
  openOffer,
  withdrawOffer,
} from '../../../src/domain/ticket/offered';
import { isRequested, ticket, type TicketState } from '../../../src/domain/ticket/ticket';
import { personal } from '../../../src/domain/kernel/personal-text';
import { policiesWith } from '../../../src/domain/policies';
import { plusMinutes } from '../../../src/domain/time/civil-time';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import { staffWith } from '../../support/staff-and-calendar';
import { nothing, oneFact, oneFactWith, refused } from '../../support/decided';
import * as story from './story';

const { rules, slot, nextSlot, policies } = story;
const at = '2026-03-04T08:00:00.000Z';
/** 24 hours before the hour at which it stands */
const validUntil = '2026-03-08T08:00:00.000Z';
const colleague = { departmentCode: '425', department: 'Serviciul Autorizări urbanism', staffId: 's003' };
const elsewhere = { departmentCode: '500', department: 'Serviciul Cadastru' };
const text = (clear: string) => personal('contact', clear);
const offer = (more: Partial<OfferMove> = {}): OfferMove => ({
  ...rules,
  offerId: 'offer-1',
  to: elsewhere,
  askedOf: 's011',
  reason: text('ține de cadastru'),
  by: 's002',
  at,
  ...more,
});
const standing = given(ticket, ...story.booked('phone'));
const offered = (more: Partial<OfferMove> = {}) => standing.after((state) => offerMove(offer(more), state));
const asked = (command: OfferMove, on = standing) => on.when((state) => offerMove(command, state));
const accept = (state: TicketState, more: Partial<AcceptMove> = {}) =>
  acceptedMove({ offerId: 'offer-1', because: text('cadastru'), at, ...more }, state);
const over = { code: 'wrong-state', article: '8', details: { reason: 'offer-over' } };
const moved = {
  ...rules,
  staffId: 's012',
  department: 'Serviciul Cadastru',
  departmentCode: '500',
  holdId: 'hold-2',
  from: 'hold-1',
  offerId: 'offer-1',
  at,
} as const;

describe('Art. 8: a meeting offered to somebody else', () => {
  it('stands where it stood; the offer says to whom, why, and until when it can be accepted', () => {
    expect(asked(offer())).toMatchObject(oneFact('MoveOffered', { to: elsewhere, askedOf: 's011', slot, staffId: 's002', validUntil }));
    const { state } = offered();
    expect(isRequested(state) && [state.booking.staffId, state.booking.slot, openOffer(state, at)?.offerId]).toEqual([
      's002',
      slot,
      'offer-1',
    ]);
  });
  it('is valid as long as the policy says, which stands in the fact', () => {
    const week = policiesWith({ 'offer-validity': { value: { hoursBefore: 72 }, version: 2 } });
    expect(asked(offer({ policies: week }))).toMatchObject(
      oneFactWith({ validUntil: '2026-03-06T08:00:00.000Z', policies: [week['offer-validity']] }),
    );
  });
  it('can be accepted until that instant, and not at it; then it can be offered no more, either', () => {
    const { state } = offered();
    const before = '2026-03-08T07:59:59.999Z';
    expect(accept(state, { staffId: 's012', at: before })).toMatchObject({ staffId: 's012', slot });
    expect(accept(state, { staffId: 's012', at: validUntil })).toMatchObject(
      refused('wrong-state', { article: '8', reason: 'offer-lapsed', until: validUntil }),
    );
    expect(asked(offer({ at: before }))).toMatchObject({ kind: 'accepted' });
    expect(asked(offer({ at: validUntil }))).toMatchObject(refused('wrong-state', { article: '8', reason: 'offer-too-late', hours: 24 }));
  });
  it('Art. 4: of an hour that is named it says until when that hour can still be taken, in whatever way the 48 hours are counted', () => {
    // 50 hours ahead, and days before the hour at which it stands
    const soon = { startsAt: '2026-03-06T10:00:00.000Z', endsAt: '2026-03-06T10:15:00.000Z' };
    const named = { to: { ...colleague, slot: soon } };
    const until = '2026-03-04T10:00:00.000Z';
    expect(asked(offer(named))).toMatchObject(
      oneFactWith({ validUntil: until, policies: [policies['offer-validity'], policies['lead-time']] }),
    );
    const { state } = offered(named);
    expect(accept(state, { at: '2026-03-04T09:59:59.999Z' })).toMatchObject({ slot: soon });
    expect(accept(state, { at: until })).toMatchObject(refused('wrong-state', { reason: 'offer-lapsed', until }));
    // and somebody else can be asked
    expect(offered(named).when((standing) => offerMove(offer({ offerId: 'offer-2', at: until }), standing))).toMatchObject({
      kind: 'accepted',
    });
    expect(asked(offer({ ...named, at: until }))).toMatchObject(refused('wrong-state', { reason: 'offer-too-late' }));
    const midnight = policiesWith({ 'lead-time': { value: { hours: 24, counted: 'from-next-midnight' }, version: 2 } });
    expect(asked(offer({ ...named, policies: midnight }))).toMatchObject(oneFactWith({ validUntil: '2026-03-04T22:00:00.000Z' }));
    // an hour that is later than the one at which it stands is no bound
    expect(asked(offer({ to: { ...colleague, slot: nextSlot } }))).toMatchObject(oneFactWith({ validUntil }));
  });
  it('Art. 5: nor any longer than the link of an online meeting can be made by hand for that hour', () => {
    const online = given(ticket, ...story.booked('online'));
    const byHand = policiesWith({ 'link-by-hand': { value: { workingHours: 20 }, version: 2 } });
    const named = { ...colleague, slot: { startsAt: '2026-03-10T08:00:00.000Z', endsAt: '2026-03-10T08:15:00.000Z' } };
    const linkMaker = { staff: staffWith(), calendar: story.calendar };
    const decided = online.when((state) => offerMove(offer({ to: named, policies: byHand, linkMaker }), state));
    if (decided.kind !== 'accepted' || decided.facts[0]?.type !== 'MoveOffered') throw new Error('It can be offered.');
    const { validUntil: until } = decided.facts[0].data;
    expect(until < validUntil).toBe(true);
    const atThat = (when: string) => online.when((state) => offerMove(offer({ to: named, policies: byHand, linkMaker, at: when }), state));
    expect(atThat(plusMinutes(until, 1))).toMatchObject(refused('no-time-for-link', { article: '5' }));
    expect(atThat(plusMinutes(until, -1))).toMatchObject({ kind: 'accepted' });
  });
  it('A20: of an hour to which the citizen agreed it says that hour, where it comes first', () => {
    const soon = { startsAt: '2026-03-05T08:00:00.000Z', endsAt: '2026-03-05T08:15:00.000Z' };
    const agreement = { channel: 'phone', agreedAt: '2026-03-04T07:50:00.000Z' } as const;
    expect(asked(offer({ to: { ...colleague, slot: soon }, agreement }))).toMatchObject(
      oneFactWith({ validUntil: soon.startsAt, policies: [policies['offer-validity']] }),
    );
  });
  it('to a department whose head has it themselves, the hour at which it stands can be named', () => {
    expect(asked(offer({ to: { ...elsewhere, slot }, askedOf: 's002' }))).toMatchObject({ kind: 'accepted' });
  });
  it('Art. 3 d: once the mode changes, a decline says the mode in which it stands', () => {
    const change = { ...rules, by: 'staff', reason: 'technical', citizenAgreed: false, slot, mode: 'in-person', at } as const;
    const changed = offered().after((state) => changeMode(change, state));
    const declined = changed.when((state) => declineOffer({ offerId: 'offer-1', reason: text('nu'), by: 's011', at }, state));
    expect(declined).toMatchObject(oneFactWith({ mode: 'in-person', slot, offeredBy: 's002', declinedBy: 's011' }));
  });
  it('Art. 8: whoever accepts says why to the citizen, and does not send what the offer says', () => {
    expect(accept(offered().state, { staffId: 's012', because: text(' ') })).toMatchObject(
      refused('invalid', { article: '8', field: 'because', reason: 'required' }),
    );
    expect(accept(offered().state, { staffId: 's012' })).not.toHaveProperty('reason');
  });
  it('is offered to one at a time, and said once', () => {
    expect(asked(offer(), offered())).toEqual(nothing);
    expect(asked(offer({ offerId: 'offer-2' }), offered())).toMatchObject({ article: '8', details: { reason: 'already-offered' } });
    const allowed = ({ state }: { readonly state: TicketState }, when = at) => allowedActions(state, when, 'staff', policies);
    expect(allowed(standing)).toContain('offer');
    expect(allowed(standing)).not.toContain('offer-withdrawn');
    expect(allowed(offered())).toContain('offer-withdrawn');
    expect(allowed(offered())).not.toContain('offer');
    expect(allowed(offered(), validUntil)).not.toContain('offer-withdrawn');
  });
  it('Art. 1: never to who has it, nor to nobody of the same department, nor without a reason', () => {
    const fault = (command: OfferMove, field: string, reason: string): void => {
      expect(asked(command)).toMatchObject(refused('invalid', { article: '1', field, reason }));
    };
    fault(offer({ to: { ...colleague, staffId: 's002' } }), 'staffId', 'same-person');
    const { staffId: _, ...nobody } = colleague;
    fault(offer({ to: nobody }), 'staffId', 'required');
    fault(offer({ reason: text(' ') }), 'reason', 'required');
  });
  it('Art. 4: an hour that is too soon is offered only with the citizen’s agreement, and an agreement is to an hour', () => {
    const soon = { startsAt: '2026-03-05T08:00:00.000Z', endsAt: '2026-03-05T08:15:00.000Z' };
    const agreement = { channel: 'phone', agreedAt: '2026-03-04T07:50:00.000Z' } as const;
    expect(asked(offer({ to: { ...colleague, slot: soon } }))).toMatchObject(refused('too-soon', { article: '4' }));
    const { state } = offered({ to: { ...colleague, slot: soon }, agreement });
    expect(accept(state)).toMatchObject({ slot: soon, agreement });
    expect(asked(offer({ agreement }))).toMatchObject(refused('invalid', { article: '4', field: 'startsAt' }));
    const late = { ...agreement, agreedAt: '2026-03-04T08:00:00.001Z' };
    expect(asked(offer({ to: { ...colleague, slot: soon }, agreement: late }))).toMatchObject({ details: { reason: 'in-the-future' } });
  });
  it('is of no meeting that does not stand, nor of one to which nobody came', () => {
    expect(given(ticket).when((state) => offerMove(offer(), state))).toMatchObject(refused('not-found'));
    expect(given(ticket).when((state) => withdrawOffer({ by: 's002', at }, state))).toMatchObject(refused('not-found'));
    for (const facts of [story.met(), [...story.booked('phone'), story.staffAbsent]]) {
      expect(asked(offer(), given(ticket, ...facts))).toMatchObject(refused('wrong-state', { article: '8' }));
    }
  });
  it('is accepted as it was offered; what it leaves open whoever accepts says', () => {
    const open = offered().state;
    expect(accept(open)).toMatchObject(refused('invalid', { article: '1', field: 'staffId', reason: 'required' }));
    expect(accept(open, { staffId: 's012', slot: nextSlot })).toMatchObject({ staffId: 's012', departmentCode: '500', slot: nextSlot });
    const named = offered({ to: { ...colleague, slot: nextSlot } }).state;
    expect(accept(named)).toMatchObject({ staffId: 's003', slot: nextSlot });
    expect(accept(named, { staffId: 's003', slot: nextSlot })).toMatchObject({ staffId: 's003' });
    expect(accept(named, { staffId: 's004' })).toMatchObject({ article: '8', details: { field: 'staffId', reason: 'not-as-offered' } });
    expect(accept(named, { slot })).toMatchObject({ article: '8', details: { field: 'startsAt', reason: 'not-as-offered' } });
    expect(accept(standing.state, { staffId: 's012' })).toMatchObject({ article: '8', details: { reason: 'no-offer' } });
  });
  it('is the move that accepts it: the fact names the offer, and the offer is over', () => {
    const change = { by: 'staff', reason: 'other', reasonText: text('cadastru'), citizenAgreed: false } as const;
    const toHour = offered().when((state) => reschedule({ ...moved, ...change, slot: nextSlot }, state));
    expect(toHour).toMatchObject(oneFact('Rescheduled', { offerId: 'offer-1', staffId: 's012' }));
    const take = (state: TicketState) => reassign({ ...moved, slot, reason: text('cadastru') }, state);
    expect(offered().when(take)).toMatchObject(oneFact('Reassigned', { offerId: 'offer-1' }));
    const sameHour = offered().after(take);
    expect(accept(sameHour.state, { staffId: 's012' })).toMatchObject(over);
    // a move without an offer names none
    const { offerId: _, ...without } = moved;
    const plain = standing.when((state) => reassign({ ...without, slot, reason: text('x') }, state));
    expect(plain.kind === 'accepted' && 'offerId' in (plain.facts[0]?.data ?? {})).toBe(false);
  });
  it('declined or withdrawn, or after another move or the end of the meeting, nobody accepts it, nor finishes a move by it', () => {
    const change = { by: 'staff', reason: 'other', reasonText: text('x'), citizenAgreed: false, ...rules, at } as const;
    const { offerId: _, ...without } = moved;
    const ended = [
      offered().after((state) => declineOffer({ offerId: 'offer-1', reason: text('nu'), by: 's011', at }, state)),
      offered().after((state) => withdrawOffer({ by: 's002', at }, state)),
      offered().after((state) => reschedule({ ...without, ...change, slot: nextSlot, from: 'hold-1' }, state)),
    ];
    for (const { state } of ended) {
      expect(accept(state, { staffId: 's012' })).toMatchObject(over);
      const from = isRequested(state) ? state.booking.holdId : '';
      const late = { ...moved, from, holdId: 'hold-3' };
      expect(reassign({ ...late, slot: isRequested(state) ? state.booking.slot : slot, reason: text('x') }, state)).toMatchObject(over);
      expect(reschedule({ ...late, ...change, slot: nextSlot }, state)).toMatchObject(over);
      expect(withdrawOffer({ by: 's002', at }, state)).toMatchObject(over);
    }
    const again = ended[0]?.after((state) => offerMove(offer({ offerId: 'offer-2' }), state));
    expect(again && accept(again.state, { staffId: 's012' })).toMatchObject(over);
    expect(again?.when((state) => declineOffer({ offerId: 'offer-2', reason: text(' '), by: 's011', at }, state))).toMatchObject(
      refused('invalid', { article: '8', field: 'reason' }),
    );
  });
  it('an offer whose time has passed gives way to a new one, once the meeting stands later', () => {
    const short = policiesWith({ 'offer-validity': { value: { hoursBefore: 96 }, version: 2 } });
    const passed = offered({ policies: short });
    const later = '2026-03-05T08:00:00.000Z';
    expect(accept(passed.state, { staffId: 's012', at: later })).toMatchObject({ details: { reason: 'offer-lapsed' } });
    const second = passed.after((state) => offerMove(offer({ offerId: 'offer-2', at: later }), state));
    expect(accept(second.state, { staffId: 's012', at: later })).toMatchObject(over);
    expect(acceptedMove({ offerId: 'offer-2', because: text('x'), staffId: 's012', at: later }, second.state)).toMatchObject({
      staffId: 's012',
    });
  });
});
