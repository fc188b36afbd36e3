import {
  type ChosenClass,
  defaultRetention,
  type Period,
  periodOf,
  retentionClasses,
  type RetentionPeriods,
} from '../../domain/retention/retention';
import { fault, type SettingFault } from './setting-fault';
import type { Environment } from './single-settings';
import { textInFile, type ReadFile } from './text-file';

const setting = 'TICHET_RETENTION_FILE';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const chosen = retentionClasses.filter((name) => name !== 'archive');
const isChosen = (name: string): name is ChosenClass => chosen.some((known) => known === name);

/** Hours are for what a service needs to run, not for people: a day is the least that anybody can look into. */
const inHours: readonly ChosenClass[] = ['operational', 'refused-attempts'];
/** Without an end a disk fills, and a key that is remembered for ever refuses a command that nobody remembers. */
const neverForEver: readonly ChosenClass[] = ['operational'];

/** A kept answer may hold the link of a meeting, under a key that no erasure destroys: it is gone within a month, whatever is set. */
const longestOperationalDays = 31;
const daysOf = ({ years, months, weeks, days, hours }: Period): number => years * 366 + months * 31 + weeks * 7 + days + hours / 24;

type Entry = { readonly name: ChosenClass; readonly period: Period | null };

const faultyPeriod = (name: string): SettingFault =>
  fault(
    setting,
    `Perioada clasei „${name}” trebuie să fie o perioadă ISO 8601, de exemplu "P5Y", "P18M", "P90D", sau null.`,
    `The period of class "${name}" must be an ISO 8601 period, for example "P5Y", "P18M", "P90D", or null.`,
  );

const entryOf = (name: string, value: unknown): Entry | SettingFault => {
  if (name === 'archive')
    return fault(
      setting,
      'Clasa „archive” nu are perioadă: faptele, verdictele și sigiliile sunt documente de arhivă, iar acest program nu le șterge niciodată.',
      'The class "archive" has no period: facts, verdicts and seals are archive documents, and this software never deletes them.',
    );
  if (!isChosen(name))
    return fault(
      setting,
      `Nu există clasa „${name}”. Există: ${chosen.join(', ')}.`,
      `There is no class "${name}". There are: ${chosen.join(', ')}.`,
    );
  if (value === null && !neverForEver.includes(name)) return { name, period: null };
  if (value === null)
    return fault(
      setting,
      `Clasa „${name}” trebuie să aibă o perioadă: fără ea discul s-ar umple.`,
      `The class "${name}" must have a period: without it the disk would fill.`,
    );
  const period = typeof value === 'string' ? periodOf(value) : undefined;
  if (period === undefined) return faultyPeriod(name);
  if (period.hours > 0 && !inHours.includes(name))
    return fault(
      setting,
      `Clasa „${name}” se numără în zile, luni sau ani, nu în ore.`,
      `The class "${name}" is counted in days, months or years, not in hours.`,
    );
  if (name === 'operational' && daysOf(period) > longestOperationalDays)
    return fault(
      setting,
      `Clasa „${name}” are cel mult ${longestOperationalDays} de zile: răspunsurile păstrate pot conține linkul unei întâlniri, iar ștergerea unei persoane nu ajunge la ele.`,
      `The class "${name}" has ${longestOperationalDays} days at most: kept answers may hold the link of a meeting, and the erasure of a person does not reach them.`,
    );
  return { name, period };
};

const isFault = (entry: Entry | SettingFault): entry is SettingFault => 'setting' in entry;

/** The periods of an installation: class → ISO 8601 period or null. Classes that are left out keep their default. */
export const readRetention = (text: string): RetentionPeriods | readonly SettingFault[] => {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return [fault(setting, 'Fișierul nu este JSON corect.', 'The file is not correct JSON.')];
  }
  if (!isRecord(content))
    return [
      fault(
        setting,
        'Fișierul trebuie să fie un obiect JSON: clasa → perioada sau null.',
        'The file must be a JSON object: class → period or null.',
      ),
    ];
  const entries = Object.entries(content).map(([name, value]) => entryOf(name, value));
  const faults = entries.filter(isFault);
  if (faults.length > 0) return faults;
  const periods: Record<ChosenClass, Period | null> = { ...defaultRetention };
  for (const entry of entries) if (!isFault(entry)) periods[entry.name] = entry.period;
  return periods;
};

const isFaulty = (read: RetentionPeriods | readonly SettingFault[]): read is readonly SettingFault[] => Array.isArray(read);

/** Without the setting nothing personal is erased by itself. */
export const retentionSettings = (
  environment: Environment,
  readFile: ReadFile,
  faults: SettingFault[],
): { readonly retention: RetentionPeriods } => {
  const text = textInFile(environment, setting, readFile, faults);
  const read = text === undefined ? defaultRetention : readRetention(text);
  if (!isFaulty(read)) return { retention: read };
  faults.push(...read);
  return { retention: defaultRetention };
};
