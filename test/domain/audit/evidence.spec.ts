import {
  caseFileFrom,
  clockKey,
  evidenceKeysOf,
  evidenceOf,
  type EvidenceRow,
  meetingsBefore,
  meetingsKey,
  type PlacedMeeting,
  ticketKey,
} from '../../../src/domain/audit/evidence';
import { judge } from '../../../src/domain/audit/judge';
import { noClock } from '../../../src/domain/audit/log-clock';
import { personal } from '../../../src/domain/kernel/personal-text';
import { requestStream } from '../../../src/domain/request/facts';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import { plusMinutes } from '../../../src/domain/time/civil-time';
import { bridgeDay, handlerAssigned, statusChanged } from '../../support/entries';
import {
  cancelledHistory,
  everyHistory,
  lapsedHistory,
  onlineHistory,
  phoneHistory,
  reassignedHistory,
  rescheduledHistory,
} from '../../support/histories';
import { domainEvents, type History } from '../../support/history';
import { defaultPlot, otherSlot, requestIdentity, slotAt } from '../../support/plot';
import { addingToRequest, changing, eventOf, without, withStaff } from '../../support/retelling';

const request = requestStream(requestIdentity);
const whole = { intact: true } as const;
type Rows = ReadonlyMap<string, EvidenceRow>;
const lookingIn =
  (rows: Rows) =>
  (key: string): EvidenceRow | undefined =>
    rows.get(key);

/** The history as the audit keeps it: each stream under its key, every fact in its place of the log. */
const rowsOf = (history: History, ...more: readonly (readonly [string, EvidenceRow])[]): Rows => {
  const events = domainEvents(history);
  const positions = new Map(events.map(({ id, position }) => [id, position]));
  const placed = <E extends { readonly id: string }>(those: readonly E[]) =>
    those.map((event) => ({ ...event, position: positions.get(event.id) ?? '' }));
  const ticket = placed(history.ticket).map((event) => ({ ...event, fact: evidenceOf(event.fact) }));
  return new Map<string, EvidenceRow>([
    [ticketKey(history.ticketId), { kind: 'ticket', events: ticket, position: ticket.at(-1)?.position ?? '' }],
    [request, { kind: 'request', events: placed(history.request) }],
    ...Object.entries(history.staff).map(([staffId, facts]): [string, EvidenceRow] => [
      `staff-${staffId}`,
      { kind: 'staff', events: placed(facts) },
    ]),
    ['calendar-ro', { kind: 'calendar', events: placed(history.calendar) }],
    ...more,
  ]);
};
const found = (history: History, ...more: readonly (readonly [string, EvidenceRow])[]) => {
  const file = caseFileFrom(history.ticketId, lookingIn(rowsOf(history, ...more)), whole);
  if (file === undefined) throw new Error('It was asked for.');
  return file;
};
const placesIn = (history: History) => new Map(domainEvents(history).map(({ id, position }) => [id, position]));
/** Behind every place that the log of a history has. */
const behind = (n: number): string => String(1000 + n).padStart(20, '0');

const online = onlineHistory();

describe('Which evidence a judgement looks up', () => {
  it('is that of the ticket and the calendar, as long as nothing of the ticket is known', () => {
    expect(evidenceKeysOf(online.ticketId, () => undefined)).toEqual([ticketKey(online.ticketId), 'calendar-ro']);
  });

  it('is that of the request, of each day and person of the meeting, and of everybody concerned, each once', () => {
    const { ticketId } = online;
    const ticketAlone = (history: History) => new Map([...rowsOf(history)].filter(([key]) => key === ticketKey(ticketId)));
    expect(evidenceKeysOf(ticketId, lookingIn(ticketAlone(reassignedHistory())))).toEqual([
      ticketKey(ticketId),
      'calendar-ro',
      request,
      'meetings-S-017_2026-03-05',
      'meetings-S-042_2026-03-05',
      'staff-S-017',
      'staff-S-042',
    ]);
    const sameDay = rescheduledHistory({}, slotAt('2026-03-05T10:00:00.000Z'));
    const handed = addingToRequest(sameDay, handlerAssigned('S-090', '2026-03-03T08:00:00.000Z'));
    expect(evidenceKeysOf(ticketId, lookingIn(rowsOf(handed)))).toEqual([
      ticketKey(ticketId),
      'calendar-ro',
      request,
      'meetings-S-017_2026-03-05',
      'staff-S-017',
      'staff-S-090',
    ]);
  });

  it('names the day of the hour, whoever holds it', () => {
    expect(meetingsKey('S-017', otherSlot)).toBe('meetings-S-017_2026-03-10');
  });
});

