import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { isRefusal } from '../../domain/kernel/refusal';
import { type RequestIdentity, requestStream } from '../../domain/request/facts';
import { isActive } from '../../domain/ticket/ticket';
import { plusMinutes } from '../../domain/time/civil-time';
import { type CommandContext, commandOf } from '../kernel/execute';
import { unlessContended } from '@tichet-albastru/event-log/execute/execute';
import type { AskedRegister, RequestReading } from '../kernel/ports/document-register';
import type { Ports } from '../kernel/ports/ports';
import { endTaskOn, raiseTaskOn } from '../kernel/processes/ticket-process';
import { currentRequest, currentTicket } from '../kernel/streams';
import { takeReportedRequest } from './register-request';

const ends = new WeakMap<object, Promise<unknown>>();

/** One after the other for all work that shares this, in the order in which it came. Work that fails does not stop the work behind it. */
const inTurn = <T>(shared: object, work: () => Promise<T>): Promise<T> => {
  const mine = (ends.get(shared) ?? Promise.resolve()).then(work, work);
  ends.set(shared, mine);
  return mine;
};

type NotingPorts = Pick<Ports, 'operations'>;

/** When the register last said what a request is, and what it called that. No history: it is asked again when this is lost. */
type NotedReading = {
  readonly at: Instant;
  readonly version: number;
  readonly etag?: string;
  /** when it was last told whole, not only that nothing has changed */
  readonly wholeAt?: Instant;
};

const nameOf = (request: RequestIdentity): string => `register-told:${requestStream(request)}`;

const isNoted = (value: unknown): value is NotedReading =>
  typeof value === 'object' &&
  value !== null &&
  'at' in value &&
  typeof value.at === 'string' &&
  'version' in value &&
  typeof value.version === 'number' &&
  (!('etag' in value) || typeof value.etag === 'string') &&
  (!('wholeAt' in value) || typeof value.wholeAt === 'string');

export const notedReading = async ({ operations }: NotingPorts, request: RequestIdentity): Promise<NotedReading | undefined> => {
  const text = await operations.keyValues.get(nameOf(request));
  const value: unknown = text === undefined ? undefined : JSON.parse(text);
  return isNoted(value) ? value : undefined;
};

export const noteReading = ({ operations }: NotingPorts, request: RequestIdentity, reading: NotedReading): Promise<void> =>
  operations.keyValues.put(nameOf(request), JSON.stringify(reading));

/** Whether what the log has of this request was told so lately that the register need not be asked. */
export const isFresh = async (
  ports: NotingPorts,
  { freshMinutes }: AskedRegister,
  request: RequestIdentity,
  at: Instant,
): Promise<boolean> => {
  const noted = await notedReading(ports, request);
  return noted !== undefined && plusMinutes(noted.at, freshMinutes) > at;
};

const wholeEveryMinutes = 6 * 60;

/**
 * The etag to ask with; none when it is long since the request was told whole. Two processes that take two readings at once may leave the
 * older one in the log under the newer one's etag: "unchanged" is believed for hours, not for ever.
 */
export const etagToAskWith = (noted: NotedReading | undefined, at: Instant): string | undefined =>
  noted?.wholeAt !== undefined && plusMinutes(noted.wholeAt, wholeEveryMinutes) > at ? noted.etag : undefined;

/** An answer of the register that was not believed: about which request, what was wrong, since when. Nothing that it said is kept. */
export type RefusedReading = { readonly request: string; readonly field: string; readonly reason: string; readonly since: Instant };
type RefusingPorts = Pick<Ports, 'operations' | 'logger' | 'clock'>;

export const refusedReadingsRegister = 'register-refused';
/** A register that has gone mad must not fill the disk. */
const mostKept = 200;

const isRefused = (value: unknown): value is RefusedReading =>
  typeof value === 'object' &&
  value !== null &&
  (['request', 'field', 'reason', 'since'] as const).every(
    (name) => typeof Object.entries(value).find(([key]) => key === name)?.[1] === 'string',
  );

export const refusedReadingsIn = (text: string | undefined): readonly RefusedReading[] => {
  const value: unknown = text === undefined ? [] : JSON.parse(text);
  return Array.isArray(value) ? value.filter(isRefused) : [];
};

export const refusedReadings = async ({ operations }: Pick<Ports, 'operations'>): Promise<readonly RefusedReading[]> =>
  refusedReadingsIn(await operations.keyValues.get(refusedReadingsRegister));

/** Parks the answer: `tichet doctor` tells of it until the register says something that can be believed. */
const parkReading = async (
  ports: RefusingPorts,
  identity: RequestIdentity,
  why: { readonly field: string; readonly reason: string },
): Promise<void> => {
  const request = requestStream(identity);
  const kept = await refusedReadings(ports);
  const before = kept.find((one) => one.request === request);
  if (before?.field === why.field && before.reason === why.reason) return;
  ports.logger.warn('register.refused', { stream: request, name: why.field, reason: why.reason });
  const others = kept.filter((one) => one.request !== request).slice(-(mostKept - 1));
  await ports.operations.keyValues.put(
    refusedReadingsRegister,
    JSON.stringify([...others, { request, ...why, since: ports.clock.now() }] satisfies readonly RefusedReading[]),
  );
};

