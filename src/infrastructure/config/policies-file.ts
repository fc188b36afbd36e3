import { type OtherReading, readPolicies, type ReadPolicy } from '../../domain/audit/other-reading';
import { policiesWith, type Policies, type PolicyName, type PolicyValues } from '../../domain/policies';
import { inBoth, type Sentence } from '../phrasing/sentences';
import { isJsonObject, type JsonObject, parsedJson } from '@tichet-albastru/kernel/json.codec';
import { json } from './forms';

const said = inBoth.config.policies;

/** What a policy's value may be, and how to say it (after "must be"). */
type Shape<V> = { readonly holds: (value: unknown) => value is V; readonly shape: Sentence };

type Bounds = Readonly<Record<string, readonly [from: number, to: number]>>;

const withinBounds = (value: unknown, bounds: Bounds): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length === Object.keys(bounds).length &&
  Object.entries(bounds).every(([field, [from, to]]) => {
    const number: unknown = Object.hasOwn(value, field) ? Object.entries(value).find(([name]) => name === field)?.[1] : undefined;
    return typeof number === 'number' && Number.isInteger(number) && number >= from && number <= to;
  });

const described = (bounds: Bounds): string =>
  `{${Object.entries(bounds)
    .map(([field, [from, to]]) => `"${field}": ${from}–${to}`)
    .join(', ')}}`;

/** An object of whole numbers, each within its bounds, both ends included. */
const numbers = <V extends { readonly [F in keyof V]: number }>(bounds: {
  readonly [F in keyof V]: readonly [number, number];
}): Shape<V> => {
  const limits: Bounds = bounds;
  const text = described(limits);
  return { holds: (value): value is V => withinBounds(value, limits), shape: inBoth.config.policyShapes.wholeNumbers({ text }) };
};

const orNull = <V>({ holds, shape }: Shape<V>): Shape<V | null> => ({
  holds: (value): value is V | null => value === null || holds(value),
  shape: inBoth.config.policyShapes.orNull({ shape }),
});

const oneOf = <V extends string>(...values: readonly V[]): Shape<V> => ({
  holds: (value): value is V => values.some((known) => known === value),
  shape: inBoth.config.policyShapes.one({ values: values.join(', ') }),
});

const hold: Shape<PolicyValues['verification']> = numbers({
  digits: [4, 9],
  validMinutes: [1, 60],
  triesPerCode: [1, 20],
  codesPerHour: [1, 20],
  holdMinutes: [1, 120],
  holdMinutesWithNewCode: [1, 180],
});

const leadHours = numbers<{ readonly hours: number }>({ hours: [0, 720] });
const isCounted = (value: unknown): boolean => value === 'from-next-midnight' || value === 'working-hours';

/** The hours alone, or with how they are counted. */
const leadTime: Shape<PolicyValues['lead-time']> = {
  holds: (value): value is PolicyValues['lead-time'] => {
    if (!isJsonObject(value)) return false;
    const { counted, ...hours } = value;
    return leadHours.holds(hours) && (counted === undefined || isCounted(counted));
  },
  shape: inBoth.config.policyShapes.leadTime({ hours: leadHours.shape }),
};

const releaseDelay: Shape<NonNullable<PolicyValues['slot-release-delay']>> = numbers({ minMinutes: [0, 1440], maxMinutes: [0, 1440] });

const timeOfDay = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
/** A day is left, whatever the night is: what falls into the night goes out before it. */
const longestNightMinutes = 16 * 60;
const isNight = (from: unknown, until: unknown): boolean => {
  if (typeof from !== 'string' || typeof until !== 'string' || !timeOfDay.test(from) || !timeOfDay.test(until)) return false;
  return (minutesOf(until) - minutesOf(from) + 24 * 60) % (24 * 60) <= longestNightMinutes;
};
const areHoursBefore = (hours: unknown): boolean =>
  Array.isArray(hours) &&
  hours.length > 0 &&
  hours.length <= 5 &&
  new Set(hours).size === hours.length &&
  hours.every((one: unknown) => typeof one === 'number' && Number.isInteger(one) && one >= 1 && one <= 168);

