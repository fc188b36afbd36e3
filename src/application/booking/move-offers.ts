import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, type Refusal, refuse } from '../../domain/kernel/refusal';
import type { RequestIdentity } from '../../domain/request/facts';
import { wasMovedTo } from '../../domain/ticket/changes';
import type { Agreement, Mode } from '../../domain/ticket/facts';
import {
  acceptedMove,
  declineOffer as decideDecline,
  offerMove as decideOffer,
  openOffer,
  withdrawOffer as decideWithdrawal,
} from '../../domain/ticket/offered';
import { isRequested, type RequestedTicket } from '../../domain/ticket/ticket';
import { type Slot, slotStarting } from '../../domain/time/slot';
import { done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { inOneCommand } from '@tichet-albastru/event-log/execute/load';
import { Command, Query } from '../kernel/message';
import { erasedMark } from '../kernel/ports/personal-data';
import type { Ports } from '../kernel/ports/ports';
import { currentCalendar, currentStaff, currentTicket, tickets } from '../kernel/streams';
import { headOf } from '../requests/responsible-staff';
import { meetWith, type MeetWith } from '../staff/meet-with';
import { agreementOf, rescheduleTicket } from './move-meeting';
import { decideOnTicket, type TicketDone } from './on-ticket';
import { linkMakerOf } from './slots';

/** `offerId` is drawn once and kept with the command. */
export type OfferMoveInput = {
  readonly ticketId: string;
  readonly offerId: string;
  /** to whom; left out, the head who accepts for the department says it */
  readonly staffId?: string;
  /** left out, the person's own */
  readonly departmentCode?: string;
  /** left out, the head who accepts says it, or it stays */
  readonly startsAt?: string;
  readonly reason: string;
  /** to that hour */
  readonly citizenAgreed?: boolean;
  readonly agreedBy?: Agreement['channel'];
  readonly agreedAt?: string;
};

export class OfferMove extends Command<OfferMoveInput, TicketDone> {}

type AskedDepartment = { readonly departmentCode: string; readonly department: string; readonly askedOf: string };

/**
 * Who is asked. Refuses `not-found` for an unknown person, `invalid` (Art. 1) for a person of another department and for a department
 * without a head to accept.
 */
const askedDepartment = async (
  ports: Ports,
  { staffId, departmentCode }: OfferMoveInput,
  at: Instant,
): Promise<AskedDepartment | Refusal> => {
  const person = staffId === undefined ? undefined : await currentStaff(ports, staffId);
  if (person?.status === 'unknown') return refuse('not-found', { field: 'staffId' });
  const code = departmentCode ?? person?.departmentCode;
  if (code === undefined) return refuse('invalid', { article: '1', field: 'staffId', reason: 'required' });
  if (person !== undefined && person.departmentCode !== code) {
    return refuse('invalid', { article: '1', field: 'staffId', reason: 'other-department' });
  }
  const head = await headOf(ports, code, at);
  if (head === undefined) return refuse('invalid', { article: '1', field: 'departmentCode', reason: 'nobody-heads-it' });
  return { departmentCode: code, department: head.department, askedOf: head.staffId };
};

/** Art. 8, A3: the meeting is offered to a person of the department or to another one; its head has a task, and nothing else changes. */
export const offerMove =
  (ports: Ports) =>
  async (context: CommandContext, command: OfferMoveInput): Promise<TicketDone | Refusal> => {
    const { ticketId, offerId, staffId, startsAt, reason } = command;
    const { at } = context;
    const agreement = agreementOf({ by: 'staff', ...command });
    if (isRefusal(agreement)) return agreement;
    if (command.citizenAgreed === true && agreement === undefined) {
      return refuse('invalid', { article: '4', field: 'agreedAt', reason: 'required' });
    }
    const slot = startsAt === undefined ? undefined : slotStarting(startsAt);
    if (isRefusal(slot)) return slot;
    const asked = await askedDepartment(ports, command, at);
    if (isRefusal(asked)) return asked;
    const { askedOf, ...department } = asked;
    const calendar = await currentCalendar(ports);
    const linkMaker = staffId === undefined ? undefined : linkMakerOf(ports, await currentStaff(ports, staffId), calendar);
    const offer = {
      offerId,
      to: { ...department, ...defined({ staffId, slot }) },
      askedOf,
      reason: personal('contact', reason),
      by: context.actor.id,
      at,
      policies: ports.policies,
      calendar,
      ...defined({ agreement, linkMaker }),
    };
    return decideOnTicket(ports, context, { ticketId, step: `offer ${offerId}`, decide: (state) => decideOffer(offer, state) });
  };

/** `holdId` is drawn once and kept with the command. */
export type AcceptOfferInput = {
  readonly ticketId: string;
  readonly holdId: string;
  readonly offerId: string;
  /** where the offer names no person */
  readonly staffId?: string;
  /** where the offer names no hour; left out, it stays */
  readonly startsAt?: string;
  /** why another official has the meeting, as its letter tells the citizen */
  readonly because: string;
};

export class AcceptOffer extends Command<AcceptOfferInput, TicketDone> {}

/** Art. 8, A3: the head of the department that was asked accepts. It is the move that was offered, held to all its rules as they are now. */
export const acceptOffer =
  (asked: Ports) =>
  async (context: CommandContext, { ticketId, holdId, offerId, ...said }: AcceptOfferInput): Promise<TicketDone | Refusal> => {
    const ports = inOneCommand(asked, context.known);
    const { state, position } = await tickets.of(ports, ticketId).load();
    if (!isRequested(state)) return refuse('not-found');
    if (wasMovedTo(state, holdId)) return done({ ticketId }, position);
    const slot = said.startsAt === undefined ? undefined : slotStarting(said.startsAt);
    if (isRefusal(slot)) return slot;
    const because = personal('contact', said.because);
    const move = acceptedMove({ offerId, because, at: context.at, ...defined({ staffId: said.staffId, slot }) }, state);
    if (isRefusal(move)) return move;
    const { staffId, departmentCode, agreement } = move;
    const person = await currentStaff(ports, staffId);
    if (person.status === 'unknown') return refuse('not-found', { field: 'staffId' });
    if (person.departmentCode !== departmentCode) return refuse('invalid', { article: '1', field: 'staffId', reason: 'other-department' });
    const agreed = agreement && { citizenAgreed: true, agreedBy: agreement.channel, agreedAt: agreement.agreedAt };
    return rescheduleTicket(asked)(context, {
      ticketId,
      holdId,
      offerId,
      staffId,
      startsAt: move.slot.startsAt,
      by: 'staff',
      reason: 'other',
      reasonText: said.because,
      ...agreed,
    });
  };

export type DeclineOfferInput = { readonly ticketId: string; readonly offerId: string; readonly reason: string };

export class DeclineOffer extends Command<DeclineOfferInput, TicketDone> {}

/** Art. 8: the head of the department that was asked does not take it; the meeting stays where it stands. */
export const declineOffer =
  (ports: Ports) =>
  (context: CommandContext, { ticketId, offerId, reason }: DeclineOfferInput): Promise<TicketDone | Refusal> =>
    decideOnTicket(ports, context, {
      ticketId,
      step: 'decline offer',
      decide: (state) => decideDecline({ offerId, reason: personal('contact', reason), by: context.actor.id, at: context.at }, state),
    });

export type WithdrawOfferInput = { readonly ticketId: string };

export class WithdrawOffer extends Command<WithdrawOfferInput, TicketDone> {}

/** Art. 8: the official who has the meeting, or their head, withdraws the offer. */
export const withdrawOffer =
  (ports: Ports) =>
  (context: CommandContext, { ticketId }: WithdrawOfferInput): Promise<TicketDone | Refusal> =>
    decideOnTicket(ports, context, {
      ticketId,
      step: 'withdraw offer',
      decide: (state) => decideWithdrawal({ by: context.actor.id, at: context.at }, state),
    });

/** What the head who is asked needs to answer, and nothing about the citizen: the official who takes the meeting over sees its card. */
export type MoveOfferView = {
  readonly offerId: string;
  readonly ticketId: string;
  readonly request: RequestIdentity;
  /** the hour at which it stands meanwhile */
  readonly slot: Slot;
  readonly mode: Mode;
  /** with whom it stands meanwhile */
  readonly meetWith: MeetWith | null;
  /** the person and the hour, where they are named */
  readonly to: {
    readonly departmentCode: string;
    readonly department: string;
    readonly staffId?: string;
    readonly name?: string;
    readonly slot?: Slot;
  };
  readonly reason: string;
  /** how and when the citizen agreed to the hour that is named */
  readonly agreement?: Agreement;
  readonly offeredAt: Instant;
  readonly validUntil: Instant;
};

export class GetMoveOffer extends Query<{ readonly ticketId: string }, MoveOfferView | Refusal> {}

/** The offer that can be answered now. Refuses `not-found`, and `wrong-state` (Art. 8) where there is none any more. */
export const getMoveOffer =
  (ports: Ports) =>
  async ({ ticketId }: { readonly ticketId: string }): Promise<MoveOfferView | Refusal> => {
    const state = await currentTicket(ports, ticketId);
    if (!isRequested(state)) return refuse('not-found');
    const offer = openOffer(state, ports.clock.now());
    return offer === undefined ? refuse('wrong-state', { article: '8', reason: 'offer-over' }) : offerView(ports, ticketId, state, offer);
  };

/** An offer as those read it whom it is about; the meeting as it stands now, which its mode may have changed since. */
export const offerView = async (
  ports: Ports,
  ticketId: string,
  { booking: { request, slot, mode, staffId } }: Pick<RequestedTicket, 'booking'>,
  offer: NonNullable<ReturnType<typeof openOffer>>,
): Promise<MoveOfferView> => {
  const { offerId, to, reason, agreement, offeredAt, validUntil } = offer;
  const [now, next] = [await currentStaff(ports, staffId), to.staffId === undefined ? undefined : await currentStaff(ports, to.staffId)];
  const named = next?.status === 'known' ? await ports.personalData.open(next.name) : undefined;
  return {
    offerId,
    ticketId,
    request,
    slot,
    mode,
    meetWith: now.status === 'unknown' ? null : await meetWith(ports, now),
    to: { ...to, ...defined({ name: next === undefined ? undefined : (named ?? erasedMark) }) },
    reason: (await ports.personalData.open(reason)) ?? erasedMark,
    ...defined({ agreement }),
    offeredAt,
    validUntil,
  };
};
