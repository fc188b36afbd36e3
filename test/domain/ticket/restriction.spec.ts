import { fold } from '../../../src/domain/kernel/decider';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import { isOnlyKept, liftRestriction, restrictProcessing } from '../../../src/domain/ticket/restriction';
import { isRequested, ticket } from '../../../src/domain/ticket/ticket';
import { afterMeeting, booked, met, text } from './story';
import { nothing, oneFact, refused } from '../../support/decided';

const reason = text('Adresa nu este a mea.');
/** Half past midnight in Cluj, and the evening before in Greenwich. */
const at = '2026-03-09T22:30:00.000Z';
const restricted: TicketFact = { type: 'ProcessingRestricted', data: { restrictedAt: at, restrictionGround: 'accuracy', reason } };
const erased: TicketFact = { type: 'PersonalDataErased', data: { erasedAt: at, reason: text('La cerere.') } };
const after = (...facts: readonly TicketFact[]) => fold(ticket, [...met(), ...facts]);
const restrict = (state = after(), why = reason) => restrictProcessing({ ground: 'accuracy', reason: why, at }, state);
const lift = (personToldOn: string, state = after(restricted), why = reason) => liftRestriction({ personToldOn, reason: why, at }, state);

describe('GDPR 18 (1): data that are kept and not used', () => {
  it('by a fact with its ground and why, once', () => {
    expect(restrict()).toEqual({ kind: 'accepted', facts: [restricted] });
    expect(restrict(after(restricted))).toEqual(nothing);
    expect(restrict(after(), text(' '))).toMatchObject(refused('invalid', { field: 'reason', reason: 'required' }));
    // the same again asks for no reason
    expect(restrict(after(restricted), text(' '))).toEqual(nothing);
  });

  it('there must be something of them', () => {
    expect(restrict(ticket.initial)).toMatchObject(refused('not-found'));
    expect(restrict(after(erased))).toMatchObject(refused('not-found'));
  });

  it('whoever still has to meet them may know whom; after the meeting nobody', () => {
    const isKept = (facts: readonly TicketFact[]): boolean => {
      const state = fold(ticket, facts);
      return isRequested(state) && isOnlyKept(state);
    };
    expect(isKept([...booked(), restricted])).toBe(false);
    expect(isKept([...met(), restricted])).toBe(true);
    expect(isKept(met())).toBe(false);
  });
});

describe('GDPR 18 (3): the restriction ends once the person was told', () => {
  it('on a day from its own on, and not on one that is to come: days are those in Cluj', () => {
    expect(lift('2026-03-10')).toEqual(oneFact('RestrictionLifted', { liftedAt: at, personToldOn: '2026-03-10', reason }));
    expect(lift('2026-03-09')).toMatchObject(refused('invalid', { field: 'personToldOn', reason: 'before-the-restriction' }));
    expect(lift('2026-03-11')).toMatchObject(refused('invalid', { field: 'personToldOn', reason: 'in-the-future' }));
    expect(lift('2026-02-30')).toMatchObject(refused('invalid', { field: 'personToldOn', reason: 'not-a-date' }));
  });

  it('with a reason; where nothing is restricted nothing ends', () => {
    expect(lift('2026-03-10', after(restricted), text(' '))).toMatchObject(refused('invalid', { field: 'reason' }));
    expect(lift('2026-03-10', after())).toEqual(nothing);
    const lifted = { liftedAt: afterMeeting, personToldOn: '2026-03-10', reason };
    expect(lift('2026-03-10', after(restricted, { type: 'RestrictionLifted', data: lifted }))).toEqual(nothing);
    expect(lift('2026-03-10', ticket.initial)).toMatchObject(refused('not-found'));
  });
});
