import { offerMove } from '../../../../src/application/booking/move-offers';
import { registerStaff } from '../../../../src/application/staff/register-staff';
import { mustBeDone, staff, type Service } from '../../../http/support/service';
import { BrowserOf } from '../booking/browser-of';
import { book, startOffice } from '../meetings/support/office';
import { formsOfOffers } from './tried-over-http';

const tooLong = 'Prea lung. '.repeat(1_200).trim();

describe('what is typed into a form by which a meeting is offered, or the offer answered', () => {
  let service: Service;
  let ticketId: string;
  beforeEach(async () => {
    service = await startOffice();
    const head = { ...staff.s003, staffId: 's005', name: 'Ilka Fodor', role: 'head-of-service', email: 's005@primarie.example' } as const;
    mustBeDone(await registerStaff(service.ports)(service.context(), head));
    await service.settled();
    ticketId = await book(service, 'phone');
  });
  const signedIn = async (role: 'staff' | 'head', person: string): Promise<BrowserOf> => {
    const browser = new BrowserOf(service);
    await browser.post('/intra', { token: await service.token(role, person) });
    return browser;
  };
  const offered = async (): Promise<BrowserOf> => {
    const offer = { ticketId, offerId: 'offer-1', departmentCode: staff.s003.departmentCode, reason: 'Ține de taxe.' };
    mustBeDone(await offerMove(service.ports)(service.context(), offer));
    return signedIn('head', 's005');
  };
  const isKept = async (
    browser: BrowserOf,
    {
      page,
      sentTo = page,
      field,
      text,
      wrong,
    }: Readonly<Record<'page' | 'field' | 'text' | 'wrong', string>> & { readonly sentTo?: string },
  ): Promise<void> => {
    await browser.get(page);
    expect((await browser.send(sentTo, { ciorna: 'scrie', [field]: text })).status).toBe(204);
    expect((await browser.get(page)).text).toContain(text);
    const refused = await browser.send(sentTo, { [field]: wrong });
    expect([refused.status, refused.text.includes(wrong)]).toEqual([422, true]);
    expect((await browser.get(page)).text).toContain(wrong);
  };
  const asked: Readonly<Record<string, () => Promise<void>>> = {
    '/programari/:id/oferire': async () => {
      const page = `/programari/${ticketId}/oferire`;
      await isKept(await signedIn('staff', 's002'), { page, field: 'reason', text: 'Scris aici, pe jumătate', wrong: tooLong });
    },
    '/programari/:id/oferta': async () => {
      const page = `/programari/${ticketId}/oferta`;
      await isKept(await offered(), { page, field: 'date', text: '2026-03-09', wrong: '2026-03-10' });
    },
    '/programari/:id/oferta/refuz': async () => {
      const page = `/programari/${ticketId}/oferta`;
      const said = { field: 'reason', text: 'Scris aici, pe jumătate', wrong: tooLong };
      await isKept(await offered(), { page, sentTo: `${page}/refuz`, ...said });
    },
  };

  it.each(formsOfOffers)('is there again when the page is opened anew, and when it was refused: %s', async (form) => {
    await (asked[form] ?? (() => Promise.reject(new Error(`${form} is not tried`))))();
  });
});
