import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditTicket, type AuditedTicket } from '../../../src/application/audit/audit-ticket';
import { cancelTicket } from '../../../src/application/booking/cancel-ticket';
import { rescheduleTicket } from '../../../src/application/booking/move-meeting';
import { recordAbsent } from '../../../src/application/meeting/hold-meeting';
import { communicateAnswer } from '../../../src/application/requests/register-request';
import { declareBridgeDay } from '../../../src/application/staff/declare-day';
import { registerStaff } from '../../../src/application/staff/register-staff';
import type { CheckId } from '../../../src/domain/audit/judge';
import { isRefusal, type Refusal } from '../../../src/domain/kernel/refusal';
import { momentBefore, plusSeconds } from '../../../src/domain/time/civil-time';
import { chainOf } from '../../../src/infrastructure/proof/chain-of';
import { lineOf, type ExportedTicket } from '../../../src/infrastructure/proof/export/export-lines';
import { judgeProof } from '../../../src/infrastructure/proof/judge/judge-file';
import { ticketProof, type TicketProof } from '../../../src/infrastructure/proof/ticket-proof';
import { checkTicketProof } from '../../../src/infrastructure/proof/verify/check-ticket-proof';
import { readTicketProof, ticketProofText } from '../../../src/infrastructure/proof/verify/read-ticket-proof';
import { signedNoteOf, signNote } from '@tichet-albastru/signed-log';
import { demoStaff } from '../../../src/infrastructure/tools/demo/cast';
import { startService, type Service } from '../../http/support/service';
import { contextAt } from '../../support/command-context';
import { emptyFolder } from '../../support/closing';
import { joined, linesOf } from '../../support/export-edits';
import { hasPython, pythonVerdicts } from '../../support/independent-verifiers';
import { sealedDemo, type SealedDemo } from '../../support/sealed-demo';
import { exportOf, exportSignedAnew, judgedIn, proofOf, proofSignedAnew } from './support/exports-and-proofs';

const now = '2026-03-11T10:00:00.000Z';
let demo: SealedDemo;
let service: Service;
let whole: Buffer;
let proofs: readonly TicketProof[];

const audited = async (ticketId: string, asOf?: string): Promise<AuditedTicket> => {
  const found = await auditTicket(chainOf)(demo.ports)({ ticketId, ...(asOf === undefined ? { now } : { asOf }) });
  if (isRefusal(found)) throw new Error(`${ticketId} is not there.`);
  return found;
};

/** What could be observed elsewhere is what this installation has, and no part of what is found. */
const withoutObservers = <J extends Pick<AuditedTicket, 'checks'>>(judgement: J) => ({
  ...judgement,
  checks: judgement.checks.map(({ observable: _, ...check }) => check),
});

/** As whoever holds the key of the seal could write it. */
const signedAnew = (lines: readonly string[]): Buffer => exportSignedAnew(lines.slice(0, -1), demo.key);
const proofSigned = (proof: TicketProof): TicketProof => proofSignedAnew(proof, demo.key);

beforeAll(async () => {
  demo = await sealedDemo(now);
  service = await startService(demo.ports);
  await service.settled();
  whole = await exportOf(demo);
  proofs = await Promise.all(demo.told.tickets.map(({ ticketId }) => proofOf(demo, ticketId)));
});

