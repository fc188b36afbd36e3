import { policiesWith, type Policies, type PolicyName, type PolicyValues } from '../../domain/policies';
import { fault, type SettingFault } from './setting-fault';
import { inBoth } from '../phrasing/sentences';

/** What a policy's value may be, and how to say it (after "must be"). */
type Shape<V> = { readonly holds: (value: unknown) => value is V; readonly ro: string; readonly en: string };

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
  return { holds: (value): value is V => withinBounds(value, limits), ...inBoth.config.policyShapes.wholeNumbers({ text }) };
};

const orNull = <V>(shape: Shape<V>): Shape<V | null> => ({
  holds: (value): value is V | null => value === null || shape.holds(value),
  ro: `${shape.ro}, sau null`,
  en: `${shape.en}, or null`,
});

const oneOf = <V extends string>(...values: readonly V[]): Shape<V> => ({
  holds: (value): value is V => values.some((known) => known === value),
  ...inBoth.config.policyShapes.one({ values: values.join(', ') }),
});

const hold: Shape<PolicyValues['verification']> = numbers({
  digits: [4, 9],
  validMinutes: [1, 60],
  triesPerCode: [1, 20],
  codesPerHour: [1, 20],
  holdMinutes: [1, 120],
  holdMinutesWithNewCode: [1, 180],
});

const releaseDelay: Shape<NonNullable<PolicyValues['slot-release-delay']>> = numbers({ minMinutes: [0, 1440], maxMinutes: [0, 1440] });

/** Bounds keep a slip of the finger from closing the counter: a lead time of 4800 hours, a code that nobody can read in time. */
const policyShapes: { readonly [N in PolicyName]: Shape<PolicyValues[N]> } = {
  'clarification-window': oneOf('plain-30-roll', 'civil-code-free-days', 'strict-30'),
  'lead-time': numbers({ hours: [0, 720] }),
  verification: {
    ...hold,
    holds: (value): value is PolicyValues['verification'] => hold.holds(value) && value.holdMinutesWithNewCode >= value.holdMinutes,
  },
  'code-interval': numbers({ seconds: [0, 3600] }),
  'daily-cap': orNull(numbers({ meetings: [1, 96] })),
  'booking-horizon': numbers({ days: [3, 366] }),
  'resolution-deadline': numbers({ targetHours: [1, 720], hardLimitWorkingDays: [1, 60] }),
  'reschedule-limit': numbers({ times: [0, 100] }),
  'absence-wait': numbers({ minutes: [0, 15] }),
  'tickets-per-email': numbers({ active: [1, 100] }),
  'slot-release-delay': orNull({
    ...releaseDelay,
    holds: (value): value is NonNullable<PolicyValues['slot-release-delay']> =>
      releaseDelay.holds(value) && value.minMinutes <= value.maxMinutes,
  }),
  'invitation-lead': numbers({ hours: [0, 168] }),
  'recording-coverage': numbers({ percent: [1, 100] }),
  'recording-deadline': numbers({ hours: [1, 720] }),
  'notice-deadline': numbers({ hours: [1, 720] }),
  'bounce-follow-up': numbers({ workingDays: [1, 60] }),
  'outcome-deadline': numbers({ workingDays: [1, 60] }),
  'lookup-throttle': numbers({ unmatched: [1, 10_000], minutes: [1, 1440] }),
  'code-letters': orNull(numbers({ perEmail: [1, 10_000], perAddress: [1, 100_000], minutes: [1, 1440] })),
  'request-rate': orNull(numbers({ perMinute: [10, 1_000_000] })),
};

const setting = 'TICHET_POLICIES_FILE';

type Changes = { readonly [N in PolicyName]?: { readonly value: PolicyValues[N]; readonly version: number } };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isPolicyName = (name: string): name is PolicyName => Object.hasOwn(policyShapes, name);

const wrongVersion = (name: string): SettingFault =>
  fault(
    setting,
    `„${name}” cere „version”, un număr întreg de la 2 în sus: versiunea 1 este citirea din regulament.`,
    `"${name}" needs "version", a whole number from 2 up: version 1 is the rulebook's own reading.`,
  );

const faultsOfChange = (name: PolicyName, entry: Readonly<Record<string, unknown>>): readonly SettingFault[] => {
  const { holds, ro, en } = policyShapes[name];
  const { value, version, ...others } = entry;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    return [fault(setting, `„${name}” are câmpul necunoscut „${unknown}”.`, `"${name}" has the unknown field "${unknown}".`)];
  }
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 2) return [wrongVersion(name)];
  if (holds(value)) return [];
  return [fault(setting, `Valoarea politicii „${name}” trebuie să fie ${ro}.`, `The value of policy "${name}" must be ${en}.`)];
};

const faultsOfEntry = (name: string, entry: unknown): readonly SettingFault[] => {
  if (!isPolicyName(name)) {
    const names = Object.keys(policyShapes).join(', ');
    return [fault(setting, `Nu există politica „${name}”. Există: ${names}.`, `There is no policy "${name}". There are: ${names}.`)];
  }
  if (isRecord(entry)) return faultsOfChange(name, entry);
  return [fault(setting, `„${name}” trebuie să fie {"value": …, "version": …}.`, `"${name}" must be {"value": …, "version": …}.`)];
};

const faultsOf = (content: unknown): readonly SettingFault[] =>
  isRecord(content)
    ? Object.entries(content).flatMap(([name, entry]) => faultsOfEntry(name, entry))
    : [
        fault(
          setting,
          'Fișierul trebuie să fie un obiect JSON: numele politicii → {"value": …, "version": …}.',
          'The file must be a JSON object: policy name → {"value": …, "version": …}.',
        ),
      ];
const areChanges = (content: unknown): content is Changes => faultsOf(content).length === 0;

/** Policies of an installation, as the JSON file says: policy name → `{"value": …, "version": 2}`. Names that are left out keep version 1. */
export const readPolicies = (text: string): Policies | readonly SettingFault[] => {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return [fault(setting, 'Fișierul nu este JSON corect.', 'The file is not correct JSON.')];
  }
  return areChanges(content) ? policiesWith(content) : faultsOf(content);
};
