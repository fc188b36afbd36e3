export type Next = (below: number) => number;
type Json = unknown;
type Path = readonly (string | number)[];

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isFields = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const pathsIn = (value: Json, wanted: (value: Json) => boolean, path: Path = []): readonly Path[] => [
  ...(wanted(value) ? [path] : []),
  ...(isList(value) ? value.flatMap((one, at) => pathsIn(one, wanted, [...path, at])) : []),
  ...(isFields(value) ? Object.entries(value).flatMap(([name, one]) => pathsIn(one, wanted, [...path, name])) : []),
];

const changedAt = (value: Json, [step, ...rest]: Path, change: (value: Json) => Json): Json => {
  if (step === undefined) return change(value);
  if (isList(value)) return value.map((one, at) => (at === step ? changedAt(one, rest, change) : one));
  if (isFields(value))
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, name === step ? changedAt(one, rest, change) : one]));
  return value;
};

const somewhere = (value: Json, wanted: (value: Json) => boolean, next: Next, change: (value: Json) => Json): Json => {
  const paths = pathsIn(value, wanted);
  const path = paths[next(Math.max(1, paths.length))];
  return path === undefined ? value : changedAt(value, path, change);
};

const isPlain = (value: Json): boolean => typeof value !== 'object' || value === null;
const hasOne = (value: Json): boolean => isList(value) && value.length > 0;
const hasTwo = (value: Json): boolean => isList(value) && value.length > 1;

const otherPlain =
  (next: Next) =>
  (value: Json): Json => {
    if (typeof value === 'number') return value + 1 + next(3);
    if (typeof value === 'boolean') return !value;
    if (typeof value !== 'string') return 'null';
    const at = next(Math.max(1, value.length));
    const digit = /\d/.test(value[at] ?? '');
    return `${value.slice(0, at)}${digit ? (Number(value[at]) + 1 + next(8)) % 10 : value[at] === 'x' ? 'y' : 'x'}${value.slice(at + 1)}`;
  };

const lists =
  (next: Next, change: (list: readonly Json[], at: number) => readonly Json[]) =>
  (value: Json): Json =>
    isList(value) ? change(value, next(value.length)) : value;

type Meaning = (value: Json, next: Next) => Json;
/** What a file may be made to say instead, wherever in it. */
const meanings: Readonly<Record<string, Meaning>> = {
  'another value': (value, next) => somewhere(value, isPlain, next, otherPlain(next)),
  'something left out': (value, next) =>
    somewhere(
      value,
      hasOne,
      next,
      lists(next, (list, at) => list.toSpliced(at, 1)),
    ),
  'something twice': (value, next) =>
    somewhere(
      value,
      hasOne,
      next,
      lists(next, (list, at) => list.toSpliced(at, 0, list[at] ?? null)),
    ),
  'another order': (value, next) =>
    somewhere(value, hasTwo, next, (list) => (isList(list) ? [...list.slice(1), ...list.slice(0, 1)] : list)),
  'the end cut off': (value, next) =>
    somewhere(
      value,
      hasOne,
      next,
      lists(next, (list, at) => list.slice(0, at)),
    ),
  'a name left out': (value, next) =>
    somewhere(
      value,
      (one) => isFields(one) && Object.keys(one).length > 0,
      next,
      (one) => {
        const entries = Object.entries(isFields(one) ? one : {});
        return Object.fromEntries(entries.toSpliced(next(entries.length), 1));
      },
    ),
};

const changedEvents = (value: Json): Json => changedAt(value, ['events'], (events) => (isList(events) ? events.slice(0, -1) : events));

const taken =
  (name: string): ((value: Json, _: Next, other: Json) => Json) =>
  (value, _, other) =>
    isFields(value) && isFields(other) ? { ...value, [name]: other[name] ?? null } : value;

/** What somebody makes of one proof, with another one of the same service in hand. */
const ofAProof: Readonly<Record<string, (value: Json, next: Next, other: Json) => Json>> = {
  ...meanings,
  'the last events cut off': changedEvents,
  'the evidence of another': taken('evidence'),
  'the manifest of another': taken('manifest'),
  'the events of another': taken('events'),
  'the checkpoint of another': (value, next, other) => taken('notYetSealed')(taken('checkpoint')(value, next, other), next, other),
};

/** @param other another proof; what cannot be told from the first is made anew */
export const proofMeantOtherwise = (
  text: string,
  other: string,
  nth: number,
  next: Next,
): { readonly kind: string; readonly text: string } => {
  const [value, beside] = [JSON.parse(text) as Json, JSON.parse(other) as Json];
  const kinds = Object.entries(ofAProof);
  for (let at = nth; ; at += 1) {
    const [kind = '', change] = kinds[at % kinds.length] ?? [];
    const changed = JSON.stringify(change?.(value, next, beside) ?? value);
    if (changed !== JSON.stringify(value)) return { kind, text: changed };
  }
};

/** Of an export's lines, in the order of the file. */
const ofAnExport: Readonly<Record<string, (lines: readonly string[], next: Next) => readonly string[]>> = {
  ...Object.fromEntries(
    Object.entries(meanings).map(([kind, change]) => [
      kind,
      (lines: readonly string[], next: Next) => {
        const at = next(lines.length);
        return lines.with(at, JSON.stringify(change(JSON.parse(lines[at] ?? '') as Json, next)));
      },
    ]),
  ),
  'a line left out': (lines, next) => lines.toSpliced(next(lines.length), 1),
  'a line twice': (lines, next) => {
    const at = next(lines.length);
    return lines.toSpliced(at, 0, lines[at] ?? '');
  },
  'two lines in the other order': (lines, next) => {
    const at = next(lines.length - 1);
    return [...lines.slice(0, at), lines[at + 1] ?? '', lines[at] ?? '', ...lines.slice(at + 2)];
  },
  'the last lines cut off': (lines, next) => lines.slice(0, 1 + next(lines.length - 1)),
};

/** @param summed what whoever has no key writes anew where a line was changed */
export const exportMeantOtherwise = (
  lines: readonly string[],
  summed: (lines: readonly string[]) => readonly string[],
  nth: number,
  next: Next,
): { readonly kind: string; readonly lines: readonly string[] } => {
  const kinds = Object.entries(ofAnExport);
  for (let at = nth; ; at += 1) {
    const [kind = '', change] = kinds[at % kinds.length] ?? [];
    const changed = change?.(lines, next) ?? lines;
    const made = next(2) === 0 ? changed : summed(changed);
    // what was changed in the sum alone is as it was once it is made anew
    if (made.join('\n') !== lines.join('\n')) return { kind, lines: made };
  }
};
