import { SingleBar } from 'cli-progress';
import { Writable } from 'node:stream';
import type { Terminal } from './terminal';

export type Progress = { at(done: number, total: number): void; stop(): void };

const nothing: Progress = { at: () => undefined, stop: () => undefined };

/** A bar on standard error, and only on a terminal. */
export const progressOn = ({ stderr, env }: Terminal): Progress => {
  if (stderr.isTTY !== true) return nothing;
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      stderr.write(chunk.toString());
      done();
    },
  });
  const plain = (env['NO_COLOR'] ?? '') !== '';
  const bar = new SingleBar({
    stream: Object.assign(stream, { isTTY: true, columns: 80 }),
    format: plain ? '{percentage}% {value}/{total}' : '{bar} {percentage}% {value}/{total}',
    hideCursor: false,
    clearOnComplete: true,
  });
  let started = false;
  return {
    at: (done, total) => {
      if (!started) bar.start(total, 0);
      started = true;
      bar.setTotal(total);
      bar.update(done);
    },
    stop: () => {
      if (started) bar.stop();
    },
  };
};
