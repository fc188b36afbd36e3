import type { CaseFile } from '../../../src/domain/audit/case-file';
import { evidenceOf } from '../../../src/domain/audit/evidence';
import { judgedStamps, requestedStamps } from '../../../src/domain/audit/in-force';
import { judge } from '../../../src/domain/audit/judge';
import type { Instant } from '../../../src/domain/kernel/fact';
import { policiesWith } from '../../../src/domain/policies';
import { handlerAssigned, statusChanged } from '../../support/entries';
import { onlineHistory } from '../../support/histories';
import type { History } from '../../support/history';
import { resultOf, settled } from '../../support/judging';
import { defaultPlot, stamps } from '../../support/plot';
import { addingToRequest, changing, eventOf, requestOtherwise, withStaff } from '../../support/retelling';

const online = onlineHistory();
const { requestedAt } = defaultPlot;

describe('The request as it stood when the ticket was admitted', () => {
  const assigned = (day: string, handlerStaffId: string) => handlerAssigned(handlerStaffId, `2026-02-${day}T08:00:00.000Z`);

  it('C12, Art. 1: was with whoever had it last, and a word of its status gave it to nobody else', () => {
    const stillOpen = statusChanged('in-operation', '2026-02-26T08:00:00.000Z');
    const back = addingToRequest(withStaff(online, 'S-042'), assigned('20', 'S-042'), assigned('24', 'S-017'), stillOpen);
    expect(resultOf(back, 'C12').verdict).toBe('pass');
    const withColleague = addingToRequest(withStaff(online, 'S-042'), assigned('24', 'S-042'), stillOpen);
    expect(resultOf(withColleague, 'C12').verdict).toBe('fail');
    expect(resultOf(addingToRequest(back, assigned('27', 'S-042')), 'C12').verdict).toBe('fail');
  });

  it('C23, Art. 3 b: is told by the order of its own stream, also where it begins with the admission', () => {
    const registeredAgain = requestOtherwise(online, ({ fact }) => (fact.type === 'RequestRegistered' ? { at: requestedAt } : undefined));
    if (registeredAgain === undefined) throw new Error('It is registered.');
    expect(resultOf(registeredAgain, 'C23').verdict).toBe('pass');
    expect(resultOf({ ...registeredAgain, request: registeredAgain.request.toReversed() }, 'C23').verdict).toBe('fail');
  });

  it('C23: is what was recorded by the hour of the form where an old stream keeps no admission', () => {
    const registered = (at: Instant): History =>
      requestOtherwise(online, ({ fact }) => (fact.type === 'RequestRegistered' ? { at } : { gone: true })) ?? online;
    expect(resultOf(registered(requestedAt), 'C23').verdict).toBe('pass');
    expect(resultOf(registered('2026-03-02T07:00:00.001Z'), 'C23').verdict).toBe('fail');
  });
});

describe('What the audit keeps of stamps', () => {
  const twoDays = policiesWith({ 'booking-horizon': { value: { days: 2 }, version: 2 } })['booking-horizon'];
  const first = stamps('lead-time', 'booking-horizon', 'verification');

  it('are those of a reading that is not the rulebook’s own, and of that one stamp, for C01', () => {
    expect(requestedStamps([...first, twoDays])).toEqual([twoDays]);
    expect(requestedStamps(first)).toEqual(stamps('lead-time'));
    expect(requestedStamps([])).toEqual([]);
  });

  it('are, of a later fact, those that a check asks it for', () => {
    expect(judgedStamps(first, 'lead-time')).toEqual(stamps('lead-time'));
    expect(judgedStamps(first, 'verification', 'lead-time')).toEqual(stamps('lead-time', 'verification'));
    expect(judgedStamps(first, 'outcome-deadline')).toEqual([]);
  });

  it('C09, Art. 4 (A16): judge a booking by the horizon of then', () => {
    const history = changing(online, 'Requested', { policies: [...stamps('lead-time', 'verification'), twoDays] });
    const kept: CaseFile = { ...history, ticket: history.ticket.map((event) => ({ ...event, fact: evidenceOf(event.fact) })) };
    expect(evidenceOf(eventOf(history, 'Requested').fact)).toMatchObject({ data: { policies: [twoDays] } });
    for (const caseFile of [history, kept]) {
      expect(judge(caseFile, settled).checks.find(({ id }) => id === 'C09')).toMatchObject({ verdict: 'fail' });
    }
  });
});
