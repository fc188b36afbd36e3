import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evidenceOf } from '../../../src/domain/audit/evidence';
import { gradeOf } from '../../../src/domain/audit/grades';
import { judge, verdictsOf } from '../../../src/domain/audit/judge';
import { type Grade, gradeBy, weakest } from '../../../src/domain/kernel/grade';
import type { Actor } from '../../../src/domain/kernel/fact';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import { codec, type Golden } from '../../golden/golden-file';
import type { History } from '../../support/history';
import { adding } from '../../support/retelling';
import type { TicketEntry } from '../../support/plot';
import { inPersonHistory, lapsedHistory, onlineHistory } from '../../support/histories';
import { resultOf, settled } from '../../support/judging';

/** The same history, in which an outside system has seen the facts of these types. */
const observedIn = (history: History, ...types: readonly TicketFact['type'][]): History => ({
  ...history,
  ticket: history.ticket.map((event) => {
    const { fact } = event;
    return types.includes(fact.type) ? { ...event, fact: { ...fact, data: { ...fact.data, grade: 'observed' } } as TicketFact } : event;
  }),
});

/** What somebody typed into the resolution's form as the document's number. */
const withTypedNumber = (history: History): History => ({
  ...history,
  ticket: history.ticket.map((event) => {
    const { fact } = event;
    if (fact.type !== 'ResolutionIssued') return event;
    return { ...event, fact: { ...fact, data: { ...fact.data, documentNumber: '155001' } } };
  }),
});

describe('how a fact is known', () => {
  it('is no better than the weakest of what it rests on', () => {
    expect(weakest(['observed', 'declared', 'observed'])).toBe('declared');
    expect(weakest(['observed', undefined])).toBe('observed');
    expect(weakest([])).toBeUndefined();
  });

  it.each<readonly [Grade, Actor]>([
    ['observed', { kind: 'system', id: 'process-recordings' }],
    ['observed', { kind: 'system', id: 'bounces' }],
    ['observed', { kind: 'system', id: 'registry' }],
    ['observed', { kind: 'system', id: 'service.infocet' }],
    ['declared', { kind: 'system', id: 'command-line.p.1a' }],
    ['declared', { kind: 'system', id: 'host' }],
    ['declared', { kind: 'staff', id: 'S-017' }],
    ['declared', { kind: 'citizen', id: 't' }],
  ])('is %s where %o wrote it before facts said so', (grade, actor) => {
    expect(gradeBy(actor)).toBe(grade);
    const file = join(__dirname, '../../golden/ticket.RecordingAttached.v1.json');
    const { recorded } = JSON.parse(readFileSync(file, 'utf8')) as Golden;
    const { metadata, ...body } = JSON.parse(recorded.body);
    const event = codec.decode({ ...recorded, body: JSON.stringify({ ...body, metadata: { ...metadata, actor } }) });
    expect(event).toMatchObject({ version: 1, fact: { data: { grade } } });
  });

  it('is declared where it does not say', () => {
    expect(onlineHistory().ticket.flatMap(({ fact }) => (fact.type === 'Held' ? [gradeOf(fact)] : []))).toEqual(['declared']);
  });
});

describe('how a verdict is known', () => {
  it('is told of a recording by whoever attached it, and not by whoever wrote when the meeting was', () => {
    expect(resultOf(observedIn(onlineHistory(), 'RecordingAttached'), 'C13')).toMatchObject({ verdict: 'pass', grade: 'observed' });
    expect(resultOf(onlineHistory(), 'C13')).toMatchObject({ verdict: 'pass', grade: 'declared', observable: ['webex'] });
  });

  it('is told of the document by the register that numbered it, and never of a number that a person typed', () => {
    const filed = observedIn(onlineHistory(), 'ResolutionFiled');
    expect(resultOf(filed, 'C14')).toMatchObject({ verdict: 'pass', grade: 'observed' });
    expect(resultOf(withTypedNumber(filed), 'C14')).toMatchObject({
      verdict: 'pass',
      grade: 'declared',
      observable: ['register-documents'],
    });
  });

  it('is told of a number that a person typed by the register that shows the document afterwards', () => {
    const seen = { kind: 'system', id: 'process-filing-confirmation' } as const;
    const told = onlineHistory().ticket.flatMap(({ fact }) => (fact.type === 'ResolutionFiled' ? [fact] : []));
    const later = told.map((fact): TicketEntry => [settled, { ...fact, data: { ...fact.data, grade: 'observed' } }, seen]);
    const confirmed = adding(onlineHistory(), ...later);
    expect(resultOf(onlineHistory(), 'C14')).toMatchObject({ verdict: 'pass', grade: 'declared' });
    for (const history of [confirmed, withTypedNumber(confirmed)]) {
      expect(resultOf(history, 'C14')).toMatchObject({ verdict: 'pass', grade: 'observed' });
    }
  });

  it('is the weakest of what it names: who held a meeting a person says', () => {
    expect(resultOf(onlineHistory(), 'C04').grade).toBe('observed');
    expect(resultOf(onlineHistory(), 'C12').grade).toBe('declared');
    expect(resultOf(observedIn(onlineHistory(), 'MeetingStarted', 'Held'), 'C12').grade).toBe('observed');
  });

  it('is seen of the log itself, whatever its events say', () => {
    expect(resultOf(onlineHistory(), 'C21')).toMatchObject({ verdict: 'pass', grade: 'observed' });
    expect(resultOf({ ...onlineHistory(), chain: { intact: false } }, 'C21')).toMatchObject({ verdict: 'fail', grade: 'observed' });
  });

  it('is told of nothing that does not apply', () => {
    for (const { verdict, grade, observable } of judge(lapsedHistory(), settled).checks) {
      if (verdict !== 'not-applicable') continue;
      expect([grade, observable]).toEqual([undefined, undefined]);
    }
    expect(resultOf(lapsedHistory(), 'C13')).toMatchObject({ verdict: 'not-applicable' });
  });

  it('names no video service for a meeting that none could have seen', () => {
    expect(judge(inPersonHistory(), settled).checks.filter(({ observable = [] }) => observable.includes('webex'))).toEqual([]);
  });

  it('is of the whole the weakest of what was found kept', () => {
    const observed = observedIn(onlineHistory(), ...new Set(onlineHistory().ticket.map(({ fact }) => fact.type)));
    const registered: History = {
      ...observed,
      request: observed.request.map((event) => ({
        ...event,
        fact: { ...event.fact, data: { ...event.fact.data, grade: 'observed' } } as typeof event.fact,
      })),
    };
    expect(judge(registered, settled)).toMatchObject({ overall: 'pass', grade: 'observed' });
    expect(judge(observed, settled)).toMatchObject({ overall: 'pass', grade: 'declared' });
    expect(judge(onlineHistory(), settled)).toMatchObject({ overall: 'pass', grade: 'declared' });
  });

  it('is the same from what the audit keeps of the facts', () => {
    for (const history of [onlineHistory(), withTypedNumber(observedIn(onlineHistory(), 'ResolutionFiled', 'Held', 'RecordingAttached'))]) {
      const kept = { ...history, ticket: history.ticket.map(({ fact, ...event }) => ({ ...event, fact: evidenceOf(fact) })) };
      expect(verdictsOf(judge(kept, settled))).toEqual(verdictsOf(judge(history, settled)));
    }
  });
});
