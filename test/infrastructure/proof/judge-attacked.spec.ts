import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plusHours } from '../../../src/domain/time/civil-time';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import type { ExportedEvent, ExportedStream, ExportedTicket } from '../../../src/infrastructure/proof/export/export-lines';
import { verifyExport } from '../../../src/infrastructure/proof/export/export-verify';
import { judgeEvidence } from '../../../src/infrastructure/proof/judge/judge-file';
import { type TicketProof } from '../../../src/infrastructure/proof/ticket-proof';
import { readTicketProof, ticketProofText } from '../../../src/infrastructure/proof/verify/read-ticket-proof';
import { checkTicketProof } from '../../../src/infrastructure/proof/verify/check-ticket-proof';
import { signNote } from '@tichet-albastru/signed-log';
import { isJsonObject } from '@tichet-albastru/kernel/json.codec';
import { deepest } from '@tichet-albastru/kernel/strict-json';
import { startService } from '../../http/support/service';
import { emptyFolder } from '../../support/closing';
import { joined, linesOf } from '../../support/export-edits';
import { hasPython, pythonVerdicts } from '../../support/independent-verifiers';
import { sealedDemo, type SealedDemo } from '../../support/sealed-demo';
import { exportOf, exportSignedAnew, inOne, judgedIn, proofOf, proofSignedAnew } from './support/exports-and-proofs';

// Whoever holds the key of the seal can sign any file. What it says is held to what stands in it all the same.

const now = '2026-03-11T10:00:00.000Z';
let demo: SealedDemo;
let whole: readonly string[];
let proofs: readonly TicketProof[];

beforeAll(async () => {
  demo = await sealedDemo(now);
  const service = await startService(demo.ports);
  await service.settled();
  whole = linesOf(await exportOf(demo));
  proofs = await Promise.all(demo.told.tickets.map(({ ticketId }) => proofOf(demo, ticketId)));
});

const signedAnew = (lines: readonly string[]): Buffer => exportSignedAnew(lines, demo.key);

const withoutEnd = (): string[] => whole.slice(0, -1);
const place = (is: (ticket: ExportedTicket) => boolean): number =>
  whole.findIndex((line) => line.startsWith('{"ticketId"') && is(JSON.parse(line) as ExportedTicket));
const ticketAt = (at: number): ExportedTicket => JSON.parse(whole[at] ?? '') as ExportedTicket;
const passes = ({ audited }: ExportedTicket): boolean => audited?.overall === 'pass';
const withLine = (at: number, line: object | string): string[] => {
  const lines = withoutEnd();
  lines[at] = typeof line === 'string' ? line : JSON.stringify(line);
  return lines;
};

