import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import type { SignedLog } from '../../application/kernel/ports/signed-log';
import { alarmingSignedLog, type LogAlarm } from '../proof/alarm/log-alarm';
import type { watchStreams } from '../proof/alarm/watch-streams';
import type { Acknowledged } from '../proof/acknowledged/watch';
import type { SignedBy } from '../proof/signing/sign-log';
import { countsEvents } from '../proof/signing/signing';
import { createCurrentSignedLog } from '../proof/signing/current-signed-log';

/** Where the log is sealed, who signs it, what stands when it is not what was sealed, and what this process has acknowledged. */
export type SealedLog = Omit<SignedBy, 'acknowledged'> & {
  readonly alarm: LogAlarm;
  readonly acknowledged?: Acknowledged;
  /** whether every stream is whole */
  readonly streams?: ReturnType<typeof watchStreams>;
};

/** What is sealed of this store, for those who ask. */
export const signedLogOver = (store: EventStore, { checkpoints, key, alarm }: SealedLog): SignedLog =>
  alarmingSignedLog(createCurrentSignedLog({ checkpoints, verifier: key, counts: countsEvents(store) }), alarm);
