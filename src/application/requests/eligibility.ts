import { fold } from '../../domain/kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate, Instant } from '../../domain/kernel/fact';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import { workingCalendar } from '../../domain/calendar/calendar';
import { withLaterFreeDays } from '../../domain/request/later-free-days';
import { groundAt } from '../../domain/request/admission';
import type { Ground, RequestIdentity, RequestStatus } from '../../domain/request/facts';
import { parseRegistrationNumber } from '../../domain/request/registering';
import { countingAnswer, registeredRequest, type RegisteredRequest } from '../../domain/request/request';
import { addDays, civilDateOf } from '../../domain/time/civil-time';
import { calendars, currentCalendar, requests } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import { listedInParts, type PartsOfList, placeInList } from '../kernel/reading/listed-in-parts';
import type { Condition, Selection } from '@tichet-albastru/event-log/ports/read-models';
import { type EligibilityRow, type StaffDirectoryRow, tables } from '../kernel/ports/tables';
import { parkedIn } from '../kernel/reading/parked-in';
import { Query } from '../kernel/message';

/** The 30-day view of one request (Art. 2). Of no person: a number and its dates. */
export type Eligibility = RequestIdentity & {
  readonly status: RegisteredRequest['status'];
  readonly ground: Ground['kind'] | null;
  readonly communicatedOn: CivilDate | null;
  readonly advertisedUntil: CivilDate | null;
  readonly enforcedUntil: CivilDate | null;
  readonly lateAdmissionUntil: CivilDate | null;
  readonly policy: string | null;
  readonly calendarVersion: string | null;
  readonly activeTicket: string | null;
  readonly eligible: boolean;
  /** why not: a code of the procedure */
  readonly reason?: string;
  readonly asOf: Instant;
};

const eligibilityOf = (request: RegisteredRequest, asOf: Instant): Eligibility => {
  const ground = groundAt(request, asOf);
  const answer = countingAnswer(request);
  const reason = isRefusal(ground)
    ? (ground.details?.['reason'] ?? ground.code)
    : request.admission === undefined
      ? undefined
      : 'active-ticket-exists';
  return {
    number: request.number,
    filedOn: request.filedOn,
    status: request.status,
    ground: isRefusal(ground) ? null : ground.kind,
    communicatedOn: answer?.communicatedOn ?? null,
    advertisedUntil: answer?.advertisedUntil ?? null,
    enforcedUntil: answer?.enforcedUntil ?? null,
    lateAdmissionUntil: request.lateAdmission?.until ?? null,
    policy: answer === undefined ? null : `${answer.policy.name}@${String(answer.policy.version)}`,
    calendarVersion: answer?.calendarVersion ?? null,
    activeTicket: request.admission?.ticketId ?? null,
    eligible: reason === undefined,
    ...(reason === undefined ? {} : { reason: String(reason) }),
    asOf,
  };
};

export type EligibilityQuery = { readonly number: string; readonly filedOn: CivilDate; readonly asOf?: Instant };

export class GetEligibility extends Query<EligibilityQuery, Eligibility | Refusal> {}

/** One request, as it was known and as the windows stood at `asOf`: from its own facts. */
export const eligibility =
  (ports: Ports) =>
  async ({ number, filedOn, asOf }: EligibilityQuery): Promise<Eligibility | Refusal> => {
    const parsed = parseRegistrationNumber(number);
    if (parsed === undefined) return refuse('invalid', { article: '3 b', field: 'number', reason: 'not-a-registration-number' });
    const { events } = await requests.of(ports, { number: parsed.number, filedOn }).load();
    const known = events.filter(({ recordedAt }) => asOf === undefined || recordedAt <= asOf).map(({ fact }) => fact);
    const request = fold(registeredRequest, known);
    if (request.status === 'unknown') return refuse('not-found');
    const days = await calendars.of(ports).load();
    const then = days.events.filter(({ recordedAt }) => asOf === undefined || recordedAt <= asOf).map(({ fact }) => fact);
    const calendar = fold(workingCalendar, then);
    return eligibilityOf(withLaterFreeDays(request, ports.policies['days-declared-later'], calendar), asOf ?? ports.clock.now());
  };

