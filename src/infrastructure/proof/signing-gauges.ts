import { Gauge, type Registry } from 'prom-client';
import type { Clock } from '@tichet-albastru/event-log/ports/clock';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import type { SignedLog } from '../../application/kernel/ports/signed-log';
import type { LogAlarm } from './alarm/log-alarm';
import { type CheckpointStore, LogNotAsSigned } from '@tichet-albastru/signed-log';
import { signingState, type SigningState } from './signing/current-signed-log';
import type { Acknowledged } from './acknowledged/watch';
import { outageOf, type StorageHealth } from '@tichet-albastru/event-log/database/storage-health';

export type WatchedSigning = {
  readonly signedLog?: SignedLog;
  readonly store: EventStore;
  readonly checkpoints: CheckpointStore;
  readonly alarm: Pick<LogAlarm, 'standing'>;
  readonly acknowledged?: Pick<Acknowledged, 'missing' | 'waits'>;
  readonly clock: Clock;
  readonly storage?: Pick<StorageHealth, 'failing'>;
};

/** `undefined` while it cannot be asked, or where the newest checkpoint is not ours: the alarm says so. */
const stateNow = async ({ signedLog, store, checkpoints, storage }: WatchedSigning): Promise<SigningState | undefined> => {
  if (storage !== undefined && storage.failing().length > 0) return undefined;
  try {
    return signedLog && (await signingState(signedLog, store, checkpoints));
  } catch (error) {
    if (error instanceof LogNotAsSigned || outageOf(error) !== undefined) return undefined;
    throw error;
  }
};

/** How far the log is sealed, in numbers. What is not known is left out, not 0. */
export const signingGauges = (registers: Registry[], sealed: WatchedSigning): void => {
  const gauge = (name: string, help: string, of: (state: SigningState) => number | undefined): void => {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const state = await stateNow(sealed);
        const value = state && of(state);
        if (value === undefined) this.remove();
        else this.set(value);
      },
    });
  };
  gauge('tichet_seal_size', 'Events under the newest signed checkpoint.', ({ size }) => size);
  gauge('tichet_seal_waiting', 'Events that wait for a checkpoint.', ({ waiting }) => waiting);
  gauge('tichet_seal_age_seconds', 'Since the newest checkpoint was signed.', ({ signedAt }) =>
    signedAt === undefined ? undefined : Math.max(0, (Date.parse(sealed.clock.now()) - Date.parse(signedAt)) / 1000),
  );
  new Gauge({
    name: 'tichet_seal_alarm',
    help: '1 while the log is not what was sealed, and nothing is written.',
    registers,
    collect() {
      this.set(sealed.alarm.standing() === undefined ? 0 : 1);
    },
  });
  const { acknowledged } = sealed;
  if (acknowledged === undefined) return;
  new Gauge({
    name: 'tichet_acknowledged_missing',
    help: 'Events that this process has acknowledged and the log lacked when they were compared last.',
    registers,
    collect() {
      this.set(acknowledged.missing());
    },
  });
  new Gauge({
    name: 'tichet_acknowledged_waiting_seconds',
    help: 'How long the oldest acknowledged event has waited to be written into the file of this process.',
    registers,
    collect() {
      this.set(acknowledged.waits() / 1000);
    },
  });
};
