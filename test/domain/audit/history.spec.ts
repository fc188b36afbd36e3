import fc from 'fast-check';
import { type CaseFile, wasRequested } from '../../../src/domain/audit/case-file';
import { evidenceOf } from '../../../src/domain/audit/evidence';
import { type ExplainedEntry, explainedHistory, type ExplainedStep } from '../../../src/domain/audit/explained';
import { historySteps, replayedStep, replayedSteps } from '../../../src/domain/audit/history';
import { judge } from '../../../src/domain/audit/judge';
import type { Instant } from '../../../src/domain/kernel/fact';
import { personal } from '../../../src/domain/kernel/personal-text';
import { requestStream } from '../../../src/domain/request/facts';
import { ticket } from '../../../src/domain/ticket/ticket';
import { plusHours } from '../../../src/domain/time/civil-time';
import {
  cancelledHistory,
  clarificationHistory,
  lapsedHistory,
  onlineHistory,
  phoneHistory,
  rescheduledHistory,
  staffAbsentHistory,
  everyHistory,
} from '../../support/histories';
import { type History, recorded } from '../../support/history';
import { settled } from '../../support/judging';
import { defaultPlot, otherSlot, requestIdentity } from '../../support/plot';
import { adding, addingToRequest, answeredOn, changing, eventOf, moved, without } from '../../support/retelling';
import { holdsFor } from '../../support/holds-for';

const explain = (history: History, asOf: Instant = settled) => explainedHistory(history.ticket, history, asOf);
const isStep = (entry: ExplainedEntry): entry is ExplainedStep => entry.kind === 'step';
const stepOf = (history: History, type: string, asOf?: Instant): ExplainedStep => {
  const step = explain(history, asOf).find((entry): entry is ExplainedStep => isStep(entry) && entry.type === type);
  if (step === undefined) throw new Error(`${type} is no step.`);
  return step;
};
const turnsOf = ({ turned }: ExplainedEntry): readonly string[] => turned.map(({ id, before, after }) => `${id} ${before ?? '–'} ${after}`);
const verdictsOf = ({ judgement }: ExplainedEntry): Readonly<Record<string, string>> =>
  Object.fromEntries((judgement?.checks ?? []).map(({ id, verdict }) => [id, verdict]));

const stories: readonly (readonly [string, History])[] = [
  ...Object.entries(everyHistory),
  ['never recorded', without(onlineHistory(), 'RecordingAttached')],
  ['never told what came of it', without(onlineHistory(), 'MeetingStarted', 'Held', 'RecordingAttached', 'ResolutionIssued')],
];

describe.each(stories)('A ticket explained, %s', (_, history) => {
  const entries = explain(history);

  it('given its events, when it is explained, then each is a step in its order, between moments that never go back', () => {
    expect(entries.filter(isStep).map(({ eventId }) => eventId)).toEqual(history.ticket.map(({ id }) => id));
    const times = entries.map(({ at }) => at);
    expect(times).toEqual(times.toSorted());
  });

  it('given any step, then its checks are those of an audit as of then, where no other event bears the same instant', () => {
    for (const step of entries.filter(isStep)) {
      const alone = history.ticket.filter(({ recordedAt }) => recordedAt === step.at).length === 1;
      if (alone) expect(step.judgement).toEqual(judge(history, step.at));
    }
  });

  it('given that time alone passed, then it turned a verdict', () => {
    expect(entries.filter(({ kind, turned }) => kind === 'time-passed' && turned.length === 0)).toEqual([]);
  });

  it('given all that turned, then it adds up to the verdicts of the end, each from where the last left it', () => {
    const standing = new Map<string, string>();
    for (const { turned } of entries) {
      for (const { id, before, after } of turned) {
        expect(before ?? 'not-applicable').toBe(standing.get(id) ?? 'not-applicable');
        standing.set(id, after);
      }
    }
    for (const { id, verdict } of judge(history, settled).checks) expect([id, standing.get(id) ?? 'not-applicable']).toEqual([id, verdict]);
  });
});