export type EligibilityListQuery = {
  /** windows that are still open and end before that date, the nearest end first; left out: every request, the newest filing first */
  readonly expiringBefore?: CivilDate;
  /** of the request, or where the register does not say it, of the official who has the file; these stand behind the others */
  readonly departmentCode?: string;
  /** who has the file */
  readonly staffId?: string;
  readonly status?: RequestStatus;
  /** whether a ticket can be asked for now */
  readonly eligible?: boolean;
} & Pick<Selection, 'limit' | 'cursor'>;
export type EligibilityListed = Eligibility & { readonly departmentCode: string | null; readonly handlerStaffId: string };
export type EligibilityListView = { readonly requests: readonly EligibilityListed[]; readonly parked: number; readonly next?: string };

/** Art. 2: requests, and whether a ticket can be asked for. */
export class ListEligibility extends Query<EligibilityListQuery, EligibilityListView> {}

/** Not even the longest bridge of holidays moves an end further: the rows have it as it was stored. */
const mostDaysMoved = 14;
/** No department has more people. */
const mostPeople = 1000;

/**
 * First the requests that the register gives to this department, then those without a department in the register whose file an official of
 * it has.
 */
const partsOfDepartment = async (ports: Ports, departmentCode: string | undefined): Promise<readonly (readonly Condition[])[]> => {
  if (departmentCode === undefined) return [[]];
  const { rows } = await ports.readModels.select<StaffDirectoryRow>(tables.staffDirectory, {
    where: [{ column: 'departmentCode', is: departmentCode }],
    limit: mostPeople,
  });
  const theirs = rows.map(({ staffId }) => staffId);
  return [
    [{ column: 'departmentCode', is: departmentCode }],
    [
      { column: 'departmentCode', is: null },
      { column: 'handlerStaffId', in: theirs },
    ],
  ];
};

export const listEligibility =
  (ports: Ports) =>
  async ({
    expiringBefore,
    departmentCode,
    staffId,
    status,
    eligible,
    limit,
    cursor,
  }: EligibilityListQuery): Promise<EligibilityListView> => {
    const now = ports.clock.now();
    const today = civilDateOf(now);
    const policy = ports.policies['days-declared-later'];
    const moves = policy.value === 'move-the-end';
    const calendar = await currentCalendar(ports);
    const parts = await partsOfDepartment(ports, departmentCode);
    const where: readonly Condition[] = [
      ...(expiringBefore === undefined
        ? []
        : [{ column: 'enforcedUntil', from: moves ? addDays(today, -mostDaysMoved) : today, before: expiringBefore }]),
      ...(staffId === undefined ? [] : [{ column: 'handlerStaffId', is: staffId }]),
      ...(status === undefined ? [] : [{ column: 'status', is: status }]),
    ];
    const orderBy = expiringBefore === undefined ? { column: 'filedOn', descending: true } : { column: 'enforcedUntil' };
    const list: PartsOfList<EligibilityRow, EligibilityListed> = {
      parts: parts.length,
      select: (part, bounds) =>
        ports.readModels.select<EligibilityRow>(tables.clarificationEligibility, {
          where: [...where, ...(parts[part] ?? [])],
          orderBy: [orderBy],
          ...bounds,
        }),
      judge: (_, { request, departmentCode: ofRequest, handlerStaffId }) => {
        const found = eligibilityOf(withLaterFreeDays(request, policy, calendar), now);
        if (eligible !== undefined && found.eligible !== eligible) return undefined;
        if (expiringBefore !== undefined && found.enforcedUntil !== null && found.enforcedUntil < today) return undefined;
        return { ...found, departmentCode: ofRequest, handlerStaffId };
      },
      keyOf: ({ number, filedOn }) => `${number}_${filedOn}`,
    };
    const { rows, next } = await listedInParts(list, placeInList('eligibility', cursor, now), limit);
    return { requests: rows, parked: await parkedIn(ports, tables.clarificationEligibility), ...defined({ next }) };
  };
