import type { EventStore } from '../../application/kernel/ports/event-store';
import type { Seal } from '../../application/kernel/ports/seal';
import { alarmingSeal, type LogAlarm } from '../proof/alarm/log-alarm';
import type { SignedBy } from '../proof/signing/sign-log';
import { countsEvents } from '../proof/signing/signing';
import { createCurrentSeal } from '../proof/signing/current-signed-log';

/** Where the log is sealed, who signs it, and what stands when it is not what was sealed. */
export type SealedLog = SignedBy & { readonly alarm: LogAlarm };

/** What is sealed of this store, for those who ask. */
export const sealOver = (store: EventStore, { checkpoints, key, alarm }: SealedLog): Seal =>
  alarmingSeal(createCurrentSeal({ checkpoints, verifier: key, counts: countsEvents(store) }), alarm);
