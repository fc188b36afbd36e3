import type { EventStore } from '../../application/kernel/ports/event-store';
import type { Seal } from '../../application/kernel/ports/seal';
import { alarmingSeal } from '../proof/alarm/alarming-seal';
import type { SealAlarm } from '../proof/alarm/seal-alarm';
import type { SealedBy } from '../proof/seal/keep-sealing';
import { countsEvents } from '../proof/seal/sealing';
import { createStandingSeal } from '../proof/seal/standing-seal';

/** Where the log is sealed, who signs it, and what stands when it is not what was sealed. */
export type SealedLog = SealedBy & { readonly alarm: SealAlarm };

/** What is sealed of this store, for those who ask. */
export const sealOver = (store: EventStore, { shelf, key, alarm }: SealedLog): Seal =>
  alarmingSeal(createStandingSeal({ shelf, verifier: key, counts: countsEvents(store) }), alarm);
