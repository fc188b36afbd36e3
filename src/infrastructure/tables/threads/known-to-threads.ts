import type { Projection } from '../../../application/kernel/ports/projection';
import { allProcesses } from '../../../application/operation/all-processes';
import { allProjections } from '../../../projections/all-projections';

/** Code does not pass between threads: they know our tables, and none of a host's. */
const known: readonly Projection[] = [...allProjections, ...allProcesses];

export const areKnownToThreads = (tables: readonly Projection[]): boolean => tables.every((table) => known.includes(table));

/** Asked in a thread, with what may pass to it. */
export const tableNamed = (name: string, version: number): readonly Projection[] =>
  known.filter((table) => table.name === name && table.version === version);
