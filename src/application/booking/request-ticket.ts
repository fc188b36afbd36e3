import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import { personal } from '../../domain/kernel/personal-text';
import { admitTicket, groundAt } from '../../domain/request/admission';
import type { Ground, RequestIdentity } from '../../domain/request/facts';
import { withLaterFreeDays } from '../../domain/request/later-free-days';
import type { RegisteredRequest } from '../../domain/request/request';
import {
  allThree,
  checkTicketRequest,
  recordingNoticeOf,
  requestTicket as requestTicketDecision,
} from '../../domain/ticket/request-ticket';
import type { AskedThrough, Companion, Contact, Locale, Mode } from '../../domain/ticket/facts';
import { referenceOf } from '../../domain/ticket/ticket';
import { civilDateOf, plusMinutes } from '../../domain/time/civil-time';
import { type Slot, slotStarting } from '../../domain/time/slot';
import { advanceBooking, planOf } from './advance-booking';
import { fullDays } from './department-day';
import { codeLetter } from './verify-email';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { inOneCommand } from '@tichet-albastru/event-log/execute/load';
import { alternativesTo, linkMakerOf } from './slots';
import { agendas, currentCalendar, currentRequest, requests, tickets } from '../kernel/streams';
import { giveBackAll, type Place, takePlaces } from '../kernel/throttle';
import { isUuid } from '@tichet-albastru/event-log/ports/identifiers';
import type { Ports } from '../kernel/ports/ports';
import { type Responsible, responsibleStaff } from '../requests/responsible-staff';
import { Command } from '../kernel/message';

/** Art. 3. `ticketId` and `holdId` are drawn once and kept with the command, so that a repeated one asks for the same ticket. */
export type RequestTicketInput = {
  readonly ticketId: string;
  readonly holdId: string;
  readonly request: RequestIdentity;
  readonly startsAt: string;
  readonly mode: Mode;
  readonly email?: string;
  readonly phone?: string;
  /** at the counter, where there is nothing else */
  readonly postalAddress?: string;
  /** by a clerk, for the citizen */
  readonly askedThrough?: AskedThrough;
  readonly recordingNoticeVersion?: string;
  readonly notes?: string;
  /** A19: a citizen who gave an e-mail address would come sooner */
  readonly earlierHour?: boolean;
  /** who comes for the applicant or with them, and what was shown for it */
  readonly companion?: { readonly kind: Companion['kind']; readonly name: string; readonly shown?: string };
  readonly locale?: Locale;
  /** the remote address that asks, if it is known: counted under a keyed hash only */
  readonly address?: string;
};

export class RequestTicket extends Command<RequestTicketInput, Done<{ readonly ticketId: string }>> {}

/**
 * Steps 1 and 2 of a booking, then as far as it goes: with an e-mail until its code is awaited, without one until `Scheduled`.
 * What the arguments alone refuse is refused first and leaves no fact.
 */
export const requestTicket =
  (asked: Ports) =>
  async (context: CommandContext, command: RequestTicketInput): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
    const ports = inOneCommand(asked, context.known);
    const { ticketId, holdId, request: identity } = command;
    const { at } = context;
    // the reference is made of the one, and the other is looked for later: behind the admission it would be half a booking
    const odd = Object.entries({ ticketId, holdId }).find(([, id]) => !isUuid(id));
    if (odd) return refuse('invalid', { field: odd[0], reason: 'not-a-uuid' });
    const slot = slotStarting(command.startsAt);
    if (isRefusal(slot)) return slot;
    const [stored, calendar] = await Promise.all([currentRequest(ports, identity), currentCalendar(ports)]);
    const request = withLaterFreeDays(stored, ports.policies['days-declared-later'], calendar);
    if (request.status === 'unknown') return refuse('request-not-found', { article: '3 b' });
    const forbidden = await requests.of(ports, identity).forbids(context, request, { type: 'TicketAdmitted', data: { ticketId } });
    if (forbidden) return forbidden;
    const ground = groundAt(request, at);
    if (isRefusal(ground)) return ground;
    const responsible = await responsibleStaff(ports, request, at);
    if (!responsible) return refuse('not-eligible', { article: '1', reason: 'nobody-responsible' });
    const { staffId } = responsible.staff;
    const place = { staffId, slot, holdId };
    // a day that cannot be read refuses here: behind the admission the request would wait for it for ever
    const [plan] = await Promise.all([planOf(ports, place), agendas.of(ports, staffId, civilDateOf(slot.startsAt)).load()]);
    const linkMaker = linkMakerOf(ports, responsible.staff, calendar);
    const noticeVersion = recordingNoticeOf(ports.policies, ports.cityHall.recordingNotice).version;
    const rules = { policies: ports.policies, noticeVersion, plan, calendar, ...defined({ linkMaker }) };
    const refused = checkTicketRequest({ ...command, slot, requestedAt: at }, rules);
    if (refused) return refused;
    const day = civilDateOf(slot.startsAt);
    if ((await fullDays(ports, responsible.staff.departmentCode, [day, day], at, holdId)).has(day))
      return lostSlot(ports, { staffId, mode: command.mode }, slot, at);
    const places = letterOf(ports, request, command);
    const throttled = await takePlaces(ports, places, at);
    if (throttled) return throttled;
    const outcome = await bookAdmitted(ports, context, command, { slot, ground, request, responsible });
    if (isRefusal(outcome)) await giveBackAll(ports, places, at);
    return outcome;
  };

