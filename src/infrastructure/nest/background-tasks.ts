import { pause } from '@tichet-albastru/kernel/pause';
import { type BounceReading, readBounces } from '../../application/resolution/bounces';
import { sendOpeningLetters } from '../../application/booking/opening';
import type { Ports } from '../../application/kernel/ports/ports';
import { keepRequestsCurrent } from '../../application/requests/keep-current';
import { type Retaining, retentionTurn } from '../../application/privacy/retention';
import { noteRetentionInForce } from '../../application/privacy/retention-in-force';
import { tellTarget } from '../../application/operation/webhooks';
import type { RetentionPeriods } from '../../domain/retention/retention';
import { chainOf } from '../proof/chain-of';

/** What one process of all does beside the effects, for as long as it may. `name` is for the journal. */
export type BackgroundTask = { readonly name: string; readonly work: (signal: AbortSignal) => Promise<void> };

const pauseMilliseconds = 1000;

export const againAndAgain =
  (turn: (signal: AbortSignal) => Promise<unknown>) =>
  async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      await turn(signal);
      await pause(pauseMilliseconds, signal);
    }
  };

const lookEachMilliseconds = 60_000;

const onceANight =
  (retaining: Retaining) =>
  async (signal: AbortSignal): Promise<void> => {
    await noteRetentionInForce(retaining.ports, retaining.periods);
    while (!signal.aborted) {
      await retentionTurn(retaining, signal, (milliseconds) => pause(milliseconds, signal));
      await pause(lookEachMilliseconds, signal);
    }
  };

/** What these ports have to do with systems outside that no fact of the log makes due. */
export const backgroundTasksOf = (
  ports: Ports,
  { bounces, retention }: { readonly bounces?: BounceReading; readonly retention?: RetentionPeriods },
): readonly BackgroundTask[] => {
  const { webhooks, requests } = ports;
  return [
    { name: 'opening-letters', work: againAndAgain(() => sendOpeningLetters(ports, ports.clock.now())) },
    ...(bounces === undefined ? [] : [{ name: 'bounces', work: (signal: AbortSignal) => readBounces(ports, bounces, signal) }]),
    ...(retention === undefined ? [] : [{ name: 'retention', work: onceANight({ ports, chainOf, periods: retention }) }]),
    ...(requests.kind === 'asked'
      ? [{ name: 'register', work: (signal: AbortSignal) => keepRequestsCurrent(ports, requests, signal) }]
      : []),
    // each target for itself: one that is slow, or waits, holds up no other
    ...(webhooks?.targets ?? []).map((target) => ({
      name: 'webhook',
      work: againAndAgain((signal) => (webhooks === undefined ? Promise.resolve() : tellTarget({ ...ports, webhooks }, target, signal))),
    })),
  ];
};
