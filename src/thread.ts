import { isMainThread } from 'node:worker_threads';
import type { ThreadName } from './infrastructure/runtime/own-files';

/* Every thread of the service begins here: one program, so that a bundle needs one more entry and no more. */
const programs: Readonly<Record<ThreadName, () => Promise<unknown>>> = {
  'event-log': () => import('@tichet-albastru/event-log/stores/sqlite/sqlite-writer.thread'),
  tables: () => import('./infrastructure/tables/threads/table.thread.js'),
  outbox: () => import('./infrastructure/outside/mail/outbox.thread.js'),
  calendar: () => import('./infrastructure/outside/absences/read-calendar.thread.js'),
};

if (!isMainThread)
  for (const [name, run] of Object.entries(programs)) {
    // an exception of a thread is the error of whoever started it
    if (name === process.argv[2]) void run();
  }
