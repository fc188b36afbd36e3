import type { EventStoreDBClient } from '@eventstore/db-client';
import type { Connection } from './connection';
import { isWorthAnother, mayBePoisoned, Silence } from './outage';
import { timeLeft } from './time-left';

/** A bounded reading of the client's. */
type Reading<E> = {
  on(event: 'data', listener: (event: E) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  cancel(): Promise<void>;
};

/** Between the first attempt and the second, in milliseconds: long enough for a connection. */
const breath = 20;

/**
 * Everything that one bounded reading gives; asked for once more when the connection turned out to be lost.
 * @throws Silence, and what the client throws
 */
export const takeWhole = async <E>(
  connection: Connection,
  begin: (client: EventStoreDBClient) => Reading<E>,
  milliseconds: number,
): Promise<readonly E[]> => {
  const left = timeLeft(milliseconds);
  try {
    return await takeOnce(connection, begin, left());
  } catch (error) {
    if (!isWorthAnother(error)) throw error;
    await new Promise((resolve) => setTimeout(resolve, breath));
    return takeOnce(connection, begin, left());
  }
};

/**
 * Everything that one bounded reading gives. Taken whole, so that no call stays open behind a reader who stops, and with a time limit,
 * which the client has none of.
 */
const takeOnce = <E>(
  connection: Connection,
  begin: (client: EventStoreDBClient) => Reading<E>,
  milliseconds: number,
): Promise<readonly E[]> =>
  new Promise((resolve, reject) => {
    const client = connection.current();
    const reading = begin(client);
    const events: E[] = [];
    const stop = (): void => {
      clearTimeout(timer);
      forget();
    };
    const fail = (error: Error): void => {
      stop();
      reading.cancel().catch(() => undefined);
      if (mayBePoisoned(error)) connection.giveUp(client);
      reject(error);
    };
    const timer = setTimeout(() => {
      fail(new Silence(`No answer within ${milliseconds} ms.`));
    }, milliseconds);
    const forget = connection.whenGivenUp(fail);
    reading.on('data', (event) => {
      events.push(event);
    });
    reading.on('error', fail);
    reading.on('end', () => {
      stop();
      resolve(events);
    });
  });
