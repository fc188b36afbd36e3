import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder } from './closing';
import { shiftClock } from './shift-clock';

/** What a service reads that had opened the file before the clock was moved a second time. */
const readMeanwhile = (move: (file: string, instant: string) => unknown): number => {
  const file = join(emptyFolder(), 'clock');
  shiftClock(file, '2026-03-02T08:00:00.000Z');
  const opened = openSync(file, 'r');
  move(file, '1970-01-01T00:00:00.000Z');
  const read = Number(readFileSync(opened, 'utf8'));
  closeSync(opened);
  return Date.now() + read;
};

it('a clock is moved in one step: who reads meanwhile has the hour before, and never half a number', () => {
  expect(new Date(readMeanwhile(shiftClock)).toISOString()).toMatch(/^2026-03-02T08:/);
});

it('broken variant: a file that is emptied and written again is read as empty', () => {
  const emptied = readMeanwhile((file) => {
    writeFileSync(file, '');
  });
  expect(Math.abs(emptied - Date.now())).toBeLessThan(3_600_000);
});
