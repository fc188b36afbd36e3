import type { ChainState } from '../../../src/domain/audit/case-file';
import { checkIds, confirmableBy, judge, NothingToJudge, tableCheckIds, verdictsOf } from '../../../src/domain/audit/judge';
import type { ClockDispute } from '../../../src/domain/audit/log-clock';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../../src/domain/kernel/fact';
import type { RequestFact } from '../../../src/domain/request/facts';
import { plusSeconds } from '../../../src/domain/time/civil-time';
import { admissionEnded, admitted, lateAdmission, recordingWaived, statusChanged } from '../../support/entries';
import {
  cancelledHistory,
  clarification,
  clarificationHistory,
  inPersonHistory,
  lapsedHistory,
  onlineHistory,
  phoneHistory,
} from '../../support/histories';
import { invited } from '../../support/chapters';
import type { History } from '../../support/history';
import { foundOn, idsWith, resultOf, settled } from '../../support/judging';
import { defaultPlot, otherSlot, policies, slotAt } from '../../support/plot';
import { adding, addingToRequest, changing, eventOf, requestOtherwise, without } from '../../support/retelling';

const online = onlineHistory();

/** Another ticket of the same request, from its admission to its end, if it has one. */
const another = (history: History, ticketId: string, admittedAt: Instant, endedAt?: Instant): History =>
  addingToRequest(history, admitted(ticketId, admittedAt), ...(endedAt === undefined ? [] : [admissionEnded(ticketId, endedAt)]));

