import type { EventStore, Position, Recorded } from '../../../application/kernel/ports/event-store';
import type { WakeUp } from '../../runtime/wake-up';

type Followed = {
  /** at most `most` events after the position */
  readonly after: (position: Position, most: number) => readonly Recorded[] | Promise<readonly Recorded[]>;
  readonly batchSize: number;
  readonly wakeUp: WakeUp;
  /** how long an append of another process may stay unseen, in milliseconds */
  readonly pollEvery: number;
};

/** One batch at a time: whoever does not ask for more keeps no more than that in memory. */
export async function* followLog(
  { after, batchSize, wakeUp, pollEvery }: Followed,
  options: Parameters<EventStore['subscribe']>[0],
): ReturnType<EventStore['subscribe']> & AsyncGenerator {
  const { signal } = options;
  const stopped = (): boolean => signal.aborted;
  let position = options.after ?? '';
  let told = false;
  while (!stopped()) {
    const turn = wakeUp.turn();
    const batch = await after(position, batchSize);
    for (const event of batch) {
      if (stopped()) return;
      yield event;
      position = event.position;
    }
    if (batch.length > 0) told = false;
    if (batch.length === batchSize || stopped()) continue;
    if (!told) yield { kind: 'caught-up' as const, position };
    told = true;
    await wakeUp.sleep(signal, turn, pollEvery);
  }
}
