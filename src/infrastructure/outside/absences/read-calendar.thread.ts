import { parentPort, workerData } from 'node:worker_threads';
import { calendarToReadOf } from './absence-calendars.codec';
import { busyTimes } from './busy-times';

const { text, window } = calendarToReadOf(workerData);
parentPort?.postMessage(busyTimes(text, window));
