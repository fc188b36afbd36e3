import { defined } from '@tichet-albastru/kernel/defined';
import type { Ports } from '../kernel/ports/ports';
import type { Condition, Selection } from '@tichet-albastru/event-log/ports/read-models';
import { type EligibilityRow, type StaffDirectoryRow, tables } from '../kernel/ports/tables';
import { addDays, civilDateOf } from '../../domain/time/civil-time';
import { pagesOf } from '../kernel/reading/pages-of-lists';
import { parkedIn } from '../kernel/reading/parked-in';

export type RegisteredQuery = {
  /** only those with this number, in its one form */
  readonly number?: string;
  /** only those that no official works on: in operation, with a handler who has left */
  readonly leftBehind?: boolean;
  /** only those that two applicants claim (A29) */
  readonly disputed?: boolean;
} & Pick<Selection, 'limit' | 'cursor'>;
export type RegisteredView = {
  readonly requests: readonly EligibilityRow[];
  readonly total: number;
  readonly parked: number;
  readonly next?: string;
};

/** An installation has fewer people than this whom it ever let go. */
const mostWhoLeft = 2000;

const leftBehindRows = async (ports: Ports): Promise<readonly Condition[]> => {
  const tomorrow = addDays(civilDateOf(ports.clock.now()), 1);
  const { rows } = await ports.readModels.select<StaffDirectoryRow>(tables.staffDirectory, {
    where: [{ column: 'leftOn', from: '', before: tomorrow }],
    limit: mostWhoLeft,
  });
  return [
    { column: 'handlerStaffId', in: rows.map(({ staffId }) => staffId) },
    { column: 'status', is: 'in-operation' },
  ];
};

/** How many requests are in operation with a handler who has left: no meeting about them is possible until they have another handler. */
export const requestsLeftBehind = (ports: Ports) => async (): Promise<number> =>
  ports.readModels.count(tables.clarificationEligibility, await leftBehindRows(ports));

const disputedRows: readonly Condition[] = [{ column: 'disputedSince', from: '' }];

/** A29: how many requests two applicants claim: no citizen gets a ticket for them until an official has decided. */
export const requestsDisputed = (ports: Ports) => async (): Promise<number> =>
  ports.readModels.count(tables.clarificationEligibility, disputedRows);

/** What the document register told of, the newest filing first. */
export const registeredRequests = pagesOf(
  'RegisteredRequests',
  (ports) =>
    async ({ number, leftBehind = false, disputed = false, ...page }: RegisteredQuery): Promise<RegisteredView> => {
      const where = [
        ...(number === undefined ? [] : [{ column: 'number', is: number }]),
        ...(leftBehind ? await leftBehindRows(ports) : []),
        ...(disputed ? disputedRows : []),
      ];
      const { rows, next } = await ports.readModels.select<EligibilityRow>(tables.clarificationEligibility, {
        where,
        orderBy: [{ column: 'filedOn', descending: true }],
        ...page,
      });
      return {
        requests: rows,
        total: await ports.readModels.count(tables.clarificationEligibility, where),
        parked: await parkedIn(ports, tables.clarificationEligibility),
        ...defined({ next }),
      };
    },
);