describe('A step explained', () => {
  it('tells what it changed, before and after, and nothing else', () => {
    const moved = stepOf(rescheduledHistory(), 'Rescheduled');
    expect(moved.changes).toEqual(
      expect.arrayContaining([
        { name: 'slot.startsAt', before: '2026-03-05T08:00:00.000Z', after: '2026-03-10T09:30:00.000Z' },
        { name: 'sequence', before: 1, after: 2 },
        { name: 'noticeDuty.about', after: 'rescheduled' },
      ]),
    );
    expect(moved.changes.map(({ name }) => name)).not.toContain('staffId');
    expect(stepOf(rescheduledHistory(), 'EmailVerified').changes).toContainEqual({
      name: 'status',
      before: 'awaiting-code',
      after: 'verified',
    });
  });

  it('tells what it fixed for later', () => {
    const { due } = stepOf(onlineHistory(), 'Held');
    expect(due.map(({ name }) => name)).toEqual(['resolutionTargetAt', 'resolutionHardLimitAt', 'recordingDueAt']);
    expect(stepOf(cancelledHistory(), 'Cancelled').due.map(({ name }) => name)).toEqual(['noticeDueAt', 'newSlotDueAt', 'slotFreeFrom']);
  });

  it('tells, of the first, what was given, and no check that does not apply', () => {
    const { changes, turned } = stepOf(clarificationHistory(), 'Requested');
    expect(changes).toEqual(
      expect.arrayContaining([
        { name: 'status', after: 'awaiting-code' },
        { name: 'contact.name', after: personal('contact', 'Ion Popescu') },
        { name: 'ground.lateAdmission', after: false },
      ]),
    );
    expect(turned.map(({ after }) => after)).toContain('pass');
    expect(turned.map(({ after }) => after)).not.toContain('not-applicable');
  });

  it('names the checks that it turned', () => {
    expect(turnsOf(stepOf(onlineHistory(), 'RecordingAttached'))).toContain('C13 pending pass');
  });

  it('Art. 7: names a check that says the same on better grounds', () => {
    const { fact } = eventOf(onlineHistory(), 'ResolutionFiled');
    const seen = adding(onlineHistory(), ['2026-03-06T10:00:00.000Z', { ...fact, data: { ...fact.data, grade: 'observed' } }]);
    expect(explain(seen).filter(isStep).at(-1)?.turned).toMatchObject([
      { id: 'C14', before: 'pass', after: 'pass', gradeBefore: 'declared', gradeAfter: 'observed' },
    ]);
  });

  it('of one instant with another is judged without it: a command of several events is told event by event', () => {
    const at = '2026-03-05T08:14:30.000Z';
    const history = adding(without(onlineHistory(), 'RecordingAttached'), [
      at,
      {
        type: 'RecordingAttached',
        data: { recordingId: 'R-1', startedAt: '2026-03-05T08:00:30.000Z', durationSeconds: 820, attachedAt: at },
      },
    ]);
    const held = stepOf(history, 'Held');
    const attached = stepOf(history, 'RecordingAttached');
    expect([held.at, attached.at]).toEqual([at, at]);
    expect([verdictsOf(held)['C13'], verdictsOf(attached)['C13']]).toEqual(['pending', 'pass']);
  });
});

describe('A ticket explained up to a moment', () => {
  const history = moved(onlineHistory(), 'RecordingAttached', 0, '2026-03-09T10:00:00.000Z', { attachedAt: '2026-03-09T10:00:00.000Z' });

  it('ends with the step of that very moment, and knows all where the clock may be behind the log', () => {
    const asOf = eventOf(history, 'MeetingStarted').recordedAt;
    const typesOf = (entries: readonly ExplainedEntry[]) => entries.filter(isStep).map(({ type }) => type);
    expect(typesOf(explain(history, asOf)).at(-1)).toBe('MeetingStarted');
    expect(typesOf(explainedHistory(history.ticket, history, asOf, true))).toEqual(history.ticket.map(({ fact }) => fact.type));
  });

  it('Art. 5: does not say that the 48 hours are over before they are, though the next event comes later', () => {
    const turnedAt = (asOf: Instant) => explain(history, asOf).some((entry) => turnsOf(entry).includes('C13 pending fail'));
    expect([turnedAt('2026-03-07T08:14:30.000Z'), turnedAt('2026-03-07T08:14:30.001Z')]).toEqual([false, true]);
  });
});

