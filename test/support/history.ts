import type { LiveMeeting } from '../../src/domain/audit/case-file';
import type { CalendarFact } from '../../src/domain/calendar/calendar';
import type { DomainEvent } from '../../src/domain/facts';
import type { Fact, Instant, RecordedFact } from '../../src/domain/kernel/fact';
import { personal } from '../../src/domain/kernel/personal-text';
import { type RequestFact, requestStream } from '../../src/domain/request/facts';
import { type StaffFact, staffStream } from '../../src/domain/staff/facts';
import { type TicketFact, ticketStream } from '../../src/domain/ticket/facts';
import { plusMinutes } from '../../src/domain/time/civil-time';
import { type Entry, type Plot, type TicketEntry, policies, requestIdentity } from './plot';
import { createHash } from 'node:crypto';

/** A whole case: the facts of every stream it rests on. It is a case file for `judge`, with complete recorded facts. */
export type History = {
  readonly ticketId: string;
  readonly ticket: readonly RecordedFact<TicketFact>[];
  readonly request: readonly RecordedFact<RequestFact>[];
  readonly staff: Readonly<Record<string, readonly RecordedFact<StaffFact>[]>>;
  readonly calendar: readonly RecordedFact<CalendarFact>[];
  readonly otherMeetings: readonly LiveMeeting[];
  readonly chain: { readonly intact: boolean; readonly firstBroken?: string };
};

const uuidOf = (name: string): string => {
  const hex = createHash('sha1').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** Facts as the log would hold them: in order of time, numbered, with ids made of stream, type and how many of that type came before. */
export const recorded = <F extends Fact>(stream: string, entries: readonly Entry<F>[]): readonly RecordedFact<F>[] => {
  const counts = new Map<string, number>();
  return entries
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([recordedAt, fact, actor], revision) => {
      const count = (counts.get(fact.type) ?? 0) + 1;
      counts.set(fact.type, count);
      const id = uuidOf(`${stream}/${fact.type}/${count}`);
      const commandId = uuidOf(`command of ${id}`);
      return {
        fact,
        id,
        stream,
        revision,
        position: '',
        version: 1,
        recordedAt,
        actor: actor ?? { kind: 'system', id: 'booking' },
        commandId,
        correlationId: commandId,
        causationId: commandId,
      };
    });
};

const requestEntries = (plot: Plot): readonly Entry<RequestFact>[] => {
  const { ground } = plot;
  const registeredAt = '2026-02-16T09:00:00.000Z';
  const answer: readonly Entry<RequestFact>[] =
    ground.kind !== 'clarification'
      ? []
      : [
          [
            '2026-02-20T10:00:00.000Z',
            {
              type: 'AnswerCommunicated',
              data: {
                documentNumber: ground.documentNumber,
                communicatedOn: ground.communicatedOn,
                channel: 'email',
                answeredBy: plot.staffId,
                advertisedUntil: ground.advertisedUntil,
                enforcedUntil: ground.enforcedUntil,
                policy: policies['clarification-window'],
                calendarVersion: ground.calendarVersion,
                registeredAt: '2026-02-20T10:00:00.000Z',
              },
            },
          ],
        ];
  return [
    [
      registeredAt,
      {
        type: 'RequestRegistered',
        data: {
          ...requestIdentity,
          applicantName: personal('name', 'POPESCU I. ION'),
          handlerStaffId: plot.staffId,
          department: 'Serviciul Urbanism',
          departmentCode: '425',
          status: 'in-operation',
          registeredAt,
        },
      },
    ],
    ...answer,
    [
      plot.requestedAt,
      {
        type: 'TicketAdmitted',
        data: {
          ticketId: plot.ticketId,
          holdId: `hold-1-${plot.ticketId}`,
          staffId: plot.staffId,
          slot: plot.slot,
          ground,
          admittedAt: plot.requestedAt,
          until: plusMinutes(plot.requestedAt, 15),
        },
      },
    ],
  ];
};

export const staffRegistered = (staffId: string): Entry<StaffFact> => [
  '2026-01-08T08:00:00.000Z',
  {
    type: 'StaffRegistered',
    data: {
      staffId,
      name: personal('staff', 'Maria Ionescu'),
      email: personal('staff', `${staffId.toLowerCase()}@example.ro`),
      role: 'executive',
      department: 'Serviciul Urbanism',
      departmentCode: '425',
      registeredAt: '2026-01-08T08:00:00.000Z',
    },
  },
];

/** A story told by these ticket entries, with the request, the staff member and the calendar it needs. */
export const historyOf = (plot: Plot, entries: readonly TicketEntry[]): History => ({
  ticketId: plot.ticketId,
  ticket: recorded(ticketStream(plot.ticketId), entries),
  request: recorded(requestStream(requestIdentity), requestEntries(plot)),
  staff: { [plot.staffId]: recorded(staffStream(plot.staffId), [staffRegistered(plot.staffId)]) },
  calendar: recorded('calendar-ro', plot.calendar),
  otherMeetings: [],
  chain: { intact: true },
});

/** Every fact of a history with its category, in the order in which it was recorded and with positions, as `readAll` gives them. */
export const domainEvents = (history: History): readonly DomainEvent[] => {
  const events: readonly DomainEvent[] = [
    ...history.calendar.map((event) => ({ ...event, category: 'calendar' as const })),
    ...Object.values(history.staff).flatMap((facts) => facts.map((event) => ({ ...event, category: 'staff' as const }))),
    ...history.request.map((event) => ({ ...event, category: 'request' as const })),
    ...history.ticket.map((event) => ({ ...event, category: 'ticket' as const })),
  ];
  return events
    .toSorted((a, b) => (a.recordedAt < b.recordedAt ? -1 : a.recordedAt > b.recordedAt ? 1 : 0))
    .map((event, index) => ({ ...event, position: String(index + 1).padStart(20, '0') }));
};

/** The history as a log has it: every fact with its place, recorded at the time that this clock showed. */
export const inLog = (history: History, shown: (at: Instant, position: string) => Instant = (at) => at): History => {
  const places = new Map(
    domainEvents(history).map(({ id, position, recordedAt }) => [id, { position, recordedAt: shown(recordedAt, position) }]),
  );
  const placed = <E extends { readonly id: string }>(events: readonly E[]): readonly E[] =>
    events.map((event) => ({ ...event, ...places.get(event.id) }));
  return {
    ...history,
    ticket: placed(history.ticket),
    request: placed(history.request),
    calendar: placed(history.calendar),
    staff: Object.fromEntries(Object.entries(history.staff).map(([staffId, events]) => [staffId, placed(events)])),
  };
};
