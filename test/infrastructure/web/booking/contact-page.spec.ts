import { startSeeded, type Service } from '../../../http/support/service';
import { awaitedCodeOf } from '../../../support/codes';
import { BrowserOf } from './browser-of';
import { openAgain, toCodeOfTicket } from './ways';

let service: Service;
let browser: BrowserOf;
let ticketId: string;
let ticket: string;

const lettersTo = (address: string) => service.ports.mailer.letters.filter(({ to }) => to === address);

beforeEach(async () => {
  service = await startSeeded();
  browser = new BrowserOf(service);
  ticketId = await toCodeOfTicket(service, browser);
  ticket = (await browser.send('/programare/cod', { code: await awaitedCodeOf(service.ports, ticketId) })).location.split('?')[0] ?? '';
});

describe('contact details on the ticket’s page', () => {
  it('Art. 3 e (GDPR 16): a new address holds once its code is entered; back to the ticket leads a code to it', async () => {
    expect((await browser.get(ticket)).text).toContain('Schimbați adresa de e-mail sau telefonul');
    const form = `${ticket}/contact`;
    await browser.get(form);
    expect((await browser.send(form, {})).text).toContain('Completați noua adresă de e-mail sau noul număr de telefon.');
    expect((await browser.send(form, { email: 'nu e adresă' })).status).toBe(422);
    expect((await browser.send(form, { email: 'nou@exemplu.ro' })).location).toBe(`${form}?facut=cod`);
    const asked = await browser.get(`${form}?facut=cod`);
    expect(asked.text).toContain('Codul trimis la nou@exemplu.ro');
    // until then the page says where letters go
    expect((await browser.get(ticket)).text).toContain('Un cod a plecat la nou@exemplu.ro');
    await browser.get(form);
    expect((await browser.send(form, { email: 'altul@exemplu.ro' })).text).toMatch(/Puteți cere|secunde/u);
    expect((await browser.send(`${form}/cod`, { code: '12' })).status).toBe(422);
    expect((await browser.send(`${form}/cod`, { code: '000000' })).text).toContain('mai');
    expect((await browser.get(`${form}/cod`)).location).toBe(form);
    const code = await awaitedCodeOf(service.ports, ticketId, 2);
    expect((await browser.send(`${form}/cod`, { code })).location).toBe(`${ticket}?facut=contact`);
    expect((await browser.get(`${ticket}?facut=contact`)).text).toContain('Datele de contact au fost schimbate.');
    const elsewhere = new BrowserOf(service);
    const opened = await openAgain(service, elsewhere, ticket);
    expect(opened.status).toBe(200);
    const letter = service.ports.mailer.letters.findLast(({ subject }) => subject.includes('se deschide'));
    expect(letter?.to).toBe('nou@exemplu.ro');
    expect(lettersTo('nou@exemplu.ro')).not.toEqual([]);
  });

  it('Art. 8: a phone number holds at once', async () => {
    const form = `${ticket}/contact`;
    await browser.get(form);
    expect((await browser.send(form, { phone: '0745 999 111' })).location).toBe(`${ticket}?facut=contact`);
    const answer = await service.call('GET', `/api/v1/tickets/${ticketId}`, { token: await service.token('staff', 's002') });
    expect(answer.body).toMatchObject({ applicant: { phone: '0745 999 111' } });
  });

  it('what holds already changes nothing, and the page says so: no code has gone, whether another address waits for its own or not', async () => {
    const form = `${ticket}/contact`;
    const [email, phone] = ['andrei@exemplu.ro', '0740 123 456'];
    const saidAgain = async (): Promise<void> => {
      for (const typed of [{ email }, { phone }]) {
        await browser.get(form);
        expect((await browser.send(form, typed)).location).toBe(`${ticket}?facut=neschimbat`);
      }
    };
    await saidAgain();
    expect((await browser.get(`${ticket}?facut=neschimbat`)).text).toContain('nu s-a schimbat nimic');
    await browser.get(form);
    expect((await browser.send(form, { email: 'nou@exemplu.ro' })).location).toBe(`${form}?facut=cod`);
    await saidAgain();
    const clerk = new BrowserOf(service);
    await clerk.post('/intra', { token: await service.token('registry') });
    const card = `/ghiseu/tichete/${ticketId}`;
    await clerk.get(`${card}/contact`);
    const sent = await clerk.send(`${card}/contact`, { email, channel: 'counter', shown: 'carte de identitate' });
    expect(sent.location).toBe(`${card}?facut=neschimbat`);
    expect((await clerk.get(sent.location)).text).toContain('nu s-a schimbat nimic');
  });

  it('at the counter the clerk says how the citizen asked and what was shown, and enters the code that they read out', async () => {
    const clerk = new BrowserOf(service);
    await clerk.post('/intra', { token: await service.token('registry') });
    const card = `/ghiseu/tichete/${ticketId}`;
    expect((await clerk.get(card)).text).toContain('Schimbă e-mailul sau telefonul');
    const form = `${card}/contact`;
    await clerk.get(form);
    const missing = await clerk.send(form, { email: 'nou@exemplu.ro' });
    expect(missing.text).toContain('Scrieți ce a arătat cetățeanul.');
    expect(missing.text).toContain('Alegeți cum a cerut cetățeanul.');
    const said = { channel: 'counter', shown: 'carte de identitate' };
    expect((await clerk.send(form, said)).text).toContain('Completați noua adresă de e-mail');
    expect((await clerk.send(form, { ...said, email: 'nou@exemplu.ro' })).location).toBe(`${form}?facut=cod`);
    expect((await clerk.get(card)).text).toContain('Se așteaptă codul trimis la nou@exemplu.ro');
    await clerk.get(form);
    expect((await clerk.send(`${form}/cod`, { code: '1' })).status).toBe(422);
    expect((await clerk.get(`${form}/cod`)).location).toBe(form);
    const code = await awaitedCodeOf(service.ports, ticketId, 2);
    expect((await clerk.send(`${form}/cod`, { code })).location).toBe(`${card}?facut=contact`);
    expect((await clerk.get(card)).text).toContain('nou@exemplu.ro');
    await clerk.get(form);
    expect((await clerk.send(form, { ...said, phone: '0745 999 111' })).location).toBe(`${card}?facut=contact`);
  });
});
