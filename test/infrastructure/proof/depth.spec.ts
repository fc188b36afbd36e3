import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventStore, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { type ExportedEvent, exportFormat, lineOf, manifestText } from '../../../src/infrastructure/proof/export/export-lines';
import { verifyExport } from '../../../src/infrastructure/proof/export/export-verify';
import { createCurrentSignedLog } from '../../../src/infrastructure/proof/signing/current-signed-log';
import {
  type PlacedEvent,
  proofManifestText,
  sumOfProof,
  ticketProof,
  ticketProofFormat,
  type TicketProof,
} from '../../../src/infrastructure/proof/ticket-proof';
import { checkTicketProof } from '../../../src/infrastructure/proof/verify/check-ticket-proof';
import { readTicketProof } from '../../../src/infrastructure/proof/verify/read-ticket-proof';
import { logBehindPort } from '../../../src/infrastructure/proof/verify/stored-log';
import { verifyLog } from '../../../src/infrastructure/proof/verify/verify-log';
import * as strictJson from '@tichet-albastru/kernel/strict-json';
import { type CheckpointStore, createMemoryCheckpointStore, signNote, verifiedCheckpoint, verifierLine } from '@tichet-albastru/signed-log';
import { checkpointsIn } from '../../../src/infrastructure/tools/command-line/named';
import { emptyFolder } from '../../support/closing';
import { hasPython, pythonProgram, pythonVerdicts, runPython } from '../../support/independent-verifiers';
import { sealKey, sealNow } from '../../support/sealed-tickets';
import { appendSmall } from '../../support/small-events';
import { inOne } from './support/exports-and-proofs';

// How deep a file may be is for the format to say: the readers of JSON of two runtimes, or of two versions of one, end at different depths.

const { deepest, opensTooMany } = strictJson;
const arrays = (depth: number): unknown => (depth === 0 ? 0 : [arrays(depth - 1)]);
const objects = (depth: number): unknown => (depth === 0 ? 0 : { a: objects(depth - 1) });
const byTurns = (depth: number): unknown => (depth === 0 ? 0 : depth % 2 === 0 ? [byTurns(depth - 1)] : { a: byTurns(depth - 1) });

/** What stands where so many brackets may still be opened, and whether it may. */
const values = (room: number): Readonly<Record<string, readonly [value: unknown, holds: boolean]>> => ({
  'arrays-as-deep-as-can-be': [arrays(room), true],
  'objects-as-deep-as-can-be': [objects(room), true],
  'arrays-deeper': [arrays(room + 1), false],
  'objects-deeper': [objects(room + 1), false],
  'by-turns-deeper': [byTurns(room + 1), false],
  'many-beside-one-another': [Array.from({ length: 200 }, () => [{}]), true],
  'within-a-string': ['[{'.repeat(200), true],
  'behind-an-escaped-quote': [`"${'[{'.repeat(200)}`, true],
  'behind-an-escaped-backslash': [['\\', arrays(room)], false],
});
const names = Object.keys(values(0));

type Counter = (text: string, most?: number) => boolean;
type Counting = { readonly marks: RegExp; readonly strings: boolean; readonly closes: boolean; readonly more: number };
const counter =
  ({ marks, strings, closes, more }: Counting): Counter =>
  (text, most = deepest) => {
    let [quoted, depth] = [false, 0];
    for (const [mark] of text.matchAll(marks)) {
      if (mark === '"') quoted = !quoted;
      else if (mark.startsWith('\\') || (quoted && strings)) continue;
      else if (mark === '[' || mark === '{') depth += 1;
      else if (closes) depth -= 1;
      if (depth > most + more) return true;
    }
    return false;
  };
