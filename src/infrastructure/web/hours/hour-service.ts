import { Inject, Injectable } from '@nestjs/common';
import { GetSlots, type Slots, startBounds } from '../../../application/booking/slots';
import type { Ports } from '../../../application/kernel/ports/ports';
import { defined } from '../../../domain/kernel/defined';
import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import type { RequestIdentity } from '../../../domain/request/facts';
import { addDays, civilDateOf, isCivilDate } from '../../../domain/time/civil-time';
import { QueryService } from '../../api/commands/query-service';
import { portsToken } from '../../nest/tokens';
import { dayView, type HoursView, mondayOf, nearestTo, type Wanted } from './hours-view';

/** Whose hours: of whoever has the request, or of whoever has the ticket that is to be moved. */
export type Whose = { readonly request: RequestIdentity } | { readonly ticketId: string };

const daysOfTwoWeeks = 14;
/** The most that one question may ask for (two months), which is more than the horizon. */
const mostDays = 62;

const longestWaitMilliseconds = 2000;

/** Art. 3 c: the week that somebody looks at, the hours of one of its days, and the first hour of all. */
@Injectable()
export class HourService {
  constructor(
    private readonly reads: QueryService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  async look(whose: Whose, wanted: Wanted): Promise<HoursView> {
    // whoever has just lost an hour must not be shown it as free by a table that has not heard of it yet
    if (wanted.lost !== undefined) await this.ports.readModels.reached(await this.ports.store.end(), longestWaitMilliseconds);
    const now = this.ports.clock.now();
    const today = civilDateOf(now);
    const last = civilDateOf(startBounds(this.ports, now).latest);
    const ask = (from: CivilDate, to: CivilDate): Promise<Slots> => this.reads.ask(GetSlots, { from, to, ...whose });
    const soon = await ask(today, addDays(today, daysOfTwoWeeks - 1));
    const first = soon.slots[0] ?? (await ask(addDays(today, daysOfTwoWeeks), addDays(today, mostDays - 1))).slots[0];
    const isThere = (date: string | undefined): date is CivilDate =>
      date !== undefined && isCivilDate(date) && date >= mondayOf(today) && date <= last;
    const usual = wanted.lost ?? wanted.chosen ?? first?.startsAt;
    const anchor = [wanted.day, wanted.week].find(isThere) ?? (usual === undefined ? today : civilDateOf(usual));
    const monday = mondayOf(anchor);
    const week = await ask(monday, addDays(monday, 6));
    const nextMonday = addDays(monday, 7);
    return {
      today,
      ...defined({ first: first?.startsAt }),
      ...dayView(week, { ...wanted, day: isThere(wanted.day) ? wanted.day : isThere(wanted.week) ? undefined : anchor }),
      ...(monday > mondayOf(today) ? { previous: addDays(monday, -7) } : {}),
      ...(nextMonday <= last ? { next: nextMonday } : {}),
      nearest: wanted.lost === undefined ? [] : nearestTo(wanted.lost, [...week.slots, ...soon.slots].map(startOf)),
    };
  }
}

const startOf = ({ startsAt }: { readonly startsAt: Instant }): Instant => startsAt;