const reminders: Shape<NonNullable<PolicyValues['reminders']>> = {
  holds: (value): value is NonNullable<PolicyValues['reminders']> =>
    isJsonObject(value) &&
    Object.keys(value).length === (value['textMessages'] === undefined ? 3 : 4) &&
    (value['textMessages'] === undefined || value['textMessages'] === true) &&
    areHoursBefore(value['hoursBefore']) &&
    isNight(value['nightFrom'], value['nightUntil']),
  shape: inBoth.config.policyShapes.reminders({ text: '{"hoursBefore": [1–168, …], "nightFrom": "HH:mm", "nightUntil": "HH:mm"}' }),
};

/** Bounds keep a slip of the finger from closing the counter: a lead time of 4800 hours, a code that nobody can read in time. */
const policyShapes: { readonly [N in PolicyName]: Shape<PolicyValues[N]> } = {
  'clarification-window': oneOf('plain-30-roll', 'civil-code-free-days', 'strict-30'),
  'days-declared-later': oneOf('as-then', 'move-the-end'),
  'lead-time': leadTime,
  verification: {
    ...hold,
    holds: (value): value is PolicyValues['verification'] => hold.holds(value) && value.holdMinutesWithNewCode >= value.holdMinutes,
  },
  'code-interval': numbers({ seconds: [0, 3600] }),
  'daily-cap': orNull(numbers({ meetings: [1, 96] })),
  'department-daily-cap': orNull(numbers({ meetings: [1, 10_000] })),
  'meeting-gap': numbers({ minutes: [0, 240] }),
  'booking-horizon': numbers({ days: [3, 366] }),
  'slot-tolerance': numbers({ startMinutes: [0, 240], shortestMinutes: [0, 15], longestMinutes: [15, 1440] }),
  'handover-notice': numbers({ workingDays: [0, 30] }),
  'resolution-deadline': numbers({ targetHours: [1, 720], hardLimitWorkingDays: [1, 60] }),
  'reschedule-limit': numbers({ times: [0, 100] }),
  'absence-wait': numbers({ minutes: [0, 15] }),
  'tickets-per-email': numbers({ active: [1, 100] }),
  'slot-release-delay': orNull({
    ...releaseDelay,
    holds: (value): value is NonNullable<PolicyValues['slot-release-delay']> =>
      releaseDelay.holds(value) && value.minMinutes <= value.maxMinutes,
  }),
  'filing-confirmation': numbers({ hours: [1, 240] }),
  'offer-validity': numbers({ hoursBefore: [1, 168] }),
  'invitation-lead': numbers({ hours: [0, 168] }),
  'link-by-hand': orNull(numbers({ workingHours: [1, 80] })),
  reminders: orNull(reminders),
  'recording-coverage': numbers({ percent: [1, 100] }),
  'recording-deadline': numbers({ hours: [1, 720] }),
  'recording-period': orNull(numbers({ days: [1, 36_500] })),
  'notice-deadline': numbers({ hours: [1, 720] }),
  'bounce-follow-up': numbers({ workingDays: [1, 60] }),
  'outcome-deadline': numbers({ workingDays: [1, 60] }),
  'lookup-throttle': numbers({ unmatched: [1, 10_000], minutes: [1, 1440] }),
  'code-letters': orNull(numbers({ perEmail: [1, 10_000], perAddress: [1, 100_000], minutes: [1, 1440] })),
  openings: numbers({ letters: [1, 10_000], minutes: [1, 1440], guesses: [5, 100_000] }),
  'request-rate': orNull(numbers({ perMinute: [10, 1_000_000] })),
};

type Changes = { readonly [N in PolicyName]?: { readonly value: PolicyValues[N]; readonly version: number } };

const isPolicyName = (name: string): name is PolicyName => Object.hasOwn(policyShapes, name);
/** As an entry of the file is written. */
const entryForm = '{"value": …, "version": …}';

