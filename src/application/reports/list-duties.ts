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
  /** of the meeting as it stands */
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

const isAsked = (duty: ListedDuty, { staffId, state, kind, from, before }: DutiesQuery): boolean =>
  (staffId === undefined || duty.staffId === staffId) &&
  (kind === undefined || duty.kind === kind) &&
  (from === undefined || duty.limitAt >= from) &&
  (before === undefined || duty.limitAt < before) &&
  (state === undefined || (state === 'overdue' ? duty.overdue : duty.state === state));

/** What is owed stands under its earliest limit; whatever else was asked for, under the latest, the newest first. */
const selectionOf = ({ departmentCode, state, from, before }: DutiesQuery): Required<Pick<Selection, 'where' | 'orderBy'>> => {
  const ofDepartment: readonly Condition[] = departmentCode === undefined ? [] : [{ column: 'departmentCode', is: departmentCode }];
  return state === 'open' || state === 'overdue'
    ? { where: [...ofDepartment, { column: 'owedUntil', ...defined({ before }), from: '' }], orderBy: [{ column: 'owedUntil' }] }
    : {
        where: [...ofDepartment, { column: 'lastLimitAt', from: from ?? '' }],
        orderBy: [{ column: 'lastLimitAt', descending: true }],
      };
};

/**
 * Who owes what, by which article and by when, as it stands now: what is owed with the most urgent ticket first, else the newest first.
 * A page ends with a ticket, so that it may hold a few more than `limit`; those of a ticket stand together.
 */
export const listDuties =
  (ports: Ports) =>
  async ({ limit = usualLimit, cursor, ...asked }: DutiesQuery): Promise<DutiesView> => {
    const at = ports.clock.now();
    const selection = selectionOf(asked);
    const select = (size: number, after: string | undefined): Promise<Page<AuditRow>> =>
      ports.readModels.select<AuditRow>(tables.auditTrail, { ...selection, limit: size, ...defined({ cursor: after }) });
    const askedOf = ({ ticketId, reference, departmentCode, startsAt, duties = [] }: AuditRow): readonly ListedDuty[] =>
      dutiesAt(duties, at)
        .map((duty) => ({ ticketId, reference, departmentCode, startsAt, ...duty }))
        .filter((duty) => isAsked(duty, asked));
    const found: ListedDuty[] = [];
    let after = cursor;
    for (;;) {
      const page = await select(together, after);
      let looked = 0;
      for (const row of page.rows) {
        if (found.length >= limit) break;
        found.push(...askedOf(row));
        looked += 1;
      }
      if (found.length >= limit || page.next === undefined) {
        // a page that was not looked at to its end is cut behind the last ticket that was
        const next = looked < page.rows.length ? (await select(looked, after)).next : page.next;
        return { at, duties: found, parked: await parkedIn(ports, tables.auditTrail), ...defined({ next }) };
      }
      after = page.next;
      // a long look lets others run
      await pause(0);
    }
  };