type Found = {
  readonly slot: Slot;
  readonly ground: Ground;
  readonly request: RegisteredRequest;
  readonly responsible: Responsible;
};

/** Steps 1 and 2, and what follows by itself. A refusal here sends no letter. */
const bookAdmitted = async (
  ports: Ports,
  context: CommandContext,
  command: RequestTicketInput,
  found: Found,
): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
  const { ticketId, holdId, request: identity } = command;
  const { slot, responsible } = found;
  const { staff, standsInFor } = responsible;
  const { staffId } = staff;
  const whose = { staffId, mode: command.mode };
  const { at } = context;
  const until = plusMinutes(at, ports.policies.verification.value.holdMinutes);
  const admission = { ticketId, staffId, slot, holdId, ...defined({ standsInFor }), at, until };
  // no ticket is written before its request has admitted it
  if (!found.request.admittedTicketIds.includes(ticketId)) tickets.of(ports, ticketId).presumeUnwritten();
  const calendar = await currentCalendar(ports);
  const admitted = await requests
    .of(ports, identity)
    .transact(context, 'admit', (state) =>
      admitTicket(admission, withLaterFreeDays(state, ports.policies['days-declared-later'], calendar)),
    );
  if (isRefusal(admitted)) return admitted;

  const requested = await writeRequested(ports, context, command, found, until);
  // The timer of another process closed the door first: the fence stands, the citizen is told that the hold is lost.
  if (isRefusal(requested)) return requested.code === 'conflict' ? requested : lostSlot(ports, whose, slot, at);

  const { ticket: standing, position } = await advanceBooking(ports, context, { ticketId, request: identity });
  return standing.status === 'lapsed' ? lostSlot(ports, whose, slot, at) : done({ ticketId }, position);
};

/** A ticket that the request has admitted already is the same command again: its letter is counted. */
const letterOf = (ports: Ports, { admission }: RegisteredRequest, { ticketId, email, address }: RequestTicketInput): readonly Place[] =>
  email === undefined || admission?.ticketId === ticketId ? [] : codeLetter(ports, { email, address });

/** Step 2: `Requested`, on a stream that does not exist yet. */
const writeRequested = async (
  ports: Ports,
  context: CommandContext,
  command: RequestTicketInput,
  { slot, ground, request, responsible }: Found,
  heldUntil: Instant,
) => {
  const { ticketId, holdId, request: identity, mode, recordingNoticeVersion } = command;
  const { staffId, department, departmentCode } = responsible.staff;
  const calendar = await currentCalendar(ports);
  const { keptDays } = recordingNoticeOf(ports.policies);
  const contact = await contactOf(ports, request, command);
  return tickets.of(ports, ticketId).transact(context, 'request', (state) =>
    requestTicketDecision(
      {
        request: identity,
        staffId,
        department,
        departmentCode,
        mode,
        slot,
        holdId,
        reference: referenceOf(ticketId),
        requestedAt: context.at,
        heldUntil,
        ground,
        // a booking begins with a lookup of all three, and with nothing else
        matched: allThree,
        contact,
        ...(recordingNoticeVersion === undefined
          ? {}
          : { recordingNotice: { version: recordingNoticeVersion, acceptedAt: context.at, ...defined({ keptDays }) } }),
        locale: command.locale ?? 'ro',
        ...defined({ askedThrough: command.askedThrough, companion: companionOf(command) }),
        policies: ports.policies,
        calendar,
        linksByHand: ports.video.kind === 'manual',
        ...defined({ earlierHour: command.earlierHour }),
      },
      state,
    ),
  );
};

const companionOf = ({ companion }: RequestTicketInput): Companion | undefined =>
  companion && {
    kind: companion.kind,
    name: personal('contact', companion.name),
    ...(companion.shown === undefined ? {} : { shown: personal('contact', companion.shown) }),
  };

/** The registered name is the citizen's: it was typed to find the request, and matched. */
const contactOf = async (
  ports: Ports,
  request: RegisteredRequest,
  { email, phone, postalAddress, notes }: RequestTicketInput,
): Promise<Contact> => ({
  name: personal('contact', (await ports.personalData.open(request.applicantName)) ?? ''),
  ...(email === undefined ? {} : { email: personal('contact', email) }),
  ...(phone === undefined ? {} : { phone: personal('contact', phone) }),
  ...(postalAddress === undefined ? {} : { postalAddress: personal('contact', postalAddress) }),
  ...(notes === undefined ? {} : { notes: personal('contact', notes) }),
});

const lostSlot = async (ports: Ports, whose: { readonly staffId: string; readonly mode: Mode }, slot: Slot, at: string): Promise<Refusal> =>
  refuse('slot-taken', { article: '3 c', alternatives: await alternativesTo(ports, whose, slot.startsAt, at) });
