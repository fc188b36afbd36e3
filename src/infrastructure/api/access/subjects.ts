import type { Principal } from '../../../application/kernel/access';
import { departmentBound, may, type Subject } from '../../../application/kernel/rights';
import { currentRequest, currentStaff, currentTicket } from '../../../application/kernel/streams';
import type { Ports } from '../../../application/kernel/ports/ports';
import { parseRegistrationNumber } from '../../../domain/request/registering';
import { isRequested } from '../../../domain/ticket/ticket';
import { isCivilDate } from '../../../domain/time/civil-time';
import { HttpProblem } from '../problem/problem';
import type { RouteRule, SubjectSource } from './access-decorator';

/** The parts of a request's address, as text. */
export type AddressParts = Readonly<Record<string, string | undefined>>;

/** Only single texts count: what is there twice is not there, and is refused by validation. */
export const textsOf = (value: unknown): AddressParts =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
    : {};

const notFound = (): HttpProblem => new HttpProblem({ code: 'not-found' });

const ofTicket = async (ports: Ports, ticketId: string | undefined): Promise<Subject> => {
  if (ticketId === undefined) return { kind: 'none' };
  const ticket = await currentTicket(ports, ticketId);
  if (!isRequested(ticket)) throw notFound();
  const { staffId, departmentCode } = ticket.booking;
  return { kind: 'ticket', ticketId, staffId, departmentCode };
};

/** Art. 8: of the newest offer, also once it can no longer be answered. */
const ofOffer = async (ports: Ports, ticketId: string | undefined): Promise<Subject> => {
  const ticket = ticketId === undefined ? undefined : await currentTicket(ports, ticketId);
  if (ticket === undefined || !isRequested(ticket)) throw notFound();
  return { kind: 'offer', departmentCode: ticket.offers.newest?.to.departmentCode };
};

const ofStaff = async (ports: Ports, staffId: string | undefined): Promise<Subject> => {
  if (staffId === undefined) return { kind: 'none' };
  const staff = await currentStaff(ports, staffId);
  if (staff.status === 'unknown') throw notFound();
  return { kind: 'staff', staffId, departmentCode: staff.departmentCode };
};

const ofRequest = async (ports: Ports, { number, filedOn }: AddressParts): Promise<Subject> => {
  const parsed = number === undefined ? undefined : parseRegistrationNumber(number);
  if (parsed === undefined || filedOn === undefined || !isCivilDate(filedOn)) throw notFound();
  const request = await currentRequest(ports, { number: parsed.number, filedOn });
  if (request.status === 'unknown') throw notFound();
  const handler = await currentStaff(ports, request.handlerStaffId);
  return { kind: 'request', departmentCode: request.departmentCode ?? (handler.status === 'unknown' ? undefined : handler.departmentCode) };
};

const ofLetter = async (ports: Ports, letterId: string | undefined): Promise<Subject> => {
  const letter = letterId === undefined ? undefined : await ports.operations.outbox.get(letterId);
  if (letter === undefined) throw notFound();
  return ofTicket(ports, letter.ticketId);
};

/** What a route is about, looked up in the log itself. @throws HttpProblem `not-found` */
const subjectOf = (ports: Ports, source: SubjectSource, path: AddressParts, query: AddressParts): Promise<Subject> => {
  switch (source) {
    case 'none':
      return Promise.resolve({ kind: 'none' });
    case 'ticket':
    case 'audited':
      return ofTicket(ports, path['id']);
    case 'ticket-in-query':
      return ofTicket(ports, query['ticketId']);
    case 'staff':
      return ofStaff(ports, path['id']);
    case 'staff-in-query':
      return ofStaff(ports, query['staffId']);
    case 'request':
      return ofRequest(ports, path);
    case 'offer':
      return ofOffer(ports, path['id']);
    case 'letter':
      return ofLetter(ports, path['id']);
  }
};

/** Whether they may do this to what the address is about; asked of whose role may do it to something. @throws HttpProblem `not-found` */
export const reachesSubject = async (
  ports: Ports,
  principal: Principal,
  { action, subject }: Pick<RouteRule, 'action' | 'subject'>,
  path: AddressParts,
  query: AddressParts = {},
): Promise<boolean> =>
  (subject === 'audited' && departmentBound(principal, action) === undefined) ||
  may(principal, action, await subjectOf(ports, subject, path, query));
