import { checkIds } from '../../../src/domain/audit/judge';
import type { EventStore, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { verifierLine, createNoteSigner, signNote } from '@tichet-albastru/signed-log';
import { lineOf, type ExportedTicket } from '../../../src/infrastructure/proof/export/export-lines';
import { verifyExport, type ExportChecked } from '../../../src/infrastructure/proof/export/export-verify';
import { writeExport, type ExportQuery } from '../../../src/infrastructure/proof/export/write-export';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import { startService, type Service } from '../../http/support/service';
import { chance, edits, joined, linesOf, summedAnew, ticketLines } from '../../support/export-edits';
import { sealedDemo, type SealedDemo } from '../../support/sealed-demo';
import { exportOf } from './support/exports-and-proofs';

const now = '2026-03-11T10:00:00.000Z';
let demo: SealedDemo;
let service: Service;
let whole: Buffer;

const written = (asked: ExportQuery = {}, ports = demo.ports): Promise<Buffer> => exportOf({ ports, key: demo.key }, asked);
async function* inChunks(bytes: Buffer, size = 7000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}
const verified = (bytes: Buffer): Promise<ExportChecked> => verifyExport(inChunks(bytes), demo.key);
const faultsOf = async (bytes: Buffer): Promise<readonly string[]> => (await verified(bytes)).findings.map(({ fault }) => fault);
beforeAll(async () => {
  demo = await sealedDemo(now);
  service = await startService(demo.ports);
  await service.settled();
  whole = await written();
});

describe('an export as JSON Lines', () => {
  it('has a line a ticket in the order of the meetings, each with its verdicts and its events, and verifies', async () => {
    const lines = linesOf(whole);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ format: 'tichet-albastru/export/2', asked: {}, asOf: now });
    const tickets = ticketLines(lines).map((at) => JSON.parse(lines[at] ?? '') as ExportedTicket);
    const starts = tickets.map(({ audited }) => audited?.facts.slot.startsAt ?? '');
    expect(starts).toEqual(starts.toSorted());
    expect(tickets.every(({ audited }) => audited?.checks.length === checkIds.length)).toBe(true);
    const checked = await verified(whole);
    expect(checked).toMatchObject({ findings: [], faults: 0, tickets: tickets.length, asOf: now, verifier: verifierLine(demo.key) });
    expect(checked.events).toBe(tickets.reduce((count, { events }) => count + events.length, 0));
    expect(checked.sealed).toBe(checked.events);
    expect(whole.toString()).not.toMatch(/posta\.example|\+40 700|Dragomir/);
  });

  it('of some days has the meetings of these days', async () => {
    const some = await written({ from: '2026-03-10', to: '2026-03-11' });
    const checked = await verified(some);
    expect(checked.findings).toEqual([]);
    expect(checked.tickets).toBeGreaterThan(0);
    expect(checked.tickets).toBeLessThan((await verified(whole)).tickets);
    expect((await verified(await written({ from: '2031-01-01' }))).tickets).toBe(0);
  });

  it('says of events newer than the checkpoint that they are, and stays the proof of a person who was erased', async () => {
    const id = demo.told.tickets.find(({ outcome }) => outcome === 'no-recording')?.ticketId ?? '';
    const token = await service.token('admin');
    await service.call('POST', `/api/v1/tickets/${id}/forget`, { token, body: { reason: 'la cererea persoanei' } });
    await service.settled();
    const after = await written();
    const checked = await verified(after);
    expect(checked.findings).toEqual([]);
    expect(checked.sealed).toBe(checked.events - 1);
    expect(after.toString()).toContain('"unsealed":"not-yet"');
    await demo.sign();
    const sealed = await verified(await written());
    expect(sealed.sealed).toBe(sealed.events);
  });
});

