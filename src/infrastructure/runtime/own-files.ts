import { basename, extname, join } from 'node:path';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/* What a program needs of this package beside its code. In a bundle this code stands in the bundle’s file, and both lie beside that one. */
const extension = extname(__filename);
const isBundled = basename(__filename, extension) !== 'own-files';
const built = join(__dirname, '../..');

/** Styles, scripts and the picture of the pages. */
export const assetsFolder = (): string => (isBundled ? join(__dirname, 'tichet-assets') : join(built, 'infrastructure/web/assets'));

/** What `src/thread.ts` knows how to run. */
export type ThreadName = 'event-log' | 'tables' | 'outbox' | 'calendar';

/** What Node warns of in a thread is a warning of the process, and not text on its error output. */
export const startThread = (name: ThreadName, options: WorkerOptions): Worker => {
  const file = isBundled ? join(__dirname, 'tichet-thread.js') : join(built, `thread${extension}`);
  const worker = new Worker(file, { ...options, argv: [name], stderr: true });
  worker.stderr.on('data', (text: Buffer) => {
    process.emitWarning(text.toString('utf8').trim(), 'ThreadWarning');
  });
  return worker;
};