describe('The case file from the evidence', () => {
  it.each(Object.entries<History>(everyHistory))('is judged like the history that it was kept of: %s', (_, history) => {
    const { caseFile, newest } = found(history);
    expect(judge(caseFile, newest.asOf)).toEqual(judge(history, newest.asOf));
  });

  it('is that of a ticket that was asked for, and of no other', () => {
    const { ticketId } = online;
    const only = (events: readonly History['ticket'][number][]) =>
      new Map<string, EvidenceRow>([[ticketKey(ticketId), { kind: 'ticket', events, position: behind(0) }]]);
    expect(caseFileFrom(ticketId, () => undefined, whole)).toBeUndefined();
    expect(caseFileFrom(ticketId, lookingIn(only([])), whole)).toBeUndefined();
    const neverAsked = eventOf(lapsedHistory(), 'Lapsed');
    expect(caseFileFrom(ticketId, lookingIn(only([neverAsked])), whole)).toBeUndefined();
    expect(caseFileFrom(ticketId, lookingIn(only(online.ticket.slice(0, 2).toReversed())), whole)).toBeDefined();
    expect(caseFileFrom(ticketId, lookingIn(only(online.ticket.slice(0, 1))), whole)?.caseFile).toEqual({
      ticketId,
      ticket: online.ticket.slice(0, 1),
      request: [],
      staff: { 'S-017': [] },
      calendar: [],
      otherMeetings: [],
      chain: whole,
    });
  });

  it('says where the times of the log contradict its order, if they do', () => {
    const dispute = {
      from: behind(1),
      to: behind(2),
      earliest: '2026-03-02T07:00:00.000Z',
      newest: '2026-03-02T08:00:00.000Z',
      seconds: 3600,
      facts: 1,
      open: false,
    };
    const disputed: EvidenceRow = { kind: 'clock', ...noClock, disputes: [dispute] };
    expect(found(online, [clockKey, disputed]).caseFile.disputes).toEqual([dispute]);
    expect(found(online, [clockKey, { kind: 'clock', ...noClock }]).caseFile).not.toHaveProperty('disputes');
  });
});

