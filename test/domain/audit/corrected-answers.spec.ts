import { workingCalendar } from '../../../src/domain/calendar/calendar';
import { clarificationWindow } from '../../../src/domain/calendar/working-days';
import { personal } from '../../../src/domain/kernel/personal-text';
import type { CivilDate, Instant } from '../../../src/domain/kernel/fact';
import type { RequestFact } from '../../../src/domain/request/facts';
import { clarificationHistory, onlineHistory } from '../../support/histories';
import { resultOf, verdicts } from '../../support/judging';
import { policies } from '../../support/plot';
import { addingToRequest, answeredOn } from '../../support/retelling';

const over = answeredOn('2026-01-05', '2026-02-04');
const reason = personal('office', 'Ziua a fost scrisă greșit.');
const corrected = (at: Instant, ofDocument: string, communicatedOn: CivilDate): readonly [Instant, RequestFact] => [
  at,
  {
    type: 'AnswerCorrected',
    data: {
      ofDocument,
      documentNumber: ofDocument,
      communicatedOn,
      channel: 'post',
      answeredBy: 'S-017',
      ...clarificationWindow(communicatedOn, policies['clarification-window'], workingCalendar.initial),
      policy: policies['clarification-window'],
      calendarVersion: 'ro-2024.1+0',
      reason,
      correctedBy: 'r1',
      correctedAt: at,
    },
  },
];
const withdrawn = (at: Instant, documentNumber: string): readonly [Instant, RequestFact] => [
  at,
  { type: 'AnswerWithdrawn', data: { documentNumber, reason, withdrawnBy: 'r1', withdrawnAt: at } },
];
const document = '154997/R1';

describe('C02 and C03, Art. 2 b: the ground is judged by what was known when the ticket was admitted', () => {
  it('A26: a correction or a withdrawal of later takes nothing from a ticket that was booked before', () => {
    const before = verdicts(clarificationHistory());
    for (const entry of [corrected('2026-03-04T08:00:00.000Z', document, '2026-01-05'), withdrawn('2026-03-04T08:00:00.000Z', document)]) {
      const after = verdicts(addingToRequest(clarificationHistory(), entry));
      expect([after['C02'], after['C03']]).toEqual([before['C02'], before['C03']]);
      expect(after['C02']).toBe('pass');
    }
  });
  it('of before, it makes the ground that the answer as it was recorded first had untrue', () => {
    const at = '2026-03-01T08:00:00.000Z';
    expect(verdicts(addingToRequest(clarificationHistory(), corrected(at, document, '2026-02-19')))['C02']).toBe('fail');
    expect(verdicts(addingToRequest(clarificationHistory(), withdrawn(at, document)))['C02']).toBe('fail');
  });
});

describe('C25, Art. 2: an answer told late that was a mistake', () => {
  const at = '2026-03-04T08:00:00.000Z';
  it('accuses nobody once it is corrected to a day after the ticket, or withdrawn', () => {
    const accused = addingToRequest(onlineHistory(), over);
    expect(resultOf(accused, 'C25').verdict).toBe('fail');
    expect(resultOf(addingToRequest(accused, corrected(at, '154997/R0', '2026-03-03')), 'C25').verdict).toBe('pass');
    expect(resultOf(addingToRequest(accused, withdrawn(at, '154997/R0')), 'C25').verdict).toBe('pass');
  });
  it('accuses where the right day is the earlier one', () => {
    const late = addingToRequest(onlineHistory(), answeredOn('2026-03-03', '2026-04-02'));
    expect(resultOf(late, 'C25').verdict).toBe('pass');
    expect(resultOf(addingToRequest(late, corrected(at, '154997/R0', '2026-01-05')), 'C25').verdict).toBe('fail');
  });
});
