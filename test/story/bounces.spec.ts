import { createImapServer, type ImapServer } from '../support/imap/imap-server';
import { deliveryReport } from '../support/smtp/delivery-report';
import { book, importAll, type Held } from './support/bookings';
import { createCityHall, must, type CityHall } from './support/city-hall';
import { eventually } from '../support/eventually';
import { createPostOffice, type PostOffice } from './support/post-office';

const line = { number: '500001', applicant: 'Popescu Ion' };
const email = 'ion@exemplu.ro';

describe('C18: an invitation that comes back to the mailbox of the service', () => {
  let hall: CityHall;
  let post: PostOffice;
  let mailbox: ImapServer;
  let ticket: Held;
  beforeAll(async () => {
    [post, mailbox] = await Promise.all([createPostOffice(), createImapServer()]);
    hall = await createCityHall({
      TICHET_SMTP_URL: post.url,
      TICHET_MAIL_FROM: 'Primăria <tichet@primaria.example>',
      TICHET_BOUNCE_ADDRESS: 'intoarse@primaria.example',
      TICHET_BOUNCE_IMAP_URL: mailbox.url,
    });
    await hall.moveTo('2026-03-02T08:00:00.000Z');
    await hall.service.start();
    await importAll(hall, [line]);
    ticket = await book(hall, line, { startsAt: '2026-03-05T08:00:00.000Z', mode: 'in-person', email }, post);
  });

  it('is read at the next start, noted once, marked, a task for the staff member, and told in the numbers', async () => {
    const { messageId = '' } = await post.letter(email, 2);
    await hall.happened(ticket.ticketId, 'InvitationSent');
    const letterId = /<(.+)@/.exec(messageId)?.[1] ?? '';
    await hall.service.kill();
    const report = mailbox.deliver(deliveryReport({ letterId, recipient: email }));
    mailbox.deliver('From: cineva@exemplu.ro\nSubject: Salut\n\nSalut.');
    await hall.service.start();
    await hall.happened(ticket.ticketId, 'InvitationBounced');
    await eventually('the mark', () => (report.flags.has('\\Answered') ? true : undefined));
    await eventually('the task', async () => {
      const { body } = await must(200, hall.as('staff', 's002')('GET', '/tasks'));
      return body.tasks.find(({ kind }) => kind === 'follow-up-bounce');
    });
    const numbers = await eventually('the numbers', async () => {
      const text = await (await fetch(`${hall.service.url}/metrics`)).text();
      return text.includes('tichet_bounces_total{found="unknown"} 1') ? text : undefined;
    });
    expect(numbers).toContain('tichet_bounces_total{found="noted"} 1');
  });
});
