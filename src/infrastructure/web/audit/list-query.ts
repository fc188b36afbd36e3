import {
  type AuditListQuery,
  auditScope,
  type AuditScope,
  type GradeFilter,
  gradeFilters,
  judgedAgain,
} from '../../../application/audit/audit-list';
import { confirmableHere, rowHere } from '../../../application/audit/observers';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { Condition } from '@tichet-albastru/event-log/ports/read-models';
import { type AuditRow, tables } from '../../../application/kernel/ports/tables';
import { chainNotLookedAt } from '../../../domain/audit/case-file';
import type { Verdict } from '../../../domain/audit/check';
import { ticketKey } from '../../../domain/audit/evidence';
import { type CheckId, checkIds, type Overall } from '../../../domain/audit/judge';
import { defined } from '@tichet-albastru/kernel/defined';
import { isRefusal } from '../../../domain/kernel/refusal';
import { groundKinds } from '../../../domain/request/facts';
import { parseRegistrationNumber } from '../../../domain/request/registering';
import { type Locale, meetingMode } from '../../../domain/ticket/facts';
import type { Instant } from '../../../domain/kernel/fact';
import { isCivilDate, wholeDays } from '../../../domain/time/civil-time';
import { sentences } from '../../phrasing/sentences';
import { filledQuery, queryParametersOf } from '../page/query-parameters';
import { chosenOf } from '../parts/chosen';
import type { Fault } from '../parts/fields';
import type { PersonMeant } from '../parts/person-meant';
import { momentTyped } from './ticket-view';

/** In the order in which a person looks for them. */
export const verdicts: readonly Verdict[] = ['fail', 'warn', 'pending', 'waived', 'pass', 'not-applicable'];
export const ticketsPerPage = 25;
export const modes = meetingMode.words;

/** The fields of the filter as they came, but of a person the id alone; each may be empty. */
type ListFields = {
  readonly verdict: string;
  readonly grade: string;
  readonly check: string;
  readonly from: string;
  readonly to: string;
  readonly staff: string;
  readonly department: string;
  readonly mode: string;
  readonly ground: string;
  readonly request: string;
  readonly moment: string;
  readonly cursor: string;
};
export type ListQuery = {
  readonly fields: ListFields;
  readonly verdict?: Verdict;
  readonly grade?: GradeFilter;
  readonly check?: CheckId;
  /** of the meetings, both inclusive */
  readonly days: { readonly from?: string; readonly to?: string };
  /** whose tickets, and on which days */
  readonly scope: AuditScope;
  /** whom the field of the civil servant means */
  readonly person: PersonMeant;
  /** what was known then; without it: now */
  readonly asOf?: Instant;
  readonly faults: readonly Fault[];
};

const nobodyMeant: PersonMeant = { typed: '', people: [], faults: [] };

/** What had to be looked up before the filter could be understood. */
type Looked = {
  /** whom the field of the civil servant means; left out, no one */
  readonly person?: PersonMeant;
  /** the department whose tickets the reader asked for and may see; left out, what stands in the field */
  readonly departmentCode?: string;
};

/** What the filter asks for. A day that is none is a fault and narrows nothing, and so is a choice that there is not. */
export const listQuery = (query: unknown, locale: Locale, { person = nobodyMeant, departmentCode }: Looked = {}): ListQuery => {
  const asked = queryParametersOf(query);
  const words = sentences[locale].audit.list;
  const { staffId } = person;
  const fields: ListFields = {
    verdict: asked('verdict'),
    grade: asked('grad'),
    check: asked('verificare'),
    from: asked('de-la'),
    to: asked('pana-la'),
    staff: staffId ?? '',
    department: asked('serviciu'),
    mode: asked('mod'),
    ground: asked('temei'),
    request: asked('cerere'),
    moment: asked('la'),
    cursor: asked('de-unde'),
  };
  const verdict = chosenOf(verdicts, fields.verdict, 'verdict', locale);
  const grade = chosenOf(gradeFilters, fields.grade, 'grad', locale);
  const check = chosenOf(checkIds, fields.check, 'verificare', locale);
  const day = (name: 'from' | 'to'): string | undefined => (isCivilDate(fields[name]) ? fields[name] : undefined);
  const [from, to] = [day('from'), day('to')];
  const mode = chosenOf(modes, fields.mode, 'mod', locale);
  const ground = chosenOf(groundKinds, fields.ground, 'temei', locale);
  const { number: requestNumber, filedOn } = parseRegistrationNumber(fields.request) ?? {};
  const asOf = momentTyped(fields.moment);
  const noDay = (field: string): Fault => ({ field, message: words.noDay });
  return {
    fields,
    ...defined({ verdict: verdict.chosen, grade: grade.chosen, check: check.chosen, asOf }),
    days: defined({ from, to }),
    person,
    scope: {
      ...wholeDays({ from, to }),
      ...defined({
        staffId,
        mode: mode.chosen,
        ground: ground.chosen,
        requestNumber,
        filedOn,
        departmentCode: departmentCode ?? (fields.department || undefined),
      }),
    },
    faults: [
      ...[verdict, grade, check].flatMap(({ faults }) => faults),
      ...(fields.from === '' || from !== undefined ? [] : [noDay('de-la')]),
      ...(fields.to === '' || to !== undefined ? [] : [noDay('pana-la')]),
      ...(from !== undefined && to !== undefined && to < from ? [{ field: 'pana-la', message: words.endsFirst }] : []),
      ...person.faults,
      ...[mode, ground].flatMap(({ faults }) => faults),
      ...(fields.request === '' || requestNumber !== undefined ? [] : [{ field: 'cerere', message: words.noRequestNumber }]),
      ...(fields.moment === '' || asOf !== undefined ? [] : [{ field: 'la', message: sentences[locale].audit.ticket.momentFault }]),
    ],
  };
};

