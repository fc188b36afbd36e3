import type { DerivedTable, ReportingView } from '@tichet-albastru/event-log/ports/projection';
import type { Projection } from '../../application/kernel/ports/projection';
import { tables, type AuditRow } from '../../application/kernel/ports/tables';
import {
  caseFileFrom,
  clockKey,
  evidenceKeysOf,
  type EvidenceRow,
  ticketKey,
  evidenceOf,
  type MeetingsEvidence,
  meetingsKey,
  type PlacedMeeting,
  type TicketEvidence,
} from '../../domain/audit/evidence';
import { overlaps } from '../../domain/time/slot';
import { type CaseFile, chainNotLookedAt, meetingsAfter, type StoredFact } from '../../domain/audit/case-file';
import { clockAfter, noClock } from '../../domain/audit/log-clock';
import { confirmableBy, judge, tableCheckIds, verdictsOf } from '../../domain/audit/judge';
import { ofFirstVersion } from '../kernel/first-version';
import { dutiesIn, type Duty, isToBeDone } from '../../domain/duties/duties';
import { ticketIdOf } from '../kernel/streams';
import type { DomainEvent } from '../../domain/facts';
import type { Instant, RecordedFact } from '../../domain/kernel/fact';
import type { TicketFact } from '../../domain/ticket/facts';

/** The checks as they stood at `as_of`; C21 is about the log's bytes and is verified when a ticket is read. */
const verdictsView: ReportingView = {
  name: 'verdicts',
  told: ofFirstVersion('The verdict of each check as of as_of: one whose next_change_at has passed may have turned since.', 'verdicts'),
  sql: ({ rows, key, text, integer }) => {
    const checks = tableCheckIds.map((id) => `${text(`verdicts.${id}`)} AS ${id.toLowerCase()}`);
    const grades = tableCheckIds.map((id) => `${text(`grades.${id}`)} AS ${id.toLowerCase()}_grade`);
    return `SELECT ${key} AS ticket_id, ${text('departmentCode')} AS department_code, ${text('staffId')} AS staff_id,
      ${text('mode')} AS mode, ${text('startsAt')} AS starts_at, ${text('recordKind')} AS record_kind, ${text('overall')} AS overall,
      ${integer('warnings')} AS warnings, ${integer('waived')} AS waived, ${text('asOf')} AS as_of,
      ${text('nextChangeAt')} AS next_change_at, ${checks.join(', ')}, ${text('grade')} AS grade,
      ${text('confirmableBy')} AS confirmable_by, ${grades.join(', ')} FROM ${rows}`;
  },
};

type TicketEvent = Extract<DomainEvent, { readonly category: 'ticket' }>;

/** The days of the people whose meetings a ticket's fact opens or closes. */
const daysOf = (fact: TicketFact): readonly string[] => {
  switch (fact.type) {
    case 'Scheduled':
    case 'Cancelled':
      return [meetingsKey(fact.data.staffId, fact.data.slot)];
    case 'Rescheduled':
    case 'Reassigned': {
      const { from, staffId, slot } = fact.data;
      return [...new Set([meetingsKey(from.staffId, from.slot), meetingsKey(staffId, slot)])];
    }
    default:
      return [];
  }
};

/** A fact of a ticket stands under the ticket and under the days that it changes, every other under its own stream; each moves the clock. */
const evidenceKeysOfEvent = (event: DomainEvent): readonly string[] => {
  switch (event.category) {
    case 'ticket':
      return [event.stream, ...daysOf(event.fact), clockKey];
    case 'request':
    case 'staff':
    case 'calendar':
      return [event.stream, clockKey];
    default:
      return [];
  }
};

const meetingsRow = (row: EvidenceRow | undefined, event: TicketEvent, key: string): MeetingsEvidence => {
  const before: readonly PlacedMeeting[] = row?.kind === 'meetings' ? row.meetings : [];
  const { position } = event;
  const meetings = [...before];
  for (const [index, meeting] of meetingsAfter(before, ticketIdOf(event.stream), event).entries()) {
    if (meeting !== before[index] && meetingsKey(meeting.staffId, meeting.slot) === key) meetings[index] = { ...meeting, position };
  }
  return { kind: 'meetings', meetings };
};

