/** What the doctor looks at, one name each. */
export const checkNames = [
  'files',
  'permissions',
  'key-file',
  'old-master-key',
  'database',
  'log-gaps',
  'hash-chain',
  'seal-alarm',
  'seal-differs',
  'keys-missing',
  'keys-not-destroyed',
  'bookings',
  'tables-behind',
  'tables-parked',
  'letters-failed',
  'webhooks-disabled',
  'registry-silent',
  'registry-refused',
  'clock',
  'disk',
  'service-mute',
  'identity',
  'witness-refused',
  'witness-silent',
] as const;
export type CheckName = (typeof checkNames)[number];

import type { Sentence } from '../../phrasing/sentences';

/** What is wrong, and what to do about it. Nothing of it is personal. */
export type Finding = { readonly check: CheckName; readonly wrong: Sentence; readonly remedy: Sentence };

export const finding = (check: CheckName, wrong: Sentence, remedy: Sentence): Finding => ({ check, wrong, remedy });
