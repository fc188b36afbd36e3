import { fold } from '../../../src/domain/kernel/decider';
import { personal } from '../../../src/domain/kernel/personal-text';
import { eraseConclusions, eraseTicket, type SelectionMinute } from '../../../src/domain/ticket/erasure';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import { isMeetingHost, meetingLinkFault, usualMeetingHosts } from '../../../src/domain/ticket/meeting-link';
import { lettersToVouched } from '../../../src/domain/ticket/opening-letters';
import { requestedStatus, statusAfter, statusFacts } from '../../../src/domain/ticket/status-after';
import { publicStatus, ticket } from '../../../src/domain/ticket/ticket';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import {
  booked,
  bookingFor,
  cancelled,
  codeIssued,
  emailVerified,
  fence,
  held,
  inProgress,
  issued,
  lapsed,
  met,
  requested,
  rescheduled,
  sent,
  slot,
  staffAbsent,
  started,
} from './story';
import { nothing, oneFact, refused } from '../../support/decided';

const at = '2026-06-01T08:00:00.000Z';
const reason = personal('office', 'termenul s-a împlinit');
const filed: TicketFact = {
  type: 'ResolutionFiled',
  data: { documentNumber: '7', documentType: 'Tichetul albastru', connectedTo: bookingFor('online').request, filedAt: at },
};
const missed: TicketFact = { type: 'CitizenAbsent', data: { ...bookingFor('online'), waitedMinutes: 11, absentAt: at } };
const handedOver: TicketFact = {
  type: 'ResolutionHandedOver',
  data: { channel: 'pickup', handedOverAt: at, proof: personal('record', 'semnătura') },
};

describe('erasing who the citizen is, GDPR 17', () => {
  const erase = (facts: readonly TicketFact[], why = reason) =>
    given(ticket, ...facts).when((state) => eraseTicket({ reason: why, at }, state));
  it('happens once, with a reason, to a ticket that has ended', () => {
    const fact = { type: 'PersonalDataErased', data: { erasedAt: at, reason } };
    expect(erase(met())).toEqual({ kind: 'accepted', facts: [fact] });
    expect(erase([...met(), { type: 'PersonalDataErased', data: { erasedAt: at, reason } }])).toEqual(nothing);
    expect(erase(met(), personal('office', ' '))).toEqual(refused('invalid', { field: 'reason', reason: 'required' }));
    expect(erase(booked())).toEqual(refused('wrong-state', { reason: 'active' }));
    expect(erase([])).toEqual(refused('not-found'));
    expect(erase([fence])).toEqual(refused('not-found'));
  });
});

describe('erasing what a resolution says, GDPR 5 and Legea 16/1996 art. 9–12', () => {
  const minute = { number: ' 3 ', date: '2026-03-20' };
  const erase = (facts: readonly TicketFact[], why = reason, under: SelectionMinute | undefined = minute) =>
    given(ticket, ...facts).when((state) => eraseConclusions({ reason: why, minute: under, at }, state));
  const written = [...met(), issued, filed];
  const data = { erasedAt: at, reason, minuteNumber: '3', minuteDate: '2026-03-20' };
  it('happens once, with a reason, when its document is filed', () => {
    expect(erase(written)).toEqual(oneFact('ConclusionsErased', data));
    // of old facts nobody knows a minute
    expect(erase([...written, { type: 'ConclusionsErased', data: { erasedAt: at, reason } }])).toEqual(nothing);
    expect(erase(written, personal('office', ''))).toEqual(refused('invalid', { field: 'reason', reason: 'required' }));
  });
  it.each<[string, SelectionMinute | undefined, { field: string; reason: string }]>([
    ['without a minute of the selection commission', undefined, { field: 'minuteNumber', reason: 'required' }],
    ['under one without a number', { ...minute, number: ' ' }, { field: 'minuteNumber', reason: 'required' }],
    ['under one without a day', { ...minute, date: '2026-02-30' }, { field: 'minuteDate', reason: 'not-a-date' }],
    ['under one of tomorrow', { ...minute, date: '2099-01-01' }, { field: 'minuteDate', reason: 'in-the-future' }],
    ['under one older than the resolution', { ...minute, date: '2020-01-01' }, { field: 'minuteDate', reason: 'before-it-was-issued' }],
  ])('is refused %s', (_, under, details) => {
    const decision = given(ticket, ...written).when((state) => eraseConclusions({ reason, minute: under, at }, state));
    expect(decision).toEqual(refused('invalid', details));
  });
  it('is refused before the register has the document, while the meeting goes on, and where nothing was written', () => {
    const active = { kind: 'refused', code: 'wrong-state', details: { reason: 'active' } };
    expect(erase([...met(), issued])).toEqual(active);
    expect(erase([...inProgress, issued, filed])).toEqual(active);
    expect(erase(met())).toEqual(refused('not-found'));
    expect(erase([...met(), filed])).toEqual(refused('not-found'));
    expect(erase([])).toEqual(refused('not-found'));
    expect(erase([fence])).toEqual(refused('not-found'));
  });
});

