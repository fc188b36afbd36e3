import { dutiesAt, type DutyAt, type DutyState } from '../../domain/duties/duties';
import type { DutyKind } from '../../domain/duties/duty-kinds';
import { defined } from '../../domain/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { Query } from '../kernel/message';
import { listedInParts, placeInList } from '../kernel/reading/listed-in-parts';
import type { Ports } from '../kernel/ports/ports';
import type { Condition, Selection } from '../kernel/ports/read-models';
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

/**
 * Who owes what, by which article and by when, as it stands now: what is owed with the most urgent ticket first, else the newest first;
 * of a department in two parts. A page has so many tickets (`limit`), and the duties of a ticket stand together.
 *
 * @throws UnknownColumn while the table of a former version is read
 */
export const listDuties =
  (ports: Ports) =>
  async ({ limit = usualLimit, cursor, ...asked }: DutiesQuery): Promise<DutiesView> => {
    const at = ports.clock.now();
    const parts = partsOf(asked);
    const listed = await listedInParts<AuditRow, readonly ListedDuty[]>(
      {
        parts: parts.length,
        select: (part, bounds) => ports.readModels.select<AuditRow>(tables.auditTrail, { ...parts[part], ...bounds }),
        judge: (_, { ticketId, reference, departmentCode, startsAt, duties }) => {
          const found = dutiesAt(duties, at)
            .map((duty) => ({ ticketId, reference, startsAt, ...duty, departmentCode: duty.departmentCode ?? departmentCode }))
            .filter((duty) => isAsked(duty, asked));
          return found.length === 0 ? undefined : found;
        },
        keyOf: ({ ticketId }) => ticketId,
      },
      placeInList('duties', cursor, at),
      limit,
    );
    return { at, duties: listed.rows.flat(), parked: await parkedIn(ports, tables.auditTrail), ...defined({ next: listed.next }) };
  };
