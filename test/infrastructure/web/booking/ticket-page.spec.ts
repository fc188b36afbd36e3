import { agendas, tickets } from '../../../../src/application/kernel/streams';
import { accept } from '../../../../src/domain/kernel/decider';
import { noteEarlierHourOffered } from '../../../../src/domain/ticket/earlier-hour';
import { plusMinutes } from '../../../../src/domain/time/civil-time';
import { startSeeded, startsAt, type Service } from '../../../http/support/service';
import { BrowserOf } from './browser-of';
import { openAgain, toCodeOfTicket } from './ways';
import { awaitedCodeOf } from '../../../support/codes';

let service: Service;
let browser: BrowserOf;
let ticketId: string;
let ticket: string;

const byStaff = async (path: string, body: object): Promise<void> => {
  const answer = await service.call('POST', `/api/v1/tickets/${ticketId}/${path}`, { token: await service.token('staff', 's002'), body });
  expect(answer.status).toBeLessThan(300);
};
const page = async (): Promise<string> => {
  const answer = await browser.get(ticket);
  return answer.status === 200 ? answer.text : (await openAgain(service, browser, ticket)).text;
};

/** Booked online in this browser, for Thursday, 5 March, 10:00. */
beforeEach(async () => {
  service = await startSeeded();
  browser = new BrowserOf(service);
  ticketId = await toCodeOfTicket(service, browser);
  const code = await awaitedCodeOf(service.ports, ticketId);
  ticket = (await browser.send('/programare/cod', { code })).location.split('?')[0] ?? '';
});