describe('C01 and C02, Art. 2: the ground', () => {
  const answered = clarificationHistory();

  it('names the request for the ticket', () => {
    expect(foundOn(online, 'C01')).toEqual(['pass', 'Requested']);
    expect(foundOn(changing(online, 'Requested', { policies: [] }), 'C01')).toEqual(['fail', 'Requested']);
  });

  it('has nothing to judge where the file holds no request for the ticket, whatever else it holds; before the request it is as ever', () => {
    const fenced: History = { ...online, ticket: lapsedHistory().ticket.filter(({ fact }) => fact.type === 'Lapsed') };
    for (const history of [fenced, without(online, 'Requested'), { ...online, ticket: [] }]) {
      for (const whole of [false, true]) expect(() => judge(history, settled, whole)).toThrow(NothingToJudge);
    }
    const earlier = judge(online, plusSeconds(eventOf(online, 'Requested').recordedAt, -1));
    expect(earlier.overall).toBe('pass');
    expect(earlier.checks.find(({ id }) => id === 'C01')).toMatchObject({ verdict: 'not-applicable' });
  });

  it.each([
    ['clarification-window@12', 'pass'],
    ['a clarification-window@1', 'fail'],
    ['clarification-window@1.1', 'fail'],
    ['clarification-window@', 'fail'],
  ])('C01: the policy that found it is named with its version: %j: %s', (policy, verdict) => {
    expect(resultOf(clarificationHistory({ ground: clarification({ policy }) }), 'C01').verdict).toBe(verdict);
  });

  it('C02: names what the request’s history says for it, and against it', () => {
    expect(foundOn(online, 'C02')).toEqual(['pass', 'RequestRegistered', 'Requested']);
    expect(foundOn(answered, 'C02')).toEqual(['pass', 'AnswerCommunicated', 'Requested']);
    const at = '2026-02-25T08:00:00.000Z';
    const told = (history: History, status: 'closed' | 'redirected') => addingToRequest(history, statusChanged(status, at));
    expect(foundOn(told(online, 'closed'), 'C02')).toEqual(['fail', 'StatusChanged', 'Requested']);
    expect(foundOn(told(answered, 'redirected'), 'C02')).toEqual(['fail', 'AnswerCommunicated', 'StatusChanged', 'Requested']);
  });

  it('C02 and C03, Art. 8: a new hour that is owed is borne out by the ending that left it owed', () => {
    const [first, second] = ['2026-02-20T08:00:00.000Z', '2026-02-21T08:00:00.000Z'];
    const owedFor = (newHourOwedFor?: string, ...after: readonly (readonly [Instant, RequestFact])[]): History =>
      addingToRequest(
        another(onlineHistory({ ground: { kind: 'new-hour-owed', ticketId: 'first', owedSince: second } }), 'first', first),
        [second, { type: 'AdmissionEnded', data: { ticketId: 'first', endedAt: second, ...defined({ newHourOwedFor }) } }],
        ...after,
      );
    expect(foundOn(owedFor('first'), 'C02')).toEqual(['pass', 'AdmissionEnded', 'Requested']);
    expect(foundOn(owedFor('first'), 'C03')).toEqual(['not-applicable', 'Requested']);
    expect(resultOf(owedFor('first'), 'C01').verdict).toBe('pass');
    expect(resultOf(owedFor('first'), 'C12').verdict).toBe('pass');
    // nothing was owed, it was owed for another, it was declined, or given since
    const later = '2026-02-22T08:00:00.000Z';
    const declined = { type: 'NewHourDeclined', data: { ticketId: 'first', declinedAt: later } } as const;
    const met = { type: 'AdmissionEnded', data: { ticketId: 'second', endedAt: later } } as const;
    for (const history of [owedFor(), owedFor('another'), owedFor('first', [later, declined])])
      expect(resultOf(history, 'C02').verdict).toBe('fail');
    expect(resultOf(addingToRequest(another(owedFor('first'), 'second', later), [later, met]), 'C02').verdict).toBe('fail');
  });

  it('C02: takes the answer of that day, and no other', () => {
    const ofTheDayBefore = changing(answered, 'Requested', { ground: clarification({ communicatedOn: '2026-02-19' }) });
    expect(resultOf(ofTheDayBefore, 'C02').verdict).toBe('fail');
  });

  it('C02: takes no answer whose days were counted by another policy than that of the window', () => {
    const counted = requestOtherwise(answered, ({ fact }) =>
      fact.type === 'AnswerCommunicated' ? { data: { policy: policies['lead-time'] } } : undefined,
    );
    expect(counted && resultOf(counted, 'C02').verdict).toBe('fail');
  });

  it('C02: asks whether the last ticket of the request has ended, and no other one', () => {
    const first = another(online, 'first', '2026-02-20T08:00:00.000Z', '2026-02-21T08:00:00.000Z');
    expect(resultOf(first, 'C02').verdict).toBe('pass');
    expect(foundOn(another(first, 'second', '2026-02-22T08:00:00.000Z'), 'C02')).toEqual(['fail', 'TicketAdmitted', 'Requested']);
    expect(resultOf(another(first, 'second', '2026-02-22T08:00:00.000Z', '2026-02-23T08:00:00.000Z'), 'C02').verdict).toBe('pass');
  });
});

describe('C03, Art. 2 b: within the 30 days', () => {
  const lastDay = { requestedAt: '2026-03-23T10:00:00.000Z', slot: slotAt('2026-03-26T08:00:00.000Z') };
  const dayAfter = { requestedAt: '2026-03-24T10:00:00.000Z', slot: slotAt('2026-03-27T08:00:00.000Z') };

  it('names the request for the ticket, and whoever admitted it late', () => {
    expect(foundOn(online, 'C03')).toEqual(['not-applicable', 'Requested']);
    expect(foundOn(clarificationHistory(lastDay), 'C03')).toEqual(['pass', 'Requested']);
    expect(foundOn(clarificationHistory(dayAfter), 'C03')).toEqual(['fail', 'Requested']);
    const at = '2026-03-24T08:00:00.000Z';
    const admitted = addingToRequest(
      clarificationHistory({ ...dayAfter, ground: clarification({ lateAdmission: true }) }),
      lateAdmission('2026-03-24', at),
    );
    expect(foundOn(admitted, 'C03')).toEqual(['pass', 'LateAdmissionGranted', 'Requested']);
  });

  it('A27: fails where it is said to have been admitted late while the window was open, on its last day too', () => {
    for (const plot of [{}, lastDay])
      expect(foundOn(clarificationHistory({ ...plot, ground: clarification({ lateAdmission: true }) }), 'C03')).toEqual([
        'fail',
        'Requested',
      ]);
  });
});

