import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { MeetingCard } from '../../../application/meeting/meeting-card';
import { GetSlots } from '../../../application/booking/slots';
import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import { addDays, civilDateOf, isCivilDate } from '../../../domain/time/civil-time';
import { earliestStart } from '../../../domain/time/slot';
import { QueryService } from '../../api/commands/query-service';
import { portsToken } from '../../nest/tokens';
import type { HoursOffered, Known } from './act-form';
import { daysAtOnce } from './acts/days-to-pick';

const dayIn = (query: URLSearchParams, name: string): CivilDate | undefined => {
  const text = query.get(name);
  return text !== null && isCivilDate(text) ? text : undefined;
};

/** Finds the free hours to which a meeting may be moved: two weeks at once, and of one day its hours. */
@Injectable()
export class MoveHours {
  constructor(
    private readonly reads: QueryService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  /** Nothing for a meeting that can be moved no more. */
  async offered(request: FastifyRequest, { ticketId, allowed, slot }: MeetingCard, at: Instant): Promise<Pick<Known, 'hours'>> {
    if (!allowed.includes('reschedule')) return {};
    const query = new URLSearchParams(request.url.split('?')[1] ?? '');
    const today = civilDateOf(at);
    const asked = dayIn(query, 'de') ?? today;
    const from = asked < today ? today : asked;
    const found = await this.reads.ask(GetSlots, { ticketId, from, to: addDays(from, daysAtOnce - 1), sooner: true });
    // the hour at which it stands is no new one
    const slots = { ...found, slots: found.slots.filter(({ startsAt }) => startsAt !== slot.startsAt) };
    const freelyFrom = earliestStart(at, this.ports.policies['lead-time']);
    const free = slots.slots.find(({ startsAt }) => startsAt >= freelyFrom);
    const first = free === undefined ? slots.first : civilDateOf(free.startsAt);
    const hours: HoursOffered = { slots, freelyFrom, day: dayIn(query, 'zi') ?? first ?? from };
    return { hours };
  }
}