describe('the page of a ticket', () => {
  it('says that something is gone of it, while the log is known to lack what was acknowledged; the API, too', async () => {
    const lost = 'lipsește acum din jurnal';
    expect(await page()).not.toContain(lost);
    service.ports.store.lacks = (stream) => stream === `ticket-${ticketId}`;
    expect(await page()).toContain(lost);
    const answer = await service.call('GET', `/api/v1/tickets/${ticketId}`, { token: await service.token('staff', 's002') });
    expect(answer.body).toMatchObject({ ticketId, incomplete: true });
    delete service.ports.store.lacks;
  });

  it('Art. 3 e: has the link once there is one, and says where it leads', async () => {
    expect(await page()).toContain('Linkul Webex îl face funcționarul.');
    await byStaff('meeting-link', { joinUrl: 'https://primaria.webex.com/meet/1' });
    const text = await page();
    expect(text).toContain('href="https://primaria.webex.com/meet/1"');
    expect(text).toContain('Se deschide primaria.webex.com.');
    expect(text).toContain('V-ați dat acordul pentru înregistrare luni, 2 martie 2026, 10:00.');
  });

  it('Art. 8: says that the city hall moved the meeting, or cancelled it', async () => {
    await byStaff('reschedule', { startsAt: '2026-03-06T08:00:00.000Z', reason: 'illness' });
    expect(await page()).toContain('Întâlnirea a fost mutată de Primărie luni, 2 martie 2026, 10:00');
    await byStaff('cancel', { reason: 'illness' });
    const text = await page();
    expect(text).toContain('Întâlnirea a fost anulată');
    expect(text).toContain('Anulată de Primărie luni');
    expect(text).not.toContain('mutată de Primărie');
  });

  it('Art. 3 d: another way to meet, at the same hour or with another one at once; online first tells what is recorded (A14)', async () => {
    const offered = (await browser.get(`${ticket}/muta`)).text;
    expect(offered).toContain('Online, pe Webex (acum)');
    expect(offered).toContain('?mod=phone"');
    const chosen = (await browser.get(`${ticket}/muta?mod=phone`)).text;
    expect(chosen).toContain('Modul nou: La telefon.');
    expect(chosen).toContain('<input type="hidden" name="mod" value="phone"/>');
    // sent twice, it is one command
    expect((await browser.send(`${ticket}/muta`, { startsAt, mod: 'phone' })).location).toBe(`${ticket}?facut=schimbat`);
    expect((await browser.send(`${ticket}/muta`, { startsAt, mod: 'phone' })).location).toBe(`${ticket}?facut=schimbat`);
    expect(await page()).toContain('La telefon');
    expect((await browser.get(`${ticket}/muta?mod=phone`)).text).not.toContain('Modul nou');
    const asked = (await browser.get(`${ticket}/muta?mod=online`)).text;
    expect(asked).toContain('Înainte să alegeți online: întâlnirea se înregistrează');
    expect(asked).not.toContain('name="startsAt"');
    const accepted = (await browser.get(`${ticket}/muta?mod=online&acord=2026-1`)).text;
    expect(accepted).toContain('<input type="hidden" name="acord" value="2026-1"/>');
    const moved = await browser.send(`${ticket}/muta`, { startsAt: '2026-03-09T08:00:00.000Z', mod: 'online', acord: '2026-1' });
    expect(moved.location).toBe(`${ticket}?facut=schimbat`);
    const text = await page();
    expect(text).toContain('Online, pe Webex');
    expect(text).toContain('9 martie 2026');
  });

  it('A19: takes the wish for an earlier hour and takes it back; shows one that became free, and moves there with one press', async () => {
    expect(await page()).toContain('>Anunțați-mă</button>');
    expect((await browser.send(`${ticket}/devreme`, { doresc: 'da' })).location).toBe(`${ticket}?facut=devreme`);
    expect(await page()).toContain('>Nu mai doresc</button>');
    expect((await browser.send(`${ticket}/devreme`, { doresc: 'nu' })).location).toBe(`${ticket}?facut=nudevreme`);
    await browser.send(`${ticket}/devreme`, { doresc: 'da' });
    const slotOf = (start: string) => ({ startsAt: start, endsAt: plusMinutes(start, 15) });
    const slot = slotOf('2026-03-04T09:00:00.000Z');
    const { ports } = service;
    const context = service.context();
    const hold = { holdId: 'h-other', ticketId: 'other', slot };
    const at = context.at;
    await agendas
      .of(ports, 's002', '2026-03-04')
      .transact(context, 'others', () =>
        accept(
          { type: 'SlotHeld', data: { ...hold, heldAt: at, until: at } },
          { type: 'SlotReleased', data: { ...hold, releasedAt: at, freeFrom: plusMinutes(at, 1) } },
        ),
      );
    await tickets
      .of(ports, ticketId)
      .transact(service.context(), 'offered', (state) => noteEarlierHourOffered({ letterId: 'l', slot, acceptedAt: at }, state));
    await service.settled();
    // until A30's delay is over it is nobody's
    expect(await page()).not.toContain('Mută la ora aceasta');
    ports.clock.advance({ minutes: 5 });
    expect(await page()).toContain('Mută la ora aceasta');
    expect((await browser.send(`${ticket}/muta`, { startsAt: slot.startsAt })).location).toBe(`${ticket}?facut=mutat`);
    const moved = await page();
    expect(moved).toContain('miercuri, 4 martie 2026');
    expect(moved).not.toContain('Mută la ora aceasta');
  });

  it('A23: offers another hour when the civil servant did not come', async () => {
    service.ports.clock.set(startsAt);
    await byStaff('absent', { who: 'staff' });
    const text = await page();
    expect(text).toContain('din partea noastră');
    expect(text).toContain(`href="${ticket}/muta"`);
    await browser.get(`${ticket}/muta`);
    expect((await browser.send(`${ticket}/muta`, { startsAt: '2026-03-09T08:00:00.000Z' })).location).toBe(`${ticket}?facut=mutat`);
  });

  it('Art. 7: tells how far the resolution has come, and that it is late', async () => {
    service.ports.clock.set(startsAt);
    await byStaff('start', {});
    expect(await page()).toContain('Întâlnirea a început');
    service.ports.clock.advance({ minutes: 14 });
    await byStaff('held', { startedAt: startsAt, endedAt: service.ports.clock.now() });
    expect(await page()).toContain('O primiți cel târziu vineri, 6 martie 2026.');
    service.ports.clock.set('2026-03-07T08:00:00.000Z');
    expect(await page()).toContain('Trebuia să o primiți cel târziu vineri, 6 martie 2026.');
    await byStaff('resolution', { conclusions: 'Dosarul este complet.', documentNumber: '557697' });
    const text = await page();
    expect(text).toContain('Rezoluția este scrisă');
    expect(text).toContain('Documentul 557697, conex cu cererea.');
    expect(text).not.toContain('Dosarul este complet.');
    // what has passed is told as past: of the recording, what was agreed to and no more
    for (const past of ['V-ați întâlnit cu', 'V-ați dat acordul pentru înregistrare']) expect(text).toContain(past);
    for (const live of ['Vă întâlniți cu', 'este înregistrată', 'nu se înregistrează']) expect(text).not.toContain(live);
  });

  it('is closed on a computer that others use, and asks for a code from then on', async () => {
    expect(await page()).toContain('Închideți tichetul pe acest calculator');
    expect((await browser.send('/intra/iesire', {})).location).toBe('/');
    const answer = await browser.get(ticket);
    expect(answer.text).not.toContain('Linkul Webex');
    expect(answer.status).not.toBe(200);
  });

  it('shows hostile names as text', async () => {
    const name = '<script>alert(1)</script> \u202Egnirts';
    await service.call('PUT', '/api/v1/staff/s002', {
      token: await service.token('admin'),
      body: { name, role: 'executive', department: '<b>x</b>', departmentCode: '425', email: 's002@primarie.example' },
    });
    const text = await page();
    expect(text).not.toContain('<script>alert');
    expect(text).not.toContain('<b>x</b>');
  });

  it('in English is complete', async () => {
    await browser.get('/limba/en?spre=/');
    const text = await page();
    expect(text).toContain('<html lang="en"');
    expect(text).toContain('The meeting is booked');
    expect(text.replace(/Română|Calea Moților 3|Zoltán Marc|Autorizări/gu, '')).not.toMatch(/[ăâîșț]/iu);
  });
});
