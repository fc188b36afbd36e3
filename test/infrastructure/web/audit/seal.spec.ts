import { createNoteSigner, LogNotAsSigned, signatureLine, signedNoteOf, verifierLine } from '@tichet-albastru/signed-log';
import { verifyExport } from '../../../../src/infrastructure/proof/export/export-verify';
import type { SealedDemo } from '../../../support/sealed-demo';
import { now, openPages, openSealedPages, textOf, type Pages } from './support';

let pages: Pages & SealedDemo;
beforeAll(async () => {
  pages = await openSealedPages();
});

const newestNote = async (): Promise<string> => (await pages.checkpoints.newest()) ?? '';

describe('the seal of a ticket', () => {
  it('says which events are sealed, with the root in short and whole, and what that proves', async () => {
    const id = pages.ticketOf('resolved');
    const page = await pages.get(`/audit/${id}`);
    const root = (await pages.ports.signedLog?.checkpoint())?.root ?? '';
    expect(textOf(page)).toMatch(
      /Sigilat: toate cele \d+ (de )?evenimente\. Punctul de control cuprinde [\d.]+ (de )?evenimente ale jurnalului\./,
    );
    expect(textOf(page)).toContain(`Rădăcina: ${root.slice(0, 16)}…`);
    expect(textOf(page)).toContain(root);
    expect(textOf(page)).toContain('Nu arată că ceea ce s-a înscris este și adevărat.');
    expect(page.text).toContain(`href="/audit/${id}/dovada"`);
    expect(page.text).toContain('href="/audit/sigiliu"');
    expect(textOf(await pages.get(`/audit/${id}`, 'auditor', 'en'))).toContain('Sealed: all of its');
  });

  it('gives the proof as a file, and the ticket on paper at the moment that is looked at', async () => {
    const id = pages.ticketOf('resolved');
    const proof = await pages.get(`/audit/${id}/dovada`);
    expect(String(proof.headers['content-disposition'])).toMatch(/^attachment; filename="TA-\w{8}-dovada\.json"$/);
    expect(proof.headers['cache-control']).toBe('no-store');
    expect(JSON.parse(proof.text)).toMatchObject({ format: 'tichet-albastru/ticket-proof/2', ticketId: id, notYetSealed: 0 });
    // the same file as `tichet proof` and the API give
    expect(proof.text).toBe(`${JSON.stringify(JSON.parse(proof.text), undefined, 2)}\n`);
    const page = await pages.get(`/audit/${id}?la=2026-03-04+10:00`);
    expect(page.text).toContain(`href="/audit/${id}/dosar.pdf?la=2026-03-04%2010%3A00"`);
    const cookie = await pages.get(`/audit/${id}/dosar.pdf?la=2026-03-04%2010%3A00`);
    expect(cookie.headers['content-type']).toBe('application/pdf');
    expect((await pages.get(`/audit/${id}/dosar.pdf?la=ieri`)).status).toBe(400);
    expect((await pages.get('/audit/00000000-0000-7000-8000-000000000000/dovada')).status).toBe(404);
  });

  it('says which events are not sealed yet', async () => {
    const id = pages.ticketOf('no-recording');
    const before = (JSON.parse((await pages.get(`/audit/${id}/dovada`)).text) as { events: unknown[] }).events.length;
    const token = await pages.service.token('admin');
    await pages.service.call('POST', `/api/v1/tickets/${id}/forget`, { token, body: { reason: 'la cererea persoanei' } });
    await pages.service.settled();
    expect(textOf(await pages.get(`/audit/${id}`))).toContain(`Nesigilat încă: evenimentul ${before + 1}.`);
    await pages.sign();
    expect(textOf(await pages.get(`/audit/${id}`))).not.toContain('Nesigilat');
  });

  it('names the step that is not the one that was sealed, and gives no proof of it', async () => {
    const id = pages.ticketOf('cancelled');
    const differing = await openSealedPages(({ ports: { signedLog } }) => {
      if (signedLog === undefined) throw new Error('not sealed');
      const standing: typeof signedLog.standing = (event, upTo) =>
        event.stream === `ticket-${id}` && event.revision === 2 ? Promise.resolve({ kind: 'differs' }) : signedLog.standing(event, upTo);
      return { signedLog: { ...signedLog, standing } };
    });
    const page = await differing.get(`/audit/${id}`);
    const proof = await differing.get(`/audit/${id}/dovada`);
    await differing.service.close();
    expect(textOf(page)).toContain('Pasul 3 nu este cel care a fost sigilat în locul lui.');
    expect(page.text).toContain('notice notice-bad');
    expect(page.text).toContain(`/audit/${id}/eveniment/3`);
    expect(page.text).not.toContain(`/audit/${id}/dovada`);
    expect(proof.status).toBe(404);
    expect(textOf(proof)).toContain('nu este cel care a fost sigilat; dovada nu se poate face');
  });

  it('says plainly where nobody seals, and where what was signed last is not ours', async () => {
    const unsealed = await openPages();
    const id = unsealed.ticketOf('resolved');
    const [page, whole, proof] = [
      await unsealed.get(`/audit/${id}`),
      await unsealed.get('/audit/sigiliu'),
      await unsealed.get(`/audit/${id}/dovada`),
    ];
    expect(textOf(page)).toContain('Jurnalul nu este sigilat în această instalare');
    expect(textOf(whole)).toContain('Jurnalul nu este sigilat în această instalare');
    expect([page.status, whole.status, proof.status]).toEqual([200, 200, 404]);
    expect((await unsealed.get('/audit/sigiliu/punct-de-control.txt')).status).toBe(404);
    await unsealed.service.close();
    const broken = () => Promise.reject(new LogNotAsSigned({ reason: 'checkpoint-not-ours', number: 0 }));
    const signedLog = { verifier: verifierLine(pages.key), checkpoint: broken, witnessed: broken, timeStamped: broken, standing: broken };
    const foreign = await openSealedPages(() => ({ signedLog }));
    expect(textOf(await foreign.get(`/audit/${foreign.ticketOf('resolved')}`))).toContain('punctul de control nu este al cheii noastre');
    expect(textOf(await foreign.get('/audit/sigiliu'))).toContain('punctul de control nu este al cheii noastre');
    // no file that breaks off
    expect((await foreign.get('/audit/export.jsonl')).status).toBe(503);
    await foreign.service.close();
  });
});