type Placed<F extends RecordedFact> = Pick<F, 'fact' | 'id' | 'actor' | 'recordedAt' | 'position'>;
const placed = <F extends RecordedFact>({ fact, id, actor, recordedAt, position }: F): Placed<F> => ({
  fact,
  id,
  actor,
  recordedAt,
  position,
});

const ticketRow = (row: EvidenceRow | undefined, { fact, id, actor, recordedAt, position }: TicketEvent): TicketEvidence => ({
  kind: 'ticket',
  events: [...(row?.kind === 'ticket' ? row.events : []), { fact: evidenceOf(fact), id, actor, recordedAt, position }],
  position,
});

/** The evidence under one key, with this event in it. */
const evidenceAfter = (row: EvidenceRow | undefined, event: DomainEvent, key: string): EvidenceRow | undefined => {
  if (key === clockKey) return { kind: 'clock', ...clockAfter(row?.kind === 'clock' ? row : noClock, event) };
  switch (event.category) {
    case 'ticket':
      if (key !== event.stream) return meetingsRow(row, event, key);
      return ticketRow(row, event);
    case 'request':
      return { kind: 'request', events: [...(row?.kind === 'request' ? row.events : []), placed(event)] };
    case 'staff':
      return { kind: 'staff', events: [...(row?.kind === 'staff' ? row.events : []), placed(event)] };
    case 'calendar':
      return { kind: 'calendar', events: [...(row?.kind === 'calendar' ? row.events : []), placed(event)] };
    default:
      return row;
  }
};

const ticketsNamed = (key: string, row: EvidenceRow): readonly string[] => {
  switch (row.kind) {
    case 'ticket':
      return [ticketIdOf(key)];
    case 'request':
      return row.events.flatMap(({ fact }) => (fact.type === 'TicketAdmitted' ? [fact.data.ticketId] : []));
    case 'meetings':
      return row.meetings
        .filter((meeting) => row.meetings.some((other) => other.ticketId !== meeting.ticketId && overlaps(other.slot, meeting.slot)))
        .map(({ ticketId }) => ticketId);
    // What changes here later changes no judgement of what was done before; and that a clock was wrong stands beside a verdict.
    case 'staff':
    case 'calendar':
    case 'clock':
      return [];
  }
};

type Where = Pick<
  AuditRow,
  | 'reference'
  | 'staffId'
  | 'department'
  | 'departmentCode'
  | 'mode'
  | 'startsAt'
  | 'requestedAt'
  | 'recordKind'
  | 'requestNumber'
  | 'filedOn'
  | 'ground'
>;

/** A placement that only bears another mode has not chosen it (Art. 3 d). */
const modeOf = ({ mode }: Where, { type, data }: StoredFact & { readonly type: 'Rescheduled' | 'Reassigned' }): Where['mode'] =>
  type === 'Rescheduled' && data.formerMode !== undefined ? data.mode : mode;

/** Where the meeting stands, by the last fact that says so. */
const whereItStands = ({ ticket }: CaseFile): Where | undefined => {
  let where: Where | undefined;
  for (const { fact } of ticket) {
    if (fact.type === 'Requested') {
      const { reference, staffId, department, departmentCode, mode, slot, requestedAt, request, ground } = fact.data;
      const asked = { requestNumber: request.number, filedOn: request.filedOn, ground: ground.kind };
      where = { reference, staffId, department, departmentCode, mode, startsAt: slot.startsAt, requestedAt, recordKind: null, ...asked };
    } else if (where !== undefined && (fact.type === 'Rescheduled' || fact.type === 'Reassigned')) {
      const { staffId, department, departmentCode, slot } = fact.data;
      where = { ...where, staffId, department, departmentCode, startsAt: slot.startsAt, mode: modeOf(where, fact) };
    } else if (where !== undefined && fact.type === 'ModeChanged') {
      where = { ...where, mode: fact.data.mode };
    } else if (where !== undefined && fact.type === 'Held') {
      where = { ...where, recordKind: fact.data.recordKind };
    }
  }
  return where;
};

