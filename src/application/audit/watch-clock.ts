import { clockKey, type EvidenceRow } from '../../domain/audit/evidence';
import { noClock, type LogClock } from '../../domain/audit/log-clock';
import type { Instant } from '../../domain/kernel/fact';
import { secondsBetween } from '../../domain/time/civil-time';
import { toleratedSeconds } from '@tichet-albastru/kernel/clock-tolerance';
import { pause } from '@tichet-albastru/kernel/pause';
import type { Ports } from '../kernel/ports/ports';
import { tables } from '../kernel/ports/tables';

type ReadingPorts = Pick<Ports, 'readModels' | 'clock'>;

/** Where what was found stands for the doctor, as `facts seconds newest`. */
export const clockRegister = 'log-clock';
export type ClockFound = { readonly facts: number; readonly seconds: number; readonly newest: Instant };

export const clockFoundIn = (kept: string | undefined): ClockFound | undefined => {
  const [facts, seconds, newest] = kept?.split(' ') ?? [];
  return newest === undefined ? undefined : { facts: Number(facts), seconds: Number(seconds), newest };
};

const logClock = async ({ readModels }: Pick<Ports, 'readModels'>): Promise<LogClock> => {
  // before the tables are there nothing is known of the log
  if ((await readModels.position(tables.auditEvidence)) === '') return noClock;
  const row = await readModels.get<EvidenceRow>(tables.auditEvidence, clockKey);
  return row?.kind === 'clock' ? row : noClock;
};

/** By how much this clock is behind the newest fact, and how many facts are older than one before them by more than is usual. */
export const clockNumbers = async (ports: ReadingPorts) => {
  const { newest, disputes } = await logClock(ports);
  // after the log: a fact that comes meanwhile is no fact of the future
  const behind = newest === '' ? 0 : secondsBetween(ports.clock.now(), newest);
  const olderFacts = disputes.reduce((sum, { facts }) => sum + facts, 0);
  return { behindSeconds: Math.max(0, behind), olderFacts, newestDispute: disputes.at(-1) };
};

/** Says in the journal what the log tells of the clocks that wrote it, and keeps it for the doctor. */
export const lookAtClock = async (ports: ReadingPorts & Pick<Ports, 'operations' | 'logger'>): Promise<void> => {
  const { behindSeconds, olderFacts, newestDispute: newest } = await clockNumbers(ports);
  if (behindSeconds > toleratedSeconds) ports.logger.warn('clock.behind-the-log', { milliseconds: Math.round(behindSeconds * 1000) });
  const { keyValues } = ports.operations;
  if (newest === undefined || clockFoundIn(await keyValues.get(clockRegister))?.facts === olderFacts) return;
  ports.logger.warn('clock.facts-out-of-order', { count: olderFacts, milliseconds: newest.seconds * 1000, at: newest.newest });
  await keyValues.put(clockRegister, `${String(olderFacts)} ${String(newest.seconds)} ${newest.newest}`);
};

const lookEachMilliseconds = 10_000;

export const watchClock = async (ports: Parameters<typeof lookAtClock>[0], signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    await lookAtClock(ports);
    await pause(lookEachMilliseconds, signal);
  }
};
