import { day, type Happening, hour, type Life, minute, quarter } from './lives-of-meetings';

/** A reminder as a person with a calendar and a clock on the wall reckons it: nothing of the service's own is used here. */
export type Expected = {
  readonly slot: number;
  readonly hoursBefore: number;
  readonly from: number;
  readonly until: number;
  /** the first fact after which it is out of place */
  readonly standsUntil: number;
};

/** The last Sunday of a month, 01:00 in Greenwich: then the clocks of Romania change. */
const lastSunday = (year: number, month: number): number => {
  const last = new Date(Date.UTC(year, month + 1, 0));
  return last.getTime() - last.getUTCDay() * day + hour;
};
const changes = new Map<number, readonly [number, number]>();
const minuteOfDay = (at: number): number => {
  const year = new Date(at).getUTCFullYear();
  const known = changes.get(year) ?? [lastSunday(year, 2), lastSunday(year, 9)];
  changes.set(year, known);
  const ahead = at >= known[0] && at < known[1] ? 3 : 2;
  return Math.floor(((at + ahead * hour) % day) / minute);
};

/** `HH:mm` */
export const clockOnTheWall = (at: number): string => {
  const minutes = minuteOfDay(at);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
};

const months = [
  'ianuarie',
  'februarie',
  'martie',
  'aprilie',
  'mai',
  'iunie',
  'iulie',
  'august',
  'septembrie',
  'octombrie',
  'noiembrie',
  'decembrie',
];
/** As a letter in Romanian says it: `5 martie 2026, 10:00`. No hour of a meeting is so late that the day in Greenwich is another. */
export const dayAndHourOnTheWall = (at: number): string => {
  const date = new Date(at);
  return `${String(date.getUTCDate())} ${months[date.getUTCMonth()] ?? ''} ${String(date.getUTCFullYear())}, ${clockOnTheWall(at)}`;
};

const minutesIn = (time: string): number => {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
};

const over: readonly Happening['type'][] = [
  'Rescheduled',
  'Cancelled',
  'MeetingStarted',
  'StaffAbsent',
  'Held',
  'CitizenAbsent',
  'Lapsed',
  'PersonalDataErased',
];
const forGood: readonly Happening['type'][] = ['Held', 'CitizenAbsent', 'Lapsed', 'PersonalDataErased'];

/** Every letter, and text message, that should leave, if only somebody is there and the mail server takes it. */
export const expectedReminders = ({ hasEmail, hasPhone, happenings }: Life): readonly Expected[] => {
  const all: Expected[] = [];
  happenings.forEach(({ at: knownAt, slot, policy }, index) => {
    if (slot === undefined || policy === undefined || policy === null) return;
    if (!hasEmail && !(hasPhone && policy.textMessages === true)) return;
    if (happenings.slice(0, index).some(({ type }) => forGood.includes(type))) return;
    const standsUntil = happenings.slice(index + 1).find(({ type }) => over.includes(type))?.at ?? Infinity;
    const from = minutesIn(policy.nightFrom);
    const until = minutesIn(policy.nightUntil);
    const isDark = (at: number): boolean => {
      if (from === until) return false;
      // minutes since the night began last
      return (minuteOfDay(at) - from + 1440) % 1440 < (until - from + 1440) % 1440;
    };
    let nearer = slot;
    for (const hoursBefore of [...policy.hoursBefore].sort((one, other) => one - other)) {
      let leaves = slot - hoursBefore * hour;
      if (isDark(leaves)) {
        while (isDark(leaves)) leaves -= quarter;
        // the last quarter of an hour of the day, and one more
        leaves -= quarter;
      }
      if (leaves <= knownAt || leaves >= nearer) continue;
      let tooLate = leaves;
      while (tooLate < nearer && tooLate - leaves < (hoursBefore * hour) / 2 && !isDark(tooLate)) tooLate += quarter;
      all.push({ slot, hoursBefore, from: leaves, until: Math.min(tooLate, nearer, leaves + (hoursBefore * hour) / 2), standsUntil });
      nearer = leaves;
    }
  });
  return all;
};

const isAway = (stretches: Life['mailAway'], at: number): boolean => stretches.some(([begins, ends]) => at >= begins && at < ends);

/** The instants at which the runner looks, from this one on, while somebody is there. */
function* looks({ ticks: { offset, period }, serviceAway }: Life, from: number, until: number): Iterable<number> {
  for (let at = Math.ceil((from - offset) / period) * period + offset; at < until; at += period) if (!isAway(serviceAway, at)) yield at;
}

/** When each leaves, or is given up for being late; what is out of place before anybody looks is neither, nor what was said of that hour before. */
export const expectedOutcomes = (life: Life): readonly string[] => {
  const said = new Set<string>();
  return expectedReminders(life)
    .flatMap(({ slot, hoursBefore, from, until, standsUntil }): readonly string[] => {
      const name = `${String(slot)} ${String(hoursBefore)}`;
      if (said.has(name)) return [];
      for (const at of looks(life, from, Math.min(until, standsUntil))) {
        if (isAway(life.mailAway, at)) continue;
        said.add(name);
        return [`sent ${name} at ${String(at)}`];
      }
      for (const at of looks(life, until, Math.min(standsUntil, until + 10 * day))) return [`left out ${name} at ${String(at)}`];
      return [];
    })
    .sort();
};