describe('Between the steps', () => {
  it('Art. 5: the 48 hours for a recording pass, and C13 turns though nothing happened', () => {
    const entries = explain(without(onlineHistory(), 'RecordingAttached'));
    const held = entries.find((entry) => isStep(entry) && entry.type === 'Held');
    const passed = entries.filter(({ kind }) => kind === 'time-passed').find((entry) => turnsOf(entry).includes('C13 pending fail'));
    expect(passed?.at).toBe('2026-03-07T08:14:30.000Z');
    expect(passed?.turned[0]?.text.ro).not.toBe('');
    expect(held && verdictsOf(held)['C13']).toBe('pending');
  });

  it('is nothing that passed after the moment that is looked at', () => {
    const history = without(onlineHistory(), 'RecordingAttached');
    const turnedAt = (asOf: Instant) => explain(history, asOf).some((entry) => turnsOf(entry).includes('C13 pending fail'));
    expect([turnedAt('2026-03-07T08:14:30.000Z'), turnedAt('2026-03-07T08:14:30.001Z')]).toEqual([false, true]);
  });

  it('Art. 8: another ticket of the same request is the new hour, recorded elsewhere', () => {
    const told = cancelledHistory();
    // the citizen was told, and did not say no to another hour
    const cancelled = { ...told, ticket: told.ticket.slice(0, -1) };
    const [registered, admitted] = cancelled.request;
    if (registered === undefined || admitted?.fact.type !== 'TicketAdmitted') throw new Error('another story');
    const again = '2026-03-04T08:00:00.000Z';
    const history: History = {
      ...cancelled,
      request: recorded(requestStream(requestIdentity), [
        ...cancelled.request.map(({ recordedAt, fact, actor }) => [recordedAt, fact, actor] as const),
        [
          again,
          { type: 'TicketAdmitted', data: { ...admitted.fact.data, ticketId: '0195a3c0-1b2c-7d3e-8f40-5a6b7c8d9e10', admittedAt: again } },
        ],
      ]),
    };
    const elsewhere = explain(history).filter(({ kind }) => kind === 'elsewhere');
    expect(elsewhere).toMatchObject([
      { at: again, facts: [{ of: 'request', type: 'TicketAdmitted' }], turned: [{ id: 'C19', before: 'pending', after: 'pass' }] },
    ]);
    expect(explain(cancelled).flatMap(turnsOf)).toContain('C19 pending fail');
  });
});

describe('What is recorded elsewhere', () => {
  const [begins, told] = ['2026-03-02T10:00:00.000Z', '2026-03-03T08:00:00.000Z'] as const;
  const booked = addingToRequest(onlineHistory(), answeredOn('2026-02-20', '2026-03-23'));
  const meeting = { staffId: defaultPlot.staffId, slot: defaultPlot.slot, liveFrom: begins } as const;
  /** At the same hour, from then on for two days; and whatever else. */
  const beside = (liveFrom: Instant, ...others: History['otherMeetings']): History => ({
    ...booked,
    otherMeetings: [{ ...meeting, ticketId: 'another', eventId: 'beside', liveFrom, liveUntil: plusHours(liveFrom, 48) }, ...others],
  });
  const elsewhere = (history: History, asOf?: Instant) =>
    explain(history, asOf).flatMap((entry) =>
      entry.kind === 'elsewhere' ? [[entry.at, entry.facts.map(({ of, eventId }) => `${of} ${eventId}`), turnsOf(entry)]] : [],
    );
  const answerId = booked.request.find(({ fact }) => fact.type === 'AnswerCommunicated')?.id ?? '';
  const answer = [told, [`request ${answerId}`], ['C25 pass warn']];

  it('is told in its order, each instant with all that was recorded then, and only where it turned a verdict', () => {
    const ended = { ...meeting, ticketId: 'before', eventId: 'ended', slot: otherSlot, liveFrom: '2026-02-20T10:00:00.000Z' };
    const history = beside(begins, { ...ended, liveUntil: begins }, { ...meeting, ticketId: booked.ticketId, eventId: 'its own' });
    expect(elsewhere(history)).toEqual([[begins, ['meeting beside', 'meeting ended'], ['C10 pass fail']], answer]);
  });

  it('at the instant of a step is part of the step', () => {
    const at = eventOf(booked, 'MeetingLinkAttached').recordedAt;
    expect(elsewhere(beside(at))).toEqual([answer]);
    expect(turnsOf(stepOf(beside(at), 'MeetingLinkAttached'))).toContain('C10 pass fail');
  });

  it('is told up to the moment that is looked at, inclusive', () => {
    expect(elsewhere(booked, told)).toEqual([answer]);
    expect(elsewhere(booked, '2026-03-03T07:59:59.999Z')).toEqual([]);
    const { ticket } = booked;
    const withoutMore = {
      ...booked,
      ticket: ticket.slice(
        0,
        ticket.findIndex(({ fact }) => fact.type === 'MeetingStarted'),
      ),
    };
    expect(elsewhere(withoutMore, told)).toEqual([answer]);
    expect(elsewhere(withoutMore, '2026-03-03T07:59:59.999Z')).toEqual([]);
  });
});

