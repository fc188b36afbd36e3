import type { TicketFact } from '../../../src/domain/ticket/facts';
import { countsAsTold, isTold, notifyCitizen, type NotifyCitizen, owesAWord } from '../../../src/domain/ticket/changes';
import { noteInvitationSent } from '../../../src/domain/ticket/meeting';
import { noteLetterBounced, noteResolutionSent } from '../../../src/domain/ticket/resolution';
import { isRequested, type TicketState, ticket } from '../../../src/domain/ticket/ticket';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import * as story from './story';

const { rules, slot, afterMeeting: at, standing } = story;
const nothing = { kind: 'accepted', facts: [] };
const bounced =
  (letterId: string, kind: Parameters<typeof noteLetterBounced>[0]['kind'] = 'code') =>
  (state: TicketState) =>
    noteLetterBounced({ ...rules, letterId, kind, at }, state);

describe('C18, A21: a letter that came back', () => {
  const invite = (letterId: string) => (state: TicketState) =>
    noteInvitationSent({ letterId, slot, sequence: 0, withLink: false, acceptedAt: at }, state);
  const invited = invite('l1');
  const sent = (state: TicketState) => noteResolutionSent({ letterId: 'l2', toVerifiedAddress: true, acceptedAt: at }, state);
  const told: TicketFact = {
    type: 'CitizenNotified',
    data: { about: 'cancelled', channel: 'email', outcome: 'accepted', notifiedAt: at, letterId: 'l3' },
  };
  const all = given(ticket, ...story.booked(), story.cancelled, told)
    .after(invite('l0'))
    .after(invited)
    .after(sent);

  it('has not reached the citizen with whatever it was for, and with nothing else', () => {
    expect(all.when(bounced('l1'))).toMatchObject({
      facts: [{ type: 'InvitationBounced', data: { letterId: 'l1', bouncedAt: at, policies: [rules.policies['bounce-follow-up']] } }],
    });
    expect(all.when(bounced('l2'))).toMatchObject({
      facts: [{ type: 'ResolutionBounced', data: { letterId: 'l2', bouncedAt: at, policies: [rules.policies['bounce-follow-up']] } }],
    });
    expect(all.when(bounced('l3'))).toEqual({
      kind: 'accepted',
      facts: [
        {
          type: 'CitizenNotified',
          data: { about: 'cancelled', channel: 'email', outcome: 'bounced', notifiedAt: at, letterId: 'l3', grade: 'declared' },
        },
      ],
    });
    expect(all.when(bounced('l4'))).toEqual(nothing);
  });
  it('is known by its kind where nobody knew that it had left', () => {
    expect(all.when(bounced('l4', 'invitation'))).toMatchObject({ facts: [{ type: 'InvitationBounced', data: { letterId: 'l4' } }] });
    expect(all.when(bounced('l4', 'resolution'))).toMatchObject({ facts: [{ type: 'ResolutionBounced', data: { letterId: 'l4' } }] });
    for (const kind of ['code', 'change', 'cancellation'] as const) expect(all.when(bounced('l4', kind))).toEqual(nothing);
  });
  it('is noted once, and never of a ticket that nobody asked for', () => {
    for (const letterId of ['l1', 'l2', 'l3']) expect(all.after(bounced(letterId)).when(bounced(letterId))).toEqual(nothing);
    expect(given(ticket).when(bounced('l1', 'invitation'))).toMatchObject({ code: 'not-found' });
    expect(given(ticket, story.fence).when(bounced('l1'))).toMatchObject({ code: 'not-found' });
  });
  it('that moved the calendar entry and told the citizen of it did neither', () => {
    const both = given(ticket, ...story.booked(), story.cancelled, { ...told, data: { ...told.data, letterId: 'l1' } }).after(invited);
    expect(both.when(bounced('l1'))).toMatchObject({ facts: [{ type: 'InvitationBounced' }, { type: 'CitizenNotified' }] });
  });
});

describe('Art. 8 (A21): who counts as told', () => {
  const since = '2026-03-05T08:00:00.000Z';
  const before = '2026-03-05T07:59:59.999Z';
  const command: NotifyCitizen = { channel: 'phone', outcome: 'reached', notifiedAt: since, at };
  const tell =
    (change: Partial<NotifyCitizen> = {}) =>
    (state: TicketState) =>
      notifyCitizen({ ...command, ...change }, state);
  const letter = (letterId: string, change: Partial<NotifyCitizen> = {}) =>
    tell({ channel: 'email', outcome: 'accepted', letterId, ...change });
  const cancelled = given(ticket, ...story.booked(), story.cancelled);
  const told = ({ state }: { readonly state: TicketState }) => isRequested(state) && isTold(state);
  const owes = ({ state }: { readonly state: TicketState }) => isRequested(state) && owesAWord(state);

  it('whoever was reached or refused another hour, or whose server took the letter, and nobody else', () => {
    const outcomes = ['reached', 'voicemail', 'no-answer', 'declined-new-slot', 'accepted', 'bounced'] as const;
    expect(outcomes.filter(countsAsTold)).toEqual(['reached', 'declined-new-slot', 'accepted']);
  });
  it('everybody, where there is nothing to tell', () => {
    expect(told(standing)).toBe(true);
    expect(told(cancelled)).toBe(false);
  });
  it('from the moment on from which it is owed, and of that matter', () => {
    expect(told(cancelled.after(tell()))).toBe(true);
    expect(told(cancelled.after(tell({ notifiedAt: before })))).toBe(false);
    expect(told(cancelled.after(tell({ about: 'rescheduled' })))).toBe(false);
  });
  it('not by a letter that came back, whichever came first, and by another one all the same', () => {
    const cameBack = cancelled.after(letter('l1')).after(letter('l1', { outcome: 'bounced', notifiedAt: at }));
    expect(told(cancelled.after(letter('l1')))).toBe(true);
    expect(told(cameBack)).toBe(false);
    expect(told(cameBack.after(letter('l2')))).toBe(true);
    expect(told(cameBack.after(tell()))).toBe(true);
    // a letter without a name that came back says nothing of a call
    expect(told(cancelled.after(tell()).after(tell({ channel: 'email', outcome: 'bounced' })))).toBe(true);
  });
  it('C19: the answer to a cancelling is open until a new hour is refused since', () => {
    const refused = (notifiedAt: string) => cancelled.after(tell()).after(tell({ outcome: 'declined-new-slot', notifiedAt }));
    expect(owes(standing)).toBe(false);
    expect([owes(cancelled), owes(cancelled.after(tell()))]).toEqual([true, true]);
    expect([owes(refused(since)), owes(refused(before))]).toEqual([false, true]);
  });
  it('it is told at that very moment, or before it, and never ahead of the clock', () => {
    expect(cancelled.when(tell({ notifiedAt: at }))).toMatchObject({ kind: 'accepted' });
  });
  it('the same is the same matter, way, outcome and moment, or the same letter', () => {
    const once = cancelled.after(tell({ outcome: 'declined-new-slot' }));
    expect(once.when(tell({ outcome: 'declined-new-slot' }))).toEqual(nothing);
    expect(once.when(tell({ outcome: 'declined-new-slot', about: 'rescheduled' }))).toMatchObject({ facts: [{}] });
    expect(once.when(tell({ outcome: 'declined-new-slot', channel: 'email' }))).toMatchObject({ facts: [{}] });
    const written = cancelled.after(letter('l1'));
    expect(written.when(letter('l1', { notifiedAt: at }))).toEqual(nothing);
    expect(written.when(letter('l2'))).toMatchObject({ facts: [{ data: { letterId: 'l2' } }] });
  });
});
