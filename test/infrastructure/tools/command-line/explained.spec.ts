import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditTicket } from '../../../../src/application/audit/audit-ticket';
import { type TicketExplained, ticketExplained } from '../../../../src/application/audit/ticket-history';
import { isRefusal } from '../../../../src/domain/kernel/refusal';
import { requestStream } from '../../../../src/domain/request/facts';
import { ticketStream } from '../../../../src/domain/ticket/facts';
import { explainedLines, wrapped } from '../../../../src/infrastructure/tools/command-line/explained-lines';
import { chainOf } from '../../../../src/infrastructure/proof/chain-of';
import { explaining } from '../../../../src/infrastructure/nest/explaining';
import { createTestPorts, type TestPorts } from '../../../../src/infrastructure/testing/test-ports';
import { rescheduledHistory } from '../../../support/histories';
import type { History } from '../../../support/history';
import { keepHistory } from '../../../support/kept-history';
import { adding, without } from '../../../support/retelling';
import { defaultPlot, requestIdentity } from '../../../support/plot';

const { ticketId } = defaultPlot;
const asOf = '2026-05-01T00:00:00.000Z';

/** What was refused: a booking before there was a ticket, a move that came too late. */
const refuse = async ({ operations }: TestPorts): Promise<void> => {
  await operations.refusals.note({
    subject: requestStream(requestIdentity),
    commandId: 'c-1',
    at: '2026-03-02T06:58:00.000Z',
    command: 'requestTicket',
    code: 'too-soon',
    article: '4',
    actor: { kind: 'citizen', id: '0195a3c0-1b2c-7d3e-8f40-000000000001' },
  });
  await operations.refusals.note({
    subject: ticketStream(ticketId),
    commandId: 'c-2',
    at: '2026-03-10T09:40:00.000Z',
    command: 'rescheduleTicket',
    code: 'wrong-state',
    actor: { kind: 'staff', id: 'S-017' },
  });
};

const kept = async (history: History): Promise<TestPorts> => {
  const ports = createTestPorts();
  await keepHistory(ports, history);
  await refuse(ports);
  return ports;
};
const explain = async (ports: TestPorts, showPersonal = false, until = asOf): Promise<TicketExplained> => {
  const explained = await ticketExplained(explaining, showPersonal)(ports)({ ticketId, asOf: until });
  if (isRefusal(explained)) throw new Error(explained.code);
  return explained;
};

const story = (): History => without(rescheduledHistory(), 'RecordingAttached');
const golden = join(__dirname, 'explained.golden.txt');

describe('tichet replay --explain', () => {
  it('tells a whole ticket as it always did', async () => {
    const explained = await explain(await kept(story()));
    const text = `${explainedLines(explained, 'ro').join('\n')}\n`;
    if (process.env['DOCUMENTS'] === 'write') writeFileSync(golden, text);
    expect(text).toBe(readFileSync(golden, 'utf8'));
  });

  it('fits a terminal of 100 columns in both languages, but for a word that is longer', async () => {
    const explained = await explain(await kept(story()));
    for (const language of ['ro', 'en'] as const) {
      for (const line of explainedLines(explained, language)) expect([line, line.length <= 100]).toEqual([line, true]);
    }
  });

  it('ends where an audit of that moment does', async () => {
    const ports = await kept(story());
    const audited = await auditTicket(chainOf)(ports)({ ticketId, asOf });
    if (isRefusal(audited)) throw new Error(audited.code);
    const { judgement } = await explain(ports);
    expect(judgement).toMatchObject({ overall: audited.overall, checks: audited.checks });
  });

  it('shows the refused attempts of the ticket and of its request, with code, article and sentence, as of then', async () => {
    const ports = await kept(story());
    const { entries } = await explain(ports);
    expect(entries[0]).toMatchObject({ kind: 'refused', about: 'request', command: 'requestTicket', code: 'too-soon', article: '4' });
    expect(entries.filter(({ kind }) => kind === 'refused')).toHaveLength(2);
    const early = await explain(ports, false, '2026-03-10T09:39:59.999Z');
    expect(early.entries.filter(({ kind }) => kind === 'refused')).toHaveLength(1);
    expect(early.articles['4']?.ro).toContain('48 ore');
  });

  it('closes personal text, opens it when asked, and says when it was erased', async () => {
    const ports = await kept(story());
    const told = JSON.stringify(await explain(ports));
    expect(told).toContain('"after":"[…]"');
    expect(told).not.toMatch(/Popescu|example\.ro|sealed/);
    expect(JSON.stringify(await explain(ports, true))).toContain('ion.popescu@example.ro');
    await ports.personalData.destroy([`contact:${ticketStream(ticketId)}`]);
    const erased = JSON.stringify(await explain(ports, true));
    expect(erased).toContain('[șters]');
    expect(erased).not.toContain('ion.popescu');
  });

  it('tells a ticket of 300 steps without delay', async () => {
    const many = Array.from({ length: 285 }, (_, index) => {
      const at = new Date(Date.parse('2026-03-02T10:00:00.000Z') + index * 60_000).toISOString();
      return [at, { type: 'TaskRaised', data: { taskId: `t-${index}`, kind: 'create-meeting', staffId: 'S-017', raisedAt: at } }] as const;
    });
    const { entries } = await explain(await kept(adding(story(), ...many)));
    expect(entries.filter(({ kind }) => kind === 'step').length).toBeGreaterThanOrEqual(300);
  });
});

describe('wrapped', () => {
  it('breaks between words and leaves a longer one whole', () => {
    expect(wrapped('unu doi trei', 8, '  ')).toEqual(['unu doi', '  trei']);
    expect(wrapped('abcdefghijk l', 5, ' ')).toEqual(['abcdefghijk', ' l']);
    expect(wrapped('a b c', 5, '      ', '  ')).toEqual(['  a b', '      c']);
  });
});