/** The earliest limit of what somebody owes, or will owe. */
const owedUntil = (duties: readonly Duty[], at: Instant): Instant | null =>
  duties.flatMap((duty) => (isToBeDone(duty, at) ? [duty.limitAt] : [])).toSorted()[0] ?? null;

const offeredTo = (duties: readonly Duty[], departmentCode: string): string | null => {
  const asked = duties.flatMap((duty) => duty.departmentCode ?? []).at(-1);
  return asked === undefined || asked === departmentCode ? null : asked;
};

const auditTrail: DerivedTable<AuditRow, EvidenceRow> = {
  name: tables.auditTrail,
  keyedBy: 'ticket id',
  told: 'the verdict of each check but C21, and the duties with their target and limit',
  columns: {
    overall: 'text',
    grade: 'text',
    confirmableBy: 'text',
    staffId: 'text',
    departmentCode: 'text',
    startsAt: 'text',
    nextChangeAt: 'text',
    owedUntil: 'text',
    lastLimitAt: 'text',
    offeredTo: 'text',
    mode: 'text',
    ground: 'text',
    reference: 'text',
    requestNumber: 'text',
    filedOn: 'text',
    attention: 'text',
    failsAfter: 'text',
  },
  indexes: [
    ['startsAt'],
    ['staffId', 'startsAt'],
    ['departmentCode', 'startsAt'],
    ['attention', 'startsAt'],
    ['confirmableBy', 'startsAt'],
    ['failsAfter'],
    ['owedUntil'],
    ['lastLimitAt'],
    ['offeredTo'],
    ['nextChangeAt'],
    ['overall'],
    ['reference'],
    ['requestNumber'],
  ],
  namedBy: ticketsNamed,
  everyRowIsNamedUnder: ticketKey(''),
  sourcesOf: evidenceKeysOf,
  derive: (ticketId, lookup) => {
    const found = caseFileFrom(ticketId, lookup, chainNotLookedAt);
    const where = found && whereItStands(found.caseFile);
    if (found === undefined || where === undefined) return undefined;
    const { asOf, position } = found.newest;
    const judgement = judge(found.caseFile, asOf, true);
    const verdicts = verdictsOf(judgement, 'C21');
    const [couldConfirm, nextChangeAt] = [confirmableBy(verdicts.observable), judgement.nextChangeAt ?? null];
    const fails = verdicts.overall === 'fail';
    const duties = dutiesIn(found.caseFile, asOf, true);
    const limits = duties.map(({ limitAt }) => limitAt).toSorted();
    return {
      ticketId,
      ...where,
      ...verdicts,
      confirmableBy: couldConfirm,
      duties,
      owedUntil: owedUntil(duties, asOf),
      lastLimitAt: limits.at(-1) ?? null,
      offeredTo: offeredTo(duties, where.departmentCode),
      asOf,
      nextChangeAt,
      attention: fails ? 'fail' : (couldConfirm ?? 'none'),
      failsAfter: fails ? '' : (nextChangeAt ?? 'never'),
      position,
    };
  },
  views: [verdictsView],
};

/** The evidence under its own keys, and of it one row a ticket with its verdicts, judged again whenever its evidence changes. */
export const auditEvidence: Projection<EvidenceRow> = {
  name: tables.auditEvidence,
  keyedBy: '`ticket-…`, `request-…`, `staff-…`, `calendar-ro`, `meetings-<staffId>_<day>`, `clock`',
  told: 'the dated facts that a judgement rests on, of a ticket’s only what a check looks at; where the times of the log go back',
  // with 20 checks this was version 2, with the place of every fact version 3, with its actor and grade version 4, with who could confirm it
  // version 5, and with the register's documents as a system of their own, with what lists look for, with the duties and with whose they are one
  // more each; one check more is a version more, so that every ticket is judged anew
  version: tableCheckIds.length - 11,
  columns: {},
  looksAt: { ticket: 'all', request: 'all', staff: 'all', calendar: 'all' },
  keysOf: evidenceKeysOfEvent,
  apply: evidenceAfter,
  derived: auditTrail,
};
