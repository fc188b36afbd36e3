import { personal } from '../../../src/domain/kernel/personal-text';
import { correctContact, failContactCode, mayCorrectContact, mayVerifyContact, verifyContact } from '../../../src/domain/ticket/contact';
import { eraseTicket } from '../../../src/domain/ticket/erasure';
import { isRequested, ticket, type TicketState } from '../../../src/domain/ticket/ticket';
import { plusMinutes, plusSeconds } from '../../../src/domain/time/civil-time';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import * as story from './story';

const { policies, requestedAt, standing, ended } = story;
const at = plusMinutes(requestedAt, 60);
const text = (clear: string) => personal('contact', clear);

type Said = { email?: string; phone?: string; shown?: string; at?: string; same?: boolean };
const correct =
  ({ email, phone, shown, at: when = at, same = false }: Said) =>
  (state: TicketState) =>
    correctContact(
      {
        at: when,
        policies,
        sameEmail: same,
        samePhone: same,
        ...(email === undefined ? {} : { email: text(email) }),
        ...(phone === undefined ? {} : { phone: text(phone) }),
        ...(shown === undefined ? {} : { askedThrough: { channel: 'counter', clerk: 'c1' } as const, shown: text(shown) }),
      },
      state,
    );
const verify =
  (n: number, when = plusMinutes(at, 5)) =>
  (state: TicketState) =>
    verifyContact({ n, email: text('noua@exemplu.ro'), at: when, policies }, state);

const asked = standing.after(correct({ email: 'noua@exemplu.ro' }));
const nothing = { kind: 'accepted', facts: [] };
const contactOf = (state: TicketState) => (isRequested(state) ? state.contact : undefined);

describe('Art. 3 e, 8 (GDPR 16): another e-mail address or phone number for a ticket that stands', () => {
  it('a phone number holds at once', () => {
    expect(standing.when(correct({ phone: '0740 111 222' }))).toMatchObject({
      facts: [{ type: 'ContactCorrected', data: { phone: { clear: '0740 111 222' }, correctedAt: at, slot: story.slot } }],
    });
    const after = standing.after(correct({ phone: '0740 111 222' }));
    expect(contactOf(after.state)?.email).toEqual(contactOf(standing.state)?.email);
    expect(contactOf(after.state)?.phone).not.toEqual(contactOf(standing.state)?.phone);
  });

  it('an e-mail address holds once its code was entered, and the one before is kept as what it was', () => {
    expect(contactOf(asked.state)).toEqual(contactOf(standing.state));
    expect(mayVerifyContact(asked.state, at)).toBe(true);
    const after = asked.after(verify(2));
    expect(asked.when(verify(2))).toMatchObject({ facts: [{ type: 'ContactCorrected', data: { n: 2, correctedAt: plusMinutes(at, 5) } }] });
    expect(after.state).toMatchObject({
      verified: { n: 2 },
      newAddress: { former: [{ email: contactOf(standing.state)?.email, until: plusMinutes(at, 5) }] },
    });
    expect(contactOf(after.state)?.email).not.toEqual(contactOf(standing.state)?.email);
    expect(after.when(verify(2))).toEqual(nothing);
    expect(mayVerifyContact(after.state, at)).toBe(false);
  });

  it('codes are counted on from those that booked, and asked for no more often than they (A9)', () => {
    expect(asked.when(correct({ email: 'alta@exemplu.ro', at: plusSeconds(at, 30) }))).toMatchObject({ code: 'too-many-requests' });
    const again = asked.after(correct({ email: 'alta@exemplu.ro', at: plusMinutes(at, 2) }));
    expect(again.when(verify(2))).toMatchObject({ code: 'code-expired', details: { reason: 'replaced' } });
    const third = again.after(correct({ email: 'alta@exemplu.ro', at: plusMinutes(at, 4) }));
    expect(third.when(correct({ email: 'alta@exemplu.ro', at: plusMinutes(at, 6) }))).toMatchObject({ code: 'too-many-requests' });
  });

  it('a code that is over, or tried out, verifies nothing', () => {
    expect(asked.when(verify(2, plusMinutes(at, 10)))).toMatchObject({ code: 'code-expired', details: { reason: 'expired' } });
    const wrong = (triesLeft: number) => (state: TicketState) => failContactCode({ n: 2, triesLeft, at }, state);
    expect(asked.when(wrong(4))).toMatchObject({ facts: [{ type: 'VerificationFailed', data: { n: 2, triesLeft: 4 } }] });
    const tried = asked.after(wrong(0));
    expect(tried.when(wrong(0))).toEqual(nothing);
    expect(tried.when(verify(2))).toMatchObject({ code: 'code-expired', details: { reason: 'tries-used-up' } });
    expect(mayVerifyContact(tried.state, at)).toBe(false);
    expect(standing.when(verify(1))).toEqual(nothing);
    expect(standing.when(verify(7))).toMatchObject({ code: 'wrong-state' });
    expect(standing.when(wrong(4))).toEqual(nothing);
  });

  it('what holds already changes nothing; what is no address or number, or nothing at all, is refused', () => {
    expect(standing.when(correct({ email: 'ana@example.ro', phone: '0740 000 000', same: true }))).toEqual(nothing);
    expect(standing.when(correct({}))).toMatchObject({ code: 'invalid', details: { field: 'email', reason: 'required' } });
    expect(standing.when(correct({ email: 'nu e adresă' }))).toMatchObject({ details: { field: 'email', reason: 'malformed' } });
    expect(standing.when(correct({ phone: '12' }))).toMatchObject({ details: { field: 'phone', reason: 'malformed' } });
  });

  it('a clerk says what was shown', () => {
    expect(standing.when(correct({ phone: '0740 111 222', shown: ' ' }))).toMatchObject({
      details: { field: 'shown', reason: 'required' },
    });
    expect(standing.when(correct({ phone: '0740 111 222', shown: 'carte de identitate' }))).toMatchObject({
      facts: [{ data: { shown: { clear: 'carte de identitate' }, askedThrough: { channel: 'counter' } } }],
    });
    expect(standing.when(correct({ email: 'noua@exemplu.ro', shown: 'carte de identitate' }))).toMatchObject({
      facts: [{ type: 'ContactCorrectionRequested', data: { shown: { clear: 'carte de identitate' } } }],
    });
  });

  it('not before the booking stands, and not once who it was is erased', () => {
    const waiting = given(ticket, story.requested());
    expect(mayCorrectContact(waiting.state)).toBe(false);
    expect(waiting.when(correct({ phone: '0740 111 222' }))).toMatchObject({ code: 'wrong-state' });
    expect(mayCorrectContact(ended.state)).toBe(true);
    const erased = ended.after((state) => eraseTicket({ reason: story.text('x'), at: story.afterMeeting }, state));
    expect(mayCorrectContact(erased.state)).toBe(false);
  });

  it('whoever had no address gets there the resolution that has not reached them', () => {
    const met = given(ticket, story.requested('in-person', false), story.scheduled('in-person'), story.started, story.held('in-person'));
    const { afterMeeting } = story;
    const when = plusMinutes(afterMeeting, 1);
    const said = met.after(correct({ email: 'noua@exemplu.ro', at: afterMeeting }));
    expect(said.when(verify(1, when))).toMatchObject({ facts: [{ data: { n: 1, held: true } }] });
    expect(said.after(verify(1, when)).state).toMatchObject({ verified: { n: 1 }, newAddress: { former: [] } });
  });
});
