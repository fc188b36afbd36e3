import {
  CamelCasePlugin,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type KyselyPlugin,
  type RawBuilder,
} from 'kysely';
import { decoded, type StatementOf, type FoundRow, type Query } from './rows.codec';

/** Its rows, and how many rows it wrote. */
export type Found = { readonly rows: readonly FoundRow[]; readonly written: number };

/**
 * Statements that follow from one another, and what comes of them. It yields what it asks and is told the rows, so the same work runs at
 * once in SQLite, inside a commit that many callers share, and with a round trip for each statement in PostgreSQL.
 */
export type Work<T> = Generator<Query, T, Found>;

/** Where work is done. A `write` is durable when it is answered, as far as the place promises that. */
export type Workplace = {
  /** Rows of one statement that only reads: most work is no more than that. */
  rows<Row>(query: StatementOf<Row>): Promise<readonly Row[]>;
  first<Row>(query: StatementOf<Row>): Promise<Row | undefined>;
  /** One statement that writes; how many rows it wrote; the row that it gives back. */
  run(query: Query): Promise<void>;
  written(query: Query): Promise<number>;
  returned<Row>(query: StatementOf<Row>): Promise<Row | undefined>;
  read<T>(work: () => Work<T>): Promise<T>;
  write<T>(work: () => Work<T>): Promise<T>;
  /** @param done is looked at first where looking costs no round trip: when it holds, nothing is to be written */
  writeUnless(done: () => Work<boolean>, work: () => Work<void>): Promise<void>;
  /** Resolves when all that can be read by now is durable. */
  durable(): Promise<void>;
};

export type DatabaseKind = 'sqlite' | 'postgres';

const parts = {
  sqlite: [SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler],
  postgres: [PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler],
} as const;

/** Composes statements of this kind of database. Nothing is ever run through it: texts are only made. */
export const kyselyOf = <Tables>(kind: DatabaseKind, plugins: KyselyPlugin[] = []): Kysely<Tables> => {
  const [Adapter, Introspector, Compiler] = parts[kind];
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new Adapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (database) => new Introspector(database),
      createQueryCompiler: () => new Compiler(),
    },
    plugins,
  });
};

/** Statements about the tables of the service, whose columns are named as in TypeScript. */
export type Composer<Tables> = { readonly kind: DatabaseKind; readonly db: Kysely<Tables> };

export const composerOf = <Tables>(kind: DatabaseKind): Composer<Tables> => {
  const db = kyselyOf<Tables>(kind, [new CamelCasePlugin()]);
  return { kind, db: kind === 'postgres' ? db.withSchema('tichet') : db };
};

/** In a text that is composed, stands for the value of this name. */
class Place {
  constructor(readonly name: string) {}
}

/** The place of a value in a statement. */
export type Given<Values> = { <Name extends keyof Values & string>(name: Name): RawBuilder<Values[Name]>; readonly of?: Values };

/** A statement that is composed once and asked often. */
export type Prepared<Values, Row> = (values: Values) => StatementOf<Row>;

/** Composes a statement at its first use: a point read costs 3 µs in SQLite when it is prepared, and 12 when Kysely composes it anew. */
export const prepared = <Values extends Readonly<Record<string, unknown>>, Row>(
  compose: (given: Given<Values>) => CompiledQuery<Row>,
): Prepared<Values, Row> => {
  let composed: CompiledQuery<Row> | undefined;
  return (values) => {
    const { sql: text, parameters } = (composed ??= compose((name) => sql`${new Place(name)}`));
    return { text, values: parameters.map((part) => (part instanceof Place ? values[part.name] : part)) };
  };
};

/** A statement that is composed anew: its rows come in numbers of their own. */
export const statementOf = <Row>({ sql: text, parameters }: CompiledQuery<Row>): StatementOf<Row> => ({ text, values: parameters });

export function* rowsOf<Row>(query: StatementOf<Row>): Work<readonly Row[]> {
  const { rows } = yield query;
  return decoded(query, rows);
}

export function* firstOf<Row>(query: StatementOf<Row>): Work<Row | undefined> {
  const { rows } = yield query;
  return decoded(query, rows)[0];
}

/** How many rows it wrote. */
export function* writtenBy(query: Query): Work<number> {
  return (yield query).written;
}

/** A query whose rows the caller does not need. */
export function* doing(query: Query): Work<void> {
  yield query;
}

/** Runs work where each statement is answered at once. */
export const runAtOnce = <T>(work: Work<T>, answer: (query: Query) => Found): T => {
  let step = work.next();
  while (step.done !== true) {
    let found: Found;
    try {
      found = answer(step.value);
    } catch (error) {
      step = work.throw(error);
      continue;
    }
    step = work.next(found);
  }
  return step.value;
};

/** Runs work where each statement is answered later. */
export const runInTurn = async <T>(work: Work<T>, answer: (query: Query) => Promise<Found>): Promise<T> => {
  let step = work.next();
  while (step.done !== true) {
    let found: Found;
    try {
      found = await answer(step.value);
    } catch (error) {
      step = work.throw(error);
      continue;
    }
    step = work.next(found);
  }
  return step.value;
};
