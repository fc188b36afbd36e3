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

export type Words = { readonly ro: string; readonly en: string };
/** What is wrong, and what to do about it. Nothing of it is personal. */
export type Finding = { readonly check: CheckName; readonly wrong: Words; readonly remedy: Words };

export const finding = (check: CheckName, wrong: Words, remedy: Words): Finding => ({ check, wrong, remedy });
