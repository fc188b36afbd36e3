import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import type { Logger } from '@tichet-albastru/event-log/ports/logger';
import type { Operations } from '../../../application/kernel/ports/operations';
import { damagedKey, damagedStreams, faultOfDamage, suspectedIn } from '../damaged-streams';
import type { LogAlarm } from './log-alarm';

/** Kept with an alarm that ended by itself. */
const [byItself, becauseWhole] = ['service', 'every stream is whole, or closed'] as const;

type Watched = {
  readonly store: EventStore;
  readonly alarm: LogAlarm;
  readonly keyValues: Operations['keyValues'];
  readonly logger: Logger;
};

/**
 * Raises the alarm while a stream is not whole and not closed, and ends it once there is none. A person who mends a stream says so to the
 * server; a person who closes it writes a fact. Nothing is asked while nothing was noticed.
 */
export const watchStreams = ({ store, alarm, keyValues, logger }: Watched): { look(): Promise<void> } => {
  let [told, begun] = ['', false];
  return {
    look: async () => {
      const stands = alarm.standing()?.fault.reason === 'stream-damaged';
      // another process, or this one before it was started, may have come upon what this one has not
      const kept = stands || !begun ? await keyValues.get(damagedKey) : undefined;
      const damaged = await damagedStreams(store, { anew: stands, suspected: suspectedIn(kept) });
      begun = true;
      const open = damaged.filter(({ closedAt }) => closedAt === undefined);
      const text = damaged.length === 0 ? '' : JSON.stringify(damaged);
      if (text !== told) {
        for (const { stream, revision, how } of open) logger.error('log.stream-damaged', { stream, position: String(revision), kind: how });
        if (text === '') await keyValues.remove(damagedKey);
        else await keyValues.put(damagedKey, text);
        told = text;
      }
      const [first] = open;
      if (first !== undefined) await alarm.raise(faultOfDamage(first));
      else if (stands) await alarm.clear(byItself, becauseWhole);
    },
  };
};
