import { json, number, object, text, typed } from './kernel/shape';

/** A30 and the others that a test switches off take `null`. Durations carry their unit in their name. */
export type PolicyValues = {
  /** A5 */
  readonly 'clarification-window': 'plain-30-roll' | 'civil-code-free-days' | 'strict-30';
  /** A5: whether a day that is declared free after the answer moves the end of its 30 days (Codul civil art. 2554) */
  readonly 'days-declared-later': 'as-then' | 'move-the-end';
  /** A7 */
  readonly 'lead-time': {
    readonly hours: number;
    /** left out: elapsed hours. `from-next-midnight`: from 00:00 of the day after (Codul de procedură civilă art. 181). `working-hours`: City Hall's own */
    readonly counted?: 'from-next-midnight' | 'working-hours';
  };
  /** A9 */
  readonly verification: {
    readonly digits: number;
    readonly validMinutes: number;
    readonly triesPerCode: number;
    readonly codesPerHour: number;
    readonly holdMinutes: number;
    readonly holdMinutesWithNewCode: number;
  };
  readonly 'code-interval': { readonly seconds: number };
  /** A15 */
  readonly 'daily-cap': { readonly meetings: number } | null;
  /** Of all people of one department a day: a bound by the tables, which several bookings at the same moment may pass. */
  readonly 'department-daily-cap': { readonly meetings: number } | null;
  /** Minutes between two meetings of one person, for writing the resolution (Art. 7). */
  readonly 'meeting-gap': { readonly minutes: number };
  /** A16 */
  readonly 'booking-horizon': { readonly days: number };
  /** A15: how long after the hour a meeting may begin, and what length is odd enough to be told */
  readonly 'slot-tolerance': { readonly startMinutes: number; readonly shortestMinutes: number; readonly longestMinutes: number };
  /** A3: how long before the meeting a file must have moved for its new holder to hold the meeting */
  readonly 'handover-notice': { readonly workingDays: number };
  /** A17 */
  readonly 'resolution-deadline': { readonly targetHours: number; readonly hardLimitWorkingDays: number };
  /** A19 */
  readonly 'reschedule-limit': { readonly times: number };
  /** A22 */
  readonly 'absence-wait': { readonly minutes: number };
  /** A24 */
  readonly 'tickets-per-email': { readonly active: number };
  /** A30 */
  readonly 'slot-release-delay': { readonly minMinutes: number; readonly maxMinutes: number } | null;
  /** Art. 7: for how long a register may lag behind before a number that it does not show is taken for wrong */
  readonly 'filing-confirmation': { readonly hours: number };
  /** Art. 8: until how long before its hour a meeting that was offered to another official can be accepted */
  readonly 'offer-validity': { readonly hoursBefore: number };
  readonly 'invitation-lead': { readonly hours: number };
  /** Art. 5: how much of the person's working time a link that is made by hand is given; `null`: an online meeting waits for none */
  readonly 'link-by-hand': { readonly workingHours: number } | null;
  /**
   * A citizen with an e-mail address is reminded of the meeting so many hours before the start, and never in the night between these two
   * times of day (`HH:mm` in Romania; twice the same time: there is no night). `null`: no reminders. `textMessages`: a citizen with a
   * mobile number and no e-mail address is reminded too, where text messages are sent.
   */
  readonly reminders: {
    readonly hoursBefore: readonly number[];
    readonly nightFrom: string;
    readonly nightUntil: string;
    readonly textMessages?: true;
  } | null;
  readonly 'recording-coverage': { readonly percent: number };
  readonly 'recording-deadline': { readonly hours: number };
  /** A13: for how long after the meeting its recording is kept, as the notice says; `null`: no time was set, and none is deleted lawfully */
  readonly 'recording-period': { readonly days: number } | null;
  readonly 'notice-deadline': { readonly hours: number };
  readonly 'bounce-follow-up': { readonly workingDays: number };
  readonly 'outcome-deadline': { readonly workingDays: number };
  readonly 'lookup-throttle': { readonly unmatched: number; readonly minutes: number };
  readonly 'code-letters': { readonly perEmail: number; readonly perAddress: number; readonly minutes: number } | null;
  /**
   * Of one ticket, when it is opened in other browsers: letters to browsers that give only its reference, and guesses while it lives.
   * Beyond either, a caller who names the request still gets a code, in so many letters more.
   */
  readonly openings: { readonly letters: number; readonly minutes: number; readonly guesses: number };
  /** of one token's holder */
  readonly 'request-rate': { readonly perMinute: number } | null;
};
export type PolicyName = keyof PolicyValues;