describe('the link of a meeting, Art. 5', () => {
  it.each([
    'https://webex.com/meet/x',
    'https://WEBEX.com',
    'https://primaria.webex.com/j.php?MTID=1#a',
    'https://a.b.webex.com/x%20y',
    'https://webex.com?MTID=1',
    'https://webex.com/100%',
  ])('%s leads to Webex', (link) => {
    expect(meetingLinkFault(link, usualMeetingHosts)).toBeUndefined();
  });
  it.each([
    'https://webex.com.example.org/x',
    'https://mywebex.com/x',
    'https://example.org/webex.com',
    'https://webex.com:8443/x',
    'https://webex,com/x',
  ])('%s leads elsewhere', (link) => {
    expect(meetingLinkFault(link, usualMeetingHosts)).toBe('link-elsewhere');
  });
  it('leads to any one of several hosts, and anywhere where nobody named a host', () => {
    expect(meetingLinkFault('https://meet.example.org/x', ['webex.com', 'example.org'])).toBeUndefined();
    expect(meetingLinkFault('https://meet.example.org/x', ['example.org', 'webex.com'])).toBeUndefined();
    expect(meetingLinkFault('https://meet.example.org/x')).toBeUndefined();
    expect(meetingLinkFault('https://meet.example.org/x', [])).toBe('link-elsewhere');
  });
  it.each([
    'http://webex.com/x',
    'xhttps://webex.com/x',
    'https:///x',
    'https://ana@webex.com/x',
    'https://webex.com\\x',
    'webex.com/x',
    '',
    `https://webex.com/${'x'.repeat(2049 - 18)}`,
  ])('%j is none', (link) => {
    expect(meetingLinkFault(link, usualMeetingHosts)).toBe('link-malformed');
  });
  it('has 2048 characters at most', () => {
    expect(meetingLinkFault(`https://webex.com/${'x'.repeat(2048 - 18)}`, usualMeetingHosts)).toBeUndefined();
  });
  it.each([
    'https://webex.com/ x',
    'https://webex.com/\u200bx',
    'https://webex.com/\u202ex',
    'https://webex.com/%E2%80%AEx',
    'https://webex.com/%0Ax',
  ])('%j hides something', (link) => {
    expect(meetingLinkFault(link, usualMeetingHosts)).toBe('link-deceives');
  });
  it('leads to a host that has a name', () => {
    expect(['webex.com', 'a', 'a-1.example'].map(isMeetingHost)).toEqual([true, true, true]);
    expect(['', '.', 'a..b', 'a.', '.a', 'a_b', 'A', 'a/b', 'a,b', ' a', 'a '].some(isMeetingHost)).toBe(false);
  });
});

describe('letters that open a ticket', () => {
  const openings = { letters: 5, minutes: 60, guesses: 50 };
  it('go to one address half as often as to all, until there were twice as many guesses as strangers may make', () => {
    const usual = { ofAddress: { limit: 3, minutes: 60 }, ofAll: { limit: 10, minutes: 60 } };
    expect(lettersToVouched(openings, 0)).toEqual(usual);
    expect(lettersToVouched(openings, 99)).toEqual(usual);
  });
  it('then one in a time that doubles with each such number more, up to a day', () => {
    const slowed = (minutes: number) => ({ ofAddress: { limit: 1, minutes }, ofAll: { limit: 5, minutes } });
    expect(lettersToVouched(openings, 100)).toEqual(slowed(60));
    expect(lettersToVouched(openings, 149)).toEqual(slowed(60));
    expect(lettersToVouched(openings, 150)).toEqual(slowed(120));
    expect(lettersToVouched(openings, 200)).toEqual(slowed(240));
    expect(lettersToVouched(openings, 5000)).toEqual(slowed(1440));
    expect(lettersToVouched({ ...openings, minutes: 2000 }, 5000)).toEqual(slowed(2000));
  });
});

describe('the status that tables keep', () => {
  const lives: readonly (readonly TicketFact[])[] = [
    [requested(), codeIssued(), lapsed],
    [...booked(), rescheduled('citizen', 'hold-2', 'hold-1'), cancelled],
    [...booked(), started, missed],
    [...booked(), staffAbsent, started, held(), issued, sent],
    [...booked(), started, issued, held(), handedOver],
    [...booked(), started, sent, held(), issued, sent],
    [...booked(), started, held(), started],
    [...booked(), cancelled, started],
    [...booked(), missed, started],
    [...met(), issued, filed, sent],
    [...met(), sent, issued],
    [
      ...booked(),
      {
        type: 'Reassigned',
        data: {
          ...bookingFor('online'),
          from: { staffId: 's002', departmentCode: '425', slot, holdId: 'hold-1' },
          reason: personal('contact', 'x'),
          reassignedAt: at,
          sequence: 1,
        },
      },
    ],
    [...booked(), staffAbsent, rescheduled('staff', 'hold-2', 'hold-1'), started, held()],
  ];
  it.each(lives.map((facts) => [facts.map(({ type }) => type).join(' '), facts] as const))(
    'is that of the whole ticket: %s',
    (_, facts) => {
      let parts = requestedStatus;
      facts.forEach((fact, index) => {
        const next = statusAfter(parts, fact);
        const state = fold(ticket, facts.slice(0, index + 1));
        expect(next.status).toBe(publicStatus(state));
        if (!statusFacts.some((type) => type === fact.type)) expect(next).toBe(parts);
        parts = next;
      });
    },
  );
  it('keeps with it whether the resolution is written and on its way', () => {
    expect(requestedStatus).toEqual({ status: 'awaiting-code', issued: false, delivered: false });
    expect(statusAfter(requestedStatus, emailVerified)).toBe(requestedStatus);
    expect(statusAfter(requestedStatus, issued)).toEqual({ status: 'awaiting-code', issued: true, delivered: false });
    expect(statusAfter(requestedStatus, handedOver)).toEqual({ status: 'awaiting-code', issued: false, delivered: true });
  });
});
