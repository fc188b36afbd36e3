import { pause } from '@tichet-albastru/kernel/pause';
import type { Logger } from '@tichet-albastru/event-log/ports/logger';
import type { OutsideOutcome } from '../telemetry/metrics';
import { AuthorityUnavailable, TileMissing, TimeStampNotBelieved, WitnessUnavailable } from '@tichet-albastru/signed-log';

/** Milliseconds until the next look: when all is well, after a refusal, and after the n-th time in a row without an answer. */
export type OutsidePauses = { readonly usual: number; readonly refused: number; readonly unavailable: readonly number[] };
export const outsidePauses: OutsidePauses = { usual: 1000, refused: 600_000, unavailable: [1000, 5000, 30_000, 120_000, 600_000] };

/** `nothing-due` is not counted. */
export type Turn = OutsideOutcome | 'nothing-due';

/** A word of ours for why the service outside gave no usable answer; `undefined` for other errors. */
const reasonOf = (error: unknown): string | undefined => {
  if (error instanceof WitnessUnavailable || error instanceof AuthorityUnavailable || error instanceof TimeStampNotBelieved)
    return error.reason;
  return error instanceof TileMissing ? 'own-tiles-not-whole' : undefined;
};

/**
 * Looks again and again whether there is something to hand over, for as long as it may. No caller waits for it.
 * @param turn `first` until it has once come to an answer
 * @throws what is neither unavailability nor disbelief
 */
export const outsideLoop =
  (
    name: string,
    turn: (signal: AbortSignal, first: boolean) => Promise<Turn>,
    {
      logger,
      count,
      pauses,
    }: { readonly logger: Logger; readonly count: (outcome: OutsideOutcome) => void; readonly pauses: OutsidePauses },
  ) =>
  async (signal: AbortSignal): Promise<void> => {
    let first = true;
    let failures = 0;
    const once = async (): Promise<number> => {
      try {
        const outcome = await turn(signal, first);
        if (outcome !== 'nothing-due') {
          count(outcome);
          first = false;
          if (failures > 0) logger.info('outside.answers-again', { outside: name });
        }
        if (outcome !== 'unavailable') failures = 0;
        return outcome === 'refused' ? pauses.refused : pauses.usual;
      } catch (error) {
        const reason = reasonOf(error);
        if (reason === undefined) throw error;
        // the service outside was not waited for any longer
        if (signal.aborted) return 0;
        count('unavailable');
        if (error instanceof TimeStampNotBelieved) logger.error('outside.not-believed', { outside: name, reason });
        else if (failures === 0) logger.warn('outside.unavailable', { outside: name, reason });
        failures += 1;
        return pauses.unavailable[failures - 1] ?? pauses.unavailable.at(-1) ?? pauses.usual;
      }
    };
    while (!signal.aborted) {
      await pause(await once(), signal);
    }
  };
