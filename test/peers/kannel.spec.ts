import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder } from '../support/closing';
import { fakeCentre, type Kannel, startKannel } from '../support/peers/kannel';
import { describeWith } from '../support/peers/program';
import { book, type Held, importAll, type Line } from '../story/support/bookings';
import { type CityHall, createCityHall, must } from '../story/support/city-hall';

const line: Line = { number: '500001', applicant: 'Țurcanu Ștefan' };

/** What is written as in an address: a plus for a blank, a per cent sign before what has no letter. */
const octetsOf = (written: string): string =>
  written.replaceAll('+', ' ').replace(/%([\dA-F]{2})/giu, (_, octet: string) => String.fromCharCode(Number.parseInt(octet, 16)));

/** Kannel’s words for the parts of a message: sender, receiver, kind, for a part of several which one, and its letters two octets each. */
const read = (parts: readonly string[]): { readonly to: readonly string[]; readonly text: string } => {
  const words = parts.map((part) => part.split(' '));
  const octets = words.map((part) => Buffer.from(octetsOf(part.at(-1) ?? ''), 'latin1'));
  return {
    to: [...new Set(words.map(([, to = '']) => to))],
    text: octets.map((part) => new TextDecoder('utf-16be').decode(part)).join(''),
  };
};

describeWith(['bearerbox', 'smsbox', fakeCentre], 'Kannel with a centre that takes everything', () => {
  let kannel: Kannel;
  let hall: CityHall;
  let ticket: Held;

  beforeAll(async () => {
    kannel = await startKannel();
    const folder = emptyFolder();
    const secretFile = (name: string, content: string): string => {
      const path = join(folder, name);
      writeFileSync(path, content, { mode: 0o600 });
      return path;
    };
    hall = await createCityHall({
      TICHET_SMS_URL: kannel.url,
      TICHET_SMS_USER: kannel.user,
      TICHET_SMS_PASSWORD_FILE: secretFile('password', kannel.password),
      TICHET_SMS_FROM: 'Primaria',
      TICHET_SMS_REPORT_SECRET_FILE: secretFile('reports', 'a secret of at least 24 characters'),
    });
    await hall.moveTo('2026-03-02T08:00:00.000Z');
    await hall.service.start();
    await importAll(hall, [line]);
    ticket = await book(hall, line, { startsAt: '2026-03-05T08:00:00.000Z', mode: 'phone', phone: '0740 123 456' });
  });

  it('Art. 8: who gave a telephone alone is told by text message that the hour has changed, and the network’s report says so', async () => {
    const body = { startsAt: '2026-03-06T08:00:00.000Z', reason: 'illness' };
    await must(200, hall.as('staff', 's002')('POST', `/tickets/${ticket.ticketId}/reschedule`, { body }));
    await hall.happened(ticket.ticketId, 'CitizenNotified');
    const { to, text } = read(kannel.delivered());
    expect(to).toEqual(['+40740123456']);
    expect(text).toMatch(
      new RegExp(`^Primăria Cluj-Napoca: întâlnirea ${ticket.reference} are altă oră: vineri, 6 martie 2026, 10:00`, 'u'),
    );
    expect(text.split(ticket.reference)).toHaveLength(2);
    expect(text).not.toContain('urcanu');
    expect(await hall.verdict(ticket.ticketId, 'C19')).toBe('pass');
  });

  it('a report without the proof that was given along is turned away', async () => {
    const report = (path: string) => hall.call('GET', `/webhooks/text-messages/${path}?status=1`);
    expect((await report(`${ticket.ticketId}/${'0'.repeat(32)}`)).status).toBe(401);
  });

  it('the service’s own log names no telephone', () => {
    expect(hall.service.output()).not.toMatch(/740.?123.?456/u);
  });
});
