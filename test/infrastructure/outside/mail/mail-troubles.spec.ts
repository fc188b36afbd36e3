import ICAL from 'ical.js';
import type { Delivery, Letter, Mailer } from '../../../../src/application/kernel/ports/mailer';
import type { Ports } from '../../../../src/application/kernel/ports/ports';
import { allProcesses } from '../../../../src/application/operation/all-processes';
import { drain } from '../../../../src/application/kernel/processes/runner';
import { awaitedCode } from '../../../../src/application/booking/ticket-view';
import { citizenTicket } from '../../../../src/application/booking/citizen-ticket';
import { createSmtpMailer } from '../../../../src/infrastructure/outside/mail/smtp-mailer';
import { isRefusal } from '../../../../src/domain/kernel/refusal';
import { createMailServer, type MailServer, type MailTrouble, mailTroubles } from '../../../support/smtp/mail-server';
import { openWorld, type World } from '../../../application/kernel/processes/world';
import { closing } from '../../../support/closing';

const from = 'Primăria <tichet@primaria.example>';
const bouncesTo = 'intoarse@primaria.example';
const timeouts = { connection: 60_000, greeting: 60_000, socket: 60_000, whole: 60_000 };

const final: readonly MailTrouble[] = ['well', 'says 250 to the letter and cuts', 'refuses the recipient', 'refuses the letter'];
const temporary = mailTroubles.filter((trouble) => !final.includes(trouble));

