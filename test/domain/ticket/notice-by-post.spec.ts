import { accept } from '../../../src/domain/kernel/decider';
import { isTold, notifyCitizen, type NotifyCitizen, owesAWord } from '../../../src/domain/ticket/changes';
import type { Requested } from '../../../src/domain/ticket/facts';
import { isRequested, type TicketState, ticket } from '../../../src/domain/ticket/ticket';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import { nothing, oneFact, oneFactWith, refused } from '../../support/decided';
import * as story from './story';

const { contact: onPaper } = story.requested('in-person', false).data;
const address = { name: onPaper.name, postalAddress: story.text('Str. Memorandumului 1') };
const askedFor = (contact: Requested['data']['contact']): Requested => {
  const { type, data } = story.requested('in-person', false);
  return { type, data: { ...data, contact } };
};
/** Moved by staff at 10:00 on Tuesday the third, in Cluj. */
const since = '2026-03-03T08:00:00.000Z';
const { type, data: moved } = story.rescheduled('staff', 'hold-2', 'hold-1');
const told = (contact: Requested['data']['contact'] = address) =>
  given(ticket, askedFor(contact), story.scheduled('in-person'), { type, data: { ...moved, mode: 'in-person', requestedAt: since } });
const posted =
  (changes: Partial<NotifyCitizen> = {}) =>
  (state: TicketState) => {
    const at = changes.at ?? '2026-03-04T15:00:00.000Z';
    return notifyCitizen({ channel: 'post', outcome: 'posted', postedOn: '2026-03-04', notifiedAt: at, at, ...changes }, state);
  };
const cameBack = posted({ outcome: 'bounced', at: '2026-03-09T07:00:00.000Z' });
const isToldNow = ({ state }: { readonly state: TicketState }) => isRequested(state) && isTold(state);
const mayNote = ({ state }: { readonly state: TicketState }) => isRequested(state) && owesAWord(state);

