import { defined } from '../../domain/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { isRefusal } from '../../domain/kernel/refusal';
import { requestStream, type RequestIdentity } from '../../domain/request/facts';
import { type CommandContext, unlessContended } from '../kernel/execute';
import { currentRequest, currentTicket } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import type { RequestReading } from '../kernel/ports/request-register';
import { endTaskOn, raiseTaskOn } from '../kernel/processes/raise-task-on';
import { isActive } from '../../domain/ticket/state';
import { inTurn } from './in-turn';
import { notedReading, noteReading, type NotedReading } from './noted-reading';
import { parkReading, unparkReading } from './refused-readings';
import { takeToldRequest } from './take-told-request';

/** `taken`: the log has it. `absent`: the register has no such request. `refused`: it was not believed, and somebody is told. */
export type Taken = 'taken' | 'absent' | 'refused';

type Wrong = { readonly field: string; readonly reason: string };

/** The machine's own command, on behalf of the register. */
const contextOf = ({ identifiers, clock }: Ports): CommandContext => {
  const commandId = identifiers.next();
  return { commandId, correlationId: commandId, causationId: commandId, actor: { kind: 'system', id: 'registry' }, at: clock.now() };
};

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

/** An answer that is not believed: a note for whoever runs the service, and a task where somebody has a meeting about it. */
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
  const outcome = unlessContended(await takeToldRequest(ports)(contextOf(ports), request));
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

/** A request that we know is not in the register any more: it stays as it was told, and somebody is told. */
export const refuseAbsence = (ports: Ports, request: RequestIdentity): Promise<'refused'> =>
  inTurn(ports.operations, () => refused(ports, request, { field: 'number', reason: 'not-in-the-register' }));
