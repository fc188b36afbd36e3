import type { Fields, FactShape, Shape, Upcaster } from '@tichet-albastru/kernel/shape';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The way to the first part of a value that is not as its shape says; `undefined` when all of it is. */
type Look = (value: unknown, at: string) => string | undefined;

const when =
  (isSo: (value: unknown) => boolean): Look =>
  (value, at) =>
    isSo(value) ? undefined : at;

/** @param keys whether a sealed text must lie under a key that its shape names, as what is written must */
const lookOf = (shape: Shape, keys: boolean): Look => {
  switch (shape.kind) {
    case 'text':
    case 'instant':
    case 'date':
      return when((value) => typeof value === 'string');
    case 'number':
      return when((value) => typeof value === 'number');
    case 'flag':
      return when((value) => typeof value === 'boolean');
    case 'true':
      return when((value) => value === true);
    case 'json':
      return when((value) => value !== undefined);
    case 'word': {
      const words = new Set<unknown>(shape.words);
      return when((value) => words.has(value));
    }
    case 'personal': {
      const kinds = new Set<string>(shape.keys);
      const isAllowed = (key: string): boolean => !keys || kinds.has(key.split(':', 1)[0] ?? '');
      return when(
        (value) => isObject(value) && typeof value['sealed'] === 'string' && typeof value['key'] === 'string' && isAllowed(value['key']),
      );
    }
    case 'list': {
      const look = lookOf(shape.of, keys);
      return (value, at) => {
        if (!Array.isArray(value)) return at;
        for (const item of value) {
          const fault = look(item, at);
          if (fault !== undefined) return fault;
        }
        return undefined;
      };
    }
    case 'object': {
      const faultIn = lookInto(shape.fields, keys);
      return (value, at) => {
        const fault = isObject(value) ? faultIn(value) : '';
        return fault === undefined ? undefined : fault === '' ? at : `${at}.${fault}`;
      };
    }
    case 'variants': {
      const looks = shape.variants.map((fields) => lookInto(fields, keys));
      return when((value) => isObject(value) && looks.some((look) => look(value) === undefined));
    }
  }
};

type Data = Readonly<Record<string, unknown>>;

const lookInto = (fields: Fields, keys: boolean): ((data: Data) => string | undefined) => {
  const looks = Object.entries(fields).map(([name, shape]) => ({ name, optional: 'optional' in shape, look: lookOf(shape, keys) }));
  return (data) => {
    for (const { name, optional, look } of looks) {
      const value = data[name];
      if (optional && value === undefined) continue;
      const fault = look(value, name);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
};

/** The shape of a fact made ready for a million decodings. */
export type CompiledSchema = {
  readonly version: number;
  readonly upcasters: readonly Upcaster[];
  /** the way to the first field that is missing, of another kind, or says a word that is none of its own */
  faultIn(data: Data): string | undefined;
  /** the same for what is about to be written: its personal text lies under the keys that may destroy it */
  faultInNew(data: Data): string | undefined;
};

export const compileSchema = ({ version, fields, upcasters }: FactShape): CompiledSchema => {
  if (upcasters.length !== version - 1) throw new TypeError('Every older version needs its upcaster.');
  return { version, upcasters, faultIn: lookInto(fields, false), faultInNew: lookInto(fields, true) };
};
