import type { Placed } from './log';

/** What the server looks at in the newest event of `$$stream`. */
export type Metadata = {
  /** seconds */
  readonly $maxAge?: number;
  readonly $maxCount?: number;
  /** truncate before */
  readonly $tb?: number;
  readonly $acl?: AccessList;
};

/** Names of users and groups, for each right: reading, writing, deleting, reading and writing the metadata. */
export type AccessList = Partial<Readonly<Record<'$r' | '$w' | '$d' | '$mr' | '$mw', string | readonly string[]>>>;

export const metaStreamOf = (stream: string): string => `$$${stream}`;
/** undefined for a stream that holds no metadata */
export const originalOf = (stream: string): string | undefined => (stream.startsWith('$$') ? stream.slice(2) : undefined);

const isRecord = (value: unknown): value is Metadata => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Metadata that cannot be read are none. */
export const metadataIn = (data: Uint8Array | undefined): Metadata => {
  if (!data) return {};
  try {
    const value: unknown = JSON.parse(Buffer.from(data).toString('utf8'));
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
};

/** The largest revision, as JSON without whole numbers of 64 bits reads it. */
const largestRevision = 2 ** 63;
export const softDeletion = ({ $tb = 0 }: Metadata): boolean => $tb >= largestRevision;

/** What metadata leave of a stream. */
export const standingAfter = <E extends Placed>(
  events: readonly E[],
  { $tb = 0, $maxCount, $maxAge }: Metadata,
  now = Date.now(),
): readonly E[] => {
  const last = events.at(-1)?.revision ?? -1;
  const first = Math.max($tb, $maxCount === undefined ? 0 : last - $maxCount + 1);
  if (first <= (events[0]?.revision ?? 0) && $maxAge === undefined) return events;
  const oldest = $maxAge === undefined ? 0 : now - $maxAge * 1000;
  return events.filter(({ revision, created }) => revision >= first && created >= oldest);
};
