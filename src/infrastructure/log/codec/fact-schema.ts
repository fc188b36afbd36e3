import type { Fact } from '../../../domain/kernel/fact';
import type { PersonalText } from '../../../domain/kernel/personal-text';
import type { RequestIdentity } from '../../../domain/request/facts';
import type { Slot } from '../../../domain/time/slot';

type KindOf<V> = [V] extends [string]
  ? 'text'
  : [V] extends [number]
    ? 'number'
    : [V] extends [boolean]
      ? 'flag'
      : [V] extends [PersonalText]
        ? 'personal'
        : [V] extends [Slot]
          ? 'slot'
          : [V] extends [readonly unknown[]]
            ? 'list'
            : [V] extends [RequestIdentity]
              ? 'request'
              : 'object' | 'text';

/** The fields of a fact's data and their kinds; `?` marks one that may be missing. The compiler holds it to the fact's type. */
export type FieldsOf<D> = {
  readonly [K in keyof D]-?: undefined extends D[K] ? `${KindOf<Exclude<D[K], undefined>>}?` : KindOf<D[K]>;
};

/** From the data of the version before to the next one. Sealed values are moved, never touched. */
export type Upcaster = (data: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

type IsWord<V> = [V] extends [string] ? (string extends V ? false : true) : false;
/** The fields that say one word out of a few, each with all of its words: the compiler misses none and allows no other. */
export type WordsOf<D> = {
  readonly [K in keyof D as IsWord<Exclude<D[K], undefined>> extends true ? K : never]-?: Readonly<
    Record<Extract<Exclude<D[K], undefined>, string>, true>
  >;
};

export type FactSchema<D = unknown> = {
  /** schema version that is written today */
  readonly version: number;
  readonly fields: FieldsOf<D>;
  /** `upcasters[0]` makes version 2 of version 1, and so on: one fewer than `version` */
  readonly upcasters?: readonly Upcaster[];
} & (keyof WordsOf<D> extends never ? { readonly words?: undefined } : { readonly words: WordsOf<D> });
export type SchemasOf<F extends Fact> = { readonly [T in F['type']]: FactSchema<Extract<F, { type: T }>['data']> };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

const isOfKind = (kind: string, value: unknown): boolean => {
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'flag':
      return typeof value === 'boolean';
    case 'personal':
      return isObject(value) && typeof value['sealed'] === 'string' && typeof value['key'] === 'string';
    case 'slot':
      return isObject(value) && typeof value['startsAt'] === 'string' && typeof value['endsAt'] === 'string';
    case 'request':
      return isObject(value) && typeof value['number'] === 'string' && typeof value['filedOn'] === 'string';
    case 'list':
      return Array.isArray(value);
    default:
      return isObject(value) && !Array.isArray(value);
  }
};

/** A schema made ready for a million decodings. */
export type CompiledSchema = {
  readonly version: number;
  readonly upcasters: readonly Upcaster[];
  /** name of the first field that is missing, of another kind, or says a word that is none of its own */
  faultIn(data: Readonly<Record<string, unknown>>): string | undefined;
};

export const compileSchema = (schema: {
  readonly version: number;
  readonly fields: object;
  readonly words?: object | undefined;
  readonly upcasters?: readonly Upcaster[];
}): CompiledSchema => {
  const words = new Map(Object.entries(schema.words ?? {}).map(([name, known]: [string, object]) => [name, new Set(Object.keys(known))]));
  const fields = Object.entries(schema.fields).map(([name, kind]) => {
    const text = String(kind);
    return { name, optional: text.endsWith('?'), kind: text.replace('?', ''), words: words.get(name) };
  });
  const upcasters = schema.upcasters ?? [];
  if (upcasters.length !== schema.version - 1) throw new TypeError('Every older version needs its upcaster.');
  return {
    version: schema.version,
    upcasters,
    faultIn: (data) => {
      for (const { name, optional, kind, words: known } of fields) {
        const value = data[name];
        if (value === undefined ? !optional : !isOfKind(kind, value)) return name;
        if (known !== undefined && value !== undefined && (typeof value !== 'string' || !known.has(value))) return name;
      }
      return undefined;
    },
  };
};