describe('C21, Order 4: the bytes of the log', () => {
  const broken = (chain: Omit<ChainState, 'intact'>): History => ({ ...online, chain: { intact: false, ...chain } });
  const { id } = eventOf(online, 'Held');

  it.each([
    [undefined, 'An event was changed after it was written.', 'Un eveniment a fost modificat după scriere.'],
    [
      'not-as-sealed',
      'An event is not the one that was sealed in this place of the log.',
      'Un eveniment nu este cel care a fost sigilat în acest loc al jurnalului.',
    ],
    [
      'seal-unreadable',
      'The chain of seals is whole, but the seal of the log cannot be read.',
      'Lanțul de sigilii este întreg, dar sigiliul jurnalului nu poate fi citit.',
    ],
  ] as const)('says what is wrong (%s), and names the first event that is not as it was written', (because, en, ro) => {
    const chain = { firstBroken: id, ...(because === undefined ? {} : { because }) };
    expect(resultOf(broken(chain), 'C21')).toMatchObject({ verdict: 'fail', text: { ro, en }, evidence: [id] });
  });

  it('names every event where they are whole, and none where nobody knows which one is not', () => {
    expect(resultOf(online, 'C21').evidence).toEqual(online.ticket.map((event) => event.id));
    expect(resultOf(broken({}), 'C21')).toMatchObject({ verdict: 'fail', evidence: [] });
  });

  it('is in no table', () => {
    expect(tableCheckIds).toEqual(checkIds.filter((check) => check !== 'C21'));
    expect([checkIds.length, tableCheckIds.length]).toEqual([26, 25]);
  });
});

describe('who could have confirmed what is only declared', () => {
  it('is no video service at City Hall, and the register that shows the document all the same', () => {
    expect(resultOf(inPersonHistory(), 'C14')).toMatchObject({ grade: 'declared', observable: ['register-documents'] });
    expect(resultOf(online, 'C14')).toMatchObject({ grade: 'declared', observable: ['register-documents'] });
  });

  it('is the video service of a meeting that is recorded as held online, though it was asked for by telephone', () => {
    const onWebex = changing(phoneHistory(), 'Held', { mode: 'online', recordKind: 'webex-recording' });
    expect(resultOf(onWebex, 'C13')).toMatchObject({ verdict: 'fail', grade: 'declared', observable: ['webex'] });
  });

  it('is nobody of what was observed, and of what nobody can observe', () => {
    for (const { grade, observable } of judge(online, settled).checks) if (grade !== 'declared') expect(observable).toBeUndefined();
    expect(resultOf(online, 'C12')).toMatchObject({ verdict: 'pass', grade: 'declared' });
    expect(resultOf(online, 'C12')).not.toHaveProperty('observable');
    for (const { verdict, grade } of judge(online, '2026-03-05T08:16:00.000Z').checks)
      if (verdict === 'pending' || verdict === 'not-applicable') expect(grade).toBeUndefined();
  });

  it('is told a table in one word, each once, in the order of the alphabet', () => {
    const observable = { C03: ['register'], C13: ['webex'], C14: ['register-documents'], C20: ['webex', 'mail'] } as const;
    expect(confirmableBy(observable)).toBe('mail register register-documents webex');
    expect(confirmableBy({})).toBeNull();
  });
});

