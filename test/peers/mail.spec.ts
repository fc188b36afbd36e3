import { setTimeout as sleep } from 'node:timers/promises';
import type { ParsedMail } from 'mailparser';
import { describeWith } from '../support/peers/program';
import { type MailServers, startMailServers } from '../support/peers/postfix-and-dovecot';
import { ask, type Held, importAll, type Line } from '../story/support/bookings';
import { type CityHall, createCityHall, must } from '../story/support/city-hall';
import { eventually } from '../support/eventually';
import { codeIn } from '../story/support/post-office';

const bounceAddress = 'intoarse@primaria.example';
const people = {
  arrives: 'ion@exemplu.ro',
  gone: 'dana@exemplu.ro',
  asleep: 'vasile@doarme.example',
  international: 'ștefan@exemplu.ro',
  old: 'țîrlea@vechi.example',
} as const;
/** the civil servant of the tickets, who is written to as well (see the staff list) */
const official = 's002@primarie.example';
type Person = keyof typeof people;
const lines = Object.fromEntries(
  (Object.keys(people) as Person[]).map((person, n): [Person, Line] => [
    person,
    { number: String(500_001 + n), applicant: `Popescu Ion ${'ABCDE'[n] ?? ''}` },
  ]),
) as Record<Person, Line>;
const slots: Record<Person, string> = {
  arrives: '2026-03-05T08:00:00.000Z',
  gone: '2026-03-05T08:15:00.000Z',
  asleep: '2026-03-05T08:30:00.000Z',
  international: '2026-03-05T08:45:00.000Z',
  old: '2026-03-05T09:00:00.000Z',
};

