import { pause } from '@tichet-albastru/kernel/pause';
import { performance } from 'node:perf_hooks';
import type { Pool } from 'pg';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { databaseFault } from '../../database/postgres/database-fault';
import { brokenOffWaits } from '../../database/postgres/standbys';
import { textArray } from '../../database/postgres/text-array';
import { type AppendOutcome, type AppendRequest, type WriteAppends, expectedRevision, positionOf } from '../append-rules';

const keysOf = ({ stream, events }: AppendRequest): readonly string[] => [`stream ${stream}`, ...events.map(({ id }) => `id ${id}`)];

/** For each append, after how many others it must be decided: those of the same stream or with the same id go one after the other. */
export const roundsOf = (requests: readonly AppendRequest[]): readonly number[] => {
  const next = new Map<string, number>();
  return requests.map((request) => {
    const keys = keysOf(request);
    const round = Math.max(...keys.map((key) => next.get(key) ?? 0));
    for (const key of keys) next.set(key, round + 1);
    return round;
  });
};

/**
 * The same, where positions must rise in the order of the appends: whole rounds are placed one after the other, so that no append may be
 * in an earlier round than the one before it. More rounds than need be.
 */
export const roundsInOrderOf = (requests: readonly AppendRequest[]): readonly number[] => {
  let round = 0;
  let seen = new Set<string>();
  return requests.map((request) => {
    const keys = keysOf(request);
    if (keys.some((key) => seen.has(key))) {
      round += 1;
      seen = new Set();
    }
    for (const key of keys) seen.add(key);
    return round;
  });
};

export type DecidedRow = { readonly request: number; readonly kind: string; readonly revision: number; readonly position: string };

/** How long to wait before each repeat of the identical appends, in milliseconds; after the last one the outcome stays unknown. */
const waits = [0, 50, 200, 500, 1000, 1500];
/** No further attempt after so long, in milliseconds: an attempt without an answer takes long by itself. */
const longEnough = 10_000;
/** Values that the database cannot keep, or rules that it will not break: the append's own fault. */
export const neverAcceptable = /^2[23]/;

export const append = {
  name: 'tichet-append',
  text: 'SELECT request, kind, revision, position FROM tichet.append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
};

/** @param rounds for each append, after how many others it must be decided */
export const valuesOf = (requests: readonly AppendRequest[], rounds: readonly number[]): readonly (Buffer | readonly number[])[] => {
  const events = requests.flatMap(({ events }) => events);
  return [
    textArray(requests.map(({ stream }) => stream)),
    requests.map(({ expected }) => expectedRevision(expected)),
    textArray(requests.map(({ expected }) => (expected.kind === 'at' ? expected.hash : ''))),
    rounds,
    requests.flatMap(({ events }, index) => events.map(() => index + 1)),
    requests.flatMap(({ events }) => events.map((_, place) => place)),
    textArray(events.map(({ id }) => id)),
    textArray(events.map(({ type }) => type)),
    textArray(events.map(({ body }) => body)),
    textArray(events.map(({ hash }) => hash)),
  ];
};

const outcomeOf = ({ stream }: AppendRequest, row: DecidedRow | undefined): AppendOutcome => {
  switch (row?.kind) {
    case 'appended':
    case 'already-appended':
      return { kind: row.kind, revision: row.revision, position: positionOf(Number(row.position)) };
    case 'conflict':
      return { kind: 'conflict', revision: row.revision };
    case 'refused':
      return { kind: 'refused', reason: `An event for ${stream} has the id of another event.` };
    default:
      return { kind: 'unknown', reason: 'the database left an append without an answer' };
  }
};

export const outcomesOf = (requests: readonly AppendRequest[], rows: readonly DecidedRow[]): readonly AppendOutcome[] => {
  const decided = new Map(rows.map((row) => [row.request, row]));
  return requests.map((request, index) => outcomeOf(request, decided.get(index + 1)));
};

/**
 * Writes a batch of appends in one statement, which is one transaction and one round trip. When its answer is lost it may or may not have
 * been committed: the identical batch is written again, and the ids tell which of it stands already.
 */
export const createPostgresWriter = (pool: Pool): WriteAppends => {
  /** @returns nothing where the standby may lack it: asked again, the database waits again, as it locks what it only looks at */
  const writeOnce = async (requests: readonly AppendRequest[]): Promise<readonly AppendOutcome[] | undefined> => {
    const before = brokenOffWaits(pool);
    const { rows } = await pool.query<DecidedRow>({ ...append, values: [...valuesOf(requests, roundsOf(requests))] });
    return brokenOffWaits(pool) === before ? outcomesOf(requests, rows) : undefined;
  };

  /** One append that cannot be kept must not take the others with it. */
  const writeApart = async (requests: readonly AppendRequest[], error: unknown): Promise<readonly AppendOutcome[]> => {
    if (requests.length > 1) {
      const outcomes: AppendOutcome[] = [];
      for (const request of requests) outcomes.push(...(await write([request])));
      return outcomes;
    }
    const code = errorCode(error) ?? 'the write failed';
    const refused = neverAcceptable.test(code);
    return requests.map(({ stream }) =>
      refused
        ? { kind: 'refused', reason: `An event for ${stream} holds what the database does not keep (${code}).` }
        : { kind: 'unknown', reason: code },
    );
  };

  const write: WriteAppends = async (requests) => {
    const until = performance.now() + longEnough;
    let reason = '';
    for (const milliseconds of waits) {
      if (milliseconds > 0) await pause(milliseconds);
      try {
        const outcomes = await writeOnce(requests);
        if (outcomes !== undefined) return outcomes;
        reason = 'standby-not-awaited';
      } catch (error) {
        const fault = databaseFault(error);
        if (fault === undefined) return writeApart(requests, error);
        reason = fault;
      }
      if (performance.now() > until) break;
    }
    return requests.map(() => ({ kind: 'unknown', reason }));
  };

  return write;
};