describe('whoever holds the key of the seal signs a file that says', () => {
  it('the same, and it holds', async () => {
    const { checked, not, differences } = await judgedIn(demo, signedAnew(withoutEnd()));
    expect([checked.faults, not, differences]).toEqual([0, [], []]);
  });

  it('that its verdicts do not know the last fact, which stands in it: they are found with it', async () => {
    const at = place(({ events, audited }) => events.length > 4 && audited?.overall === 'pass');
    const ticket = ticketAt(at);
    const judged = 3;
    const { differences } = await judgedIn(demo, signedAnew(withLine(at, { ...ticket, judged })));
    // signed are the verdicts of all facts: with them nothing differs, however many the line says that it knew
    expect(differences).toEqual([]);
    const others = withLine(at, { ...ticket, judged, events: ticket.events.slice(0, judged) });
    const early = (await judgedIn(demo, signedAnew(others))).judged.find(({ ticketId }) => ticketId === ticket.ticketId);
    const { judgement } = early ?? {};
    const story = { ...ticket, judged, audited: { ...ticket.audited, ...judgement } };
    expect((await judgedIn(demo, signedAnew(withLine(at, story)))).differences).toMatchObject([{ ticketId: ticket.ticketId }]);
  });

  it('an earlier moment for one ticket than for the file', async () => {
    const at = place(passes);
    const ticket = ticketAt(at);
    const asOf = plusHours(now, -1);
    const lines = withLine(at, { ...ticket, audited: { ...ticket.audited, asOf } });
    expect((await judgedIn(demo, signedAnew(lines))).differences).toEqual([
      { ticketId: ticket.ticketId, signed: `asOf: ${asOf}`, found: `asOf: ${now}` },
    ]);
  });

  it('that nothing of it is in the log yet, with an earlier place than what is', async () => {
    const at = whole.findIndex((line) => line.startsWith('{"stream"'));
    const { stream, events } = JSON.parse(whole[at] ?? '') as ExportedStream;
    const unsealed = events.map((event): ExportedEvent => {
      const { leaf: _, proof: __, ...text } = event as ExportedEvent & { leaf?: number; proof?: readonly string[] };
      return { ...text, unsealed: 'not-yet' };
    });
    const { checked, not, judged } = await judgedIn(demo, signedAnew(withLine(at, { stream, events: unsealed })));
    expect(checked).toMatchObject({ faults: 0, unproved: events.length });
    expect(judged).toEqual([]);
    expect(not).toEqual(not.map(({ ticketId }) => ({ ticketId, because: 'not-readable' })));
    expect(not).toHaveLength(checked.tickets);
  });

  it('a verdict that nobody can read, or none at a moment', async () => {
    const at = place(passes);
    const { audited, ...ticket } = ticketAt(at);
    for (const unreadable of [{ ...audited, asOf: 'today' }, { ...audited, checks: [{ id: 'C01' }] }, { ...audited, overall: 1 }, 'pass']) {
      const { checked } = await judgedIn(demo, signedAnew(withLine(at, { ...ticket, audited: unreadable })));
      expect(checked.findings).toEqual([
        { fault: 'line-unreadable', line: at + 1 },
        expect.objectContaining({ fault: 'manifest-differs' }),
      ]);
    }
  });

  it('two things under one name, of which one reader takes the first and another the last', async () => {
    const at = place(passes);
    const line = (whole[at] ?? '').replace('"overall":"pass"', '"overall":"fail","overall":"pass"');
    expect((await judgedIn(demo, signedAnew(withLine(at, line)))).checked.findings).toContainEqual({
      fault: 'line-unreadable',
      line: at + 1,
    });
  });

  it('what is nested so deep that it cannot be compared', async () => {
    const at = place(passes);
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const line = (whole[at] ?? '').replace('"evidence":[', `"evidence":[${deep},`);
    const before = withoutEnd();
    const sealed = signedAnew(before);
    const bytes = joined([...withLine(at, line), linesOf(sealed).at(-1) ?? '']);
    expect((await judgedIn(demo, bytes)).checked.findings).toContainEqual({ fault: 'line-unreadable', line: at + 1 });
  });

  it('what is nested deeper than the format is, by one bracket, and what the service writes is far from that', async () => {
    const deep = (value: unknown): number =>
      isJsonObject(value) || Array.isArray(value) ? 1 + Math.max(0, ...Object.values(value).map(deep)) : 0;
    const at = place(passes);
    const { audited, ...ticket } = ticketAt(at);
    const nested = (depth: number): unknown => (depth === 0 ? 0 : [nested(depth - 1)]);
    // the line and its verdicts are two
    const judgedWith = (depth: number) =>
      judgedIn(demo, signedAnew(withLine(at, { ...ticket, audited: { ...audited, beside: nested(depth - 2) } })));
    expect(deep(ticketAt(at))).toBeGreaterThan(4);
    expect(Math.max(...whole.map((line) => deep(JSON.parse(line))), ...proofs.map(deep))).toBeLessThan(deepest / 4);
    expect((await judgedWith(deepest)).checked.faults).toBe(0);
    const { checked, judged } = await judgedWith(deepest + 1);
    expect(checked.findings).toEqual([{ fault: 'line-unreadable', line: at + 1 }, expect.objectContaining({ fault: 'manifest-differs' })]);
    expect(judged.map(({ ticketId }) => ticketId)).not.toContain(ticket.ticketId);
  });
});

