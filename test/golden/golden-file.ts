import { createHash } from 'node:crypto';
import type { Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { isClear, type PersonalText } from '../../src/domain/kernel/personal-text';
import type { DomainEvent } from '../../src/domain/facts';
import { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
import { createPersonalData } from '../../src/infrastructure/log/keys/personal-data';
import { derivedFrom } from '../../src/infrastructure/log/keys/purpose-keys';
import { createEventCodec } from '../../src/infrastructure/log/codec/event-codec.codec';

/** One event as it was written, what it says, and its personal texts in clear. */
export type Golden = { readonly recorded: Recorded; readonly event: DomainEvent; readonly opened: Readonly<Record<string, string>> };

// The same keys in every run, so that the seals in the files can be opened for ever.
const keys = createMemoryKeyStore((name) => createHash('sha256').update(name).digest());
export const codec = createEventCodec({ keys });
const personalData = createPersonalData({ keys, purposeKeys: derivedFrom(Buffer.alloc(32, 1)) });
const textsIn = (value: unknown, path = ''): readonly (readonly [string, PersonalText])[] => {
  if (typeof value !== 'object' || value === null) return [];
  if ('sealed' in value || 'clear' in value) return [[path, value as PersonalText]];
  return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, path === '' ? name : `${path}.${name}`));
};
export const openAll = async (data: unknown): Promise<Readonly<Record<string, string>>> => {
  const opened: Record<string, string> = {};
  for (const [path, text] of textsIn(data)) {
    if (!isClear(text)) await keys.obtain([text.key]);
    opened[path] = (await personalData.open(text)) ?? '';
  }
  return opened;
};

