import { createEvents } from '../event-store/postgres/events.migration';
import { createReadModels } from '../read-models/postgres/read-models.migration';
import type { Migration } from './migration';

/** In the order in which they are applied. New ones go to the end; tables into the schema `tichet`, views for dashboards into `reporting`. */
export const migrations: readonly Migration[] = [createEvents, createReadModels];
