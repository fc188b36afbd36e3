import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { tellDemo } from '../../src/infrastructure/tools/demo/tell-demo';
import { createEventCodec } from '../../src/infrastructure/log/codec/event-codec.codec';
import { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
import { openPorts } from '../../src/infrastructure/nest/open-ports';
import { createSigner, type NoteSigner, signNote, verifiedCheckpoint } from '@tichet-albastru/signed-log';
import {
  exportFormat,
  lineOf,
  manifestText,
  type ExportedTicket,
  type ExportHead,
} from '../../src/infrastructure/proof/export/export-lines';
import { writeExport } from '../../src/infrastructure/proof/export/write-export';
import { judgeExport } from '../../src/infrastructure/proof/judge/judge-file';
import { openSigning } from '../../src/infrastructure/proof/signing/signing';
import { settingsOf } from '../infrastructure/tools/command-line/captured';
import { inTurn, ratios, secondsFor, spreadOf } from './support/measuring';
import type { Section } from './support/report';
import { freshFolder } from './support/stores';

type Written = { readonly path: string; readonly key: NoteSigner; readonly tickets: number };

/** The week of the demonstration, sealed and exported. */
const demoLines = async (folder: string): Promise<{ readonly lines: readonly string[]; readonly key: NoteSigner }> => {
  const opened = await openPorts(settingsOf(folder));
  await tellDemo(opened, '2026-11-25T14:00:00.000Z');
  const { sealing, ports } = opened;
  if (sealing === undefined) throw new Error('The log is not sealed.');
  const { checkpoints, key } = sealing;
  const signing = await openSigning({ store: ports.store, checkpoints, signer: createSigner(checkpoints, key) });
  const after = signing.position === '' ? {} : { after: signing.position };
  for await (const event of ports.store.readAll(after)) signing.add(event);
  await signing.sign();
  const lines: string[] = [];
  for await (const line of writeExport(ports, { signer: key })) lines.push(line);
  await opened.close();
  return { lines, key };
};

/** An export of so many tickets: those of the demonstration over and over, summed up and signed anew. Each is verified and judged as ever. */
const writtenExport = async (wanted: number): Promise<Written> => {
  const folder = freshFolder();
  const { lines, key } = await demoLines(folder);
  const path = join(folder, 'audit.jsonl');
  const file = createWriteStream(path);
  const sum = createHash('sha256');
  const write = async (line: string): Promise<void> => {
    sum.update(line);
    if (!file.write(line)) await once(file, 'drain');
  };
  const isTicket = (line: string): boolean => line.startsWith('{"ticketId"');
  const shared = lines.slice(0, -1).filter((line) => !isTicket(line));
  const tickets = lines.filter(isTicket);
  const counted = tickets.map((line) => JSON.parse(line) as ExportedTicket);
  for (const line of shared) await write(line);
  let [events, evidence] = [0, 0];
  for (const line of shared.slice(1)) if (line.startsWith('{"stream"')) evidence += (JSON.parse(line) as ExportedTicket).events.length;
  for (let at = 0; at < wanted; at += 1) {
    await write(tickets[at % tickets.length] ?? '');
    events += counted[at % tickets.length]?.events.length ?? 0;
    evidence += counted[at % tickets.length]?.request?.length ?? 0;
  }
  const { asOf, checkpoint = '' } = JSON.parse(lines[0] ?? '') as ExportHead;
  const signed = verifiedCheckpoint(checkpoint, key);
  if (signed === undefined) throw new Error('The export was not signed.');
  const { size, root } = signed;
  const text = manifestText({
    format: exportFormat,
    tickets: wanted,
    events,
    evidence,
    sum: sum.digest('hex'),
    asOf,
    checkpoint: { size, root: root.toString('hex') },
  });
  file.end(lineOf({ manifest: signNote(text, key) }));
  await once(file, 'close');
  return { path, key, tickets: wanted };
};

/** Every line parsed, and one SHA-256 over all of it: what whoever looks at an export needs at least. */
const rawReading = async ({ path }: Written): Promise<void> => {
  const sum = createHash('sha256');
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    sum.update(line);
    JSON.parse(line);
  }
  sum.digest('hex');
};

const megabytes = (): number => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
};

/** @returns the most memory above what was there before, looked at ten times on the way */
const judged = async ({ path, key, tickets }: Written, measureMemory = false): Promise<number> => {
  const before = measureMemory ? megabytes() : 0;
  let [most, done, differences] = [0, 0, 0];
  const checked = await judgeExport(createEventCodec({ keys: createMemoryKeyStore() }), createReadStream(path), {
    given: key,
    onTicket: (outcome) => {
      done += 1;
      if ('because' in outcome || outcome.difference !== undefined) differences += 1;
      if (measureMemory && done % Math.ceil(tickets / 10) === 0) most = Math.max(most, megabytes() - before);
    },
  });
  if (checked.faults > 0 || differences > 0 || done !== tickets) throw new Error(JSON.stringify({ checked, differences, done }));
  return most;
};

/** Judging a whole export from its file: tickets a second, and memory at two sizes. */
export const measureJudging = async ({ tickets, rounds }: { readonly tickets: number; readonly rounds: number }): Promise<Section> => {
  const [small, large] = [await writtenExport(tickets / 10), await writtenExport(tickets)];
  const perSecond = async (work: () => unknown): Promise<number> => tickets / (await secondsFor(work));
  const rates = await inTurn(rounds, { raw: () => perSecond(() => rawReading(large)), ours: () => perSecond(() => judged(large)) });
  const memory = await inTurn(rounds, { small: () => judged(small, true), large: () => judged(large, true) });
  return {
    title: `Judging an export of ${tickets.toLocaleString('en-US')} tickets`,
    rawMeans: `every line parsed, one SHA-256 over all; for memory, ${small.tickets.toLocaleString('en-US')} tickets.`,
    figures: [
      { what: 'judge', unit: 'tickets/s', raw: spreadOf(rates.raw), ours: spreadOf(rates.ours), ratio: ratios(rates.ours, rates.raw) },
      {
        what: 'memory above what was there before',
        unit: 'MB',
        raw: spreadOf(memory.small),
        ours: spreadOf(memory.large),
        ratio: ratios(memory.large, memory.small),
      },
    ],
    whereTheTimeGoes:
      'Each line is parsed, written anew and hashed; each event is decoded and led to the checkpoint; verdicts are computed.',
  };
};
