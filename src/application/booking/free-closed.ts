import type { Place } from '../../domain/booking/next-step';
import type { Refusal } from '../../domain/kernel/refusal';
import type { RequestIdentity } from '../../domain/request/facts';
import { ticketStream } from '../../domain/ticket/facts';
import type { CommandContext } from '../kernel/execute';
import { unlessContended } from '@tichet-albastru/event-log/execute/execute';
import { EventLogCorrupt, namesOfDamaged, type Position } from '@tichet-albastru/event-log/ports/event-store';
import type { Ports } from '../kernel/ports/ports';
import { freePlace, freeRequest } from './advance-booking';
import { giveHourBack } from './one-hour';

/** A booking as far as it is known without the ticket's own stream. */
export type ClosedBooking = {
  /** the ticket's id */
  readonly key: string;
  readonly request?: RequestIdentity;
  readonly stage: 'admitted' | 'awaiting-code' | 'deciding' | 'standing' | 'ended';
  readonly releases: readonly string[];
  readonly kept: readonly Place[];
};

/**
 * A24, A30. Frees what a ticket holds whose stream is damaged and was closed. Its ending cannot be written there, so the closing counts as
 * the ending, and the citizen may ask again. An hour that has begun is of no more use and stays: the meeting may have taken place.
 *
 * @returns whether the stream is not whole now; otherwise nothing is done
 * @throws EventLogCorrupt once all else is done, where a day or the request is not whole either
 */
export const freeOf = async (ports: Ports, context: CommandContext, closed: ClosedBooking): Promise<boolean> => {
  const { key: ticketId, request, stage, releases, kept } = closed;
  if (!(await namesOfDamaged(ports.store)).has(ticketStream(ticketId))) return false;
  const isUseless = ({ holdId, slot }: Place): boolean => (stage === 'ended' ? releases.includes(holdId) : slot.startsAt > context.at);
  const unread: EventLogCorrupt[] = [];
  const free = async (step: Promise<Position | Refusal>): Promise<void> => {
    try {
      unlessContended(await step);
    } catch (error) {
      if (!(error instanceof EventLogCorrupt)) throw error;
      unread.push(error);
    }
  };
  // no citizen gave it up for a friend, so it is free at once, unless that was decided before
  const freeFrom = stage === 'ended' ? undefined : context.at;
  for (const place of kept.filter(isUseless)) await free(freePlace(ports, context, ticketId, place, freeFrom));
  if (request) await free(freeRequest(ports, context, ticketId, request, 'unmet'));
  await ports.operations.places.release(ticketId);
  for (const { slot } of kept) await giveHourBack(ports, ticketId, slot.startsAt);
  if (unread[0] !== undefined) throw unread[0];
  return true;
};