describe('whoever holds the file judges it', () => {
  it('every ticket of an export comes to the verdicts that the service gives, and those that are signed', async () => {
    const { checked, judged, not } = await judgedIn(demo, whole);
    expect(checked).toMatchObject({ faults: 0, findings: [] });
    expect(not).toEqual([]);
    expect(judged.length).toBe(checked.tickets);
    expect(judged.length).toBeGreaterThan(20);
    for (const { ticketId, judgement, difference } of judged) {
      expect(difference).toBeUndefined();
      const { overall, warnings, waived, checks } = await audited(ticketId);
      expect(withoutObservers(judgement)).toMatchObject(withoutObservers({ overall, warnings, waived, checks }));
    }
  });

  it('as of any moment of the past as well', async () => {
    for (const asOf of ['2026-03-06T08:00:00.000Z', '2026-03-09T12:00:00.000Z', '2026-03-10T09:00:00.000Z']) {
      const { judged } = await judgedIn(demo, whole, { asOf });
      expect(judged.length).toBeGreaterThan(0);
      for (const { ticketId, judgement } of judged) {
        const { overall, warnings, waived, checks } = await audited(ticketId, asOf);
        expect([asOf, withoutObservers(judgement)]).toMatchObject([asOf, withoutObservers({ overall, warnings, waived, checks })]);
      }
    }
    expect((await judgedIn(demo, whole, { asOf: '2020-01-01T00:00:00.000Z' })).judged).toEqual([]);
  });

  it('and so does the proof of one ticket, read from its text', async () => {
    for (const made of proofs) {
      const proof = readTicketProof(Buffer.from(ticketProofText(made)));
      if (proof === undefined) throw new Error('It is not read.');
      const { checked, outcome } = judgeProof(demo.ports.codec, proof, { given: demo.key });
      expect(checked.kind).toBe('holds');
      const { overall, warnings, waived, checks } = await audited(proof.ticketId);
      if (outcome === undefined || !('judgement' in outcome)) throw new Error(`${proof.ticketId} is not judged.`);
      expect(withoutObservers(outcome.judgement)).toMatchObject(withoutObservers({ overall, warnings, waived, checks }));
      expect(outcome).not.toHaveProperty('difference');
    }
  });

  it('and no proof of before is contradicted because it names who could have confirmed otherwise', () => {
    const [made] = proofs.filter(({ evidence }) => evidence?.judged.checks.some(({ id, grade }) => id === 'C14' && grade === 'declared'));
    if (made?.evidence === undefined) throw new Error('No document was declared.');
    const { evidence } = made;
    const checks = evidence.judged.checks.map((check) => (check.id === 'C14' ? { ...check, observable: ['register'] as const } : check));
    const before = proofSigned({ ...made, evidence: { ...evidence, judged: { ...evidence.judged, checks } } });
    const proof = readTicketProof(Buffer.from(ticketProofText(before)));
    if (proof === undefined) throw new Error('It is not read.');
    const { checked, outcome } = judgeProof(demo.ports.codec, proof, { given: demo.key });
    expect(checked.kind).toBe('holds');
    expect(outcome).toHaveProperty('judgement');
    expect(outcome).not.toHaveProperty('difference');
  });

  it('holds nothing in clear, and of other tickets nothing but when they stood there', () => {
    const text = whole.toString() + proofs.map(ticketProofText).join('');
    expect(text).not.toMatch(/posta\.example|\+40 700|Dragomir/);
    const keys = proofs.flatMap(({ evidence }) => evidence?.meetings ?? []).flatMap((meeting) => Object.keys(meeting));
    expect([...new Set(keys)].every((key) => /^(ticketId|staffId|slot|live(From|Until)|from|until|eventId|position)$/.test(key))).toBe(
      true,
    );
  });
});

