import { type BounceFound, letterBounced, noteReport, readBounces, readBouncesOnce } from '../../../src/application/resolution/bounces';
import { newCode } from '../../../src/application/booking/verify-email';
import { awaitedCode } from '../../../src/application/booking/ticket-view';
import type { BounceMailbox, MessageRead } from '../../../src/application/kernel/ports/bounce-mailbox';
import type { Ports } from '../../../src/application/kernel/ports/ports';
import { accept } from '../../../src/domain/kernel/decider';
import { personal } from '../../../src/domain/kernel/personal-text';
import { createImapMailbox } from '../../../src/infrastructure/outside/mail/bounces/imap-mailbox';
import { mailboxAddressOf } from '../../../src/infrastructure/outside/mail/bounces/mailbox-address';
import { createImapServer, type ImapServer } from '../../support/imap/imap-server';
import { deliveryReport } from '../../support/smtp/delivery-report';
import { type World, bookedWorld, openWorld } from '../kernel/processes/world';

const limits = { connection: 60_000, greeting: 60_000, socket: 60_000, whole: 60_000 };
const recipient = 'ion@example.org';
const never = new AbortController().signal;

describe('C18: letters that came back, from a mailbox over a real socket to the ticket', () => {
  let server: ImapServer;
  let mailbox: BounceMailbox;
  let world: World;
  let ticketId: string;
  let found: BounceFound[];
  beforeEach(async () => {
    server = await createImapServer();
    mailbox = createImapMailbox(mailboxAddressOf(server.url), limits);
    ({ world, ticketId } = await bookedWorld());
    found = [];
  });

  const letterId = async (): Promise<string> =>
    (await world.facts(ticketId)).flatMap((fact) => (fact.type === 'InvitationSent' ? [fact.data.letterId] : [])).at(-1) ?? '';
  const bounced = async (): Promise<number> => (await world.types(ticketId)).filter((type) => type === 'InvitationBounced').length;
  const read = (ports: Ports = world.ports, by = mailbox): Promise<void> =>
    readBouncesOnce(ports, { mailbox: by, watch: (what) => found.push(what) }, never);
  const storeAway: () => Ports = () => ({
    ...world.ports,
    store: { ...world.ports.store, append: () => Promise.reject(new Error('the store is away')) },
  });

  it('is noted once, however often it is reported and by whomever, and is a task for a person', async () => {
    const id = await letterId();
    server.deliver(deliveryReport({ letterId: id, recipient }));
    server.deliver(deliveryReport({ letterId: id, recipient, envelopeId: false }));
    await read();
    await read();
    await noteReport(world.ports)({ letterId: id, recipients: [{ action: 'failed', addresses: [recipient] }] });
    await letterBounced(world.ports)(world.context(), { letterId: id });
    await world.drain();
    expect(await bounced()).toBe(1);
    expect(await world.openTasks(ticketId)).toEqual(['follow-up-bounce']);
    expect(found).toEqual(['noted', 'noted']);
    expect((await world.ports.operations.outbox.get(id))?.state).toBe('bounced');
    expect(server.messages.every(({ flags }) => flags.has('\\Answered'))).toBe(true);
  });

  /** The service is killed, or the store is away, at the worst moment; then everything is well again. */
  const afterATroubledReading = async (by: BounceMailbox): Promise<number> => {
    server.deliver(deliveryReport({ letterId: await letterId(), recipient }));
    await read(storeAway(), by).catch(() => undefined);
    await read(world.ports, by);
    return bounced();
  };

  it('survives a store that is away: the message is not marked before its fact stands', async () => {
    expect(await afterATroubledReading(mailbox)).toBe(1);
  });

  it('is caught when it marks first and notes afterwards: the report is lost', async () => {
    const markedFirst: BounceMailbox = {
      read: async (judge, signal) => {
        const seen: MessageRead[] = [];
        await mailbox.read((message) => (seen.push(message), Promise.resolve('done')), signal);
        for (const message of seen) await judge(message);
      },
    };
    expect(await afterATroubledReading(markedFirst)).toBe(0);
  });

  it('survives an end between the fact and the mark: judged once more, nothing is noted twice', async () => {
    server.deliver(deliveryReport({ letterId: await letterId(), recipient }));
    server.misbehave.cutAtStore = true;
    await expect(read()).rejects.toThrow('could not be marked');
    expect(await bounced()).toBe(1);
    server.misbehave.cutAtStore = false;
    await read();
    expect(await bounced()).toBe(1);
    expect(server.messages[0]?.flags.has('\\Answered')).toBe(true);
  });

  it('ignores a delay: the letter is still on its way', async () => {
    server.deliver(deliveryReport({ letterId: await letterId(), recipient, action: 'delayed' }));
    await read();
    expect(await bounced()).toBe(0);
    expect(found).toEqual(['ignored']);
    expect(server.messages[0]?.flags.has('\\Answered')).toBe(true);
  });

  it('believes no report about an address to which the letter did not go, nor about a letter that was never made', async () => {
    server.deliver(deliveryReport({ letterId: await letterId(), recipient: 'altcineva@example.org' }));
    server.deliver(deliveryReport({ letterId: '0d5e7c1a-33b2-5c55-9d0e-5b1f6f0a7c11', recipient }));
    server.deliver('From: ion@example.org\nSubject: Re: Tichet\n\nMultumesc!');
    await read();
    await read();
    expect(await bounced()).toBe(0);
    expect(await world.openTasks(ticketId)).toEqual([]);
    expect(found).toEqual(['unknown', 'unknown', 'unknown']);
    expect(server.messages.map(({ flags }) => flags.size)).toEqual([0, 0, 0]);
  });

  it('is caught when it believes whoever names a letter: an invented report becomes a fact', async () => {
    const context = world.context();
    await letterBounced(world.ports)(context, { letterId: await letterId() });
    expect(await bounced()).toBe(1);
  });

  it('reads a report that came before it was noted that the letter left', async () => {
    const id = await letterId();
    const record = await world.ports.operations.outbox.get(id);
    if (record === undefined) throw new Error('no record');
    let known = false;
    const early: Ports = {
      ...world.ports,
      operations: {
        ...world.ports.operations,
        outbox: { ...world.ports.operations.outbox, get: () => Promise.resolve(known ? record : undefined) },
      },
    };
    server.deliver(deliveryReport({ letterId: id, recipient }));
    await read(early);
    known = true;
    await read(early);
    expect(await bounced()).toBe(1);
    expect(found).toEqual(['unknown', 'noted']);
  });

  it('says nothing of a person who was forgotten', async () => {
    const id = await letterId();
    await world.onTicket(ticketId, () =>
      accept({ type: 'PersonalDataErased', data: { erasedAt: world.clock.now(), reason: personal('office', 'la cerere') } }),
    );
    server.deliver(deliveryReport({ letterId: id, recipient }));
    await read();
    expect(found).toEqual(['ignored']);
    expect(await bounced()).toBe(0);
  });

  it('reads on by itself once a mailbox that was away is back, and has lost nothing', async () => {
    server.deliver(deliveryReport({ letterId: await letterId(), recipient }));
    await server.goAway();
    const stop = new AbortController();
    const errors: string[] = [];
    const logger = {
      ...world.ports.logger,
      error: (event: string, why: object = {}) => errors.push(JSON.stringify({ event, ...why, attempt: 0 })),
    };
    await new Promise<void>((done, failed) => {
      const watch = (what: BounceFound): void => {
        found.push(what);
        if (found.length === 2) server.comeBack().catch(failed);
        if (what === 'noted') stop.abort();
      };
      readBounces({ ...world.ports, logger }, { mailbox, watch, pause: 5 }, stop.signal).then(done, failed);
    });
    expect(await bounced()).toBe(1);
    expect(new Set(found.slice(0, -1))).toEqual(new Set(['not-read']));
    const why = { attempt: 0, error: 'MailboxUnavailable', reason: 'nobody-listens', code: 'ECONNREFUSED' };
    expect(new Set(errors)).toEqual(new Set([JSON.stringify({ event: 'bounces.not-read', ...why })]));
  });
});

describe('C18: the letter before the newest', () => {
  it('comes back: what is told of the newest is what became of the newest', async () => {
    const world = await openWorld();
    const ticketId = await world.ask('online', { email: recipient, phone: '0740123456' });
    await world.drain();
    world.clock.advance({ minutes: 2 });
    expect(await newCode(world.ports)(world.context('citizen'), { ticketId })).toMatchObject({ kind: 'done' });
    await world.drain();
    const [first, second] = (await world.ports.operations.outbox.ofTicket(ticketId)).map(({ letterId }) => letterId);
    world.clock.advance({ minutes: 1 });
    const comesBack = (letterId = '') => noteReport(world.ports)({ letterId, recipients: [{ action: 'failed', addresses: [recipient] }] });
    expect(await comesBack(first)).toBe('noted');
    expect(await awaitedCode(world.ports)({ ticketId })).toMatchObject({ letter: 'left' });
    expect(await comesBack(second)).toBe('noted');
    expect(await awaitedCode(world.ports)({ ticketId })).toMatchObject({ letter: 'returned' });
  });
});
