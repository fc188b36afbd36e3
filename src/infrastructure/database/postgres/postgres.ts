import type { Pool } from 'pg';
import type { Listener } from './listener';

/** One database for everything that a process keeps in it. */
export type Postgres = { readonly pool: Pool; readonly listener: Listener; readonly close: () => Promise<void> };
