import type { PolicyStamp, PolicyValues } from '../../../src/domain/policies';
import type { TicketFact } from '../../../src/domain/ticket/facts';

/** Chance that is the same in every run. */
export const chances = (seed: number) => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (bound: number): number => Math.floor(next() * bound);
  return {
    next,
    below,
    between: (from: number, to: number): number => from + below(to - from + 1),
    one: <T>(among: readonly [T, ...T[]]): T => among[below(among.length)] ?? among[0],
  };
};
export type Chances = ReturnType<typeof chances>;

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
export const quarter = 15 * minute;

type ReminderPolicy = PolicyValues['reminders'];
const usual: ReminderPolicy = { hoursBefore: [24, 2], nightFrom: '21:00', nightUntil: '07:00' };
const policies: readonly [ReminderPolicy, ...ReminderPolicy[]] = [
  usual,
  usual,
  usual,
  usual,
  null,
  { hoursBefore: [2, 48, 24], nightFrom: '21:00', nightUntil: '07:00' },
  { hoursBefore: [14, 12, 11, 1], nightFrom: '19:45', nightUntil: '08:15' },
  { hoursBefore: [10, 9], nightFrom: '00:00', nightUntil: '06:30' },
  { hoursBefore: [168, 36, 1], nightFrom: '12:00', nightUntil: '12:00' },
  { hoursBefore: [24, 2], nightFrom: '21:00', nightUntil: '07:00', textMessages: true },
];

/** What happened in the life of one meeting, in milliseconds; `slot` is its start, where the fact gives it one. */
export type Happening = {
  readonly at: number;
  readonly type: TicketFact['type'];
  readonly slot?: number;
  readonly policy?: ReminderPolicy;
};

/** One meeting, and what failed meanwhile: when nobody was there, when the mail server was away. */
export type Life = {
  readonly hasEmail: boolean;
  /** instead: they are reminded by text message, where the policy says so */
  readonly hasPhone: boolean;
  readonly happenings: readonly Happening[];
  /** the runner looks at the clock at these instants: `offset`, and every `period` after it */
  readonly ticks: { readonly offset: number; readonly period: number };
  readonly serviceAway: readonly (readonly [number, number])[];
  readonly mailAway: readonly (readonly [number, number])[];
};

/** From the winter of 2026 on, so that the clocks change twice. */
const firstDay = Date.UTC(2026, 0, 5);

/** A start on the grid, from early morning to evening. */
const aSlot = ({ between }: Chances, from: number): number =>
  Math.floor(from / day) * day + between(0, 6) * day + between(4 * 4, 19 * 4) * quarter;

/** At chance, or at the very moment at which something is due, or one millisecond beside it. */
const aMoment = (chance: Chances, from: number, slot: number): number => {
  const { between, next, one } = chance;
  if (next() < 0.4) {
    const exact = slot - one([1, 2, 9, 10, 11, 12, 14, 24, 36, 48]) * hour + one([0, 0, 1, -1, -quarter, -30 * minute]);
    if (exact > from) return exact;
  }
  return between(from, Math.max(from, slot + quarter));
};

const away = ({ between, next }: Chances, from: number, to: number): Life['mailAway'] => {
  const stretches: [number, number][] = [];
  for (let more = next() < 0.5; more && stretches.length < 3; more = next() < 0.4) {
    const begins = between(from, to);
    stretches.push([begins, begins + between(1, next() < 0.3 ? 30 * 60 : 90) * minute]);
  }
  return stretches;
};

const ends = [
  ['MeetingStarted', 'Held'],
  ['MeetingStarted', 'Held'],
  ['Held'],
  ['CitizenAbsent'],
  ['MeetingStarted', 'CitizenAbsent'],
  ['Cancelled'],
  ['PersonalDataErased'],
  [],
] as const satisfies readonly (readonly TicketFact['type'][])[];

/** What becomes of one booking that is begun in these days, from the first request to its end. */
export const aLife = (chance: Chances, days: { readonly from: number; readonly count: number } = { from: firstDay, count: 700 }): Life => {
  const { between, next, one } = chance;
  const begun = days.from + between(0, days.count) * day + between(0, day - 1);
  const happenings: Happening[] = [{ at: begun, type: 'Requested' }];
  const policy = one(policies);
  let slot = aSlot(chance, begun + between(0, 4) * day);
  let now = Math.min(begun + between(0, 15 * minute), slot - 1);
  if (now <= begun) {
    slot += 7 * day;
    now = begun + minute;
  }
  if (next() < 0.4) now = Math.max(now, aMoment(chance, now, slot));
  happenings.push({ at: now, type: 'Scheduled', slot, policy });
  let stands = true;
  for (let more = next() < 0.5; more && stands; more = next() < 0.5) {
    now = aMoment(chance, now, slot);
    const type = one([
      'Rescheduled',
      'Rescheduled',
      'Rescheduled',
      'Reassigned',
      'Cancelled',
      'StaffAbsent',
      'MeetingLinkAttached',
    ] as const);
    if (type === 'Rescheduled') {
      const left = slot;
      const back = happenings.flatMap((one_) => (one_.slot === undefined || one_.slot <= now ? [] : [one_.slot]));
      slot = next() < 0.2 ? (back[between(0, back.length)] ?? slot) : aSlot(chance, now + between(0, 3) * day);
      if (slot <= now) slot = left <= now ? now - (now % quarter) + quarter : left;
      happenings.push({ at: now, type, slot, policy: next() < 0.1 ? one(policies) : policy });
    } else {
      happenings.push({ at: now, type });
      // staff who cancel still owe another hour (Art. 8): it may be moved, or that was its end
      stands = type !== 'Cancelled' || next() < 0.3;
    }
  }
  if (stands)
    for (const type of ends[between(0, ends.length - 1)] ?? []) {
      now =
        type === 'Cancelled' || type === 'PersonalDataErased' ? aMoment(chance, now, slot) : Math.max(now, slot) + between(0, 10) * minute;
      happenings.push({ at: now, type });
    }
  const period = one([1, 1, 5, 7]) * minute;
  const hasEmail = next() < 0.9;
  return {
    hasEmail,
    hasPhone: !hasEmail,
    happenings,
    // half of them look at the very minute
    ticks: { offset: next() < 0.5 ? 0 : between(0, period - 1), period },
    serviceAway: away(chance, begun, slot),
    mailAway: away(chance, begun, slot),
  };
};

const iso = (at: number): string => new Date(at).toISOString();
export const slotAt = (start: number) => ({ startsAt: iso(start), endsAt: iso(start + quarter) });
export const instantOf = iso;

const sealed = { clear: 'x', key: 'contact' } as never;
export type { ReminderPolicy };

/** Only what the reminders ask of it: the rest of a fact is as in any other. */
export const factOf = ({ type, at, slot, policy }: Happening, { hasEmail, hasPhone }: Pick<Life, 'hasEmail' | 'hasPhone'>): TicketFact => {
  const policies: readonly PolicyStamp[] = policy === undefined ? [] : [{ name: 'reminders', version: 1, value: policy }];
  const data = {
    ...(type === 'Requested'
      ? { contact: { name: sealed, ...(hasEmail ? { email: sealed } : {}), ...(hasPhone ? { phone: sealed } : {}) } }
      : {}),
    ...(slot === undefined ? {} : { slot: slotAt(slot), policies }),
    at: iso(at),
  };
  return { type, data } as unknown as TicketFact;
};
