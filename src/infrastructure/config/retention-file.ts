import {
  type ChosenClass,
  defaultRetention,
  type Period,
  periodOf,
  retentionClasses,
  type RetentionPeriods,
} from '../../domain/retention/retention';
import { isBlank } from '../../domain/kernel/blank';
import { inBoth } from '../phrasing/sentences';
import { isJsonObject } from '@tichet-albastru/kernel/json.codec';
import { json } from './forms';
import type { Place } from './setting';

const said = inBoth.config.retention;

const chosen = retentionClasses.filter((name) => name !== 'archive');
const isChosen = (name: string): name is ChosenClass => chosen.some((known) => known === name);

/** Hours are for what a service needs to run, not for people: a day is the least that anybody can look into. */
const inHours: readonly ChosenClass[] = ['operational', 'refused-attempts'];
/** Without an end a disk fills, and a key that is remembered for ever refuses a command that nobody remembers. */
const neverForEver: readonly ChosenClass[] = ['operational'];

/** A kept answer may hold the link of a meeting, under a key that no erasure destroys: it is gone within a month, whatever is set. */
const longestOperationalDays = 31;
const daysOf = ({ years, months, weeks, days, hours }: Period): number => years * 366 + months * 31 + weeks * 7 + days + hours / 24;

/** A document of the archive is kept for ever; whatever else is, is kept because somebody wrote down why. */
const withoutReason: readonly ChosenClass[] = ['conclusions'];
const reasonOf = (value: unknown): string | undefined => {
  const reason = isJsonObject(value) && Object.keys(value).length === 1 ? value['never'] : undefined;
  return typeof reason === 'string' && !isBlank(reason) ? reason : undefined;
};
const isNever = (value: unknown): boolean => value === null || (isJsonObject(value) && Object.hasOwn(value, 'never'));

const read = (name: ChosenClass, value: unknown, { wrong }: Place): Period | null => {
  if (isNever(value)) {
    if (neverForEver.includes(name)) return wrong(said.forEver({ name }));
    const explained = reasonOf(value) !== undefined || (value === null && withoutReason.includes(name));
    return explained ? null : wrong(said.reason({ name }));
  }
  const period = typeof value === 'string' ? periodOf(value) : undefined;
  if (period === undefined) return wrong(said.period({ name }));
  if (period.hours > 0 && !inHours.includes(name)) return wrong(said.hours({ name }));
  if (name === 'operational' && daysOf(period) > longestOperationalDays) return wrong(said.longest({ name, days: longestOperationalDays }));
  return period;
};

/** Why some are kept for ever. */
export type RetentionReasons = Readonly<Partial<Record<ChosenClass, string>>>;

/** The periods of an installation: class → ISO 8601 period, or never and why. Classes that are left out keep their default. */
export const retention = json((content, place): { readonly periods: RetentionPeriods; readonly reasons: RetentionReasons } | null => {
  if (!isJsonObject(content)) return place.wrong(said.notObject);
  const periods: Record<ChosenClass, Period | null> = { ...defaultRetention };
  const reasons: Partial<Record<ChosenClass, string>> = {};
  for (const [name, value] of Object.entries(content)) {
    if (name === 'archive') place.wrong(said.archive);
    else if (!isChosen(name)) place.wrong(said.unknown({ name, names: chosen.join(', ') }));
    else {
      periods[name] = read(name, value, place);
      const reason = reasonOf(value);
      if (reason !== undefined) reasons[name] = reason;
    }
  }
  return { periods, reasons };
});