describe('a file that was made to be read for hours', () => {
  const read = (bytes: Buffer) => verifyExport(inOne(bytes), demo.key);

  it('of lines that are none is not read to its end', async () => {
    const lines = joined([whole[0] ?? '', ...Array.from({ length: 200_000 }, () => '')]);
    const { faults, findings } = await read(lines);
    expect(findings).toHaveLength(100);
    expect(faults).toBeLessThan(150_000);
  });

  it('of brackets within brackets, or of millions of them, is no line, and no proof, before it takes memory', async () => {
    const before = process.memoryUsage().rss;
    for (const brackets of ['['.repeat(8 * 1024 * 1024), `[${'{},'.repeat(4 * 1024 * 1024)}{}]`]) {
      expect((await read(joined([whole[0] ?? '', brackets]))).findings[0]).toEqual({ fault: 'line-unreadable', line: 2 });
      expect(readTicketProof(Buffer.from(brackets))).toBeUndefined();
    }
    // 45 bytes and more for each, where they are parsed
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });
});

describe('the two verifiers', () => {
  (hasPython ? it : it.skip)('agree on what was signed and is none of ours', async () => {
    const folder = emptyFolder();
    mkdirSync(folder, { recursive: true });
    const ours = new Map<string, boolean>();
    const exported = async (name: string, bytes: Buffer): Promise<void> => {
      const path = join(folder, `${name}.jsonl`);
      writeFileSync(path, bytes);
      ours.set(path, (await verifyExport(inOne(bytes), demo.key)).faults === 0);
    };
    const proved = (name: string, text: string): void => {
      const path = join(folder, `${name}.json`);
      writeFileSync(path, text);
      const read = readTicketProof(Buffer.from(text));
      ours.set(path, read !== undefined && checkTicketProof(read, demo.key).kind === 'holds');
    };
    const at = place(passes);
    const { audited, ...ticket } = ticketAt(at);
    const meeting = { ticketId: 'x', staffId: 'y', liveFrom: now, eventId: 'z', position: '1', slot: { startsAt: now, endsAt: now } };
    const dispute = { from: '1', to: '2', earliest: now, newest: now, seconds: 5, facts: 1, open: false };
    const otherwise: Readonly<Record<string, object | string>> = {
      whole: ticketAt(at),
      'asOf-of-words': { ...ticket, audited: { ...audited, asOf: 'today' } },
      'asOf-of-no-day': { ...ticket, audited: { ...audited, asOf: '2026-02-30T10:00:00.000Z' } },
      'no-checks': { ...ticket, audited: { ...audited, checks: {} } },
      'judged-below': { ...ticket, audited, judged: -1 },
      'judged-in-words': { ...ticket, audited, judged: '3' },
      'meetings-none': { ...ticket, audited, meetings: {} },
      'a-meeting': { ...ticket, audited, meetings: [meeting] },
      'a-meeting-without-slot': { ...ticket, audited, meetings: [{ ...meeting, slot: now }] },
      'a-meeting-until-a-number': { ...ticket, audited, meetings: [{ ...meeting, liveUntil: 5 }] },
      'unreadable-maybe': { ...ticket, audited, unreadable: false },
      'a-clock': { clock: [dispute] },
      'a-clock-of-words': { clock: [{ ...dispute, seconds: 'many' }] },
      'a-clock-half': { clock: [{ ...dispute, facts: 0.5 }] },
      'twice-named': (whole[at] ?? '').replace('"overall":"pass"', '"overall":"fail","overall":"pass"'),
      'with-blanks': ` ${whole[at] ?? ''}`,
      'written-otherwise': (whole[at] ?? '').replace('"overall"', '"over\\u0061ll"'),
    };
    for (const [name, line] of Object.entries(otherwise)) await exported(name, signedAnew(withLine(at, line)));
    const [head] = whole.map((line) => JSON.parse(line) as Record<string, unknown>);
    await exported('head-of-no-moment', signedAnew(withLine(0, { ...head, asOf: 'today' })));
    await exported('byte-order-mark', signedAnew(withLine(0, `\uFEFF${whole[0] ?? ''}`.slice(1))));
    const [proof] = proofs;
    if (proof?.evidence === undefined) throw new Error('There are no proofs.');
    const { evidence } = proof;
    const changes: Readonly<Record<string, object>> = {
      whole: evidence,
      'asOf-of-words': { ...evidence, judged: { ...evidence.judged, asOf: 'today' } },
      'no-checks': { ...evidence, judged: { ...evidence.judged, checks: 'none' } },
      'a-meeting': { ...evidence, meetings: [meeting] },
      'a-meeting-of-words': { ...evidence, meetings: ['soon'] },
      'a-clock-of-words': { ...evidence, clock: ['late'] },
    };
    for (const [name, changed] of Object.entries(changes))
      proved(name, ticketProofText(proofSignedAnew({ ...proof, evidence: changed as NonNullable<TicketProof['evidence']> }, demo.key)));
    const long = signNote(`tichet-albastru/ticket-proof/2\nhead ${'9'.repeat(5000)} \n`, demo.key);
    proved('a-number-without-end', ticketProofText({ ...proof, manifest: long }));
    expect(pythonVerdicts(folder, demo.key)).toEqual(ours);
    const accepted = [...ours].flatMap(([path, holds]) => (holds ? [path.slice(folder.length + 1)] : []));
    expect(accepted.toSorted()).toEqual([
      'a-clock.jsonl',
      'a-meeting.json',
      'a-meeting.jsonl',
      'byte-order-mark.jsonl',
      'whole.json',
      'whole.jsonl',
    ]);
  });
});