describeWith(['postfix', 'dovecot', 'postgrey', 'openssl'], 'Postfix and Dovecot, as the city hall’s and a citizen’s', () => {
  let servers: MailServers;
  let hall: CityHall;
  const tickets = new Map<Person, Held>();
  const ticketOf = (person: Person): Held => {
    const held = tickets.get(person);
    if (held === undefined) throw new Error(`${person} has no ticket.`);
    return held;
  };

  beforeAll(async () => {
    servers = await startMailServers({ bounceAddress, citizens: [...Object.values(people), official] });
    hall = await createCityHall({
      TICHET_SMTP_URL: servers.submission,
      TICHET_MAIL_FROM: 'Primăria <tichet@primaria.example>',
      TICHET_BOUNCE_ADDRESS: bounceAddress,
      TICHET_BOUNCE_IMAP_URL: servers.bounces,
      NODE_EXTRA_CA_CERTS: servers.certificate,
    });
    await hall.moveTo('2026-03-02T08:00:00.000Z');
    await hall.service.start();
    await importAll(hall, Object.values(lines));
  });

  /** Asks for a ticket; the code's letter arrives. */
  const asked = async (person: Person): Promise<ParsedMail> => {
    const wish = { startsAt: slots[person], mode: 'in-person', email: people[person] };
    const { body } = await must(201, ask(hall, lines[person], wish));
    tickets.set(person, body);
    return servers.letter(people[person], 1);
  };
  const verified = async (person: Person, code: ParsedMail): Promise<void> => {
    const { ticketId, manageToken } = ticketOf(person);
    await must(200, hall.call('POST', `/tickets/${ticketId}/verification`, { token: manageToken, body: { code: codeIn(code) } }));
    await hall.happened(ticketId, 'InvitationSent');
  };
  const reports = (): number => servers.ours.log().match(new RegExp(`to=<${bounceAddress}>.*status=sent`, 'g'))?.length ?? 0;
  /** The server says so, and its report lies in the mailbox. */
  const reported = async (logged: RegExp, nth: number): Promise<void> => {
    await eventually('the report', () => (logged.test(servers.ours.log()) ? true : undefined));
    await eventually('its way to the mailbox', () => (reports() >= nth ? true : undefined));
  };

  it('takes letters by STARTTLS with a password, and what a provider greylists arrives with the next attempt', async () => {
    const code = await asked('arrives');
    expect(servers.ours.log()).toMatch(/sasl_method=PLAIN, sasl_username=tichet@primaria\.example/);
    expect(servers.ours.log()).toMatch(/to=<ion@exemplu\.ro>.*status=deferred.*450 4\.2\.0.*Greylisted/);
    await verified('arrives', code);
    const invitation = await servers.letter(people.arrives, 2);
    expect(invitation.attachments.map(({ contentType }) => contentType)).toContain('text/calendar');
  });

  it('an invitation to a mailbox that is gone comes back', async () => {
    const code = await asked('gone');
    servers.closeMailbox(people.gone);
    await verified('gone', code);
    await reported(/to=<dana@exemplu\.ro>.*status=bounced.*550 5\.1\.1/, 1);
  });

  it('one that nobody takes until the server gives up comes back as well', async () => {
    const code = await asked('asleep');
    servers.lead('doarme.example', 'nobody');
    await verified('asleep', code);
    await eventually('an attempt in vain', () =>
      /to=<vasile@doarme\.example>.*status=deferred.*refused/i.test(servers.ours.log()) ? true : undefined,
    );
    servers.ours.set({ maximal_queue_lifetime: '1s' });
    await eventually('the end of its patience', async () => {
      if (servers.ours.log().includes('status=expired')) return true;
      // what is read again at that moment is looked at after a minute only, unless it is asked for
      servers.ours.flush();
      await sleep(500);
      return undefined;
    });
    await reported(/from=<intoarse@primaria\.example>, status=expired, returned to sender/, 2);
    servers.ours.set({ maximal_queue_lifetime: '5d' });
  });

  it('an address with letters of ours is written to where the servers can, and comes back where one cannot', async () => {
    await verified('international', await asked('international'));
    await servers.letter(people.international, 2);
    const code = await asked('old');
    servers.lead('vechi.example', 'of before SMTPUTF8');
    await verified('old', code);
    await reported(/to=<țîrlea@vechi\.example>.*status=bounced.*SMTPUTF8 is required/, 3);
  });

  it('a resolution to a mailbox that is gone comes back', async () => {
    const { ticketId } = ticketOf('arrives');
    await hall.moveTo('2026-03-05T08:20:00.000Z');
    const staff = hall.as('staff', 's002');
    const held = { startedAt: '2026-03-05T08:01:00.000Z', endedAt: '2026-03-05T08:14:00.000Z' };
    await must(200, staff('POST', `/tickets/${ticketId}/held`, { body: held }));
    servers.closeMailbox(people.arrives);
    await must(200, staff('POST', `/tickets/${ticketId}/resolution`, { body: { conclusions: 'Se depune planul.' } }));
    await hall.happened(ticketId, 'ResolutionSent');
    await reported(/to=<ion@exemplu\.ro>.*status=bounced.*550 5\.1\.1/, 4);
  });

  it('the civil servant’s list of the day arrives', async () => {
    const { text } = await servers.letter(official, 1);
    expect(text).toContain('Întâlnirile de mâine');
    // 10:30 in Cluj-Napoca
    expect(text).toContain('joi, 5 martie 2026, 10:30–10:45');
  });

  it('C18: when the mailbox is read, each is noted once, is a task, and the log says why', async () => {
    await hall.service.stop();
    await hall.service.start();
    const all = [
      ['gone', 'InvitationBounced', '5.1.1'],
      ['asleep', 'InvitationBounced', '4.4.1'],
      ['old', 'InvitationBounced', '5.6.7'],
      ['arrives', 'ResolutionBounced', '5.1.1'],
    ] as const;
    for (const [person, fact, status] of all) {
      await hall.happened(ticketOf(person).ticketId, fact);
      // no address, and no word of the server
      await eventually('the line of the log', () =>
        hall.service.output().includes(`"kind":"noted","status":"${status}"`) ? true : undefined,
      );
      await eventually('the task', async () => {
        const { body } = await must(200, hall.as('staff', 's002')('GET', '/tasks'));
        return body.tasks.find(({ kind, ticketId }) => kind === 'follow-up-bounce' && ticketId === ticketOf(person).ticketId);
      });
    }
    const noted = (): number => hall.service.output().match(/"kind":"noted"/g)?.length ?? 0;
    await eventually('every line', () => (noted() >= all.length ? true : undefined));
    expect(noted()).toBe(all.length);
  });
});
