import { parentPort, workerData } from 'node:worker_threads';
import { readyMessage, requestsOf } from '../../codec/writer-messages.codec';
import { openSqliteWriter } from './sqlite-writer';

// A commit waits for the disk: in this thread no other work waits with it.
const port = parentPort;
if (!port) throw new Error('This module runs as a worker thread only.');
const writer = openSqliteWriter(String(workerData));
port.on('message', (message: unknown) => {
  const requests = requestsOf(message);
  if (requests) {
    port.postMessage(writer.write(requests));
    return;
  }
  writer.close();
  port.close();
});
port.postMessage(readyMessage);
