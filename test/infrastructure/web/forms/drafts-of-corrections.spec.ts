import { recordRecording } from '../../../../src/application/meeting/recordings';
import { communicateAnswer } from '../../../../src/application/requests/register-request';
import { amendResolution, handOverResolution } from '../../../../src/application/resolution/issue-resolution';
import { disputeCorrection } from '../../../../src/application/resolution/objections';
import { mustBeDone, request, type Service } from '../../../http/support/service';
import { BrowserOf } from '../booking/browser-of';
import { openAgain } from '../booking/ways';
import { book, signIn, startOffice, ticketOf } from '../meetings/support/office';
import { formsOfCorrections } from './tried-over-http';

const tooLong = 'Prea lung. '.repeat(1_200).trim();

describe('what is typed into a form by which a mistake is put right', () => {
  let service: Service;
  let ticketId: string;
  let reference: string;
  beforeAll(async () => {
    service = await startOffice();
    ticketId = await book(service, 'online');
    ({ reference } = await ticketOf(service, ticketId));
    service.ports.clock.set('2026-03-05T08:20:00.000Z');
    const staff = await signIn(service, 'staff', 's002');
    await staff.fill(`/programari/${ticketId}/incheiere`, { date: '2026-03-05', startedAt: '10:00', endedAt: '10:15' });
    await staff.fill(`/programari/${ticketId}/rezolutie`, { conclusions: 'Suprafața este de 54 m².' });
    const { ports, context } = service;
    const recording = { kind: 'attached', recordingId: 'r-1', startedAt: '2026-03-05T08:00:00.000Z', durationSeconds: 800 } as const;
    mustBeDone(await recordRecording(ports)(context(), { ticketId, recording }));
    const erratum = { form: 'erratum', conclusions: 'Suprafața este de 45 m².', reason: 'Cifre inversate.' } as const;
    mustBeDone(await amendResolution(ports)(context(), { ticketId, ...erratum }));
    const paper = { channel: 'pickup', handedOverAt: ports.clock.now(), proof: 'semnătură' } as const;
    mustBeDone(await handOverResolution(ports)(context(), { ticketId, ...paper }));
    const answer = { documentNumber: '9001', communicatedOn: '2026-02-20', channel: 'post' } as const;
    mustBeDone(await communicateAnswer(ports)(context(), { request, answer }));
    await service.settled();
  });

  const isKept = async (
    first: { readonly get: (path: string) => Promise<{ readonly text: string }>; readonly send: BrowserOf['send'] },
    page: string,
    field: string,
  ): Promise<void> => {
    const text = `Scris aici, pe jumătate, la ${field}`;
    await first.get(page);
    expect((await first.send(page, { ciorna: 'scrie', [field]: text })).status).toBe(204);
    expect((await first.get(page)).text).toContain(text);
    const refused = await first.send(page, { [field]: tooLong });
    expect([refused.status, refused.text.includes(tooLong)]).toEqual([422, true]);
    expect((await first.get(page)).text).toContain(tooLong);
  };
  const signedIn = async (role: 'staff' | 'registry'): Promise<BrowserOf> => {
    const browser = new BrowserOf(service);
    await browser.post('/intra', { token: await service.token(role, role === 'staff' ? 's002' : undefined) });
    return browser;
  };
  /** the citizen objects, then the official may answer */
  const asked: Readonly<Record<string, () => Promise<void>>> = {
    '/programari/:id/rectificare': async () => isKept(await signedIn('staff'), `/programari/${ticketId}/rectificare`, 'conclusions'),
    '/programari/:id/inregistrare-retrasa': async () =>
      isKept(await signedIn('staff'), `/programari/${ticketId}/inregistrare-retrasa`, 'reason'),
    '/programari/:id/predare-retrasa': async () => isKept(await signedIn('staff'), `/programari/${ticketId}/predare-retrasa`, 'reason'),
    '/programari/:id/obiectie': async () => {
      const { ports, context } = service;
      mustBeDone(await disputeCorrection(ports)(context(), { ticketId, correctionOf: 'resolution', objection: 'Era bine întâi.' }));
      await isKept(await signedIn('staff'), `/programari/${ticketId}/obiectie`, 'answer');
    },
    '/registratura/cereri/:number/:filedOn/raspuns/:correction': async () =>
      isKept(await signedIn('registry'), `/registratura/cereri/${request.number}/${request.filedOn}/raspuns/corectare`, 'reason'),
    '/tichet/:reference/obiectie': async () => {
      const citizen = new BrowserOf(service);
      await openAgain(service, citizen, `/tichet/${reference}`);
      await isKept(citizen, `/tichet/${reference}/obiectie`, 'objection');
    },
    '/tichet/:reference/contact': async () => {
      const citizen = new BrowserOf(service);
      await openAgain(service, citizen, `/tichet/${reference}`);
      await isKept(citizen, `/tichet/${reference}/contact`, 'email');
    },
    '/ghiseu/tichete/:id/contact': async () => isKept(await signedIn('registry'), `/ghiseu/tichete/${ticketId}/contact`, 'shown'),
  };

  // the citizen first: what was objected to once is not objected to again
  it.each(formsOfCorrections.toReversed())('is there again when the page is opened anew, and when it was refused: %s', async (form) => {
    await (asked[form] ?? (() => Promise.reject(new Error(`${form} is not tried`))))();
  });
});
