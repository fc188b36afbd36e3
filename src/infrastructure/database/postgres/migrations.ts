import { createEvents } from '../../log/event-store/postgres/events.migration';
import { createOperations } from '../../tables/operations/postgres/operations.migration';
import { createRefusals } from '../../tables/operations/postgres/refusals.migration';
import { createSeal } from '../../proof/checkpoints-in-postgres';
import { countKeyEpochs, createKeys } from '../../log/keys/keys.migration';
import { createReadModels } from '../../tables/read-models/postgres/read-models.migration';
import { createLeases } from './leases.migration';
import type { Migration } from './migration';

/** In the order in which they are applied. New ones go to the end; tables into the schema `tichet`, views for dashboards into `reporting`. */
export const migrations: readonly Migration[] = [
  createEvents,
  createOperations,
  createKeys,
  createReadModels,
  createLeases,
  createSeal,
  createRefusals,
  countKeyEpochs,
];
