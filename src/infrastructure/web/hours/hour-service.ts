import { Inject, Injectable } from '@nestjs/common';
import { GetSlots, type PausedDays, type Slots } from '../../../application/booking/slots';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { DayAvailability } from '../../../domain/agenda/day-plan';
import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import type { RequestIdentity } from '../../../domain/request/facts';
import type { Mode } from '../../../domain/ticket/facts';
import { addDays, civilDateOf, isCivilDate, mondayOf, secondsBetween, weekdayNumber } from '../../../domain/time/civil-time';
import { latestStart, type Slot } from '../../../domain/time/slot';
import { QueryService } from '../../api/commands/query-service';
import { portsToken } from '../../nest/tokens';

/** What a visitor asks to see, as the address says it, and the hours that matter to them. */
type Wanted = {
  readonly day?: unknown;
  /** any day of a week */
  readonly week?: unknown;
  /** the hour chosen so far */
  readonly chosen?: Instant | undefined;
  /** an hour that is gone */
  readonly lost?: Instant | undefined;
};

export type HoursView = {
  readonly today: CivilDate;
  /** the first free hour of all */
  readonly first?: Instant;
  /** of the week shown; a weekend only when an official works then */
  readonly days: readonly DayAvailability[];
  /** whose hours are listed */
  readonly day: DayAvailability | undefined;
  readonly starts: readonly Instant[];
  /** a day of the week before, or after, where there is one */
  readonly previous?: CivilDate;
  readonly next?: CivilDate;
  /** free hours near the one that is gone, in order */
  readonly nearest: readonly Instant[];
  /** A16: the pauses of the week shown and of the two weeks to come */
  readonly pauses: readonly PausedDays[];
};

const saturday = 6;
const mostOffered = 5;

/** The day asked for if it has hours or was asked for by name; else the first of the week that has some. */
export const dayView = (
  { days: all, slots }: { readonly days: readonly DayAvailability[]; readonly slots: readonly Slot[] },
  { day: asked }: Pick<Wanted, 'day'>,
): Pick<HoursView, 'days' | 'day' | 'starts'> => {
  const days = all.filter(({ date, free }) => weekdayNumber(date) < saturday || free > 0 || date === asked);
  const day = days.find(({ date }) => date === asked) ?? days.find(({ free }) => free > 0);
  const starts = day === undefined ? [] : slots.map(({ startsAt }) => startsAt).filter((start) => civilDateOf(start) === day.date);
  return { days, day, starts };
};

/** The free starts nearest to one that is gone, in the order of time. */
export const nearestTo = (lost: Instant, starts: readonly Instant[]): readonly Instant[] =>
  [...new Set(starts)]
    .filter((start) => start !== lost)
    .sort((a, b) => Math.abs(secondsBetween(lost, a)) - Math.abs(secondsBetween(lost, b)))
    .slice(0, mostOffered)
    .sort();

const eachOnce = (pauses: readonly PausedDays[]): readonly PausedDays[] => [
  ...new Map(pauses.map((pause) => [JSON.stringify(pause), pause])).values(),
];

/** Whose hours: those of the official who has the request, or of the official who has the ticket that is to be moved. */
type Whose = { readonly request: RequestIdentity; readonly mode?: Mode } | { readonly ticketId: string; readonly mode?: Mode };

const daysOfTwoWeeks = 14;
/** The most that one question may ask for (two months), which is more than the horizon. */
const mostDays = 62;

const longestWaitMilliseconds = 2000;

/** Art. 3 c: the week that the visitor looks at, the hours of one of its days, and the first hour of all. */
@Injectable()
export class HourService {
  constructor(
    private readonly reads: QueryService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  async look(whose: Whose, wanted: Wanted): Promise<HoursView> {
    // a citizen who has just lost an hour must not see it as free because a table has not handled the event yet
    if (wanted.lost !== undefined) await this.ports.readModels.reached(await this.ports.store.end(), longestWaitMilliseconds);
    const now = this.ports.clock.now();
    const today = civilDateOf(now);
    const last = civilDateOf(latestStart(now, this.ports.policies['booking-horizon']));
    const ask = (from: CivilDate, to: CivilDate): Promise<Slots> => this.reads.ask(GetSlots, { from, to, ...whose });
    const soon = await ask(today, addDays(today, daysOfTwoWeeks - 1));
    const first = soon.slots[0] ?? (await ask(addDays(today, daysOfTwoWeeks), addDays(today, mostDays - 1))).slots[0];
    const isThere = (date: unknown): date is CivilDate =>
      typeof date === 'string' && isCivilDate(date) && date >= mondayOf(today) && date <= last;
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
      pauses: eachOnce([...(soon.pauses ?? []), ...(week.pauses ?? [])]),
      nearest: wanted.lost === undefined ? [] : nearestTo(wanted.lost, [...week.slots, ...soon.slots].map(startOf)),
    };
  }
}

const startOf = ({ startsAt }: { readonly startsAt: Instant }): Instant => startsAt;