describe('events that are hashed and sealed, and whose texts are none that the service writes', () => {
  const values: readonly unknown[] = [null, 'x', 1e300, {}, '2026-13-45T99:99:99.000Z'];

  const changedIn = (value: unknown, path: readonly string[], to: unknown): unknown => {
    const [name, ...rest] = path;
    if (name === undefined) return to;
    if (Array.isArray(value)) return value.map((one, at): unknown => (String(at) === name ? changedIn(one, rest, to) : one));
    return { ...(value as object), [name]: changedIn((value as Record<string, unknown>)[name], rest, to) };
  };
  const pathsIn = (value: unknown): readonly (readonly string[])[] =>
    typeof value !== 'object' || value === null
      ? [[]]
      : [[], ...Object.entries(value).flatMap(([name, one]) => pathsIn(one).map((path) => [name, ...path]))];

  it('are said to be unreadable, or judged, and end nothing with an error', () => {
    const codec = demo.ports.codec;
    const thrown = new Map<string, string>();
    let tried = 0;
    const known = new Set<string>();
    for (const proof of proofs) {
      if (proof.evidence === undefined) continue;
      const { evidence } = proof;
      const lists = [proof.events, evidence.request, ...evidence.streams.map(({ events }) => events)];
      for (const [list, events] of lists.entries()) {
        for (const [place, event] of events.entries()) {
          const body = JSON.parse(event.body) as { type: string; data: unknown };
          for (const path of pathsIn(body)) {
            const kind = `${body.type} ${path.join('.')}`;
            if (known.has(kind)) continue;
            known.add(kind);
            // one of them each: all of them take minutes
            for (const to of [values[known.size % values.length]]) {
              const text = JSON.stringify(changedIn(body, path, to));
              const changed = events.map((one, at) =>
                at === place ? { ...event, body: text, hash: hashEvent({ ...event, body: text }) } : one,
              );
              const other = <E>(own: E, at: number): E => (at === list ? (changed as E) : own);
              tried += 1;
              try {
                judgeEvidence(
                  codec,
                  { ...proof, events: other(proof.events, 0) },
                  {
                    ...evidence,
                    request: other(evidence.request, 1),
                    streams: evidence.streams.map((stream, at) => ({ ...stream, events: other(stream.events, at + 2) })),
                  },
                  {},
                );
              } catch (error) {
                const told = error instanceof Error ? (error.stack ?? '').split('\n').slice(0, 4).join(' | ') : String(error);
                thrown.set(`${kind} = ${JSON.stringify(to)}`, told);
              }
            }
          }
        }
      }
    }
    expect(tried).toBeGreaterThan(500);
    expect([...thrown].slice(0, 40)).toEqual([]);
  });
});
