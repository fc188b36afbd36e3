import type { Instant } from '../../domain/kernel/fact';
import { requestStream, type RequestIdentity } from '../../domain/request/facts';
import type { Ports } from '../kernel/ports/ports';

/** An answer of the register that was not believed: of which request, what was wrong, since when. Nothing that it said is kept. */
export type RefusedReading = { readonly request: string; readonly field: string; readonly reason: string; readonly since: Instant };
type RefusingPorts = Pick<Ports, 'operations' | 'journal' | 'clock'>;

export const refusedReadingsRegister = 'register-refused';
/** A register that has gone mad must not fill the disk. */
const mostKept = 200;

const isRefused = (value: unknown): value is RefusedReading =>
  typeof value === 'object' &&
  value !== null &&
  (['request', 'field', 'reason', 'since'] as const).every(
    (name) => typeof Object.entries(value).find(([key]) => key === name)?.[1] === 'string',
  );

export const refusedReadingsIn = (text: string | undefined): readonly RefusedReading[] => {
  const value: unknown = text === undefined ? [] : JSON.parse(text);
  return Array.isArray(value) ? value.filter(isRefused) : [];
};

export const refusedReadings = async ({ operations }: Pick<Ports, 'operations'>): Promise<readonly RefusedReading[]> =>
  refusedReadingsIn(await operations.registers.get(refusedReadingsRegister));

/** Parks the answer: `tichet doctor` tells of it until the register says something that can be believed. */
export const parkReading = async (
  ports: RefusingPorts,
  identity: RequestIdentity,
  why: { readonly field: string; readonly reason: string },
): Promise<void> => {
  const request = requestStream(identity);
  const kept = await refusedReadings(ports);
  const before = kept.find((one) => one.request === request);
  if (before?.field === why.field && before.reason === why.reason) return;
  ports.journal.warn('register.refused', { stream: request, name: why.field, reason: why.reason });
  const others = kept.filter((one) => one.request !== request).slice(-(mostKept - 1));
  await ports.operations.registers.put(
    refusedReadingsRegister,
    JSON.stringify([...others, { request, ...why, since: ports.clock.now() }] satisfies readonly RefusedReading[]),
  );
};

/** The register has said something that is believed. @returns whether an answer was parked */
export const unparkReading = async (ports: Pick<Ports, 'operations'>, identity: RequestIdentity): Promise<boolean> => {
  const request = requestStream(identity);
  const kept = await refusedReadings(ports);
  const others = kept.filter((one) => one.request !== request);
  if (others.length === kept.length) return false;
  await ports.operations.registers.put(refusedReadingsRegister, JSON.stringify(others));
  return true;
};
