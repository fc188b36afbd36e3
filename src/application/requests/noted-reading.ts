import type { Instant } from '../../domain/kernel/fact';
import { requestStream, type RequestIdentity } from '../../domain/request/facts';
import { plusMinutes } from '../../domain/time/civil-time';
import type { Ports } from '../kernel/ports/ports';
import type { AskedRegister } from '../kernel/ports/request-register';

type NotingPorts = Pick<Ports, 'operations'>;

/** When the register last said what a request is, and what it called that. No history: it is asked again when this is lost. */
export type NotedReading = {
  readonly at: Instant;
  readonly version: number;
  readonly etag?: string;
  /** when it was last told whole, not only that nothing has changed */
  readonly wholeAt?: Instant;
};

const nameOf = (request: RequestIdentity): string => `register-told:${requestStream(request)}`;

const isNoted = (value: unknown): value is NotedReading =>
  typeof value === 'object' &&
  value !== null &&
  'at' in value &&
  typeof value.at === 'string' &&
  'version' in value &&
  typeof value.version === 'number' &&
  (!('etag' in value) || typeof value.etag === 'string') &&
  (!('wholeAt' in value) || typeof value.wholeAt === 'string');

export const notedReading = async ({ operations }: NotingPorts, request: RequestIdentity): Promise<NotedReading | undefined> => {
  const text = await operations.registers.get(nameOf(request));
  const value: unknown = text === undefined ? undefined : JSON.parse(text);
  return isNoted(value) ? value : undefined;
};

export const noteReading = ({ operations }: NotingPorts, request: RequestIdentity, reading: NotedReading): Promise<void> =>
  operations.registers.put(nameOf(request), JSON.stringify(reading));

/** Whether what the log has of this request was told so lately that nobody need be asked. */
export const isFresh = async (
  ports: NotingPorts,
  { freshMinutes }: AskedRegister,
  request: RequestIdentity,
  at: Instant,
): Promise<boolean> => {
  const noted = await notedReading(ports, request);
  return noted !== undefined && plusMinutes(noted.at, freshMinutes) > at;
};

const wholeEveryMinutes = 6 * 60;

/**
 * The etag to ask with; none when it is long since the request was told whole. Two processes that take two readings at once may leave the
 * older one in the log under the newer one's etag: "unchanged" is believed for hours, not for ever.
 */
export const etagToAskWith = (noted: NotedReading | undefined, at: Instant): string | undefined =>
  noted?.wholeAt !== undefined && plusMinutes(noted.wholeAt, wholeEveryMinutes) > at ? noted.etag : undefined;
