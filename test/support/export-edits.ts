import { createHash } from 'node:crypto';
import { lineOf, type ExportedStream, type ExportedTicket } from '../../src/infrastructure/proof/export/export-lines';

export const linesOf = (bytes: Buffer): string[] => bytes.toString().split('\n').slice(0, -1);
export const joined = (lines: readonly string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(''));

/** Numbers that look like chance and are the same in every run. */
export const chance = (seed: number) => {
  let state = createHash('sha256').update(`export-${seed}`).digest();
  return (below: number): number => {
    state = createHash('sha256').update(state).digest();
    return state.readUInt32BE(0) % below;
  };
};

const countOf = (told: readonly Partial<ExportedTicket>[], name: 'events' | 'request'): number =>
  told.reduce((count, line) => count + (line[name]?.length ?? 0), 0);
/** Where the lines of tickets stand. */
export const ticketLines = (lines: readonly string[]): readonly number[] =>
  lines.flatMap((line, at) => (line.startsWith('{"ticketId"') ? [at] : []));

/** Whoever has no key of ours writes counts and sum anew, and leaves the signature as it was. */
export const summedAnew = (lines: readonly string[]): string[] => {
  const before = lines.slice(0, -1);
  const end = JSON.parse(lines.at(-1) ?? '{}') as { manifest: string };
  const told = before.slice(1).map((line) => JSON.parse(line) as Partial<ExportedTicket & ExportedStream>);
  const tickets = told.filter(({ ticketId }) => ticketId !== undefined);
  const [events, evidence] = [countOf(tickets, 'events'), countOf(tickets, 'request')];
  const shared = countOf(
    told.filter(({ stream }) => stream !== undefined),
    'events',
  );
  const manifest = end.manifest
    .replace(/^tickets \d+$/m, `tickets ${tickets.length}`)
    .replace(/^events \d+$/m, `events ${events}`)
    .replace(/^evidence \d+$/m, `evidence ${evidence + shared}`)
    .replace(/^sha256 .*$/m, `sha256 ${createHash('sha256').update(joined(before)).digest('hex')}`);
  return [...before, lineOf({ manifest }).trimEnd()];
};

const aTicket = (lines: readonly string[], next: (below: number) => number): number => {
  const places = ticketLines(lines);
  return places[next(places.length)] ?? 0;
};

type Edit = (bytes: Buffer, next: (below: number) => number) => Buffer;
/** What somebody may do to an export that has no key of ours. */
export const edits: Readonly<Record<string, Edit>> = {
  'another byte': (bytes, next) => {
    const edited = Buffer.from(bytes);
    const at = next(bytes.length);
    edited[at] = (edited[at] ?? 0) ^ (1 + next(255));
    return edited;
  },
  'a byte less': (bytes, next) => {
    const at = next(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
  },
  'a byte more': (bytes, next) => {
    const at = next(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from([32 + next(90)]), bytes.subarray(at)]);
  },
  'cut off': (bytes, next) => bytes.subarray(0, next(bytes.length)),
  'a ticket less': (bytes, next) => {
    const lines = linesOf(bytes);
    lines.splice(aTicket(lines, next), 1);
    return joined(lines);
  },
  'a ticket less, summed up anew': (bytes, next) => {
    const lines = linesOf(bytes);
    lines.splice(aTicket(lines, next), 1);
    return joined(summedAnew(lines));
  },
  'a ticket twice, summed up anew': (bytes, next) => {
    const lines = linesOf(bytes);
    const at = aTicket(lines, next);
    return joined(summedAnew([...lines.slice(0, at), lines[at] ?? '', ...lines.slice(at)]));
  },
  'two tickets in the other order': (bytes, next) => {
    const lines = linesOf(bytes);
    const places = ticketLines(lines);
    const place = next(places.length - 1);
    const [one = 0, other = 0] = places.slice(place, place + 2);
    [lines[one], lines[other]] = [lines[other] ?? '', lines[one] ?? ''];
    return joined(lines);
  },
  'another verdict, summed up anew': (bytes, next) => {
    const lines = linesOf(bytes);
    const at = aTicket(lines, next);
    lines[at] = (lines[at] ?? '').replace('"verdict":"pass"', '"verdict":"fail"');
    return joined(summedAnew(lines));
  },
  'something behind it': (bytes, next) => Buffer.concat([bytes, Buffer.from(['\n', ' ', '{}\n', '\0'][next(4)] ?? '')]),
};
