import type { CivilDate, Fact, Instant, RecordedFact } from './fact';
import type { PersonalText } from './personal-text';

/** How a value is made up, as far as stored text can be held to it. */
type Form =
  | { readonly kind: 'text' | 'instant' | 'date' | 'number' | 'flag' | 'true' }
  /** any JSON, told in words */
  | { readonly kind: 'json'; readonly about: string }
  | { readonly kind: 'personal'; readonly keys: readonly string[] }
  | { readonly kind: 'word'; readonly words: readonly string[] }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'object'; readonly fields: Fields }
  /** an object of one of these shapes, told apart by their words */
  | { readonly kind: 'variants'; readonly variants: readonly Fields[] };

/**
 * What a value holds, stated once: its TypeScript type (`ValueOf<typeof shape>`), the check of what is stored, and what is published of it
 * all follow from this.
 */
export type Shape<Value = unknown> = Form & { readonly holds?: Value };
type Optional = { readonly optional: true };
/** The fields of an object by name. */
export type Fields = Readonly<Record<string, Shape | (Shape & Optional)>>;

/** The type of a value of this shape. */
export type ValueOf<S> = S extends { readonly holds?: infer Value } ? Value : never;
type Plain<T> = { readonly [K in keyof T]: T[K] };
/** The type of an object with these fields. */
export type DataOf<F extends Fields> = Plain<
  { readonly [K in keyof F as F[K] extends Optional ? never : K]: ValueOf<F[K]> } & {
    readonly [K in keyof F as F[K] extends Optional ? K : never]?: ValueOf<F[K]>;
  }
>;

export const text: Shape<string> = { kind: 'text' };
export const instant: Shape<Instant> = { kind: 'instant' };
export const civilDate: Shape<CivilDate> = { kind: 'date' };
export const number: Shape<number> = { kind: 'number' };
export const flag: Shape<boolean> = { kind: 'flag' };
/** A flag that is only ever said when it is so. */
export const yes: Shape<true> = { kind: 'true' };
export const json = (about: string): Shape => ({ kind: 'json', about });

/** Text of a person, sealed with a key of one of these kinds. */
export const personalText = (...keys: readonly string[]): Shape<PersonalText> => ({ kind: 'personal', keys });

/** One word out of a few. */
export const word = <const W extends string>(...words: readonly W[]): Shape<W> & { readonly words: readonly W[] } => ({
  kind: 'word',
  words,
});

export const list = <Value>(of: Shape<Value>): Shape<readonly Value[]> => ({ kind: 'list', of });

export const object = <F extends Fields>(fields: F): Shape<DataOf<F>> => ({ kind: 'object', fields });

export const variants = <F extends Fields>(...of: readonly F[]): Shape<F extends Fields ? DataOf<F> : never> => ({
  kind: 'variants',
  variants: of,
});

/** A field that may be missing. */
export const optional = <S extends Shape>(shape: S): S & Optional => ({ ...shape, optional: true });

/** The same shape under a type that the compiler knows more of than a form can say. */
export const typed = <Value>({ holds: _, ...form }: Shape): Shape<Value> => form;

/** From the data of the version before to the next one, and what the envelope says of where it came from. Sealed values are moved, never touched. */
export type Upcaster = (data: Readonly<Record<string, unknown>>, origin: Pick<RecordedFact, 'actor'>) => Readonly<Record<string, unknown>>;

/** A kind of fact: what happened, why it may (articles and readings), and what it says. Its type is `FactsOf` its table. */
export type FactShape<F extends Fields = Fields> = {
  readonly told: string;
  readonly why: string;
  readonly fields: F;
  /** schema version that is written today */
  readonly version: number;
  /** `upcasters[0]` makes version 2 of version 1, and so on: one fewer than `version` */
  readonly upcasters: readonly Upcaster[];
};

export const factShape = <F extends Fields>(why: string, told: string, fields: F, upcasters: readonly Upcaster[] = []): FactShape<F> => ({
  told,
  why,
  fields,
  version: upcasters.length + 1,
  upcasters,
});

type FactShapes = Readonly<Record<string, FactShape>>;
/** The fact of one name in a table of shapes. */
export type FactOf<S extends FactShapes, Type extends keyof S & string> = Fact<Type, DataOf<S[Type]['fields']>>;
/** Any fact of a table of shapes. */
export type FactsOf<S extends FactShapes> = { readonly [Type in keyof S & string]: FactOf<S, Type> }[keyof S & string];