describe('Art. 8 (A21, A10): told by post, where there is a postal address alone', () => {
  it('the letter counts with the day on which it was posted, and not from before the change', () => {
    const dispatchNumber = story.text('RR123456785RO');
    expect(told().when(posted({ dispatchNumber }))).toMatchObject(
      oneFact('CitizenNotified', {
        about: 'rescheduled',
        channel: 'post',
        outcome: 'posted',
        postedOn: '2026-03-04',
        dispatchNumber,
        // 00:00 of that day in Cluj
        notifiedAt: '2026-03-03T22:00:00.000Z',
        grade: 'declared',
      }),
    );
    expect(told().when(posted({ postedOn: '2026-03-03' }))).toMatchObject(oneFactWith({ notifiedAt: since }));
    expect([isToldNow(told()), isToldNow(told().after(posted())), isToldNow(told().after(posted({ postedOn: '2026-03-03' })))]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it.each([
    ['phone', { ...address, phone: story.text('0740 123 456') }, 'by-phone-or-email'],
    ['e-mail', { ...address, email: story.text('ana@example.ro') }, 'by-phone-or-email'],
    ['nothing', { name: address.name }, 'no-postal-address'],
  ] as const)('whoever gave %s is not told by post', (_, contact, reason) => {
    expect(told(contact).when(posted())).toMatchObject(refused('invalid', { article: '8', field: 'channel', reason }));
    expect(told(contact).when(posted({ outcome: 'declined-new-slot' }))).toMatchObject({ details: { field: 'channel', reason } });
  });

  it.each([
    ['without its day', { postedOn: undefined }, 'postedOn', 'required'],
    ['on a day to come', { postedOn: '2026-03-05' }, 'postedOn', 'in-the-future'],
    ['before there was anything to tell', { postedOn: '2026-03-02' }, 'postedOn', 'before-the-change'],
    ['with a day of a call', { channel: 'phone', outcome: 'reached' }, 'postedOn', 'only-by-post'],
    ['with a day of their answer', { outcome: 'declined-new-slot' }, 'postedOn', 'only-by-post'],
    [
      'with a number of a call',
      { channel: 'phone', outcome: 'reached', postedOn: undefined, dispatchNumber: story.text('1') },
      'dispatchNumber',
      'only-by-post',
    ],
    ['that came back and never left', { outcome: 'bounced' }, 'postedOn', 'nothing-posted'],
  ] as const)('a letter %s is refused', (_, changes, field, reason) => {
    const { postedOn, ...others } = { postedOn: '2026-03-04', ...changes };
    const at = '2026-03-04T15:00:00.000Z';
    const said = {
      channel: 'post',
      outcome: 'posted',
      notifiedAt: at,
      at,
      ...(postedOn === undefined ? {} : { postedOn }),
      ...others,
    } as const;
    expect(told().when((state) => notifyCitizen(said, state))).toMatchObject(refused('invalid', { article: '8', field, reason }));
  });

  it('the post has its own outcomes, and where nothing has changed nothing is told', () => {
    expect(told().when(posted({ outcome: 'reached' }))).toMatchObject(refused('invalid', { reason: 'not-of-channel' }));
    expect(told().when(posted({ outcome: 'declined-new-slot', postedOn: undefined as never }))).toMatchObject({ facts: [{}] });
    expect(given(ticket, askedFor(address), story.scheduled('in-person')).when(posted())).toMatchObject(refused('wrong-state'));
  });

  it('what was posted comes back also where a phone number or an e-mail address was given since', () => {
    const phone = {
      type: 'ContactCorrected',
      data: { phone: story.text('0740 123 456'), correctedAt: '2026-03-05T08:00:00.000Z' },
    } as const;
    const once = told()
      .after(posted())
      .after(() => accept(phone));
    const returned = once.after(cameBack);
    expect(returned.state).toMatchObject({ notices: [{ outcome: 'posted' }, { about: 'rescheduled', outcome: 'bounced' }] });
    expect([isToldNow(once), isToldNow(returned)]).toEqual([true, false]);
    expect(once.when(posted({ postedOn: '2026-03-03' }))).toMatchObject({ details: { reason: 'by-phone-or-email' } });
    expect(returned.when(posted({ outcome: 'bounced', postedOn: '2026-03-03' }))).toMatchObject({ details: { reason: 'nothing-posted' } });
  });

  it('what told them may come back after calls that nobody answered, and no longer matters once they were reached', () => {
    const call = (outcome: 'no-answer' | 'reached') => (state: TicketState) =>
      notifyCitizen({ channel: 'phone', outcome, notifiedAt: '2026-03-06T08:00:00.000Z', at: '2026-03-06T08:00:00.000Z' }, state);
    const called = told().after(posted()).after(call('no-answer'));
    expect([isToldNow(called), mayNote(called)]).toEqual([true, true]);
    const returned = called.after(cameBack);
    expect([isToldNow(returned), mayNote(returned)]).toEqual([false, true]);
    const reached = returned.after(call('reached'));
    expect([isToldNow(reached), mayNote(reached)]).toEqual([true, false]);
    expect(mayNote(called.after(call('reached')))).toBe(false);
  });

  it('said twice it is noted once; one that came back told nobody, until another is posted, on whichever day', () => {
    const once = told().after(posted());
    expect(once.when(posted())).toEqual(nothing);
    expect(mayNote(once)).toBe(true);
    const returned = once.after(cameBack);
    expect(returned.state).toMatchObject({ notices: [{ outcome: 'posted' }, { about: 'rescheduled', outcome: 'bounced' }] });
    expect([isToldNow(returned), mayNote(returned)]).toEqual([false, true]);
    expect(returned.when(cameBack)).toEqual(nothing);
    for (const postedOn of ['2026-03-04', '2026-03-09']) {
      const again = returned.after(posted({ postedOn, at: '2026-03-09T08:00:00.000Z' }));
      expect(isToldNow(again)).toBe(true);
    }
    // the other letter stays where it is
    const two = once.after(posted({ postedOn: '2026-03-03' })).after(cameBack);
    expect(isToldNow(two)).toBe(true);
  });
});
