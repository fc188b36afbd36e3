import type { CheckId } from '../../../src/domain/audit/judge';
import { personal } from '../../../src/domain/kernel/personal-text';
import { clarificationHistory, inPersonHistory, onlineHistory } from '../../support/histories';
import type { History } from '../../support/history';
import { resultOf } from '../../support/judging';
import { addingToRequest, answeredOn, changing, requestOtherwise } from '../../support/retelling';

const online = onlineHistory();

/** The verdict and, by type, the events that it names. */
const shown = (history: History, id: CheckId, asOf?: string): readonly string[] => {
  const types = new Map([...history.ticket, ...history.request].map((event) => [event.id, event.fact.type]));
  const { verdict, evidence } = resultOf(history, id, asOf);
  return [verdict, ...evidence.map((event) => types.get(event) ?? event)];
};

const registered = (data?: { readonly filedOn: string }): History =>
  requestOtherwise(online, ({ fact }) =>
    fact.type === 'RequestRegistered' ? (data === undefined ? { gone: true } : { data }) : undefined,
  ) ?? online;
const name = personal('contact', 'Ion Popescu');
const [inTime, over] = [answeredOn('2026-02-20', '2026-03-23'), answeredOn('2026-01-05', '2026-02-04')];

describe('A verdict names the events that show it', () => {
  it.each<readonly [CheckId, string, History, readonly string[]]>([
    ['C23', 'the three were matched', online, ['pass', 'RequestRegistered', 'Requested']],
    ['C23', 'one was not', changing(online, 'Requested', { matched: ['name'] }), ['fail', 'RequestRegistered', 'Requested']],
    ['C23', 'it was filed on another day', registered({ filedOn: '2025-02-16' }), ['fail', 'RequestRegistered', 'Requested']],
    ['C23', 'the register did not have it', registered(), ['fail', 'Requested']],
    ['C23', 'it was not kept yet', changing(online, 'Requested', { matched: ['unrecorded'] }), ['not-applicable', 'Requested']],
    ['C24', 'a number was given', online, ['pass', 'Requested']],
    ['C24', 'none was', changing(online, 'Requested', { contact: { name } }), ['fail', 'Requested']],
    ['C24', 'none is asked for', inPersonHistory(), ['not-applicable', 'Requested']],
    ['C25', 'no answer was told late', online, ['pass', 'Requested']],
    ['C25', 'it was a clarification', clarificationHistory(), ['not-applicable', 'Requested']],
    ['C25', 'one was, within its 30 days', addingToRequest(online, inTime), ['warn', 'Requested', 'AnswerCommunicated']],
    ['C25', 'one was, after them', addingToRequest(online, over), ['fail', 'Requested', 'AnswerCommunicated']],
  ])('%s, where %s', (id, _, history, expected) => {
    expect(shown(history, id)).toEqual(expected);
  });
});

describe('C25, Art. 2: answers of before, told after the ticket', () => {
  const found = (...answers: readonly ReturnType<typeof answeredOn>[]) => resultOf(addingToRequest(online, ...answers), 'C25');

  it('takes the last day of the 30 for in time', () => {
    expect(found(answeredOn('2026-01-31', '2026-03-02')).verdict).toBe('warn');
    expect(found(answeredOn('2026-01-30', '2026-03-01')).verdict).toBe('fail');
  });

  it('measures several by the one whose 30 days end last, and of the same end by the one told last; it names them all', () => {
    for (const answers of [
      [inTime, over],
      [over, inTime],
    ]) {
      const { verdict, text, evidence } = found(...answers);
      expect([verdict, evidence.length]).toEqual(['warn', 3]);
      expect(text.en).toContain('20.02.2026');
    }
    expect(found(inTime, answeredOn('2026-02-21', '2026-03-23')).text.en).toContain('21.02.2026');
  });
});