describe('What is known today', () => {
  /** Judges each step on the whole case: what the promise forbids. */
  const withHindsight = (history: History) => history.ticket.map(() => judge(history, settled).checks.map(({ verdict }) => verdict));

  it('is not in what was judged then: a replay with hindsight differs', () => {
    const history = without(onlineHistory(), 'ResolutionSent');
    const then = explain(history)
      .filter(isStep)
      .map(({ judgement }) => judgement?.checks.map(({ verdict }) => verdict));
    expect(then).not.toEqual(withHindsight(history));
    expect(then[0]).not.toContain('fail');
    expect(withHindsight(history)[0]).toContain('fail');
  });

  it('breaks the chain from the broken event on, not before it', () => {
    const history = onlineHistory();
    const firstBroken = history.ticket[4]?.id ?? '';
    const seen = explain({ ...history, chain: { intact: false, firstBroken } })
      .filter(isStep)
      .map((step) => verdictsOf(step)['C21']);
    expect(seen.slice(0, 4)).toEqual(['pass', 'pass', 'pass', 'pass']);
    expect(new Set(seen.slice(4))).toEqual(new Set(['fail']));
  });

  it('is not followed where nothing can be judged: the steps are told all the same', () => {
    const entries = explainedHistory(onlineHistory().ticket, undefined, settled);
    expect(entries.every((entry) => isStep(entry) && entry.judgement === undefined && entry.turned.length === 0)).toBe(true);
    expect(entries).toHaveLength(onlineHistory().ticket.length);
  });
});

const told = (history: History) => historySteps(history.ticket).map(({ type, article, state }) => [type, article, state]);

describe('The steps of a ticket, for the auditor', () => {
  it('tells each event with the article that allowed it and the public status after it', () => {
    expect(told(staffAbsentHistory())).toEqual([
      ['Requested', '3', 'awaiting-code'],
      ['VerificationCodeIssued', '3 e', 'awaiting-code'],
      ['EmailVerified', '3 e', 'awaiting-code'],
      ['Scheduled', '4', 'scheduled'],
      ['InvitationSent', '5', 'scheduled'],
      ['MeetingLinkAttached', '5', 'scheduled'],
      ['InvitationSent', '5', 'scheduled'],
      ['StaffAbsent', '8', 'staff-absent'],
      ['CitizenNotified', '8', 'staff-absent'],
      ['Rescheduled', '8', 'scheduled'],
      ['CitizenNotified', '8', 'scheduled'],
      ['InvitationSent', '5', 'scheduled'],
      ['MeetingLinkAttached', '5', 'scheduled'],
      ['InvitationSent', '5', 'scheduled'],
      ['MeetingStarted', '6', 'in-progress'],
      ['Held', '6', 'held'],
      ['ResolutionIssued', '7', 'resolved'],
      ['ResolutionFiled', '7', 'resolved'],
      ['ResolutionSent', '7', 'concluded'],
      ['RecordingAttached', '5', 'concluded'],
    ]);
  });

  it('names the article by who moved or cancelled it: the citizen may, staff owe what Art. 8 asks', () => {
    const articleOf = (history: History, type: string) => told(history).find(([name]) => name === type)?.[1];
    const byCitizen = { by: 'citizen' } as const;
    expect(articleOf(rescheduledHistory(), 'Rescheduled')).toBe('8');
    expect(articleOf(changing(rescheduledHistory(), 'Rescheduled', byCitizen), 'Rescheduled')).toBe('4');
    expect(articleOf(cancelledHistory(), 'Cancelled')).toBe('8');
    expect(articleOf(changing(cancelledHistory(), 'Cancelled', byCitizen), 'Cancelled')).toBe('3 c');
  });

  it('ends as the ticket did', () => {
    const lastOf = (history: History) => historySteps(history.ticket).at(-1)?.state;

    expect(lastOf(lapsedHistory())).toBe('lapsed');
    expect(lastOf(cancelledHistory())).toBe('cancelled');
    expect(lastOf(phoneHistory())).toBe('concluded');
  });

  it('names what changed, and never says a value', () => {
    const steps = historySteps(staffAbsentHistory().ticket);
    const rescheduled = steps.find(({ type }) => type === 'Rescheduled');

    expect(rescheduled?.changed).toEqual(expect.arrayContaining(['holdId', 'sequence', 'slot', 'status']));
    expect(rescheduled?.changed).not.toContain('staffId');
    // the first finds nothing: it changed whatever it tells
    const first = eventOf(staffAbsentHistory(), 'Requested');
    expect(steps[0]?.changed).toEqual(['status', ...Object.keys(first.fact.data)].sort());
    expect(JSON.stringify(steps)).not.toContain('Popescu');
  });

  it('tells who did it and where it stands', () => {
    const { ticket, ticketId } = onlineHistory();

    expect(historySteps(ticket)[2]).toMatchObject({
      eventId: ticket[2]?.id,
      at: ticket[2]?.recordedAt,
      actor: { kind: 'citizen', id: ticketId },
    });
  });

  it('stops at the moment that was asked for', () => {
    const { ticket } = onlineHistory();

    expect(historySteps(ticket, ticket[3]?.recordedAt)).toEqual(historySteps(ticket).slice(0, 4));
    expect(historySteps(ticket, '2026-01-01T00:00:00.000Z')).toEqual([]);
  });

  it('gives a done task the article of the task', () => {
    const at = '2026-03-02T09:00:00.000Z';
    const history = adding(
      onlineHistory(),
      [at, { type: 'TaskRaised', data: { taskId: 't-1', kind: 'create-meeting', staffId: 'S-017', raisedAt: at } }],
      [at, { type: 'TaskDone', data: { taskId: 't-1', doneAt: at } }],
      [at, { type: 'TaskDone', data: { taskId: 'unknown', doneAt: at } }],
    );
    const articles = historySteps(history.ticket).flatMap(({ type, article }) => (type.startsWith('Task') ? [article] : []));

    expect(articles).toEqual(['5', '5', 'D4']);
  });
});

