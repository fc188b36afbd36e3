import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate, Instant } from '../../domain/kernel/fact';
import { type Refusal, refuse } from '../../domain/kernel/refusal';
import { reading, type PersonalDataRead, type ReadingPurpose } from '../../domain/reading/reading';
import { requestStream } from '../../domain/request/facts';
import { ticketStream } from '../../domain/ticket/facts';
import { isRequested } from '../../domain/ticket/ticket';
import { addDays, wholeDays } from '../../domain/time/civil-time';
import { load } from '@tichet-albastru/event-log/execute/load';
import { Query } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';
import type { Selection } from '@tichet-albastru/event-log/ports/read-models';
import { type ReadingRow, tables } from '../kernel/ports/tables';
import { currentTicket } from '../kernel/streams';

/** Who was shown a ticket’s data and those of its request, or what one person was shown; days both inclusive. */
export type WhoLookedQuery = ({ readonly ticketId: string } | { readonly person: string }) & {
  readonly from?: CivilDate | undefined;
  readonly to?: CivilDate | undefined;
} & Pick<Selection, 'limit' | 'cursor'>;

/** One answer that showed personal data. */
export type LookedAt = {
  readonly readAt: Instant;
  /** staff id or pseudonym; nothing once the period of `readings` is over */
  readonly person: string | null;
  readonly role: string;
  readonly departmentCode: string | null;
  readonly purpose: ReadingPurpose;
  /** route, page or command */
  readonly page: string;
  readonly tickets: readonly string[];
  readonly requests: readonly string[];
};
/** The newest day first, and of a day role by role, each from its newest back. */
export type WhoLooked = { readonly readings: readonly LookedAt[]; readonly next?: string };

export class ListWhoLooked extends Query<WhoLookedQuery, WhoLooked | Refusal> {}

const usualPage = 100;
/** So many rows are looked through for one answer; an answer that found no reader in them leads on. */
const mostRows = 500;

/** Where a page begins: so many readings into the row behind this cursor of the table, which refuses what is none. */
const placeOf = (cursor = '0.'): { readonly skip: number; readonly after: string } => {
  const { skip = '0', after = cursor } = /^(?<skip>\d{1,6})\.(?<after>.*)$/s.exec(cursor)?.groups ?? {};
  return { skip: Number(skip), after };
};

type Facts = readonly PersonalDataRead['data'][];

const factsIn = async (ports: Ports, stream: string): Promise<Facts> =>
  (await load(ports, reading, stream)).events.map(({ fact }) => fact.data);

const isOfRow =
  ({ subject, role, departmentCode, purpose }: ReadingRow) =>
  (read: Facts[number]): boolean =>
    read.role === role &&
    (read.departmentCode ?? null) === departmentCode &&
    read.purpose === purpose &&
    (subject.startsWith('day-') ||
      [...read.tickets.map(ticketStream), ...read.requests.map((id) => `request-${id}`)].some((stream) => stream === subject));

/** Opens only the names of those who are shown. */
const shownIn = async (ports: Ports, row: ReadingRow, person: string | undefined): Promise<readonly LookedAt[]> => {
  const found: LookedAt[] = [];
  for (const stream of row.streams) {
    const facts = (await factsIn(ports, stream)).filter(isOfRow(row));
    const [first] = facts;
    if (first === undefined) continue;
    if (person !== undefined && (await ports.personalData.openUnseen(first.person)) !== person) continue;
    const who = (await ports.personalData.open(first.person)) ?? null;
    found.push(
      ...facts.map(({ readAt, role, departmentCode, purpose, page, tickets, requests }) => ({
        readAt,
        person: who,
        role,
        departmentCode: departmentCode ?? null,
        purpose,
        page,
        tickets,
        requests,
      })),
    );
  }
  return found.toSorted((one, other) => (one.readAt < other.readAt ? 1 : -1));
};

/** The rows in which they stand, one after the other. */
const rowsOf = async (ports: Ports, { from, to, ...about }: WhoLookedQuery) => {
  const select = (selection: Selection) => (after: string) =>
    ports.readModels.select<ReadingRow>(tables.readings, { ...selection, limit: 1, ...(after === '' ? {} : { cursor: after }) });
  if ('person' in about) {
    const where = [{ column: 'subject', from: `day-${from ?? ''}`, before: to === undefined ? 'day.' : `day-${addDays(to, 1)}` }];
    return select({ where, orderBy: ['subject', 'lastAt'].map((column) => ({ column, descending: true })) });
  }
  const state = await currentTicket(ports, about.ticketId);
  if (!isRequested(state)) return undefined;
  const subjects = [ticketStream(about.ticketId), requestStream(state.booking.request)];
  const days = wholeDays({ from, to });
  return select({
    where: [{ column: 'subject', in: subjects }, ...(from === undefined && to === undefined ? [] : [{ column: 'lastAt', ...days }])],
    orderBy: [{ column: 'lastAt', descending: true }],
  });
};

/**
 * Who looked, for the auditor. The table says in which streams it stands; the name is opened in the log. Showing it to the auditor is, as
 * with everything personal, a reading of its own.
 */
export const whoLooked =
  (ports: Ports) =>
  async (asked: WhoLookedQuery): Promise<WhoLooked | Refusal> => {
    const { limit = usualPage, cursor } = asked;
    const rowAfter = await rowsOf(ports, asked);
    if (rowAfter === undefined) return refuse('not-found');
    const readings: LookedAt[] = [];
    let { skip, after } = placeOf(cursor);
    for (let looked = 0; looked < mostRows; looked += 1) {
      const { rows, next } = await rowAfter(after);
      const [row] = rows;
      if (row === undefined) return { readings };
      const shown = await shownIn(ports, row, 'person' in asked ? asked.person : undefined);
      const taken = shown.slice(skip, skip + limit - readings.length);
      readings.push(...taken);
      if (skip + taken.length < shown.length) return { readings, next: `${skip + taken.length}.${after}` };
      if (next === undefined) return { readings };
      [skip, after] = [0, next];
      if (readings.length >= limit) break;
    }
    return { readings, ...defined({ next: `${skip}.${after}` }) };
  };