/** A reading of the rulebook in force: its version rises whenever its value does. */
export type Policy<N extends PolicyName = PolicyName> = { readonly name: N; readonly version: number; readonly value: PolicyValues[N] };
export type Policies = { readonly [N in PolicyName]: Policy<N> };

/** What a fact keeps of the policy that it used. */
export type PolicyStamp = { readonly [N in PolicyName]: Policy<N> }[PolicyName];
export const policyStamp = typed<PolicyStamp>(
  object({ name: text, version: number, value: json('The value of the policy, as docs/procedure.md lists it.') }),
);

const initialValues: PolicyValues = {
  'clarification-window': 'plain-30-roll',
  'days-declared-later': 'as-then',
  'lead-time': { hours: 48 },
  verification: { digits: 6, validMinutes: 10, triesPerCode: 5, codesPerHour: 3, holdMinutes: 15, holdMinutesWithNewCode: 25 },
  'code-interval': { seconds: 60 },
  'daily-cap': null,
  'department-daily-cap': null,
  'meeting-gap': { minutes: 0 },
  'booking-horizon': { days: 60 },
  'slot-tolerance': { startMinutes: 30, shortestMinutes: 2, longestMinutes: 60 },
  'handover-notice': { workingDays: 1 },
  'resolution-deadline': { targetHours: 2, hardLimitWorkingDays: 1 },
  'reschedule-limit': { times: 2 },
  'absence-wait': { minutes: 10 },
  'tickets-per-email': { active: 3 },
  'slot-release-delay': { minMinutes: 1, maxMinutes: 30 },
  'filing-confirmation': { hours: 24 },
  'offer-validity': { hoursBefore: 24 },
  'invitation-lead': { hours: 1 },
  'link-by-hand': { workingHours: 4 },
  reminders: { hoursBefore: [24, 2], nightFrom: '21:00', nightUntil: '07:00' },
  'recording-coverage': { percent: 80 },
  'recording-deadline': { hours: 48 },
  'recording-period': null,
  'notice-deadline': { hours: 24 },
  'bounce-follow-up': { workingDays: 2 },
  'outcome-deadline': { workingDays: 2 },
  'lookup-throttle': { unmatched: 10, minutes: 10 },
  // Many households share one address behind a provider: the bound of an address is the wider one.
  'code-letters': { perEmail: 10, perAddress: 100, minutes: 60 },
  // More than a citizen needs who opens a ticket at home and at work, and fewer than an address gets.
  openings: { letters: 6, minutes: 60, guesses: 50 },
  // Above what a page or a register that pushes its cases needs, below what hinders others.
  'request-rate': { perMinute: 3000 },
};

const policy = <N extends PolicyName>(name: N, value: PolicyValues[N], version: number): Policy<N> => ({ name, version, value });

/** The policies in force: version 1 is the rulebook's reading; a city hall that changes a value gives it its own version (2 and up). */
export const policiesWith = (
  changes: { readonly [N in PolicyName]?: { readonly value: PolicyValues[N]; readonly version: number } } = {},
): Policies => {
  const of = <N extends PolicyName>(name: N): Policy<N> => {
    const change = changes[name];
    return change ? policy(name, change.value, change.version) : policy(name, initialValues[name], 1);
  };
  return {
    'clarification-window': of('clarification-window'),
    'days-declared-later': of('days-declared-later'),
    'lead-time': of('lead-time'),
    verification: of('verification'),
    'code-interval': of('code-interval'),
    'daily-cap': of('daily-cap'),
    'department-daily-cap': of('department-daily-cap'),
    'meeting-gap': of('meeting-gap'),
    'booking-horizon': of('booking-horizon'),
    'slot-tolerance': of('slot-tolerance'),
    'handover-notice': of('handover-notice'),
    'resolution-deadline': of('resolution-deadline'),
    'reschedule-limit': of('reschedule-limit'),
    'absence-wait': of('absence-wait'),
    'tickets-per-email': of('tickets-per-email'),
    'slot-release-delay': of('slot-release-delay'),
    'filing-confirmation': of('filing-confirmation'),
    'offer-validity': of('offer-validity'),
    'invitation-lead': of('invitation-lead'),
    'link-by-hand': of('link-by-hand'),
    reminders: of('reminders'),
    'recording-coverage': of('recording-coverage'),
    'recording-deadline': of('recording-deadline'),
    'recording-period': of('recording-period'),
    'notice-deadline': of('notice-deadline'),
    'bounce-follow-up': of('bounce-follow-up'),
    'outcome-deadline': of('outcome-deadline'),
    'lookup-throttle': of('lookup-throttle'),
    'code-letters': of('code-letters'),
    openings: of('openings'),
    'request-rate': of('request-rate'),
  };
};
