import {
  earlierHourWantedSince,
  hourToOffer,
  noteEarlierHourOffered,
  wantEarlierHour,
  wantNoEarlierHour,
} from '../../domain/ticket/earlier-hour';
import type { Refusal } from '../../domain/kernel/refusal';
import { civilDateOf, plusMinutes, startOfNextDay } from '../../domain/time/civil-time';
import type { CommandContext } from '../kernel/execute';
import { Command } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';
import { dueAfter, letterWaits } from '../kernel/processes/process';
import {
  causedBy,
  letterHeadOf,
  meetWithOf,
  noteOutcome,
  send,
  type TicketEvent,
  ticketProcess,
  type TicketTodo,
  type TicketWork,
} from '../kernel/processes/ticket-process';
import { decideOnTicket, type TicketDone } from './on-ticket';
import { hoursThatBecameFree } from './slots';

export type WantEarlierHourInput = { readonly ticketId: string; readonly wanted: boolean };

export class WantEarlierHour extends Command<WantEarlierHourInput, TicketDone> {}

/** A19. The citizen would come sooner if an earlier hour becomes free, or no longer would. */
export const earlierHourWanted =
  (ports: Ports) =>
  (context: CommandContext, { ticketId, wanted }: WantEarlierHourInput): Promise<TicketDone | Refusal> => {
    const { at } = context;
    return decideOnTicket(ports, context, {
      ticketId,
      step: 'earlier-hour',
      decide: (state) => (wanted ? wantEarlierHour({ at, policies: ports.policies }, state) : wantNoEarlierHour({ at }, state)),
    });
  };

/** How often it is looked whether an hour became free: A30's delay alone is longer for most. */
const minutesBetweenLooks = 10;

/** What each of these leaves nothing to look for. */
const evolve = (todo: TicketTodo | undefined, event: TicketEvent): TicketTodo | undefined => {
  const { fact } = event;
  switch (fact.type) {
    case 'EarlierHourWanted':
      return { ...causedBy(event), ...dueAfter(event) };
    case 'EarlierHourOffered':
      return todo && { ...causedBy(event), dueAt: startOfNextDay(civilDateOf(fact.data.acceptedAt)) };
    case 'Rescheduled':
      return fact.data.by === 'citizen' ? undefined : todo;
    case 'EarlierHourNoLongerWanted':
    case 'MeetingStarted':
    case 'Held':
    case 'CitizenAbsent':
    case 'StaffAbsent':
    case 'Cancelled':
    case 'Lapsed':
    case 'PersonalDataErased':
      return undefined;
    default:
      return todo;
  }
};

const offerEarlierHour = async (ports: Ports, work: TicketWork<TicketTodo>): Promise<void> => {
  const { ticket, ticketId, at } = work;
  const { booking } = ticket;
  const since = earlierHourWantedSince({ at, policies: ports.policies }, ticket);
  if (since === undefined) return;
  const slot = hourToOffer(await hoursThatBecameFree(ports, { ticketId, booking }, since, at), ticket);
  if (slot === undefined) return;
  const letterId = ports.identifiers.derive('earlier-hour', ticketId, slot.startsAt);
  const earlier = await ports.operations.outbox.get(letterId);
  // an address that was refused for good is not written to at every look
  if (earlier?.state === 'bounced') return;
  const head = await letterHeadOf(ports, { ticket, ticketId, letterId, issuedAt: at });
  if (head === undefined) return;
  if (earlier?.state !== 'accepted') {
    const meetWith = await meetWithOf(ports, booking.staffId);
    const letter = { ...head, kind: 'earlier-hour', slot, booked: booking.slot, mode: booking.mode, meetWith } as const;
    const delivery = await send(ports, letter, at);
    // the letters about the meeting itself are followed up: that the address takes nothing any more becomes known by them
    if (delivery.kind === 'refused') return;
  }
  await noteOutcome(ports, work, `offered ${slot.startsAt}`, (state) => noteEarlierHourOffered({ letterId, slot, acceptedAt: at }, state));
};

/** The letters about an earlier hour that became free, to the citizens who asked for them: at most one a day, and none at night. */
export const earlierHourLetters = ticketProcess<TicketTodo>({
  name: 'process-earlier-hour-letters',
  version: 1,
  attempts: Number.POSITIVE_INFINITY,
  waits: letterWaits,
  evolve,
  again: (_, at) => plusMinutes(at, minutesBetweenLooks),
  perform: offerEarlierHour,
  giveUp: () => Promise.resolve(),
});