const faultOfChange = (name: PolicyName, { value, version, ...others }: JsonObject): Sentence | undefined => {
  const { holds, shape } = policyShapes[name];
  const [field] = Object.keys(others);
  if (field !== undefined) return said.field({ name, field });
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 2) return said.version({ name });
  return holds(value) ? undefined : said.value({ name, shape });
};

const faultOfEntry = (name: string, entry: unknown): Sentence | undefined => {
  if (!isPolicyName(name)) return said.unknown({ name, names: Object.keys(policyShapes).join(', ') });
  return isJsonObject(entry) ? faultOfChange(name, entry) : said.notEntry({ name, entry: entryForm });
};

const faultsOf = (content: unknown): readonly Sentence[] =>
  isJsonObject(content)
    ? Object.entries(content).flatMap(([name, entry]) => faultOfEntry(name, entry) ?? [])
    : [said.notObject({ entry: entryForm })];
const areChanges = (content: unknown): content is Changes => faultsOf(content).length === 0;

/** Policies of an installation, as the JSON file says: policy name → `{"value": …, "version": 2}`. Names that are left out keep version 1. */
export const policies = json((content, { wrong }): Policies | null => {
  if (areChanges(content)) return policiesWith(content);
  faultsOf(content).forEach(wrong);
  return null;
});

const isReadPolicy = (name: string): name is ReadPolicy => readPolicies.some((known) => known === name);

/** As it is written on a command line: JSON, a word, or the one number of a policy that has one. */
const valueIn = (name: ReadPolicy, text: string): unknown => {
  const value = parsedJson(text) ?? text;
  const now = policiesWith()[name].value;
  const [field, ...others] = typeof now === 'object' ? Object.keys(now) : [];
  return typeof value === 'number' && field !== undefined && others.length === 0 ? { [field]: value } : value;
};

/** One of these policies, alone. */
const readingIn = (read: Policies, name: ReadPolicy): OtherReading => {
  const alone: Readonly<Record<ReadPolicy, OtherReading>> = {
    'clarification-window': { 'clarification-window': read['clarification-window'] },
    'days-declared-later': { 'days-declared-later': read['days-declared-later'] },
    'lead-time': { 'lead-time': read['lead-time'] },
    'booking-horizon': { 'booking-horizon': read['booking-horizon'] },
    verification: { verification: read.verification },
    'code-interval': { 'code-interval': read['code-interval'] },
    'handover-notice': { 'handover-notice': read['handover-notice'] },
    'slot-tolerance': { 'slot-tolerance': read['slot-tolerance'] },
    'reschedule-limit': { 'reschedule-limit': read['reschedule-limit'] },
    'invitation-lead': { 'invitation-lead': read['invitation-lead'] },
    'recording-coverage': { 'recording-coverage': read['recording-coverage'] },
  };
  return alone[name];
};

/** Another reading of one policy, for whoever asks what would be under it. */
export const otherReadingOf = (name: string, text: string): OtherReading | { readonly fault: Sentence } => {
  if (!isReadPolicy(name)) return { fault: said.unknown({ name, names: readPolicies.join(', ') }) };
  const content: unknown = { [name]: { value: valueIn(name, text), version: 2 } };
  if (!areChanges(content)) return { fault: faultsOf(content)[0] ?? said.value({ name, shape: policyShapes[name].shape }) };
  return readingIn(policiesWith(content), name);
};

/**
 * The policies of an installation, as its file has them (`TICHET_POLICIES_FILE`): all that a judgement asks for, those that the file leaves out
 * in their version 1, as the service takes them; and the names of those in the file that it does not ask for.
 */
export const readingOfFile = (
  text: string,
): { readonly reading: OtherReading; readonly others: readonly string[] } | { readonly fault: Sentence } => {
  const content = parsedJson(text);
  if (!areChanges(content)) return { fault: faultsOf(content)[0] ?? said.notObject({ entry: entryForm }) };
  const read = policiesWith(content);
  const reading = readPolicies.reduce<OtherReading>((all, name) => ({ ...all, ...readingIn(read, name) }), {});
  return { reading, others: Object.keys(content).filter((name) => isPolicyName(name) && !isReadPolicy(name)) };
};