describe('the seal of the log', () => {
  it('shows size, root, key and checkpoint, and gives the checkpoint as a file', async () => {
    const page = await pages.get('/audit/sigiliu');
    const note = await newestNote();
    expect(textOf(page)).toContain(verifierLine(pages.key));
    expect(page.text).toContain(note);
    expect(textOf(page)).toContain('Nimeni din afară nu cosemnează');
    expect(textOf(page)).toContain('tichet judge TA-7K2M9QXD-dovada.json --key cheia.txt');
    const file = await pages.get('/audit/sigiliu/punct-de-control.txt');
    expect(file.text).toBe(note);
    expect(file.headers['content-type']).toBe('text/plain; charset=utf-8');
  });

  it('names the witness and the age of what it has cosigned', async () => {
    const note = await newestNote();
    const witness = createNoteSigner('martor.example/control', Buffer.alloc(32, 9), 4);
    const cosigned = (at: string): string => note + signatureLine(signedNoteOf(note)?.text ?? '', witness, Date.parse(at));
    await pages.checkpoints.put('witnessed', cosigned('2026-03-11T09:30:00.000Z'));
    const page = textOf(await pages.get('/audit/sigiliu'));
    expect(page).toMatch(
      /martor\.example\/control a cosemnat la 11 martie 2026, 11:30:00: punctul de control cu [\d.]+ (?:de )?evenimente\./,
    );
    expect(page).not.toContain('mai mult de o zi');
    await pages.checkpoints.put('witnessed', cosigned('2026-03-10T09:00:00.000Z'));
    expect(textOf(await pages.get('/audit/sigiliu'))).toContain('mai mult de o zi');
  });

  it('is for auditors', async () => {
    for (const path of ['/audit/sigiliu', '/audit/sigiliu/punct-de-control.txt', '/audit/export.jsonl'])
      expect((await pages.get(path, 'head')).status).toBe(403);
    expect((await pages.get(`/audit/${pages.ticketOf('resolved')}/dovada`, 'staff')).status).toBe(403);
  });
});

describe('the export of the list', () => {
  it('has the tickets of the days that were chosen, and verifies', async () => {
    const list = await pages.get('/audit?de-la=2026-03-09&verdict=fail');
    expect(list.text).toContain('href="/audit/export.jsonl?de-la=2026-03-09"');
    const { text, headers } = await pages.get('/audit/export.jsonl?de-la=2026-03-09');
    const chunks = async function* () {
      yield await Promise.resolve(Buffer.from(text));
    };
    expect(await verifyExport(chunks(), pages.key)).toMatchObject({ findings: [], asOf: now });
    expect(JSON.parse(text.split('\n')[0] ?? '')).toMatchObject({ asked: { from: '2026-03-09' } });
    expect(headers['content-disposition']).toBe('attachment; filename="audit_2026-03-09_sfarsit_din-2026-03-11.jsonl"');
    const nameOf = async (days: string): Promise<unknown> =>
      (await pages.get(`/audit/export.jsonl?${days}`)).headers['content-disposition'];
    expect(await nameOf('')).toBe('attachment; filename="audit_toate_din-2026-03-11.jsonl"');
    expect(await nameOf('pana-la=2026-03-09')).toBe('attachment; filename="audit_inceput_2026-03-09_din-2026-03-11.jsonl"');
    expect(await nameOf('de-la=2026-03-09&pana-la=2026-03-09')).toBe('attachment; filename="audit_2026-03-09_din-2026-03-11.jsonl"');
    expect((await pages.get('/audit/export.jsonl?de-la=2026-02-30')).status).toBe(400);
  });

  it('of one ticket on paper has its steps', async () => {
    const id = pages.ticketOf('resolved');
    const answer = await pages.get(`/audit/${id}/dosar.pdf`, 'auditor', 'en');
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="TA-\w{8}\.pdf"$/);
    // the text of an answer is no bytes: what is in the paper is looked at in its own tests
    expect(answer.text.startsWith('%PDF-1.7')).toBe(true);
  });
});
