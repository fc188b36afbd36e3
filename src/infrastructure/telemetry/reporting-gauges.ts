import { Gauge, type Registry } from 'prom-client';
import type { Clock } from '@tichet-albastru/event-log/ports/clock';
import type { ReportingStore } from '@tichet-albastru/event-log/ports/reporting-store';
import type { StorageHealth } from '@tichet-albastru/event-log/database/storage-health';
import { whenKnown } from './when-known';

type Looked = {
  readonly reporting: Pick<ReportingStore, 'freshness'>;
  readonly clock: Clock;
  readonly storage: Pick<StorageHealth, 'failing'> | undefined;
};

/** How far the tables for reporting tools are: also where nobody fills them any more. */
export const reportingGauges = (registers: Registry[], { reporting, clock, storage }: Looked): void => {
  let looked = Promise.resolve();
  const forget = (): void => {
    behind.reset();
    parked.reset();
  };
  const look = async (): Promise<void> => {
    const tables = await reporting.freshness();
    forget();
    for (const { table, filledAt, behindSeconds, parked: rows } of tables) {
      const labels = { table: `v2_${table}` };
      parked.set(labels, rows);
      if (filledAt === undefined) continue;
      behind.set(labels, behindSeconds + Math.max(0, (Date.parse(clock.now()) - Date.parse(filledAt)) / 1000));
    }
  };
  const behind = new Gauge({
    name: 'tichet_reporting_behind_seconds',
    help: 'Since when it is not known that the reporting table holds all that it should.',
    labelNames: ['table'],
    registers,
    collect: () => {
      looked = whenKnown({ forget, storage }, look);
      return looked;
    },
  });
  // the registry asks in the order in which they are made: both are of one look
  const parked = new Gauge({
    name: 'tichet_reporting_parked_rows',
    help: 'Rows that the reporting table could not be filled from.',
    labelNames: ['table'],
    registers,
    collect: () => looked,
  });
};
