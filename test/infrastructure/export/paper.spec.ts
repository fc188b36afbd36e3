import { spawnSync } from 'node:child_process';
import { checkIds } from '../../../src/domain/audit/judge';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { type PaperQuery, type PaperStep, paperTicket, type PaperTicket } from '../../../src/infrastructure/export/paper/paper-ticket';
import { drawPaper } from '../../../src/infrastructure/export/paper/draw-paper';
import { printable } from '../../../src/infrastructure/export/paper/sheet';
import { stepInWords } from '../../../src/infrastructure/phrasing/audit/step-text';
import { startService, type Service } from '../../http/support/service';
import { pdfPages, pdfText } from '../../support/pdf-text';
import { type SealedDemo, sealedDemo } from '../../support/sealed-demo';

const now = '2026-03-11T10:00:00.000Z';
const both = { locale: 'ro', small: 'en' } as const;
let demo: SealedDemo;
let service: Service;
const idOf = (outcome: string): string => demo.told.tickets.find((one) => one.outcome === outcome)?.ticketId ?? '';
const told = async (asked: PaperQuery, ports = demo.ports): Promise<PaperTicket> => {
  const paper = await paperTicket(ports, asked);
  if (isRefusal(paper)) throw new Error(paper.code);
  return paper;
};

/** What of the ticket is not on its paper. */
const missingOn = (bytes: Buffer, { steps, facts, audited, proved }: PaperTicket): readonly string[] => {
  const text = pdfText(bytes);
  return [
    ...steps.map(({ step }, index) => `${index + 1}. ${stepInWords(step, facts, 'ro')}`),
    ...steps.map(({ hash }) => hash),
    ...(audited?.checks.flatMap(({ id, text: sentence }) => [id, sentence.ro, sentence.en]) ?? []),
    ...(proved.kind === 'proved' ? proved.proof.checkpoint.split('\n').slice(0, 3) : []),
  ].filter((part) => !text.includes(part));
};

beforeAll(async () => {
  demo = await sealedDemo(now);
  service = await startService(demo.ports);
  await service.settled();
});