/** The question of the list for what was asked. */
export const questionOf = ({ verdict, grade, check, asOf, scope, fields }: ListQuery): AuditListQuery => ({
  ...defined({ verdict, grade, check, asOf }),
  ...scope,
  ...(fields.cursor === '' ? {} : { cursor: fields.cursor }),
  limit: ticketsPerPage,
});

/** The address of the same list with some of its fields changed; a page of it is left unless it is named. */
export const listPath = (fields: ListFields, changed: Partial<ListFields>, path = '/audit'): string => {
  const { verdict, grade, check, from, to, staff, department, mode, ground, request, moment, cursor } = {
    ...fields,
    cursor: '',
    ...changed,
  };
  const where = { 'de-la': from, 'pana-la': to, functionar: staff, serviciu: department, mod: mode, temei: ground, cerere: request };
  return path + filledQuery({ verdict, grad: grade, verificare: check, ...where, la: moment, 'de-unde': cursor });
};

/** `exact` is false where more rows wait to be judged again than are looked at. */
export type OverallCounts = Readonly<Record<Overall, number>> & { readonly exact: boolean };

const overalls: readonly Overall[] = ['fail', 'pending', 'pass'];
/** Rows whose time has come since they were written; there are few, for most facts bring another. */
const mostJudgedAgain = 200;

/** How many tickets of a period and a person have which verdict now: counted in the table, and the rows whose time has come judged again. */
export const overallCounts = async (ports: Ports, asked: ListQuery['scope']): Promise<OverallCounts> => {
  const scope = auditScope(asked);
  const counts: Record<Overall, number> = { fail: 0, pending: 0, pass: 0 };
  for (const overall of overalls) {
    counts[overall] = await ports.readModels.count(tables.auditTrail, [...scope, { column: 'overall', is: overall }]);
  }
  const now = ports.clock.now();
  const { rows, next } = await ports.readModels.select<AuditRow>(tables.auditTrail, {
    where: [...scope, { column: 'nextChangeAt', from: '', before: now }],
    orderBy: [{ column: 'nextChangeAt' }],
    limit: mostJudgedAgain,
  });
  for (const { ticketId, overall } of rows) {
    const again = await judgedAgain(ports, () => Promise.resolve(chainNotLookedAt), ticketId, { now });
    if (again === undefined || isRefusal(again)) continue;
    counts[overall] -= 1;
    counts[again.overall] += 1;
  }
  return { ...counts, exact: next === undefined };
};

type Shown = Pick<AuditRow, 'ticketId' | 'reference' | 'startsAt' | 'observable'>;
/** Tickets with a fact that is only declared, and that a system of this installation could have confirmed: the newest, and how many. */
export type Confirmable = { readonly count: number; readonly newest: readonly Shown[] };

const mostShownFirst = 10;

/** What an auditor is shown first. */
export const confirmable = async (ports: Ports, scope: ListQuery['scope']): Promise<Confirmable> => {
  const where: readonly Condition[] = [...auditScope(scope), { column: 'confirmableBy', in: confirmableHere(ports) }];
  const { rows } = await ports.readModels.select<AuditRow>(tables.auditTrail, {
    where,
    orderBy: [{ column: 'startsAt', descending: true }],
    limit: mostShownFirst,
  });
  return { count: await ports.readModels.count(tables.auditTrail, where), newest: rows.map((row) => rowHere(ports, row)) };
};

/** What waits for a person: a row of the list is missing; of evidence, what was judged from it before stands still. */
export type ParkedVerdicts = {
  readonly missing: number;
  /** tickets whose own events wait, of those that the reader may open */
  readonly tickets: readonly string[];
  /** how many other keys wait: a request, a civil servant, the calendar, a day of meetings */
  readonly others: number;
};

export const parkedVerdicts = async (
  { readModels }: Pick<Ports, 'readModels'>,
  mayBeNamed: (ticketId: string) => Promise<boolean>,
): Promise<ParkedVerdicts> => {
  const parked = (await readModels.parked()).filter(({ filling }) => !filling);
  const missing = parked.filter(({ projection }) => projection === tables.auditTrail).length;
  const keys = parked.filter(({ projection }) => projection === tables.auditEvidence).map(({ key }) => key);
  const ofTickets = keys.filter((key) => key.startsWith(ticketKey('')));
  const tickets: string[] = [];
  for (const key of ofTickets) {
    const ticketId = key.slice(ticketKey('').length);
    if (await mayBeNamed(ticketId)) tickets.push(ticketId);
  }
  return { missing, tickets, others: keys.length - ofTickets.length };
};
