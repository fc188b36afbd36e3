import { confirmFiling, type ConnectedDocument, isSameDocument } from '../../../src/domain/ticket/filing-confirmation';
import { recordFiled } from '../../../src/domain/ticket/resolution';
import { allowedActions } from '../../../src/domain/ticket/allowed';
import { type TicketState, ticket } from '../../../src/domain/ticket/ticket';
import { plusHours } from '../../../src/domain/time/civil-time';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import { nothing, oneFact, oneFactWith, refused } from '../../support/decided';
import * as story from './story';

const { policies, request, resolved } = story;
const typedAt = '2026-03-09T09:00:00.000Z';
const overdue = plusHours(typedAt, 24);
const there: ConnectedDocument = {
  documentNumber: '161203',
  registeredOn: '2026-03-09',
  type: 'Tichetul albastru',
  connectedTo: request,
};

const typed =
  (documentNumber = '161203', at = typedAt) =>
  (state: TicketState) =>
    recordFiled({ documentNumber, at }, state);
const shown =
  (at: string, ...documents: readonly ConnectedDocument[]) =>
  (state: TicketState) =>
    confirmFiling({ documents, policies, at }, state);
const filed = resolved.after(typed());

describe('Art. 7: the register shows the document whose number a person gave', () => {
  it('is seen to be filed, when the person gave it', () => {
    expect(filed.when(shown('2026-03-09T09:01:00.000Z', there))).toMatchObject(
      oneFact('ResolutionFiled', { documentNumber: '161203', connectedTo: request, filedAt: typedAt, grade: 'observed' }),
    );
  });
  it('once: what is seen is not asked about again', () => {
    const seen = filed.after(shown('2026-03-09T09:01:00.000Z', there));
    expect(seen.when(shown('2026-03-09T09:02:00.000Z', there))).toEqual(nothing);
    expect(seen.when(shown(plusHours(typedAt, 300)))).toEqual(nothing);
  });
  it.each([['161.203'], [' 161203/425 '], ['161203/425/09.03.2026']])('in whichever way it was written: %s', (documentNumber) => {
    expect(resolved.after(typed(documentNumber)).when(shown(overdue, there))).toMatchObject(oneFact('ResolutionFiled'));
  });
  it('A17: by the end of the day on which the register has it, where the number was typed days later', () => {
    const late = resolved.after(typed('161203', '2026-03-13T09:00:00.000Z'));
    expect(late.when(shown('2026-03-13T09:01:00.000Z', there))).toMatchObject(oneFactWith({ filedAt: '2026-03-09T22:00:00.000Z' }));
  });
  it('A17: on the day that the register says, where that is after the number was typed', () => {
    const later = { ...there, registeredOn: '2026-03-12' };
    expect(filed.when(shown('2026-03-14T09:00:00.000Z', later))).toMatchObject(oneFactWith({ filedAt: '2026-03-12T22:00:00.000Z' }));
  });
  it('beside another document of that number', () => {
    const other = { ...there, type: 'Adresă' };
    expect(filed.when(shown(overdue, other, there))).toMatchObject(oneFact('ResolutionFiled'));
  });
});

describe('Art. 7: the register does not show it', () => {
  it.each<readonly [string, readonly ConnectedDocument[]]>([
    ['unknown', []],
    ['unknown', [{ ...there, documentNumber: '161204' }]],
    ['other-type', [{ ...there, type: 'Adresă' }]],
    ['other-request', [{ ...there, connectedTo: { number: '154998', filedOn: '2026-02-11' } }]],
    ['other-request', [{ ...there, connectedTo: { number: '154997', filedOn: '2025-02-11' } }]],
    ['before-the-meeting', [{ ...there, registeredOn: '2026-03-08' }]],
  ])('%s: is believed once the register had its time, and not before', (finding, documents) => {
    expect(filed.when(shown(plusHours(typedAt, 23.99), ...documents))).toEqual(nothing);
    expect(filed.when(shown(overdue, ...documents))).toEqual(
      oneFact('FilingDisproved', { documentNumber: '161203', finding, disprovedAt: overdue, policies: [policies['filing-confirmation']] }),
    );
  });
  it('a number of another year is another document', () => {
    expect(resolved.after(typed('161203/425/09.03.2025')).when(shown(overdue, there))).toMatchObject(oneFactWith({ finding: 'unknown' }));
    expect(isSameDocument('161203/425/09.03.2025', '161203/425/09.03.2026')).toBe(false);
    expect(isSameDocument('161203', '161203/425/09.03.2026')).toBe(true);
    expect(isSameDocument(' r-ta  12', 'R-TA 12')).toBe(true);
    expect(isSameDocument('R-TA 12', '12')).toBe(false);
    // one letter is never two
    expect(isSameDocument('Groß 12', 'GROSS 12')).toBe(false);
  });
  it('says nothing where no number was given, nor of a ticket that nobody asked for', () => {
    expect(resolved.when(shown(overdue))).toEqual(nothing);
    expect(given(ticket).when(shown(overdue))).toMatchObject(refused('not-found'));
  });
});

describe('Art. 7: there is a way out', () => {
  const disproved = filed.after(shown(overdue));
  const now = plusHours(overdue, 1);
  const may = (state: TicketState) => allowedActions(state, now, 'staff', policies).includes('filed');

  it('the number may be given again, another or the same, and the register is asked anew', () => {
    expect(may(filed.state)).toBe(false);
    expect(may(disproved.state)).toBe(true);
    for (const number of ['161204', '161203']) {
      const again = disproved.after(typed(number, now));
      expect(again.when(shown(now))).toEqual(nothing);
      expect(again.when(shown(now, { ...there, documentNumber: number }))).toMatchObject(
        oneFact('ResolutionFiled', { documentNumber: number, grade: 'observed' }),
      );
      expect(again.when(shown(plusHours(now, 24)))).toMatchObject(oneFact('FilingDisproved'));
    }
  });
  it('without another number nothing is said twice', () => {
    expect(disproved.when(shown(plusHours(now, 100)))).toEqual(nothing);
    expect(disproved.state).toMatchObject({ resolution: { disproved: { documentNumber: '161203', finding: 'unknown' } } });
    expect(disproved.after(typed('161204', now)).state).not.toMatchObject({ resolution: { disproved: {} } });
  });
});
