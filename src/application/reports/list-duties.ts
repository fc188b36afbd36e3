import { dutiesAt, type DutyAt, type DutyState } from '../../domain/duties/duties';
import type { DutyKind } from '../../domain/duties/duty-kinds';
import { defined } from '../../domain/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { Query } from '../kernel/message';
import { pause } from '../kernel/pause';
import type { Ports } from '../kernel/ports/ports';
import type { Condition, Page, Selection } from '../kernel/ports/read-models';
import { type AuditRow, tables } from '../kernel/ports/tables';
import { parkedIn } from '../staff/staff-calendar';

/** `overdue`: missed, and still owed. */
export type DutyFilter = DutyState | 'overdue';

export type DutiesQuery = {
  /** whose duty it is: of the meeting as it stands; of an offer, the department that was asked */
  readonly departmentCode?: string;
  /** who owes it, or owed it */
  readonly staffId?: string;
  readonly state?: DutyFilter;
  readonly kind?: DutyKind;
  /** the limit is from then on … */
  readonly from?: Instant;
  /** … and before then */
  readonly before?: Instant;
} & Pick<Selection, 'limit' | 'cursor'>;

export type ListedDuty = Pick<AuditRow, 'ticketId' | 'reference' | 'departmentCode' | 'startsAt'> & DutyAt;
export type DutiesView = {
  /** the moment at which the states are told */
  readonly at: Instant;
  readonly duties: readonly ListedDuty[];
  readonly parked: number;
  readonly next?: string;
};

export class ListDuties extends Query<DutiesQuery, DutiesView> {}

const usualLimit = 100;
/** Tickets looked at together. */
const together = 100;

const isAsked = (duty: ListedDuty, { departmentCode, staffId, state, kind, from, before }: DutiesQuery): boolean =>
  (departmentCode === undefined || duty.departmentCode === departmentCode) &&
  (staffId === undefined || duty.staffId === staffId) &&
  (kind === undefined || duty.kind === kind) &&
  (from === undefined || duty.limitAt >= from) &&
  (before === undefined || duty.limitAt < before) &&
  (state === undefined || (state === 'overdue' ? duty.overdue : duty.state === state));

/** What is owed stands under its earliest limit; whatever else was asked for, under the latest, the newest first. */
const selectionOf = (ofDepartment: readonly Condition[], { state, from, before }: DutiesQuery): Part =>
  state === 'open' || state === 'overdue'
    ? { where: [...ofDepartment, { column: 'owedUntil', ...defined({ before }), from: '' }], orderBy: [{ column: 'owedUntil' }] }
    : {
        where: [...ofDepartment, { column: 'lastLimitAt', from: from ?? '' }],
        orderBy: [{ column: 'lastLimitAt', descending: true }],
      };

type Part = Required<Pick<Selection, 'where' | 'orderBy'>>;

/** Of a department first the meetings that others offered to it, and then its own. */
const partsOf = (asked: DutiesQuery): readonly Part[] => {
  const { departmentCode: is } = asked;
  return is === undefined
    ? [selectionOf([], asked)]
    : ['offeredTo', 'departmentCode'].map((column) => selectionOf([{ column, is }], asked));
};

const placeForm = /^(\d)~(.*)$/s;
/** In which part a page begins, and behind which row of it. */
const placeOf = (cursor: string | undefined): { readonly part: number; readonly after: string | undefined } => {
  const [, part, after] = placeForm.exec(cursor ?? '') ?? [];
  return part === undefined ? { part: 0, after: cursor } : { part: Number(part), after: after === '' ? undefined : after };
};

/**
 * Who owes what, by which article and by when, as it stands now: what is owed with the most urgent ticket first, else the newest first;
 * of a department in two parts. A page ends with a ticket, so that it may hold a few more than `limit`; those of a ticket stand together.
 *
 * @throws UnknownColumn while the table of a former version is read
 */
export const listDuties =
  (ports: Ports) =>
  async ({ limit = usualLimit, cursor, ...asked }: DutiesQuery): Promise<DutiesView> => {
    const at = ports.clock.now();
    const parts = partsOf(asked);
    const select = (part: number, size: number, after: string | undefined): Promise<Page<AuditRow>> =>
      ports.readModels.select<AuditRow>(tables.auditTrail, { ...parts[part], limit: size, ...defined({ cursor: after }) });
    const askedOf = ({ ticketId, reference, departmentCode, startsAt, duties }: AuditRow): readonly ListedDuty[] =>
      dutiesAt(duties, at)
        .map((duty) => ({ ticketId, reference, startsAt, ...duty, departmentCode: duty.departmentCode ?? departmentCode }))
        .filter((duty) => isAsked(duty, asked));
    const found: ListedDuty[] = [];
    let { part, after } = placeOf(cursor);
    while (part < parts.length) {
      const page = await select(part, together, after);
      let looked = 0;
      for (const row of page.rows) {
        if (found.length >= limit) break;
        found.push(...askedOf(row));
        looked += 1;
      }
      // a page that was not looked at to its end is cut behind the last ticket that was
      const { next } = looked < page.rows.length ? await select(part, looked, after) : page;
      [part, after] = next === undefined ? [part + 1, undefined] : [part, next];
      if (found.length >= limit) break;
      // a long look lets others run
      await pause(0);
    }
    const next = part < parts.length ? `${String(part)}~${after ?? ''}` : undefined;
    return { at, duties: found, parked: await parkedIn(ports, tables.auditTrail), ...defined({ next }) };
  };
