import type { EventStore } from '../../application/kernel/ports/event-store';
import type { SignedLog } from '../../application/kernel/ports/signed-log';
import { alarmingSignedLog, type LogAlarm } from '../proof/alarm/log-alarm';
import type { SignedBy } from '../proof/signing/sign-log';
import { countsEvents } from '../proof/signing/signing';
import { createCurrentSignedLog } from '../proof/signing/current-signed-log';

/** Where the log is sealed, who signs it, and what stands when it is not what was sealed. */
export type SealedLog = SignedBy & { readonly alarm: LogAlarm };

/** What is sealed of this store, for those who ask. */
export const signedLogOver = (store: EventStore, { checkpoints, key, alarm }: SealedLog): SignedLog =>
  alarmingSignedLog(createCurrentSignedLog({ checkpoints, verifier: key, counts: countsEvents(store) }), alarm);