describe('a mail server that misbehaves, over a real socket', () => {
  let server: MailServer;
  let mailer: Mailer & { close(): void };
  let world: World;
  let ticketId: string;
  beforeEach(async () => {
    server = await createMailServer();
    mailer = closing(createSmtpMailer({ url: server.url, from, bouncesTo, timeouts }));
    world = await openWorld();
    ticketId = await world.ask('in-person', { email: 'ion@example.org' });
  });

  const ports = (by: Mailer = mailer): Ports => ({ ...world.ports, mailer: by });
  const work = (by?: Mailer) => drain(ports(by), allProcesses, world.clock.now());
  const count = async (type: string): Promise<number> => (await world.types(ticketId)).filter((each) => each === type).length;
  const told = async (): Promise<string | undefined> => {
    const ticket = await citizenTicket(ports())({ ticketId });
    return isRefusal(ticket) ? ticket.code : ticket.letter;
  };
  /** The clock goes to the next attempt, if there is one within a day and a half. */
  const nextAttempt = async (): Promise<boolean> => {
    const [next] = (await world.ports.operations.attempts.list())
      .flatMap(({ done, nextAt }) => (done || nextAt === undefined || nextAt > '9' ? [] : [nextAt]))
      .sort();
    if (next === undefined) return false;
    world.clock.set(next);
    return true;
  };
  /** Until the letter is settled; how many minutes it took. */
  const untilSettled = async (by?: Mailer): Promise<number> => {
    const begun = Date.parse(world.clock.now());
    await work(by);
    while (await nextAttempt()) await work(by);
    return (Date.parse(world.clock.now()) - begun) / 60_000;
  };
  const versionOf = (index: number): string => {
    const mail = server.taken[index]?.mail;
    const entry = mail?.attachments.find(({ contentType }) => contentType === 'text/calendar')?.content.toString() ?? '';
    const event = new ICAL.Event(ICAL.Component.fromString(entry).getFirstSubcomponent('vevent') ?? undefined);
    return `${mail?.messageId ?? ''} ${event.uid} ${event.sequence}`;
  };

  it.each(temporary)(
    '%s for a quarter of an hour: told on the page meanwhile, then the letter goes, the same one, noted once',
    async (trouble) => {
      await world.verify(ticketId);
      server.be(trouble);
      const sender =
        trouble === 'never greets'
          ? createSmtpMailer({ url: server.url, from, bouncesTo, timeouts: { ...timeouts, greeting: 300 } })
          : mailer;
      await work(sender);
      expect(await told()).toBe('not-left');
      expect(await count('InvitationSent')).toBe(0);
      for (let attempts = 0; attempts < 2 && (await nextAttempt()); attempts += 1) await work(sender);
      expect(await told()).toBe('not-left');
      if (sender !== mailer) sender.close();
      server.be('well');
      await untilSettled();
      expect({ sent: await count('InvitationSent'), bounced: await count('InvitationBounced') }).toEqual({ sent: 1, bounced: 0 });
      expect(server.taken.length).toBeGreaterThan(0);
      expect(new Set(server.taken.map((_, index) => versionOf(index))).size).toBe(1);
      expect(await told()).toBeUndefined();
      expect(await world.openTasks(ticketId)).toEqual([]);
    },
  );

  it.each(['down', 'greylists', 'takes the letter and cuts before it says so'] as const)(
    '%s for days: after a day of ten attempts a person is asked, once, and the page still tells the truth',
    async (trouble) => {
      await world.verify(ticketId);
      server.be(trouble);
      const minutes = await untilSettled();
      expect(minutes).toBeGreaterThanOrEqual(1 + 5 + 15 + 60 + 5 * 240);
      expect(minutes).toBeLessThanOrEqual(24 * 60);
      expect(await world.openTasks(ticketId)).toEqual(['send-letter']);
      expect((await world.ports.operations.outbox.list()).map(({ kind, state, attempts }) => ({ kind, state, attempts }))).toEqual([
        { kind: 'invitation', state: 'failed', attempts: 10 },
      ]);
      expect(await told()).toBe('not-left');
      expect(await count('InvitationSent')).toBe(0);
    },
  );

  it('A21: an outage shortly before the meeting asks a person while there is still time', async () => {
    await world.verify(ticketId);
    world.clock.set('2026-03-05T07:30:00.000Z');
    server.be('down');
    const minutes = await untilSettled();
    expect(minutes).toBeLessThan(30);
    expect(await world.openTasks(ticketId)).toEqual(['send-letter']);
  });

  it.each(['refuses the recipient', 'refuses the letter'] as const)(
    '%s: a task to phone the citizen at once, and no second attempt',
    async (trouble) => {
      await world.verify(ticketId);
      server.be(trouble);
      expect(await untilSettled()).toBe(0);
      await work();
      expect({ sent: await count('InvitationSent'), bounced: await count('InvitationBounced') }).toEqual({ sent: 0, bounced: 1 });
      expect(await world.openTasks(ticketId)).toEqual(['follow-up-bounce']);
      expect(await told()).toBe('returned');
    },
  );

  it('an answer of 250 counts though the connection is cut behind it', async () => {
    await world.verify(ticketId);
    server.be('says 250 to the letter and cuts');
    await untilSettled();
    expect({ sent: await count('InvitationSent'), taken: server.taken.length }).toEqual({ sent: 1, taken: 1 });
  });

  it('Art. 3 e: a code is tried while it lives; the page of the code says that it has not left, then that it has', async () => {
    const standing = async () => {
      const awaited = await awaitedCode(ports())({ ticketId });
      return isRefusal(awaited) ? awaited.code : awaited.letter;
    };
    expect(await standing()).toBe('under-way');
    server.be('greylists');
    await work();
    expect(await standing()).toBe('not-left');
    await nextAttempt();
    server.be('well');
    await work();
    expect(await standing()).toBe('left');
    expect(server.taken).toHaveLength(1);
  });

  it('Art. 3 e: a code whose time is over is not sent any more', async () => {
    server.be('down');
    await work();
    const expired = '2026-03-02T08:10:00.000Z';
    while ((await nextAttempt()) && world.clock.now() < expired) await work();
    world.clock.set(expired);
    server.be('well');
    await work();
    expect(server.taken).toEqual([]);
    const attempts = (await world.ports.operations.outbox.list())[0]?.attempts ?? 0;
    expect(attempts).toBeGreaterThan(8);
  });

  it('the letter leaves from our address for returns, with its own id in the envelope; the queue’s id is kept in the log, and no address', async () => {
    await world.verify(ticketId);
    const lines: string[] = [];
    const logger = { ...world.ports.logger, info: (event: string, values?: object) => lines.push(`${event} ${JSON.stringify(values)}`) };
    await drain({ ...ports(), logger }, allProcesses, world.clock.now());
    const [letter] = await world.ports.operations.outbox.list();
    expect(server.taken[0]).toMatchObject({ from: bouncesTo, envelopeId: letter?.letterId });
    expect(lines).toEqual([`letter.accepted {"letterId":"${letter?.letterId ?? ''}","kind":"invitation","queueId":"4Wq1Zx"}`]);
  });

  describe('is caught', () => {
    const sendingWith = (send: (letter: Letter) => Promise<Delivery>): Mailer => ({ send, forget: () => Promise.resolve(0) });

    it('when a connection that was cut is taken for a letter that left: it is lost', async () => {
      await world.verify(ticketId);
      server.be('cuts in the middle of the letter');
      const hopeful = sendingWith((letter) => mailer.send(letter).catch(() => ({ kind: 'accepted' })));
      await untilSettled(hopeful);
      expect({ sent: await count('InvitationSent'), taken: server.taken.length }).toEqual({ sent: 1, taken: 0 });
    });

    it('when "later" is taken for "never": a citizen is phoned for nothing', async () => {
      await world.verify(ticketId);
      server.be('greylists');
      const hasty = sendingWith((letter) => mailer.send(letter).catch(() => ({ kind: 'refused', reason: '451' })));
      await untilSettled(hasty);
      expect(await count('InvitationBounced')).toBe(1);
    });

    it('when each attempt is another letter: the citizen has two', async () => {
      await world.verify(ticketId);
      server.be('takes the letter and cuts before it says so');
      let drawn = 0;
      const fresh = sendingWith((letter) => mailer.send({ ...letter, letterId: `fresh-${String((drawn += 1))}` }));
      await work(fresh);
      server.be('well');
      await untilSettled(fresh);
      expect(new Set(server.taken.map(({ mail }) => mail.messageId)).size).toBeGreaterThan(1);
    });
  });
});
