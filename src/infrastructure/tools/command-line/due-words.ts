import type { DueField } from '../../../domain/audit/explained';
import type { Words } from './terminal';

/** What is due, or holds, until the instant that a fact fixed. */
export const dueWords: Readonly<Record<DueField, Words>> = {
  heldUntil: { ro: 'ora este ținută până la', en: 'the slot is held until' },
  expiresAt: { ro: 'codul expiră la', en: 'the code expires at' },
  codeExpiresAt: { ro: 'codul ar fi expirat la', en: 'the code would have expired at' },
  invitationDueAt: { ro: 'invitația cu link, până la', en: 'the invitation with the link, by' },
  outcomeDueAt: { ro: 'ce s-a întâmplat se notează până la', en: 'what came of it is recorded by' },
  noticeDueAt: { ro: 'cetățeanul este anunțat până la', en: 'the citizen is told by' },
  newSlotDueAt: { ro: 'o oră nouă, până la', en: 'a new slot, by' },
  slotFreeFrom: { ro: 'ora este liberă din nou de la', en: 'the slot is free again from' },
  resolutionTargetAt: { ro: 'rezoluția, ținta', en: 'the resolution, target' },
  resolutionHardLimitAt: { ro: 'rezoluția, cel târziu la', en: 'the resolution, at the latest' },
  recordingDueAt: { ro: 'înregistrarea, până la', en: 'the recording, by' },
  followUpDueAt: { ro: 'predată pe altă cale până la', en: 'handed over otherwise by' },
  dueAt: { ro: 'termenul sarcinii', en: 'the task is due at' },
};
