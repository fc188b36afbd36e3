import { Worker } from 'node:worker_threads';
import { calendarReadOf, calendarToRead } from '../serialization/absence-calendars.codec';
import type { CalendarRead, Span } from './calendar-read';

const longestMilliseconds = 15_000;
const mostMegabytes = 192;

/**
 * Reads a calendar of somebody else's in a thread of its own, for as long as a calendar may take: a rule that is computed for ever
 * (every day that is a 30th of February) or one that fills the memory ends the thread and nothing else.
 */
export const readCalendar = (text: string, window: Span, withinMilliseconds = longestMilliseconds): Promise<CalendarRead> =>
  new Promise((resolve) => {
    const worker = new Worker(require.resolve('./read-calendar.thread'), {
      workerData: calendarToRead({ text, window }),
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
    });
    const timer = setTimeout(() => void worker.terminate(), withinMilliseconds);
    worker.once('message', (message: unknown) => {
      resolve(calendarReadOf(message));
      void worker.terminate();
    });
    worker.on('error', () => {
      resolve({ kind: 'no-calendar', why: 'too-hard' });
    });
    worker.once('exit', () => {
      clearTimeout(timer);
      resolve({ kind: 'no-calendar', why: 'too-hard' });
    });
  });
