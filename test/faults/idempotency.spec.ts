import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createService, type Service } from '../support/service';
import { broken, dying } from './over-http/broken';
import { type Answered, type Caller, createCaller, NoAnswer, type Options } from './over-http/caller';
import { codeOf, lookup, monday, populate } from './over-http/city';
import { readLedger, settled } from './over-http/ledger';
import { closing } from '../support/closing';

const full = process.env['FAULTS'] === 'full';

/** What a repetition must give again, byte for byte. */
const contract = ({ status, text, headers }: Answered) => ({
  status,
  text,
  headers: ['content-type', 'content-language', 'tichet-position', 'retry-after'].map((name) => headers[name]),
});

/** `other` is a body that the route takes as well, under the same key. */
type Command = { readonly path: string; readonly options: Options; readonly other: object };
const send = (caller: Caller, { path, options }: Command): Promise<Answered> => caller.call('POST', path, options);
const twice = async (caller: Caller, command: Command): Promise<readonly Answered[]> =>
  Promise.all([send(caller, command), send(caller, command)]);

const numbers = Array.from({ length: 400 }, (_, index) => String(200_000 + index));
let next = 0;
/** A request and a quarter of an hour that nobody else of this file has. */
const fresh = () => {
  const index = next;
  next += 1;
  const startsAt = new Date(Date.parse('2026-03-09T06:00:00.000Z') + (index % 30) * 900_000 + Math.floor(index / 30) * 86_400_000);
  return { number: numbers[index] ?? '', startsAt: startsAt.toISOString() };
};
const later = (startsAt: string): string => new Date(Date.parse(startsAt) + 7 * 86_400_000).toISOString();

const booking = async (
  caller: Caller,
  key: string,
  email?: string,
): Promise<Command & { readonly number: string; readonly startsAt: string }> => {
  const { number, startsAt } = fresh();
  const { body } = await lookup(caller, number);
  const asked = { startsAt, mode: 'in-person', phone: '0740 123 456', ...(email === undefined ? {} : { email }) };
  return {
    path: '/api/v1/tickets',
    options: { token: body.bookingToken, body: asked, key },
    other: { ...asked, notes: 'altceva' },
    number,
    startsAt,
  };
};

/** Commands that change a ticket, each with what makes it ready. */
const commandsOn = {
  booking: (caller: Caller, key: string) => booking(caller, key),
  verification: async (caller: Caller, key: string, service: Service) => {
    const { ticketId, manageToken } = (await send(caller, await booking(caller, `${key}-before`, `${key}@exemplu.ro`))).body;
    return {
      path: `/api/v1/tickets/${ticketId}/verification`,
      options: { token: manageToken, body: { code: await codeOf(service, ticketId) }, key },
      other: { code: '0000' },
    };
  },
  reschedule: async (caller: Caller, key: string) => {
    const before = await booking(caller, `${key}-before`);
    const { ticketId, manageToken } = (await send(caller, before)).body;
    return {
      path: `/api/v1/tickets/${ticketId}/reschedule`,
      options: { token: manageToken, body: { startsAt: later(before.startsAt) }, key },
      other: { startsAt: later(later(before.startsAt)) },
    };
  },
  cancel: async (caller: Caller, key: string) => {
    const { ticketId, manageToken } = (await send(caller, await booking(caller, `${key}-before`))).body;
    return { path: `/api/v1/tickets/${ticketId}/cancel`, options: { token: manageToken, body: {}, key }, other: { reason: 'illness' } };
  },
} satisfies Record<string, (caller: Caller, key: string, service: Service) => Promise<Command>>;
type Kind = keyof typeof commandsOn;
const kinds: readonly Kind[] = ['booking', 'verification', 'reschedule', 'cancel'];
const statusOf = (kind: Kind): number => (kind === 'booking' ? 201 : 200);

/** Whether no request was given a second ticket by a repetition. */
const oneTicketEach = async (service: Service): Promise<boolean> => {
  const { events } = await readLedger(service);
  const numbersGiven = events.flatMap(({ fact }) => (fact.type === 'Requested' ? [fact.data.request.number] : []));
  return numbersGiven.length > 0 && new Set(numbersGiven).size === numbersGiven.length;
};

/** A service with registered requests, ready for its first booking. */
const prepared = async (settingsOf: (service: Service) => NodeJS.ProcessEnv) => {
  const service = await createService();
  const caller = createCaller(service.url, 8);
  next = 0;
  service.moveClockTo(monday);
  await service.start(settingsOf(service));
  const requests = numbers.map((number) => ({ number, staffId: 's001' }));
  await populate(service, caller, requests);
  return { service, caller };
};

