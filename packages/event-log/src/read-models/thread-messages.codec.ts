import {
  type CaughtUp,
  EventLogCorrupt,
  EventStoreUnavailable,
  type Position,
  type Recorded,
  type StreamDamage,
} from '../ports/event-store';
import type { Logger, LogValues } from '../ports/logger';
import type { Rebuilt } from '../ports/projection-store';
import type { RowChange } from '../ports/read-models';
import { defined } from '@tichet-albastru/kernel/defined';
import { DatabaseUnavailable } from '../database/postgres/database-fault';
import type { PoolOptions } from '../database/postgres/open-pool';
import type { CommitNews } from '../codec/row-news.codec';
import { errorCode } from '@tichet-albastru/kernel/error-code';

// Both ends are ours and of one build.

/** Where the tables are: in the file of a data folder, or in a database on a server. */
export type KeptIn = { readonly folder: string } | { readonly postgres: PoolOptions };

export type InFolder = { readonly task: 'follow' | 'rebuild'; readonly folder: string };
/** The thread asks its starter for the log. */
export type Asking = { readonly task: 'follow-asking'; readonly keptIn: KeptIn; readonly tellsPlaces: boolean };

/** Which tables are to be kept up to the log, or filled anew. */
export type WhatToDo = InFolder | Asking;
export type ThreadTask = WhatToDo & { readonly tables: readonly { readonly name: string; readonly version: number }[] };

/** What is asked of the log; a subscription goes by its number, and begins with its first `next`. */
export type LogQuestion =
  | { readonly what: 'end' }
  | { readonly what: 'at'; readonly position: Position }
  | { readonly what: 'read' | 'read-from-whole-log'; readonly stream: string }
  | { readonly what: 'next'; readonly follow: number; readonly after: Position };
/** Of a subscription nothing, where it has ended. */
export type LogAnswer = { readonly items: readonly (Recorded | CaughtUp)[]; readonly end?: Position };

type Failed = { readonly name: string; readonly message: string; readonly code?: string; readonly damage?: StreamDamage };

/** What the thread says. */
export type ThreadSaid =
  | { readonly kind: 'committed'; readonly changes: readonly RowChange[]; readonly news?: CommitNews }
  | { readonly kind: 'rebuilt'; readonly outcome: Rebuilt }
  | { readonly kind: 'noted'; readonly level: keyof Logger; readonly event: string; readonly values?: LogValues }
  | { readonly kind: 'asked'; readonly id: number; readonly question: LogQuestion }
  | { readonly kind: 'left'; readonly follow: number }
  | { readonly kind: 'failed'; readonly error: Failed };

/** What it is told: that something was appended, what it has asked for, or that it is over. */
export type ThreadHears =
  'appended' | 'stop' | { readonly id: number; readonly answer: LogAnswer } | { readonly id: number; readonly error: Failed };

export const threadTask = (message: unknown): ThreadTask => message as ThreadTask;
export const threadSaid = (message: unknown): ThreadSaid => message as ThreadSaid;
export const threadHears = (message: unknown): ThreadHears => message as ThreadHears;

/** An error does not pass between threads whole: its class, its code and what it tells of a stream stay behind. */
export const failedWith = (error: unknown): Failed => {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const damage = error instanceof EventLogCorrupt ? error.damage : undefined;
  return { name, message, ...defined({ code: errorCode(error), damage }) };
};

/** The errors whose class a caller checks. */
const errors: Readonly<Record<string, (failed: Failed) => Error>> = {
  EventLogCorrupt: ({ message, damage }) => new EventLogCorrupt(message, damage),
  EventStoreUnavailable: ({ message, code }) => new EventStoreUnavailable(message, code),
  DatabaseUnavailable: ({ code = 'unknown' }) => new DatabaseUnavailable(code),
};

export const errorOf = (failed: Failed): Error => {
  const { name, message, code } = failed;
  return errors[name]?.(failed) ?? Object.assign(new Error(message), { name, ...(code && { code }) });
};
