import { fold } from '../../domain/kernel/decider';
import { defined } from '../../domain/kernel/defined';
import type { CivilDate, Instant } from '../../domain/kernel/fact';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import { workingCalendar } from '../../domain/calendar/calendar';
import { withLaterFreeDays } from '../../domain/request/later-free-days';
import { groundAt } from '../../domain/request/admission';
import type { Ground, RequestIdentity } from '../../domain/request/facts';
import { parseRegistrationNumber } from '../../domain/request/registering';
import { countingAnswer, registeredRequest, type RegisteredRequest } from '../../domain/request/request';
import { addDays, civilDateOf } from '../../domain/time/civil-time';
import { calendars, currentCalendar, requests } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import type { Selection } from '../kernel/ports/read-models';
import { type EligibilityRow, tables } from '../kernel/ports/tables';
import { parkedIn } from '../staff/staff-calendar';
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

export type ExpiringQuery = { readonly expiringBefore: CivilDate } & Pick<Selection, 'limit' | 'cursor'>;
export type ExpiringView = { readonly requests: readonly Eligibility[]; readonly parked: number; readonly next?: string };

/** Art. 2 b: requests whose 30 days end soon. */
export class ListExpiringRequests extends Query<ExpiringQuery, ExpiringView> {}

/** Not even the longest bridge of holidays moves an end further: the rows have it as it was stored. */
const mostDaysMoved = 14;

/** Requests whose window is still open and ends before that date, the nearest end first. */
export const expiring =
  (ports: Ports) =>
  async ({ expiringBefore, ...page }: ExpiringQuery): Promise<ExpiringView> => {
    const now = ports.clock.now();
    const today = civilDateOf(now);
    const policy = ports.policies['days-declared-later'];
    const moves = policy.value === 'move-the-end';
    const calendar = await currentCalendar(ports);
    const { rows, next } = await ports.readModels.select<EligibilityRow>(tables.clarificationEligibility, {
      where: [{ column: 'enforcedUntil', from: moves ? addDays(today, -mostDaysMoved) : today, before: expiringBefore }],
      orderBy: [{ column: 'enforcedUntil' }],
      ...page,
    });
    return {
      requests: rows
        .map(({ request }) => eligibilityOf(withLaterFreeDays(request, policy, calendar), now))
        .filter(({ enforcedUntil }) => enforcedUntil === null || enforcedUntil >= today),
      parked: await parkedIn(ports, tables.clarificationEligibility),
      ...defined({ next }),
    };
  };