describe('a tampered export', () => {
  // of a few tickets, so that a thousand tries are short, and every part of the file is often hit
  let few: Buffer;
  beforeAll(async () => {
    few = await written({ from: '2026-03-10', to: '2026-03-11' });
    expect(linesOf(few).length).toBeGreaterThan(4);
  });

  /** What is found in each of a thousand edits; none of them is told of twice. */
  const found: { readonly edit: string; readonly faults: readonly string[] }[] = [];
  beforeAll(async () => {
    const names = Object.keys(edits);
    for (let at = 0; found.length < 1000; at += 1) {
      const edit = names[at % names.length] ?? '';
      const edited = edits[edit]?.(few, chance(at)) ?? few;
      if (!edited.equals(few)) found.push({ edit, faults: await faultsOf(edited) });
    }
  });
  /** The edits that a checker misses which looks at all but these. */
  const missedWithout = (...left: readonly string[]): ReadonlySet<string> =>
    new Set(found.filter(({ faults }) => faults.every((fault) => left.includes(fault))).map(({ edit }) => edit));

  it('is found, a thousand of a thousand', () => {
    expect(found).toHaveLength(1000);
    expect(missedWithout()).toEqual(new Set());
  });

  it('is not found by checkers that leave out one look', () => {
    expect([...missedWithout('manifest-unsigned')]).toEqual(
      expect.arrayContaining(['a ticket less, summed up anew', 'a ticket twice, summed up anew', 'another verdict, summed up anew']),
    );
    expect(missedWithout('manifest-differs')).toContain('a ticket less');
    expect(missedWithout('manifest-missing', 'line-unreadable', 'not-an-export')).toContain('cut off');
    expect(missedWithout('behind-the-manifest')).toContain('something behind it');
  });

  it('is found where somebody with the key has written it: what is not in the sealed log can be proved by nobody', async () => {
    const all = linesOf(few);
    const [at = 0] = ticketLines(all);
    const ticket = JSON.parse(all[at] ?? '') as ExportedTicket;
    const signedAnew = (changed: unknown): Buffer => {
      const lines = summedAnew(all.with(at, JSON.stringify(changed)));
      const { manifest } = JSON.parse(lines.at(-1) ?? '{}') as { manifest: string };
      const text = manifest.slice(0, manifest.indexOf('\n\n') + 1);
      return joined([...lines.slice(0, -1), lineOf({ manifest: signNote(text, demo.key) }).trimEnd()]);
    };
    const last = ticket.events.at(-1);
    const body = (last?.body ?? '').replace('2026', '2025');
    const rehashed = last && { ...last, body, hash: hashEvent({ ...last, body }) };
    const before = ticket.events.slice(0, -1);
    expect(await faultsOf(signedAnew(ticket))).toEqual([]);
    expect(await faultsOf(signedAnew({ ...ticket, events: [...before, { ...last, body }] }))).toEqual(['chain-broken']);
    expect(await faultsOf(signedAnew({ ...ticket, events: [...before, rehashed] }))).toEqual(['not-in-the-tree']);
    expect(await faultsOf(signedAnew({ ...ticket, events: ticket.events.slice(1) }))).toEqual(['chain-broken']);
    const { proof: _, leaf: __, ...text } = { proof: [], leaf: 0, ...ticket.events[0] };
    const unsealed = { ...text, unsealed: 'not-yet' };
    expect(await faultsOf(signedAnew({ ...ticket, events: [unsealed, ...ticket.events.slice(1)] }))).toEqual(['order-broken']);
    expect(
      await faultsOf(
        signedAnew({ ...ticket, events: [...before, { ...text, ...last, leaf: undefined, proof: undefined, unsealed: 'differs' }] }),
      ),
    ).toEqual(['differs-there']);
  });

  it('is found where nothing is left of it', async () => {
    expect(await faultsOf(Buffer.alloc(0))).toEqual(['not-an-export']);
  });

  it('is found where all of it is of another key, by whoever has ours', async () => {
    const other = createNoteSigner(demo.key.name, Buffer.alloc(32, 4));
    const theirs = await verifyExport(inChunks(few), other);
    expect(theirs.findings.map(({ fault }) => fault)).toEqual(
      expect.arrayContaining(['key-differs', 'checkpoint-wrong', 'manifest-unsigned']),
    );
    const unnamed = await verifyExport(inChunks(few));
    expect(unnamed).toMatchObject({ findings: [], verifier: verifierLine(demo.key) });
  });
});

describe('an export of what is not sound', () => {
  it('names the event that is not the one that was sealed', async () => {
    const stream = `ticket-${demo.told.tickets[0]?.ticketId ?? ''}`;
    const { store } = demo.ports;
    const forging = async function* (events: AsyncIterable<Recorded>): AsyncGenerator<Recorded> {
      for await (const event of events) {
        const body = event.body.replace('2026', '2025');
        yield event.stream === stream && event.revision === 1 ? { ...event, body, hash: hashEvent({ ...event, body }) } : event;
      }
    };
    const forged = {
      ...demo.ports,
      store: {
        ...store,
        read: (of: string, from?: number) => forging(store.read(of, from)),
        readAll: (options?: Parameters<EventStore['readAll']>[0]) => forging(store.readAll(options)),
      },
    };
    const { findings } = await verified(await written({}, forged));
    expect(findings).toMatchObject([{ ticketId: demo.told.tickets[0]?.ticketId, revision: expect.any(Number) }]);
    expect(['chain-broken', 'differs-there']).toContain(findings[0]?.fault);
  });

  it('is not signed, and says so, where the log is not sealed', async () => {
    const { signedLog: _, ...unsealed } = demo.ports;
    const lines: string[] = [];
    for await (const line of writeExport(unsealed, {})) lines.push(line);
    const { findings, sealed } = await verifyExport(inChunks(Buffer.from(lines.join(''))));
    expect(findings.map(({ fault }) => fault)).toEqual(['not-sealed', 'manifest-unsigned']);
    expect(sealed).toBe(0);
  });
});
