import { Gauge, type Registry } from 'prom-client';
import type { Clock } from '../../application/kernel/ports/clock';
import type { ReportingFreshness, ReportingStore } from '../../application/kernel/ports/reporting-store';
import type { StorageHealth } from '../database/storage-health';
import { whenKnown } from './when-known';

type Looked = {
  readonly reporting: Pick<ReportingStore, 'freshness'>;
  readonly clock: Clock;
  readonly storage: Pick<StorageHealth, 'failing'> | undefined;
};

/** How far the tables for reporting tools are: also where nobody fills them any more. */
export const reportingGauges = (registers: Registry[], { reporting, clock, storage }: Looked): void => {
  const perTable = (name: string, help: string, numberOf: (table: ReportingFreshness) => number | undefined): void => {
    new Gauge({
      name,
      help,
      labelNames: ['table'],
      registers,
      collect() {
        const forget = (): void => {
          this.reset();
        };
        return whenKnown({ forget, storage }, async () => {
          for (const table of await reporting.freshness()) {
            const number = numberOf(table);
            if (number !== undefined) this.set({ table: `v2_${table.table}` }, number);
          }
        });
      },
    });
  };
  perTable('tichet_reporting_behind_seconds', 'Since when it is not known that the reporting table holds all that it should.', (table) =>
    table.filledAt === undefined
      ? undefined
      : table.behindSeconds + Math.max(0, (Date.parse(clock.now()) - Date.parse(table.filledAt)) / 1000),
  );
  perTable('tichet_reporting_parked_rows', 'Rows that the reporting table could not be filled from.', ({ parked }) => parked);
};
