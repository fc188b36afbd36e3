import { EventLogCorrupt } from '../../../application/kernel/ports/event-store';
import type { Logger, LogValues } from '../../../application/kernel/ports/logger';
import type { Rebuilt } from '../../../application/kernel/ports/projection-store';
import type { RowChange } from '../../../application/kernel/ports/read-models';
import { defined } from '../../../domain/kernel/defined';
import { errorCode } from '../../runtime/error-code';

// Both ends are ours and of one build.

/** Which tables of which data folder are to be kept up to the log, or filled anew. */
export type ThreadTask = {
  readonly folder: string;
  readonly task: 'follow' | 'rebuild';
  readonly tables: readonly { readonly name: string; readonly version: number }[];
};

/** What the thread says. */
export type ThreadSaid =
  | { readonly kind: 'committed'; readonly changes: readonly RowChange[] }
  | { readonly kind: 'rebuilt'; readonly outcome: Rebuilt }
  | { readonly kind: 'noted'; readonly level: keyof Logger; readonly event: string; readonly values?: LogValues }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string; readonly code?: string };

/** What it is told: that something was appended, or that it is over. */
export type ThreadHears = 'appended' | 'stop';

export const threadTask = (message: unknown): ThreadTask => message as ThreadTask;
export const threadSaid = (message: unknown): ThreadSaid => message as ThreadSaid;
export const threadHears = (message: unknown): ThreadHears => message as ThreadHears;

type Failed = Extract<ThreadSaid, { readonly kind: 'failed' }>;

/** An error does not pass between threads whole: its class and its code stay behind. */
export const failedWith = (error: unknown): Failed => {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const code = errorCode(error);
  return { kind: 'failed', name, message, ...defined({ code }) };
};

export const errorOf = ({ name, message, code }: Failed): Error =>
  name === EventLogCorrupt.name ? new EventLogCorrupt(message) : Object.assign(new Error(message), { name, ...(code && { code }) });
