import { createEvents } from '../event-store/postgres/events.migration';
import { createOperations } from '../operations/postgres/operations.migration';
import { createRefusals } from '../operations/postgres/refusals.migration';
import { createSeal } from '../proof/shelf/seal.migration';
import { countKeyEpochs, createKeys } from '../privacy/keys.migration';
import { createReadModels } from '../read-models/postgres/read-models.migration';
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