describe('Other meetings in the case file (C10)', () => {
  const { startsAt } = defaultPlot.slot;
  const met = (ticketId: string, slot = defaultPlot.slot, changes: Partial<PlacedMeeting> = {}): PlacedMeeting => ({
    ticketId,
    staffId: 'S-017',
    slot,
    liveFrom: '2026-03-01T08:00:00.000Z',
    eventId: `scheduled-${ticketId}`,
    position: behind(0),
    ...changes,
  });
  const beside = (history: History, ...meetings: readonly PlacedMeeting[]) =>
    found(history, ['meetings-S-017_2026-03-05', { kind: 'meetings', meetings }]);

  it('are those of other tickets that share a moment with one of its hours, each once', () => {
    const half = { startsAt: plusMinutes(startsAt, 8), endsAt: plusMinutes(startsAt, 23) };
    const next = slotAt(plusMinutes(startsAt, 15));
    const movedToNext = rescheduledHistory({}, next);
    expect(beside(online, met('same'), met('next', next), met(online.ticketId), met('half', half)).caseFile.otherMeetings).toEqual([
      met('same'),
      met('half', half),
    ]);
    expect(beside(movedToNext, met('same'), met('next', next), met('half', half)).caseFile.otherMeetings).toEqual([
      met('same'),
      met('half', half),
      met('next', next),
    ]);
    expect(found(online).caseFile.otherMeetings).toEqual([]);
  });

  it('move the moment of the judgement: when the other one came, or when it went', () => {
    const late = '2026-04-01T08:00:00.000Z';
    const went = '2026-04-02T08:00:00.000Z';
    expect(beside(online, met('came', undefined, { liveFrom: late })).newest).toEqual({ asOf: late, position: behind(0) });
    expect(beside(online, met('went', undefined, { liveUntil: went })).newest).toEqual({ asOf: went, position: behind(0) });
  });

  it('are, before a place of the log, those that had come by then, each without its end where that had not', () => {
    const [came, went] = [
      { from: behind(1), position: behind(1) },
      { liveUntil: '2026-04-02T08:00:00.000Z', until: behind(3) },
    ];
    const [stands, ended] = [met('stands', undefined, came), met('ended', undefined, { ...came, ...went, position: behind(3) })];
    const later = met('later', undefined, { from: behind(3), position: behind(3) });
    const meetings = [stands, ended, later];
    expect([behind(1), behind(2), behind(3), behind(4)].map((place) => meetingsBefore(meetings, place))).toEqual([
      [],
      [stands, met('ended', undefined, came)],
      [stands, met('ended', undefined, came)],
      meetings,
    ]);
  });
});

describe('The moment of the judgement that is kept', () => {
  it('is the newest of the ticket and of its request, by time and by place', () => {
    const last = online.ticket.at(-1);
    const places = placesIn(online);
    expect(found(online).newest).toEqual({ asOf: last?.recordedAt, position: places.get(last?.id ?? '') });
    const closedAt = '2026-04-01T08:00:00.000Z';
    const closed = addingToRequest(online, statusChanged('closed', closedAt));
    expect(found(closed).newest).toEqual({ asOf: closedAt, position: placesIn(closed).get(closed.request.at(-1)?.id ?? '') });
  });

  it('is of the later place and of the later time, also where a clock that went back tells them apart', () => {
    const early = '2026-02-16T09:00:00.001Z';
    const placed = online.request.map((event) => ({ ...event, position: behind(0), recordedAt: early }));
    for (const events of [placed, placed.slice(-1)]) {
      expect(found(online, [request, { kind: 'request', events }]).newest).toEqual({
        asOf: online.ticket.at(-1)?.recordedAt,
        position: behind(0),
      });
    }
  });

  it('knows of people and calendar what stands in the log by then, and nothing that was written behind it', () => {
    const after = '2026-04-01T08:00:00.000Z';
    const known = onlineHistory({ calendar: [bridgeDay('2026-06-02', '2026-02-01T08:00:00.000Z')] });
    const history = withStaff(
      onlineHistory({ calendar: [bridgeDay('2026-06-02', '2026-02-01T08:00:00.000Z'), bridgeDay('2026-03-05', after)] }),
      'S-017',
      [after, { type: 'StaffLeft', data: { on: '2026-04-01', recordedAt: after } }],
    );
    const typesOf = (events: readonly { readonly fact: { readonly type: string } }[] = []) => events.map(({ fact }) => fact.type);
    const cut = found(history).caseFile;
    expect([typesOf(cut.calendar), typesOf(cut.staff['S-017'])]).toEqual([['BridgeDayDeclared'], ['StaffRegistered']]);
    // a list that thousands of tickets share is folded once, as long as it is the very same
    const rows = rowsOf(known);
    const calendar = rows.get('calendar-ro');
    const file = caseFileFrom(known.ticketId, lookingIn(rows), whole)?.caseFile;
    expect(calendar?.kind === 'calendar' && file?.calendar === calendar.events).toBe(true);
  });

  it('counts what stands in the very place of the newest', () => {
    const rows = rowsOf(online);
    const { position } = found(online).newest;
    const staff = rows.get('staff-S-017');
    if (staff?.kind !== 'staff') throw new Error('It is kept.');
    const events = [...staff.events, ...staff.events].map((event, index) => ({
      ...event,
      position: index === 0 ? position : `${position}0`,
    }));
    expect(found(online, ['staff-S-017', { kind: 'staff', events }]).caseFile.staff['S-017']).toEqual(events.slice(0, 1));
    // and a list that ends there is the very same, which others share
    const upToThere = events.slice(0, 1);
    expect(found(online, ['staff-S-017', { kind: 'staff', events: upToThere }]).caseFile.staff['S-017']).toBe(upToThere);
  });
});

