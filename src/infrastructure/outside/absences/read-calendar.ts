import { Worker } from 'node:worker_threads';
import { calendarReadOf, calendarToRead } from './absence-calendars.codec';
import type { CalendarRead, Span } from './calendar-read';

const longestMilliseconds = 15_000;
const mostMegabytes = 192;
/** Threads at a time. Somebody who hands in a calendar that never ends, again and again, fills neither the machine nor its memory. */
const mostAtATime = 2;

let reading = 0;
const waiting: (() => void)[] = [];

const inPlace = async <T>(work: () => Promise<T>): Promise<T> => {
  if (reading < mostAtATime) reading += 1;
  // whoever ends hands its place on
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) reading -= 1;
    else next();
  }
};

const readInThread = (text: string, window: Span, withinMilliseconds: number): Promise<CalendarRead> =>
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

/**
 * Reads a calendar of somebody else's in a thread of its own, for as long as a calendar may take: a rule that is computed for ever
 * (every day that is a 30th of February) or one that fills the memory ends the thread and nothing else.
 */
export const readCalendar = (text: string, window: Span, withinMilliseconds = longestMilliseconds): Promise<CalendarRead> =>
  inPlace(() => readInThread(text, window, withinMilliseconds));