describe('what another meeting of the same person proves', () => {
  it('C10: is observed: our own form put it there', () => {
    const overlapping = { ticketId: 'another', staffId: defaultPlot.staffId, slot: defaultPlot.slot, liveFrom: '2026-03-02T06:00:00.000Z' };
    const elsewhere = { ...overlapping, ticketId: 'a third', slot: otherSlot, eventId: 'scheduled-elsewhere' };
    const history = { ...online, otherMeetings: [{ ...overlapping, eventId: 'scheduled-another' }, elsewhere] };
    expect(resultOf(history, 'C10')).toMatchObject({ verdict: 'fail', grade: 'observed' });
  });
});

describe('a judgement as a whole', () => {
  const unsent = without(online, 'ResolutionSent');
  const target: Instant = '2026-03-05T10:14:30.000Z';
  const limit: Instant = '2026-03-06T22:00:00.000Z';

  it('stands up to and with the moment in which the first verdict turns, and for ever where time alone turns none', () => {
    expect(judge(unsent, '2026-03-05T08:30:00.000Z').nextChangeAt).toBe(target);
    expect(judge(unsent, target).nextChangeAt).toBe(target);
    expect(judge(unsent, plusSeconds(target, 0.001)).nextChangeAt).toBe(limit);
    expect(judge(unsent, limit).nextChangeAt).toBe(limit);
    expect(judge(unsent, plusSeconds(limit, 0.001))).not.toHaveProperty('nextChangeAt');
    // a limit that is over by then, as it was written down before the target, turns nothing any more
    const odd = changing(unsent, 'Held', { resolutionHardLimitAt: '2026-03-05T09:00:00.000Z' });
    expect(judge(odd, '2026-03-05T09:30:00.000Z').nextChangeAt).toBe(target);
    // a check that comes later waits for longer
    const cameBack = { letterId: 'refused', bouncedAt: '2026-03-05T09:00:00.000Z', followUpDueAt: '2026-03-09T22:00:00.000Z' };
    const refused = adding(unsent, [cameBack.bouncedAt, { type: 'ResolutionBounced', data: cameBack }]);
    expect(judge(refused, '2026-03-05T09:30:00.000Z').nextChangeAt).toBe(target);
    // before the meeting: the checks that its hour makes apply
    expect(judge(online, '2026-03-04T08:00:00.000Z').nextChangeAt).toBe(defaultPlot.slot.startsAt);
  });

  it('fails where one check fails, waits where one waits and none fails, and counts what warns and what was given up', () => {
    expect(judge(unsent, settled)).toMatchObject({ overall: 'fail' });
    expect(judge(unsent, '2026-03-05T08:30:00.000Z')).toMatchObject({ overall: 'pending', warnings: 0, waived: 0 });
    expect(judge(unsent, limit)).toMatchObject({ overall: 'pending', warnings: 1 });
    const objected = adding(online, recordingWaived(target));
    expect(judge(objected, settled)).toMatchObject({ overall: 'pass', warnings: 0, waived: 1 });
  });

  it('is known as well as the weakest of what was found kept, be it with a warning or given up, and not of what failed', () => {
    const gradeOfKept = (history: History) =>
      judge(history, settled)
        .checks.filter(({ verdict }) => verdict === 'pass' || verdict === 'warn' || verdict === 'waived')
        .map(({ grade }) => grade);
    for (const history of [online, cancelledHistory(), lapsedHistory(), unsent]) {
      const { grade } = judge(history, settled);
      expect(grade).toBe(gradeOfKept(history).includes('declared') ? 'declared' : 'observed');
    }
  });

  it('is weighed down by what only a warning or a waiver rests on, and by nothing that failed', () => {
    const seen = (history: History, ...declared: readonly string[]): History => {
      const observed = <E extends { readonly fact: { readonly type: string; readonly data: object } }>(
        events: readonly E[],
      ): readonly E[] =>
        events.map((event) =>
          declared.includes(event.fact.type)
            ? event
            : { ...event, fact: { ...event.fact, data: { ...event.fact.data, grade: 'observed' } } },
        );
      return { ...history, ticket: observed(history.ticket), request: observed(history.request) };
    };
    const gradeOf = (history: History) => judge(history, settled).grade;
    expect(gradeOf(seen(online))).toBe('observed');

    const relinked = adding(online, ...invited(defaultPlot, '2026-03-05T06:45:00.000Z', defaultPlot.slot, 2));
    expect(idsWith(relinked, 'warn')).toEqual(['C11']);
    expect([gradeOf(seen(relinked)), gradeOf(seen(relinked, 'MeetingLinkAttached'))]).toEqual(['observed', 'declared']);

    const objected = adding(online, recordingWaived(target));
    expect([gradeOf(seen(objected)), idsWith(objected, 'waived')]).toEqual(['declared', ['C13']]);

    const short = changing(online, 'RecordingAttached', { durationSeconds: 60 });
    expect([gradeOf(seen(short, 'RecordingAttached')), idsWith(short, 'fail')]).toEqual(['observed', ['C13']]);
  });

  it('is kept in a list by its checks, each with its grade and who could have confirmed it where it has them', () => {
    const judgement = judge(online, settled);
    const { verdicts, grades, observable, ...whole } = verdictsOf(judgement, 'C21');
    expect(whole).toEqual({ overall: 'pass', warnings: 0, waived: 0, grade: 'declared' });
    expect(Object.keys(verdicts)).toEqual(tableCheckIds);
    for (const { id, verdict, ...known } of judgement.checks.filter(({ id: check }) => check !== 'C21')) {
      expect([verdicts[id], grades[id], observable[id]]).toEqual([verdict, known.grade, known.observable]);
      expect([id in grades, id in observable]).toEqual([known.grade !== undefined, known.observable !== undefined]);
    }
    expect(verdictsOf(judgement).verdicts).toHaveProperty('C21', 'pass');
    const { grade: _, ...ofNothing } = judgement;
    expect(verdictsOf(ofNothing).grade).toBeNull();
  });
});