describe('Idempotency-Key', () => {
  const deathFile = ({ folder }: Service): string => join(folder, 'death');
  const mortal = (service: Service): NodeJS.ProcessEnv => dying(deathFile(service));
  let service: Service;
  let caller: Caller;
  beforeAll(async () => {
    ({ service, caller } = await prepared(mortal));
    closing(caller);
  });
  const killAndRestart = async (): Promise<void> => {
    await service.kill();
    await service.start(mortal(service));
  };

  it('twice at once, and again after kill -9: one ticket and the same bytes; another body is refused', async () => {
    const given: { readonly command: Command; readonly answer: ReturnType<typeof contract> | undefined }[] = [];
    for (const kind of kinds) {
      const command = await commandsOn[kind](caller, `key-${kind}`, service);
      const [first, second] = (await twice(caller, command)).map(contract);
      expect(second).toEqual(first);
      expect(first).toMatchObject({ status: statusOf(kind) });
      given.push({ command, answer: first });
      const another = { ...command, options: { ...command.options, body: command.other } };
      expect(await send(caller, another)).toMatchObject({ status: 409, body: { code: 'idempotency-conflict' } });
    }
    await killAndRestart();
    for (const { command, answer } of given) expect((await twice(caller, command)).map(contract)).toEqual([answer, answer]);
    expect(await oneTicketEach(service)).toBe(true);
  });

  it('a refusal is kept as well: what was refused once is not done later', async () => {
    const first = await booking(caller, 'first');
    const loser = await booking(caller, 'loser');
    const same = { ...loser, options: { ...loser.options, body: { startsAt: first.startsAt, mode: 'in-person', phone: '0740 123 456' } } };
    const won = await send(caller, first);
    const lost = contract(await send(caller, same));
    expect(lost.status).toBe(409);
    await caller.call('POST', `/api/v1/tickets/${won.body.ticketId}/cancel`, { token: won.body.manageToken, body: {} });
    service.moveClockTo(new Date(service.now().getTime() + 20 * 60_000).toISOString());
    expect((await twice(caller, same)).map(contract)).toEqual([lost, lost]);
  });

  const deaths: readonly (readonly [Kind, string])[] = [
    ['booking', 'SlotHeld'],
    ['verification', 'EmailVerified'],
    ['reschedule', 'Rescheduled'],
    ...(full
      ? ([
          ['booking', 'TicketAdmitted'],
          ['booking', 'Requested'],
          ['booking', 'SlotConfirmed'],
          ['booking', 'Scheduled'],
          ['verification', 'SlotConfirmed'],
          ['verification', 'Scheduled'],
          ['reschedule', 'SlotHeld'],
          ['reschedule', 'SlotConfirmed'],
          ['reschedule', 'SlotReleased'],
          ['cancel', 'Cancelled'],
          ['cancel', 'AdmissionEnded'],
          ['cancel', 'SlotReleased'],
        ] as const)
      : []),
  ];

  it('a kill between an append and the answer: the repetition carries the same command to its one end', async () => {
    for (const [kind, fact] of deaths) {
      const command = await commandsOn[kind](caller, `${kind}-${fact}`, service);
      writeFileSync(deathFile(service), fact);
      await expect(send(caller, command)).rejects.toBeInstanceOf(NoAnswer);
      expect(existsSync(deathFile(service))).toBe(false);
      await killAndRestart();
      const [first, second] = (await twice(caller, command)).map(contract);
      expect({ kind, fact, status: first?.status }).toEqual({ kind, fact, status: statusOf(kind) });
      expect(second).toEqual(first);
    }
    expect(await oneTicketEach(service)).toBe(true);
  });

  it('a kill at any moment: the answer that came, or the first that comes after, is the only one; nothing stays half done', async () => {
    for (let kill = 0; kill < (full ? 40 : 2); kill += 1) {
      const kind = kinds[kill % kinds.length] ?? 'booking';
      const command = await commandsOn[kind](caller, `random-${String(kill)}`, service);
      const asked = send(caller, command).then(contract, (error: unknown) => {
        if (!(error instanceof NoAnswer)) throw error;
      });
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 25));
      await service.kill();
      const heard = await asked;
      await service.start(mortal(service));
      const answers = (await twice(caller, command)).map(contract);
      const only = heard ?? answers[0];
      expect(only?.status).toBe(statusOf(kind));
      expect(answers).toEqual([only, only]);
    }
    expect(await oneTicketEach(service)).toBe(true);
    expect(await settled(service)).toMatchObject({ orphans: [], faults: [] });
  });

  it('catches keys that are not remembered', async () => {
    const forgetful = await prepared(() => broken('forgetful-keys'));
    const [first, second] = (await twice(forgetful.caller, await booking(forgetful.caller, 'key'))).map(contract);
    expect(second).not.toEqual(first);
    forgetful.caller.close();
    await forgetful.service.dispose();
  });
});
