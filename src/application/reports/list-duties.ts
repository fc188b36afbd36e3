import { dutiesAt, type DutyAt, type DutyState } from '../../domain/duties/duties';
import type { DutyKind } from '../../domain/duties/duty-kinds';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { Query } from '../kernel/message';
import { listedInParts, type PartsOfList, placeInList, placeText } from '../kernel/reading/listed-in-parts';
import type { Ports } from '../kernel/ports/ports';
import type { Condition, Selection } from '@tichet-albastru/event-log/ports/read-models';
import { type AuditRow, tables } from '../kernel/ports/tables';
import { parkedIn } from '../kernel/reading/parked-in';

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

const isAsked = (duty: ListedDuty, { departmentCode, staffId, state, kind, from, before }: DutiesQuery): boolean =>
  (departmentCode === undefined || duty.departmentCode === departmentCode) &&
  (staffId === undefined || duty.staffId === staffId) &&
  (kind === undefined || duty.kind === kind) &&
  (from === undefined || duty.limitAt >= from) &&
  (before === undefined || duty.limitAt < before) &&
  (state === undefined || (state === 'overdue' ? duty.overdue : duty.state === state));

/** What is owed stands under its earliest limit; every other question is answered by the latest, the newest first. */
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

/** Where a page begins if the page before ended inside a ticket: the duty, its ticket, and where that ticket stands in the list. */
const insideForm = /^([^/|]+)\/([^|]+)\|(.*)$/;

/**
 * Who owes what, by which article and by when, as it stands now: what is owed with the most urgent ticket first, else the newest first;
 * of a department in two parts. The duties of a ticket stand together, and a page may end inside a ticket.
 *
 * @throws UnknownColumn while the table of a former version is read
 */
export const listDuties =
  (ports: Ports) =>
  async ({ limit = usualLimit, cursor = '', ...asked }: DutiesQuery): Promise<DutiesView> => {
    const at = ports.clock.now();
    const parts = partsOf(asked);
    const [, afterTicket, afterDuty, ofTicket = cursor] = insideForm.exec(cursor) ?? [];
    const place = placeInList('duties', ofTicket === '' ? undefined : ofTicket, at);
    const list: PartsOfList<AuditRow, readonly ListedDuty[]> = {
      parts: parts.length,
      select: (part, bounds) => ports.readModels.select<AuditRow>(tables.auditTrail, { ...parts[part], ...bounds }),
      judge: (_, { ticketId, reference, departmentCode, startsAt, duties }) => {
        const all = dutiesAt(duties, at);
        const shown = ticketId === afterTicket ? all.findIndex(({ dutyId }) => dutyId === afterDuty) + 1 : 0;
        const found = all
          .slice(shown)
          .map((duty) => ({ ticketId, reference, startsAt, ...duty, departmentCode: duty.departmentCode ?? departmentCode }))
          .filter((duty) => isAsked(duty, asked));
        return found.length === 0 ? undefined : found;
      },
      keyOf: ({ ticketId }) => ticketId,
    };
    const parked = await parkedIn(ports, tables.auditTrail);
    for (;;) {
      const listed = await listedInParts(list, place, limit);
      const all = listed.rows.flat();
      const duties = all.slice(0, limit);
      const [last, rest] = [duties.at(-1), all[limit]];
      if (last === undefined || rest === undefined) return { at, duties, parked, ...defined({ next: listed.next }) };
      const before = new Set(duties.map(({ ticketId }) => ticketId).filter((ticketId) => ticketId !== rest.ticketId)).size;
      const again = before === 0 ? { rows: [], next: placeText(place) } : await listedInParts(list, place, before);
      // Tickets that moved meanwhile: this page is looked at again, so that none is left out or shown twice.
      if (again.next === undefined || again.rows.flat().at(-1)?.ticketId !== listed.rows[before - 1]?.[0]?.ticketId) continue;
      return { at, duties, parked, next: rest.ticketId === last.ticketId ? `${last.ticketId}/${last.dutyId}|${again.next}` : again.next };
    }
  };