const whole: Counting = { marks: /\\.|["[\]{}]/gs, strings: true, closes: true, more: 0 };
/** Each takes some of the files otherwise than the format has it. */
const brokenCounters: Readonly<Record<string, Counter>> = {
  'looks at nothing': () => false,
  'goes one deeper': counter({ ...whole, more: 1 }),
  'goes one less deep': counter({ ...whole, more: -1 }),
  'counts within strings': counter({ ...whole, strings: false }),
  'takes an escaped quote for the end of a string': counter({ ...whole, marks: /["[\]{}]/g }),
  'takes a quote behind an escaped backslash for a part of the string': counter({ ...whole, marks: /\\+.|["[\]{}]/gs }),
  'counts objects alone': counter({ ...whole, marks: /\\.|["{}]/gs }),
  'counts arrays alone': counter({ ...whole, marks: /\\.|["[\]]/gs }),
  'counts all that were opened': counter({ ...whole, closes: false }),
};
/** The same mistakes, as they would stand in the Python program, and those of a reader that does not look. */
const brokenPrograms: Readonly<Record<string, readonly [is: string, becomes: string]>> = {
  'reads lines and proofs of any depth': ['if opens_too_many(text):', 'if False:'],
  'reads texts of events of any depth': ['if opens_too_many(body):', 'if False:'],
  'goes one deeper': ['depth > DEEPEST', 'depth > DEEPEST + 1'],
  'goes one less deep': ['depth > DEEPEST', 'depth >= DEEPEST'],
  'counts within strings': ['elif quoted or mark[0]', 'elif mark[0]'],
  'takes an escaped quote for the end of a string': [String.raw`r'\\.|["\[\]{}]'`, String.raw`r'["\[\]{}]'`],
  'takes a quote behind an escaped backslash for a part of the string': [String.raw`r'\\.|["\[\]{}]'`, String.raw`r'\\+.|["\[\]{}]'`],
  'counts objects alone': [String.raw`["\[\]{}]`, '["{}]'],
  'counts arrays alone': [String.raw`["\[\]{}]`, String.raw`["\[\]]`],
  'counts all that were opened': ['depth -= 1', 'depth -= 0'],
};

type Sealed = {
  readonly store: EventStore;
  readonly checkpoints: CheckpointStore;
  readonly proof: TicketProof;
  readonly events: readonly Recorded[];
};
const ticketId = 'a-ticket';
/** A ticket of one event, sealed. */
const sealed = async (more: object): Promise<Sealed> => {
  const [store, checkpoints] = [createMemoryEventStore(), createMemoryCheckpointStore()];
  await appendSmall(store, 1, `ticket-${ticketId}`, more);
  await sealNow(store, checkpoints);
  const proved = await ticketProof(
    { store, signedLog: createCurrentSignedLog({ checkpoints, verifier: sealKey, counts: true }) },
    ticketId,
  );
  if (isRefusal(proved) || proved.kind !== 'proved') throw new Error('There is no proof.');
  const events: Recorded[] = [];
  for await (const event of store.readAll()) events.push(event);
  return { store, checkpoints, proof: proved.proof, events };
};
const judged = { asOf: '2026-03-05T10:00:00.000Z', overall: 'pass', checks: [] };
const placed = ({ proof, events }: Sealed): readonly PlacedEvent[] =>
  proof.events.map((event, at) => ({ ...event, position: events[at]?.position ?? '' }));
const checkpointOf = ({ proof }: Sealed) => {
  const checkpoint = verifiedCheckpoint(proof.checkpoint, sealKey);
  if (checkpoint === undefined) throw new Error('It is not sealed.');
  return { size: checkpoint.size, root: checkpoint.root.toString('hex') };
};
/** With evidence and verdicts that have this beside them, and signed. */
const proofWith = (of: Sealed, beside: unknown): string => {
  const evidence = { request: [], streams: [], meetings: [], clock: [], judged: { ...judged, beside } };
  const proof = { ...of.proof, format: ticketProofFormat, events: placed(of), evidence } as unknown as TicketProof;
  const [head] = proof.events;
  if (head === undefined) throw new Error('Nothing is proved.');
  const text = proofManifestText({ ticketId, head, sum: sumOfProof(proof), checkpoint: checkpointOf(of) });
  return JSON.stringify({ ...proof, manifest: signNote(text, sealKey) });
};
/** The same of an export. */
const exportWith = (of: Sealed, beside: unknown): string => {
  const events = placed(of).map((event): ExportedEvent => ({ ...event, type: 'Small' }));
  const { checkpoint, verifier } = of.proof;
  const lines = [
    { format: exportFormat, asked: {}, asOf: judged.asOf, verifier, checkpoint },
    { ticketId, audited: { ...judged, beside }, events },
  ];
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const sum = createHash('sha256').update(text).digest('hex');
  const counts = { tickets: 1, events: events.length, evidence: 0 };
  const manifest = signNote(
    manifestText({ format: exportFormat, ...counts, sum, asOf: judged.asOf, checkpoint: checkpointOf(of) }),
    sealKey,
  );
  return text + lineOf({ manifest });
};

/** What is found, in one word; `holds` where nothing is. */
const found = async (path: string): Promise<string> => {
  const bytes = readFileSync(path);
  if (path.endsWith('.jsonl')) return (await verifyExport(inOne(bytes), sealKey)).findings.map(({ fault }) => fault)[0] ?? 'holds';
  const proof = readTicketProof(bytes);
  const checked = proof && checkTicketProof(proof, sealKey);
  return checked?.kind === 'fails' ? checked.fault.reason : (checked?.kind ?? 'not-a-proof');
};

let folder = '';
/** By the path of each file what is to be found in it. */
const expected = new Map<string, string>();
const logs = new Map<string, Sealed & { readonly holds: boolean }>();
const paths = (): readonly string[] => [...expected.keys()];
const foundIn = async () => new Map(await Promise.all(paths().map(async (path) => [path, await found(path)] as const)));

beforeAll(async () => {
  folder = emptyFolder();
  const write = (name: string, text: string, is: string): void => {
    const path = join(folder, name);
    writeFileSync(path, text);
    expected.set(path, is);
  };
  const plain = await sealed({});
  // the brackets around it: of the proof, its evidence and its verdicts; of the line and its verdicts; of the text and its data
  const [inProof, inLine, inBody] = [values(deepest - 3), values(deepest - 2), values(deepest - 2)];
  for (const name of names) {
    const [[inVerdicts, holds], [besideAudit], [inData]] = [inProof[name] ?? [0, true], inLine[name] ?? [0], inBody[name] ?? [0]];
    const log = await sealed({ deep: inData });
    logs.set(name, { ...log, holds });
    const is = (fault: string): string => (holds ? 'holds' : fault);
    write(`proof-${name}.json`, proofWith(plain, inVerdicts), is('not-a-proof'));
    write(`export-${name}.jsonl`, exportWith(plain, besideAudit), is('line-unreadable'));
    write(`event-of-a-proof-${name}.json`, JSON.stringify(log.proof), is('not-an-envelope'));
    write(`event-of-an-export-${name}.jsonl`, exportWith(log, 0), is('chain-broken'));
  }
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe(`what opens more than ${deepest} brackets within one another`, () => {
  it('is not read, and what opens as many is, however it is written', async () => {
    expect(await foundIn()).toEqual(expected);
    expect([...expected.values()].filter((is) => is === 'holds')).toHaveLength((4 * names.length * 5) / 9);
  });

  it('is what the page says', () => {
    const page = readFileSync(join(__dirname, '../../../docs/proof-verification.md'), 'utf8');
    expect(page).toContain(`At most ${deepest} brackets (\`[\` and \`{\`) are open within one another`);
  });

  it('is no text of an event in the log either', async () => {
    for (const { store, checkpoints, holds } of logs.values()) {
      const { faults } = await verifyLog({ log: logBehindPort(store), checkpoints, verifier: sealKey });
      expect(faults).toEqual(holds ? [] : [expect.objectContaining({ reason: 'not-an-envelope', number: 1 })]);
    }
  });

  it('is no answer with a checkpoint', () => {
    const path = join(emptyFolder(), 'answer.json');
    const note = logs.get('within-a-string')?.proof.checkpoint;
    for (const [beside, holds] of Object.values(values(deepest - 1))) {
      writeFileSync(path, JSON.stringify({ note, beside }));
      if (holds) expect(checkpointsIn([path])).toEqual([note]);
      else expect(() => checkpointsIn([path])).toThrow();
    }
  });

  it('is told from what opens fewer also where lines end within it, and where it is no JSON', () => {
    const broken = (depth: number): string => `${'[\r\n'.repeat(depth)}${']\r\n'.repeat(depth)}`;
    expect([deepest, deepest + 1].map((depth) => opensTooMany(broken(depth)))).toEqual([false, true]);
    expect([deepest, deepest + 1].map((depth) => opensTooMany('{'.repeat(depth)))).toEqual([false, true]);
  });

  it('and a million in all, are no more, and one more is', () => {
    expect([999_999, 1_000_000].map((inner) => opensTooMany(`[${'{},'.repeat(inner - 1)}{}]`))).toEqual([false, true]);
  });

  it('is found by the counter of this test that is not broken as by ours', async () => {
    jest.spyOn(strictJson, 'opensTooMany').mockImplementation(counter(whole));
    expect(await foundIn()).toEqual(expected);
  });

  it.each(Object.entries(brokenCounters))('is not found by a counter that %s', async (_, broken) => {
    jest.spyOn(strictJson, 'opensTooMany').mockImplementation(broken);
    const otherwise = await foundIn();
    // the reader of proofs has the counter in its own module, where no test comes between: it is held by the files alone
    for (const kind of ['export', 'event-of-a-proof', 'event-of-an-export']) {
      const ofThisKind = names.map((name) => join(folder, `${kind}-${name}.json${kind.endsWith('export') ? 'l' : ''}`));
      expect(ofThisKind.filter((path) => otherwise.get(path) !== expected.get(path))).not.toEqual([]);
    }
  });
});

describe('the Python program', () => {
  const withPython = hasPython ? it : it.skip;
  const words: Readonly<Record<string, RegExp>> = {
    holds: /^holds \(/,
    'not-a-proof': /^is no proof of a ticket/,
    'line-unreadable': /^line 2 is no line of an export$/,
    'chain-broken': /^line 2: an event is missing, or is not the one of its hash$/,
    'not-an-envelope': /^event 1 does not have the form in which the service writes$/,
  };

  withPython('finds the same in each file', () => {
    const { stdout } = runPython('--lang', 'en', '--quiet', '--key', verifierLine(sealKey), folder);
    const said = new Map(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => /^\w+ +(.+?): (.*)$/.exec(line)?.slice(1) as [string, string]),
    );
    expect(said.size).toBe(readdirSync(folder).length);
    expect(paths().filter((path) => words[expected.get(path) ?? '']?.test(said.get(path) ?? '') !== true)).toEqual([]);
  });

  withPython('finds the same in each log, and in what stands beside a checkpoint and in a line', () => {
    const of = emptyFolder();
    const [log, note] = [join(of, 'log.ndjson'), join(of, 'note.json')];
    const check = (lines: readonly object[], checkpoint: object): number | null => {
      writeFileSync(log, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      writeFileSync(note, JSON.stringify(checkpoint));
      return runPython('--key', verifierLine(sealKey), '--log', log, '--checkpoint', note).status;
    };
    const plain = logs.get('within-a-string');
    if (plain === undefined) throw new Error('There is no log.');
    for (const name of ['arrays-as-deep-as-can-be', 'objects-deeper', 'behind-an-escaped-quote']) {
      const { events, proof, holds } = logs.get(name) ?? plain;
      const [beside] = values(deepest - 1)[name] ?? [];
      const plainNote = { note: plain.proof.checkpoint };
      expect([name, check(events, { note: proof.checkpoint })]).toEqual([name, holds ? 0 : 6]);
      expect([name, check(plain.events, { ...plainNote, beside })]).toEqual([name, holds ? 0 : 5]);
      expect([
        name,
        check(
          plain.events.map((event) => ({ ...event, beside })),
          plainNote,
        ),
      ]).toEqual([name, holds ? 0 : 5]);
    }
  });

  withPython.each(Object.entries(brokenPrograms))('does not where it %s', (_, [is, becomes]) => {
    const source = readFileSync(pythonProgram, 'utf8');
    expect(source.split(is)).toHaveLength(2);
    const program = join(emptyFolder(), 'broken.py');
    writeFileSync(
      program,
      source.replace(is, () => becomes),
    );
    const otherwise = pythonVerdicts(folder, sealKey, program);
    expect(otherwise.size).toBe(paths().length);
    expect(paths().filter((path) => otherwise.get(path) !== (expected.get(path) === 'holds'))).not.toEqual([]);
  });
});