describe('What an earlier version kept', () => {
  /** Without what the audit did not keep before it matched the request, and looked at the hour of `Held`. */
  const keptBefore = (history: History): Rows => {
    const rows = rowsOf(history);
    const row = rows.get(ticketKey(history.ticketId));
    if (row?.kind !== 'ticket') throw new Error('It is kept.');
    const events = row.events.map((event) => {
      const { fact } = event;
      if (fact.type === 'Requested') {
        const { matched: _, contact, ...data } = fact.data;
        const { phone: __, ...others } = contact;
        return { ...event, fact: { ...fact, data: { ...data, contact: others } } };
      }
      if (fact.type !== 'Held') return event;
      const { slot: _, ...data } = fact.data;
      return { ...event, fact: { ...fact, data } as typeof fact };
    });
    return new Map([...rows, [ticketKey(history.ticketId), { ...row, events }]]);
  };
  const ticketOf = (rows: Rows) => caseFileFrom(online.ticketId, lookingIn(rows), whole)?.caseFile.ticket ?? [];
  const dataOf = (rows: Rows, type: TicketFact['type']): object | undefined =>
    ticketOf(rows).find(({ fact }) => fact.type === type)?.fact.data;

  it('is taken as it would be kept today: nobody says what was matched, the phone was given, and it was held where it stood', () => {
    const rows = keptBefore(rescheduledHistory());
    expect(dataOf(rows, 'Requested')).toMatchObject({ matched: ['unrecorded'], contact: { email: {}, phone: {} } });
    expect(dataOf(rows, 'Held')).toMatchObject({ slot: otherSlot });
    expect(dataOf(keptBefore(online), 'Held')).toMatchObject({ slot: defaultPlot.slot });
    expect(ticketOf(keptBefore(phoneHistory())).map(({ fact }) => fact.type)).toEqual(phoneHistory().ticket.map(({ fact }) => fact.type));
  });

  it('keeps the hour that `Held` tells, and tells none of a meeting that stood nowhere', () => {
    const nowhere = without(online, 'Scheduled');
    expect(dataOf(keptBefore(nowhere), 'Held')).not.toHaveProperty('slot');
    const told = keptBefore(online);
    const changedHeld = eventOf(changing(online, 'Held', { slot: otherSlot }), 'Held');
    const row = told.get(ticketKey(online.ticketId));
    if (row?.kind !== 'ticket') throw new Error('It is kept.');
    const events = row.events.map((event) => (event.fact.type === 'Held' ? { ...event, fact: evidenceOf(changedHeld.fact) } : event));
    expect(dataOf(new Map([...told, [ticketKey(online.ticketId), { ...row, events }]]), 'Held')).toMatchObject({ slot: otherSlot });
  });

  it('is left as it is where it says what was matched', () => {
    const rows = rowsOf(online);
    const row = rows.get(ticketKey(online.ticketId));
    expect(row?.kind === 'ticket' && ticketOf(rows) === row.events).toBe(true);
  });
});