describe('what was recorded while a clock was wrong', () => {
  const dispute: ClockDispute = {
    ...{ from: '000003', to: '000004', earliest: settled, newest: settled },
    ...{ seconds: 7260, facts: 2, open: false },
  };
  /** Every fact in its place of the log: of the request first, then of the ticket. */
  const placed = ({ request, ticket, ...history }: History, disputes: readonly ClockDispute[] = [dispute]) => {
    const at = (place: number) => String(place + 1).padStart(6, '0');
    return {
      ...history,
      request: request.map((event, index) => ({ ...event, position: at(index) })),
      ticket: ticket.map((event, index) => ({ ...event, position: at(request.length + index) })),
      disputes,
    };
  };

  it('says so beside each verdict that rests on it, by how much, and beside one that names nothing', () => {
    const history = placed(online);
    const disputed = new Set(history.ticket.slice(0, 2).map(({ id }) => id));
    const others = judge(placed(online, []), settled).checks;
    for (const [index, { id, evidence, text, clockOffBySeconds }] of judge(history, settled).checks.entries()) {
      const isDisputed = evidence.length === 0 || evidence.some((event) => disputed.has(event));
      const plain = others[index]?.text;
      expect([id, clockOffBySeconds]).toEqual([id, isDisputed ? 7260 : undefined]);
      expect(text).toEqual(
        isDisputed
          ? {
              ro: `${plain?.ro} Înscris când un ceas era greșit: orele din jurnal dau înapoi cu 2 h 1 min; ordinea jurnalului este cea sigură.`,
              en: `${plain?.en} Recorded while a clock was wrong: the times in the log go back by 2 h 1 min; the order of the log is what is sure.`,
            }
          : plain,
      );
    }
  });

  it('says so of what the request’s history proves', () => {
    const ofRequest = placed(online, [{ ...dispute, from: '000001', to: '000001' }]);
    expect(resultOf(ofRequest, 'C02').clockOffBySeconds).toBe(7260);
    expect(resultOf(ofRequest, 'C04').clockOffBySeconds).toBeUndefined();
  });
});