describe('a ticket on paper', () => {
  it('has every step, every verdict with its sentence, every hash and the seal, and no person', async () => {
    for (const outcome of ['resolved', 'moved-by-staff', 'not-verified']) {
      const paper = await told({ ticketId: idOf(outcome) });
      const bytes = await drawPaper(paper, both);
      expect(missingOn(bytes, paper)).toEqual([]);
      expect(paper.audited?.checks.map(({ id }) => id)).toEqual(checkIds);
      expect(pdfText(bytes)).not.toMatch(/posta\.example|700 000|Dragomir/);
      expect(pdfText(bytes)).toContain('e-mail: [sigilat]');
    }
  });

  it('is found wanting where a step or a verdict is left out', async () => {
    const paper = await told({ ticketId: idOf('resolved') });
    const without = await drawPaper({ ...paper, steps: paper.steps.toSpliced(3, 1) }, both);
    expect(missingOn(without, paper)).not.toEqual([]);
    const { audited: _, ...unjudged } = paper;
    expect(missingOn(await drawPaper(unjudged, both), paper)).toContain('C20');
  });

  it('reads the same to another reader of PDF, where there is one', async () => {
    const paper = await told({ ticketId: idOf('resolved') });
    const bytes = await drawPaper(paper, both);
    const reader = spawnSync('which', ['pdftotext'], { encoding: 'utf8' }).stdout.trim();
    if (reader === '') {
      console.info('pdftotext is not on this machine: left out.');
      return;
    }
    const { stdout } = spawnSync(reader, ['-', '-'], { input: bytes, encoding: 'utf8' });
    const text = stdout.replaceAll(/\s+/g, ' ');
    expect(text).toContain('Încheiată, rezoluția a ajuns la cetățean');
    for (const { hash } of paper.steps) expect(text).toContain(hash);
  });

  it('is the same to the byte for the same ticket at the same moment, and names its time alone', async () => {
    const paper = await told({ ticketId: idOf('resolved'), asOf: '2026-03-06T10:00:00.000Z' });
    const [once, again] = [await drawPaper(paper, both), await drawPaper(paper, both)];
    expect(once.equals(again)).toBe(true);
    expect(once.equals(await drawPaper({ ...paper, asOf: now }, both))).toBe(false);
    expect(once.toString('latin1')).toContain('(D:20260306100000Z)');
    expect(paper.steps.every(({ step }) => step.at <= '2026-03-06T10:00:00.000Z')).toBe(true);
  });

  it('numbers its pages and says on each that it holds personal data, for whoever asked for them', async () => {
    const paper = await told({ ticketId: idOf('resolved'), personal: true });
    const pages = pdfPages(await drawPaper(paper, { locale: 'ro' }));
    pages.forEach((page, index) => {
      expect(page.replaceAll('\n', ' ')).toContain(`pagina ${index + 1} din ${pages.length} · CONȚINE DATE PERSONALE`);
    });
    expect(pages.join(' ').replaceAll(/\s+/g, ' ')).toMatch(/nume: [^;]+ \[date personale\]/);
  });

  it('tells of a person who was erased as [șters], also to whoever asks for personal data', async () => {
    const ticketId = idOf('no-recording');
    const token = await service.token('admin');
    await service.call('POST', `/api/v1/tickets/${ticketId}/forget`, { token, body: { reason: 'la cererea persoanei' } });
    await service.settled();
    const paper = await told({ ticketId, personal: true });
    const text = pdfText(await drawPaper(paper, both));
    expect(text).toContain('nume: [șters]');
    expect(text).not.toMatch(/Petrescu|posta\.example/);
  });

  it('breaks over as many pages as two hundred steps need, and loses none', async () => {
    const paper = await told({ ticketId: idOf('resolved') });
    const steps = Array.from({ length: 200 }, (_, index) => paper.steps[index % paper.steps.length]).filter((step) => step !== undefined);
    const long = { ...paper, steps: steps satisfies readonly PaperStep[] };
    const bytes = await drawPaper(long, { locale: 'ro' });
    const text = pdfText(bytes);
    expect(steps.filter(({ step }, index) => !text.includes(`${index + 1}. ${stepInWords(step, paper.facts, 'ro')}`))).toEqual([]);
    expect(pdfPages(bytes).length).toBeGreaterThan(20);
  });

  it('shows hostile texts by their letters and numbers, however long', async () => {
    const hostile = `Ion ‮detrever‬ \u0000 😀 漢字 ${'x'.repeat(3000)} <script>(alert)\\</script> ș s\u0326`;
    const paper = await told({ ticketId: idOf('resolved') });
    const bytes = await drawPaper({ ...paper, seals: { read: () => hostile } }, { locale: 'ro' });
    const text = pdfText(bytes).replaceAll(' ', '');
    expect(text).toContain(printable(hostile).replaceAll(' ', ''));
    expect(printable(hostile)).toContain('Ion <U+202E>detrever<U+202C> <U+0000> <U+1F600> <U+6F22><U+5B57> xxx');
    expect(printable(hostile).endsWith('ș ș')).toBe(true);
  });

  it('says what is not sealed, and names the step that is not the one that was sealed', async () => {
    const ticketId = idOf('resolved');
    const { signedLog: _, ...unsealed } = demo.ports;
    expect(pdfText(await drawPaper(await told({ ticketId }, unsealed), both))).toContain('Jurnalul nu este sigilat aici');
    const paper = await told({ ticketId });
    const differs = { ...paper, proved: { kind: 'differs', eventId: paper.steps[2]?.event.id ?? '' } } as const;
    expect(pdfText(await drawPaper(differs, both))).toContain('nu este cel care a fost sigilat în locul lui: Pasul 3');
  });
});
