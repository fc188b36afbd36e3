import { ANY, EventStoreDBClient, NO_STREAM } from '@eventstore/db-client';
import type { AppendResult, EventStore } from '../../../src/application/kernel/ports/event-store';
import { positionOf } from '../../../src/infrastructure/log/event-store/append-rules';
import { eventDataOf } from '../../../src/infrastructure/log/event-store/eventstoredb/stored-event';

export type AppendFlaw =
  /** a call that failed is made again with "any" */
  | 'retries-with-any'
  /** after a failure, a wrong revision is taken for its own event */
  | 'takes-conflict-for-success'
  /** a call that failed has not written */
  | 'takes-failure-for-conflict'
  /** the client's shared call for all appends, without a time limit */
  | 'waits-for-ever'
  /** compares neither hashes nor ids */
  | 'trusts-revisions';

/** What one writes over the client at first. @param limit for one call, in milliseconds */
export const carelessAppend = (client: EventStoreDBClient, flaw: AppendFlaw, limit: number): EventStore['append'] => {
  if (flaw !== 'waits-for-ever') Object.defineProperty(client, 'supports', { value: () => Promise.resolve(false) });
  return async (stream, expected, events) => {
    const expectedRevision = expected.kind === 'no-stream' ? NO_STREAM : BigInt(expected.revision);
    const send = async (revision: typeof expectedRevision | typeof ANY): Promise<AppendResult> => {
      const options = { expectedRevision: revision, ...(flaw !== 'waits-for-ever' && { deadline: limit / 2 }) };
      const written = await client.appendToStream(stream, events.map(eventDataOf), options);
      return { kind: 'appended', revision: Number(written.nextExpectedRevision), position: positionOf(written.position?.commit ?? 0n) };
    };
    const isConflict = (error: unknown): boolean => (error as { type?: string }).type === 'wrong-expected-version';
    const lost: AppendResult = { kind: 'conflict', revision: -1 };
    try {
      return await send(expectedRevision);
    } catch (error) {
      if (isConflict(error) || flaw === 'takes-failure-for-conflict') return lost;
      if (flaw !== 'retries-with-any' && flaw !== 'takes-conflict-for-success') throw error;
      await new Promise((resolve) => setTimeout(resolve, 150));
      try {
        return await send(flaw === 'retries-with-any' ? ANY : expectedRevision);
      } catch (again) {
        if (!isConflict(again)) throw again;
        const revision = Number(expectedRevision === NO_STREAM ? -1n : expectedRevision) + events.length;
        return flaw === 'takes-conflict-for-success' ? { kind: 'appended', revision, position: '' } : lost;
      }
    }
  };
};
