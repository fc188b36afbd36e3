import { randomUUID } from 'node:crypto';
import type { Log } from './log';

/** Streams of others on a shared server, and the server's own; one of them begins like our prefix. */
const streams = ['orders-1', 'tichet2.ticket-1', '$stats-127.0.0.1', '$$orders-1', 'zebra'];

/** Writes events of others, which nobody here may ever see. */
export const writeAsOthers = (log: Log, count: number): void => {
  for (let index = 0; index < count; index += 1) {
    const data = Buffer.from(JSON.stringify({ index }));
    const event = { id: randomUUID(), type: 'Noted', contentType: 'application/json', data, metadata: new Uint8Array() };
    log.append(streams[index % streams.length] ?? 'zebra', 'any', [event]);
  }
};

/** The same in great numbers: what they say is encoded when somebody is sent it, and only once. */
export const pourAsOthers = (log: Log, count: number): void => {
  log.pour(streams, count, {
    type: 'Noted',
    contentType: 'application/json',
    data: Buffer.from('{"index":0}'),
    metadata: new Uint8Array(),
  });
};
