import type { EventStore } from '../../application/kernel/ports/event-store';
import type { Seal } from '../../application/kernel/ports/seal';
import { alarmingSeal, type SealAlarm } from '../proof/alarm/seal-alarm';
import type { SealedBy } from '../proof/seal/seal-log';
import { countsEvents } from '../proof/seal/sealing';
import { createCurrentSeal } from '../proof/seal/current-seal';

/** Where the log is sealed, who signs it, and what stands when it is not what was sealed. */
export type SealedLog = SealedBy & { readonly alarm: SealAlarm };

/** What is sealed of this store, for those who ask. */
export const sealOver = (store: EventStore, { checkpoints, key, alarm }: SealedLog): Seal =>
  alarmingSeal(createCurrentSeal({ checkpoints, verifier: key, counts: countsEvents(store) }), alarm);