describe('What the audit keeps of a fact', () => {
  /** Sealed texts, and what no check asks for. */
  const leftOut: Readonly<Partial<Record<TicketFact['type'], readonly string[]>>> = {
    Requested: ['holdId', 'heldUntil', 'locale'],
    VerificationCodeIssued: ['heldUntil'],
    EmailVerified: ['codeExpiresAt'],
    Scheduled: ['request', 'department', 'departmentCode', 'holdId', 'scheduledAt', 'sequence', 'invitationDueAt', 'calendarVersion'],
    Rescheduled: ['request', 'holdId', 'calendarVersion'],
    MeetingLinkAttached: ['joinUrl'],
    Held: ['department', 'departmentCode', 'holdId', 'calendarVersion'],
    RecordingAttached: ['url'],
    ModeChanged: ['request', 'holdId', 'reasonText', 'calendarVersion'],
    ResolutionIssued: ['conclusions', 'issuedBy'],
  };
  const given = (fact: TicketFact): object => {
    if (fact.type !== 'Requested') return {};
    const { email } = fact.data.contact;
    return { contact: { ...(email === undefined ? {} : { email: {} }), phone: {} }, policies: fact.data.policies.slice(0, 1) };
  };

  it.each(Object.entries<History>(everyHistory))('is the rest of it, and of a contact what was given: %s', (_, { ticket }) => {
    for (const { fact } of ticket) {
      const kept = Object.entries(fact.data).filter(([name]) => !leftOut[fact.type]?.includes(name));
      const data = { ...Object.fromEntries(kept), ...given(fact) };
      if (fact.type === 'Scheduled') Object.assign(data, { policies: fact.data.policies.filter(({ name }) => name !== 'invitation-lead') });
      expect(evidenceOf(fact)).toStrictEqual({ type: fact.type, data });
    }
  });

  it('says how a meeting is known, that no phone was given, and of an old ticket that nothing was matched', () => {
    const { contact } = eventOf(online, 'Requested').fact.data;
    const { phone: _, ...unreachable } = contact;
    const old = eventOf(changing(online, 'Requested', { contact: unreachable, matched: undefined }), 'Requested').fact;
    expect(evidenceOf(old).data).toMatchObject({ matched: [] });
    expect(evidenceOf(old).data).toHaveProperty('contact', { email: {} });
    expect(evidenceOf(eventOf(changing(online, 'Held', { grade: 'observed' }), 'Held').fact).data).toMatchObject({ grade: 'observed' });
    const typed = eventOf(changing(online, 'ResolutionIssued', { documentNumber: '155001' }), 'ResolutionIssued').fact;
    const { issuedAt } = typed.data;
    expect(evidenceOf(typed).data).toStrictEqual({ issuedAt, documentNumber: '155001' });
  });

  it('A20: tells of a reason in words that there are some, and never which', () => {
    const reasonOf = (fact: TicketFact) => Object.entries(evidenceOf(fact).data).filter(([name]) => name === 'reasonText');
    const changed = (reasonText: string | undefined) => {
      const text = { reasonText: reasonText === undefined ? undefined : personal('contact', reasonText) };
      return [
        eventOf(changing(rescheduledHistory(), 'Rescheduled', text), 'Rescheduled').fact,
        eventOf(changing(cancelledHistory(), 'Cancelled', text), 'Cancelled').fact,
      ];
    };
    for (const fact of changed('sala este în renovare')) expect(reasonOf(fact)).toEqual([['reasonText', {}]]);
    for (const fact of [...changed(undefined), ...changed('  ')]) expect(reasonOf(fact)).toEqual([]);
    const { endedAt, staffId } = eventOf(online, 'Held').fact.data;
    const said = { mode: 'phone', cause: 'other', staffId, continuedAt: endedAt, wasOnline: true } as const;
    expect(evidenceOf({ type: 'ContinuedOtherwise', data: { ...said, reasonText: personal('contact', 'telefon') } }).data).toStrictEqual(
      said,
    );
  });
});