/** The register has said something that is believed. @returns whether an answer was parked */
const unparkReading = async (ports: Pick<Ports, 'operations'>, identity: RequestIdentity): Promise<boolean> => {
  const request = requestStream(identity);
  const kept = await refusedReadings(ports);
  const others = kept.filter((one) => one.request !== request);
  if (others.length === kept.length) return false;
  await ports.operations.keyValues.put(refusedReadingsRegister, JSON.stringify(others));
  return true;
};

/** `taken`: the log has it. `absent`: the register has no such request. `refused`: it was not believed, and the operator is told. */
type Taken = 'taken' | 'absent' | 'refused';

type Wrong = { readonly field: string; readonly reason: string };

/** The machine's own command, on behalf of the register. */
const contextOf = ({ identifiers, clock }: Ports): CommandContext =>
  commandOf({ kind: 'process', name: 'registry' }, identifiers.next(), clock.now());

const aboutRegister = (request: RequestIdentity) => ({ kind: 'request-changed', subjectId: `register ${requestStream(request)}` }) as const;

/** The staff member whom a citizen is to meet looks at the request in the register itself. */
const askStaff = async (ports: Ports, request: RequestIdentity): Promise<void> => {
  const state = await currentRequest(ports, request);
  const ticketId = state.status === 'unknown' ? undefined : state.admission?.ticketId;
  const ticket = ticketId === undefined ? undefined : await currentTicket(ports, ticketId);
  if (ticketId === undefined || ticket === undefined || !isActive(ticket)) return;
  const task = { ...aboutRegister(request), staffId: ticket.booking.staffId };
  await raiseTaskOn(ports, { ticketId, context: contextOf(ports) }, task, isActive);
};

const staffNeedNotLook = async (ports: Ports, request: RequestIdentity): Promise<void> => {
  const state = await currentRequest(ports, request);
  if (state.status === 'unknown' || state.admission === undefined) return;
  await endTaskOn(ports, { ticketId: state.admission.ticketId, context: contextOf(ports) }, aboutRegister(request));
};

/** An answer that is not believed: a note for the operator of the service, and a task where an official has a meeting about it. */
const refused = async (ports: Ports, request: RequestIdentity, wrong: Wrong): Promise<'refused'> => {
  await parkReading(ports, request, wrong);
  await askStaff(ports, request);
  return 'refused';
};

const believed = async (ports: Ports, request: RequestIdentity, noted: NotedReading): Promise<'taken'> => {
  await noteReading(ports, request, noted);
  if (await unparkReading(ports, request)) await staffNeedNotLook(ports, request);
  return 'taken';
};

const take = async (ports: Ports, asked: RequestIdentity, reading: RequestReading, askedAt: Instant): Promise<Taken> => {
  const at = ports.clock.now();
  if (reading.kind === 'unusable') return refused(ports, asked, { field: reading.field, reason: 'unusable' });
  if (reading.kind === 'no-such-request') return 'absent';
  const noted = await notedReading(ports, asked);
  if (reading.kind === 'unchanged') {
    if (noted === undefined) return refused(ports, asked, { field: 'etag', reason: 'never-told' });
    return believed(ports, asked, { ...noted, at });
  }
  const { request, etag } = reading;
  if (request.number !== asked.number || request.filedOn !== asked.filedOn) {
    return refused(ports, asked, { field: 'number', reason: 'another-request' });
  }
  if (noted !== undefined && request.version < noted.version) {
    // Something newer was told while this answer was on its way. Otherwise the register itself was put back: the log is not.
    return noted.at >= askedAt ? 'taken' : refused(ports, asked, { field: 'version', reason: 'older-than-known' });
  }
  const outcome = unlessContended(await takeReportedRequest(ports)(contextOf(ports), request));
  if (isRefusal(outcome)) {
    const { field, reason } = outcome.details ?? {};
    return refused(ports, asked, {
      field: typeof field === 'string' ? field : outcome.code,
      reason: typeof reason === 'string' ? reason : outcome.code,
    });
  }
  return believed(ports, asked, { at, wholeAt: at, version: request.version, ...defined({ etag }) });
};

/** What the register answered about this request becomes facts, once and in order; what cannot be believed becomes a note and a task. */
export const takeReading = (ports: Ports, asked: RequestIdentity, reading: RequestReading, askedAt: Instant): Promise<Taken> =>
  inTurn(ports.operations, () => take(ports, asked, reading, askedAt));

/** A request that we know is not in the register any more: it stays as it was told, and the operator is told. */
export const refuseAbsence = (ports: Ports, request: RequestIdentity): Promise<'refused'> =>
  inTurn(ports.operations, () => refused(ports, request, { field: 'number', reason: 'not-in-the-register' }));