describe('a verdict that does not follow from the evidence, signed by whoever holds the key', () => {
  it('of an export is named, with the ticket and the check', async () => {
    const lines = linesOf(whole);
    const at = lines.findIndex((line) => line.includes('"overall":"pass"'));
    const ticket = JSON.parse(lines[at] ?? '') as ExportedTicket;
    lines[at] = (lines[at] ?? '').replace(/("id":"C14".*?"verdict":)"pass"/, '$1"fail"');
    const { checked, judged } = await judgedIn(demo, signedAnew(lines));
    expect(checked.faults).toBe(0);
    expect(judged.flatMap(({ difference }) => difference ?? [])).toEqual([
      { ticketId: ticket.ticketId, check: 'C14', signed: 'fail', found: 'pass' },
    ]);
  });

  it('of a proof as well, and so is evidence that was left out', () => {
    const [proof] = proofs.filter(({ evidence }) => evidence?.judged.overall === 'pass');
    if (proof?.evidence === undefined) throw new Error('No ticket passes.');
    const { evidence } = proof;
    const judged = { ...evidence.judged, overall: 'fail' as const };
    const changed = proofSigned({ ...proof, evidence: { ...evidence, judged } });
    expect(judgeProof(demo.ports.codec, changed, { given: demo.key })).toMatchObject({
      checked: { kind: 'holds' },
      outcome: { difference: { ticketId: proof.ticketId, signed: 'fail', found: 'pass' } },
    });
    const without = proofSigned({ ...proof, evidence: { ...evidence, streams: [] } });
    expect(judgeProof(demo.ports.codec, without, { given: demo.key })).toMatchObject({
      checked: { kind: 'holds' },
      outcome: { difference: { check: 'C09', signed: 'pass', found: 'fail' } },
    });
  });

  it('and positions that are not in the order of the tree are', async () => {
    const [proof] = proofs.filter(({ events }) => events.length > 3);
    if (proof === undefined) throw new Error('There are no proofs.');
    const events = proof.events.map((event, place) => (place === 1 ? { ...event, position: '99999999999999999999' } : event));
    expect(judgeProof(demo.ports.codec, proofSigned({ ...proof, events }), { given: demo.key }).outcome).toMatchObject({
      because: 'not-readable',
    });
    const lines = linesOf(whole).map((line) => line.replace(/("position":")0/g, '$19'));
    expect((await judgedIn(demo, signedAnew(lines))).not.length).toBe(0);
    const one = linesOf(whole);
    const at = one.findIndex((line) => line.startsWith('{"ticketId"'));
    one[at] = (one[at] ?? '').replace(/("position":")0/, '$19');
    expect((await judgedIn(demo, signedAnew(one))).not).toMatchObject([{ because: 'not-readable' }]);
  });
});

/** As it was written before it held evidence: the tickets’ own events, and nothing that says where they stand. */
const formerly = (bytes: Buffer): Buffer => {
  const before = linesOf(bytes)
    .slice(0, -1)
    .filter((line) => !line.startsWith('{"stream"') && !line.startsWith('{"clock"'))
    .map((line) => {
      const { judged: _, request: __, meetings: ___, ...kept } = JSON.parse(line) as Partial<ExportedTicket>;
      const events = kept.events?.map(({ position: ____, ...event }) => event);
      return JSON.stringify({ ...kept, ...('format' in kept ? { format: 'tichet-albastru/export/1' } : { events }) });
    });
  const { manifest } = JSON.parse(linesOf(bytes).at(-1) ?? '{}') as { manifest: string };
  const text = (signedNoteOf(manifest)?.text ?? '')
    .replace('export/2', 'export/1')
    .replace(/^evidence \d+\n/m, '')
    .replace(/^sha256 .*$/m, `sha256 ${createHash('sha256').update(joined(before)).digest('hex')}`);
  return joined([...before, lineOf({ manifest: signNote(text, demo.key) }).trimEnd()]);
};

describe('files of before', () => {
  it('are verified as ever by both, and nobody can judge them', async () => {
    const former = formerly(whole);
    const { checked, judged, not } = await judgedIn(demo, former);
    expect(checked).toMatchObject({ faults: 0, evidence: 0 });
    expect(checked.tickets).toBeGreaterThan(20);
    expect(judged).toEqual([]);
    expect(not).toEqual(not.map(({ ticketId }) => ({ ticketId, because: 'no-evidence' })));
    expect(not).toHaveLength(checked.tickets);
    const [{ ticketId } = { ticketId: '' }] = demo.told.tickets;
    const plain = await ticketProof(demo.ports, ticketId);
    if (isRefusal(plain) || plain.kind !== 'proved') throw new Error('There is no proof.');
    expect(plain.proof.format).toBe('tichet-albastru/ticket-proof/1');
    expect(judgeProof(demo.ports.codec, plain.proof, { given: demo.key })).toMatchObject({
      checked: { kind: 'holds' },
      outcome: { because: 'no-evidence' },
    });
    if (!hasPython) return;
    const folder = emptyFolder();
    writeFileSync(join(folder, 'former.jsonl'), former);
    writeFileSync(join(folder, 'former.json'), ticketProofText(plain.proof));
    expect([...pythonVerdicts(folder, demo.key).values()]).toEqual([true, true]);
  });
});

describe('a proof of which the last events were cut off', () => {
  it('is told from a whole one, which the former form was not', async () => {
    for (const proof of proofs) {
      if (proof.events.length < 2) continue;
      const events = proof.events.slice(0, -1);
      expect(checkTicketProof({ ...proof, events }, demo.key)).toEqual({ kind: 'fails', fault: { reason: 'cut-off' } });
      const plain = await ticketProof(demo.ports, proof.ticketId);
      if (isRefusal(plain) || plain.kind !== 'proved') throw new Error('There is no proof.');
      expect(checkTicketProof({ ...plain.proof, events: plain.proof.events.slice(0, -1) }, demo.key).kind).toBe('holds');
    }
  });

  it('and so is whatever else was changed in it', () => {
    const [proof] = proofs;
    if (proof?.evidence === undefined) throw new Error('There are no proofs.');
    const { evidence } = proof;
    const faultOf = (changed: TicketProof) => checkTicketProof(changed, demo.key);
    const differs = { kind: 'fails', fault: { reason: 'manifest-differs' } };
    expect(faultOf({ ...proof, notYetSealed: 1 })).toEqual(differs);
    expect(faultOf({ ...proof, timeStamp: 'YQ==' })).toEqual(differs);
    expect(faultOf({ ...proof, evidence: { ...evidence, request: evidence.request.slice(0, -1) } })).toEqual(differs);
    expect(faultOf({ ...proof, evidence: { ...evidence, judged: { ...evidence.judged, overall: 'fail' } } })).toEqual(differs);
    expect(faultOf({ ...proof, manifest: proof.manifest?.replace('ticket ', 'ticket x') ?? '' })).toEqual({
      kind: 'fails',
      fault: { reason: 'manifest-unsigned' },
    });
  });
});

describe('a proof that is made while the newest facts are not sealed yet', () => {
  const scheduledAt = async (startsAt: string): Promise<AuditedTicket> => {
    for (const { ticketId } of demo.told.tickets) {
      const found = await audited(ticketId);
      if (found.facts.slot.startsAt === startsAt && found.facts.status === 'scheduled') return found;
    }
    throw new Error(`There is no meeting at ${startsAt}.`);
  };
  const doneAt = async <T extends object>(
    at: string,
    command: (context: ReturnType<typeof contextAt>) => Promise<T | Refusal>,
  ): Promise<void> => {
    demo.ports.clock.set(at);
    const done = await command(contextAt(at, `unsealed-${at}`));
    if (isRefusal(done)) throw new Error(`It was refused: ${JSON.stringify(done)}`);
    await service.settled();
  };
  /** What was signed, which is what comes of the file. */
  const signedOf = async (ticketId: string) => {
    const proof = await proofOf(demo, ticketId);
    const { checked, outcome } = judgeProof(demo.ports.codec, proof, { given: demo.key });
    expect([checked.kind, outcome]).toEqual(['holds', expect.not.objectContaining({ difference: expect.anything() as unknown })]);
    const { asOf, checks } = proof.evidence?.judged ?? { asOf: '', checks: [] };
    return { asOf, verdict: (check: CheckId) => checks.find(({ id }) => id === check)?.verdict };
  };

  it('speaks of the moment before the first of them, of whichever stream it is, and of now once they are sealed', async () => {
    const { ticketId, facts } = await scheduledAt('2026-03-11T11:00:00.000Z');
    const request = { number: facts.requestNumber, filedOn: facts.filedOn };
    const answer = { documentNumber: '77001', communicatedOn: '2026-03-11', channel: 'email' } as const;
    const [staff] = demoStaff.filter(({ staffId }) => staffId === facts.staffId);
    if (staff === undefined) throw new Error('There is nobody.');
    const limit = '2026-03-13T21:59:59.999Z';
    const turns: readonly (readonly [string, (context: ReturnType<typeof contextAt>) => Promise<object>])[] = [
      ['2026-03-11T12:00:00.000Z', (context) => registerStaff(demo.ports)(context, { ...staff, department: 'Serviciul Relații' })],
      ['2026-03-11T12:10:00.000Z', (context) => declareBridgeDay(demo.ports)(context, { date: '2026-04-14', decision: 'HG 1/2026' })],
      ['2026-03-11T12:20:00.000Z', (context) => communicateAnswer(demo.ports)(context, { request, answer })],
      [plusSeconds(limit, -25), (context) => recordAbsent(demo.ports)(context, { ticketId, who: 'citizen', waitedMinutes: 20 })],
    ];
    // a witness that has stopped: its checkpoint has all of the ticket, and not all of the others
    await demo.checkpoints.put('witnessed', (await demo.checkpoints.newest()) ?? '');
    for (const [at, command] of turns) {
      await doneAt(at, command);
      demo.ports.clock.set(plusSeconds(at, 30));
      const [judged, page] = [await signedOf(ticketId), await auditTicket(chainOf)(demo.ports)({ ticketId })];
      expect([judged.asOf, judged.verdict('C20')]).toEqual([momentBefore(at), 'pending']);
      expect(page).toMatchObject({ asOf: plusSeconds(at, 30) });
      await demo.sign();
      expect((await signedOf(ticketId)).asOf).toBe(plusSeconds(at, 30));
    }
    expect((await signedOf(ticketId)).verdict('C20')).toBe('pass');
  });

  it('knows of no meeting that another ticket has had since', async () => {
    const left = await scheduledAt('2026-03-16T10:45:00.000Z');
    const moved = await scheduledAt('2026-03-17T08:45:00.000Z');
    await demo.sign();
    await doneAt('2026-03-13T22:10:00.000Z', (context) => cancelTicket(demo.ports)(context, { ticketId: left.ticketId, by: 'citizen' }));
    await doneAt('2026-03-13T22:20:00.000Z', (context) =>
      rescheduleTicket(demo.ports)(context, {
        ticketId: moved.ticketId,
        holdId: demo.ports.identifiers.next(),
        startsAt: left.facts.slot.startsAt,
        staffId: left.facts.staffId,
        by: 'staff',
        reason: 'illness',
        reasonText: 'Înlocuire.',
        citizenAgreed: true,
        agreedBy: 'phone',
        agreedAt: '2026-03-13T22:20:00.000Z',
      }),
    );
    const judged = await signedOf(left.ticketId);
    expect([judged.asOf, judged.verdict('C10')]).toEqual([momentBefore('2026-03-13T22:10:00.000Z'), 'pass']);
  });
});