describe('A ticket folded event by event', () => {
  const { ticket: events } = onlineHistory();

  it('tells of each what the ticket was before it and after it', () => {
    const steps = replayedSteps(events);
    expect(steps.map(({ event }) => event)).toEqual(events);
    expect(steps[0]?.before).toEqual(ticket.initial);
    for (const [index, { before, after, event }] of steps.entries()) {
      expect(after).toEqual(ticket.evolve(before, event.fact));
      expect(before).toEqual(steps[index - 1]?.after ?? ticket.initial);
    }
  });

  it('tells it of one event, and nothing of one that is not among them', () => {
    for (const [index, { id }] of events.entries()) expect(replayedStep(events, id)).toEqual(replayedSteps(events)[index]);
    expect(replayedStep(events, 'unknown')).toBeUndefined();
  });
});

const kept = (history: History): CaseFile => ({
  ...history,
  ticket: history.ticket.map((event) => ({ ...event, fact: evidenceOf(event.fact) })),
});
type Change = (fact: History['ticket'][number]['fact']) => History['ticket'][number]['fact'];
const changed = (history: History, change: Change): History => ({
  ...history,
  ticket: history.ticket.map((event) => ({ ...event, fact: change(event.fact) })),
});
/** The stamps of a city hall whose every period is another one. */
const otherPolicies = (history: History, hours: number): History =>
  changed(history, (fact) => {
    if (!('policies' in fact.data)) return fact;
    const policies = fact.data.policies.map((stamp) => (stamp.name === 'lead-time' ? { ...stamp, version: 2, value: { hours } } : stamp));
    return { ...fact, data: { ...fact.data, policies } } as typeof fact;
  });

describe('What the audit keeps of a fact', () => {
  const anyHistory = fc
    .tuple(
      fc.constantFrom(...Object.values(everyHistory)),
      fc.array(fc.nat({ max: 20 }), { maxLength: 3 }),
      fc.integer({ min: 1, max: 100 }),
    )
    .map(([history, gone, hours]) =>
      otherPolicies({ ...history, ticket: history.ticket.filter((_, index) => !gone.includes(index)) }, hours),
    );

  it('is judged, at any moment, as the whole fact is', () => {
    holdsFor(100, [anyHistory, fc.integer({ min: 0, max: 24 * 90 })], (history, hours) => {
      const asOf = plusHours('2026-02-16T00:00:00.000Z', hours);
      fc.pre(wasRequested(history));
      expect(judge(kept(history), asOf)).toEqual(judge(history, asOf));
    });
  });

  it('would not be, if the stamps of Art. 4 were left out', () => {
    const history = otherPolicies(onlineHistory(), 100);
    const withoutStamps = changed(history, (fact) =>
      'policies' in fact.data ? ({ ...fact, data: { ...fact.data, policies: [] } } as typeof fact) : fact,
    );
    expect(judge(withoutStamps, settled)).not.toEqual(judge(history, settled));
  });
});
