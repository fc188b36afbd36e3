import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';

/** A line of `GET /api/v1/events`. */
export type Line = {
  readonly position: string;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
};

/**
 * Follows the log as docs/integrators.md tells: asks for what is behind the last line that was worked off, keeps each line together with
 * its position in one append, and asks again. A last line without its end was cut off: it is not worked off.
 */
export type Follower = {
  /** One question. @returns how many lines were kept */
  once(): Promise<number>;
  readonly kept: () => readonly Line[];
};

const wholePart = (text: string): string => text.slice(0, text.lastIndexOf('\n') + 1);
const whole = (text: string): readonly string[] =>
  wholePart(text)
    .split('\n')
    .filter((line) => line !== '');

/** What was cut off in the middle is asked for again: nothing may be written behind it. */
const mend = (file: string): void => {
  if (existsSync(file)) truncateSync(file, Buffer.byteLength(wholePart(readFileSync(file, 'utf8'))));
};

/** @param limit lines a question; small here, so that there are many */
export const followFeed = (baseUrl: string, token: () => Promise<string>, file: string, limit = 3): Follower => {
  const kept = (): readonly Line[] => (existsSync(file) ? whole(readFileSync(file, 'utf8')).map((line) => JSON.parse(line) as Line) : []);
  return {
    kept,
    once: async () => {
      mend(file);
      const after = kept().at(-1)?.position;
      const query = new URLSearchParams({ limit: String(limit), ...(after === undefined ? {} : { after }) });
      const answer = await fetch(`${baseUrl}/api/v1/events?${query.toString()}`, { headers: { authorization: `Bearer ${await token()}` } });
      if (answer.status !== 200) throw new Error(`events: ${String(answer.status)}`);
      const lines = whole(await answer.text());
      appendFileSync(file, lines.map((line) => `${line}\n`).join(''));
      return lines.length;
    },
  };
};
