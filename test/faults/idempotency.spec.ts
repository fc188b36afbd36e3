import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createService, type Service } from '../support/service';
import { broken, dying } from './over-http/broken';
import { type Answered, type Caller, createCaller, NoAnswer, type Options } from './over-http/caller';
import { codeOf, dataOf, lookup, monday, populate } from './over-http/city';
import { readLedger, settled } from './over-http/ledger';

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
  const asked = { startsAt, mode: 'in-person', ...(email === undefined ? {} : { email }) };
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
      options: { token: manageToken, body: { code: codeOf(service, ticketId) }, key },
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

/** Whether no request was given a second ticket by a repetition. */
const oneTicketEach = async (service: Service): Promise<boolean> => {
  const { events } = await readLedger(dataOf(service));
  const numbersGiven = events.flatMap(({ fact }) => (fact.type === 'Requested' ? [fact.data.request.number] : []));
  return numbersGiven.length > 0 && new Set(numbersGiven).size === numbersGiven.length;
};

const withService = async (
  settingsOf: (service: Service) => NodeJS.ProcessEnv,
  work: (service: Service, caller: Caller) => Promise<void>,
): Promise<void> => {
  const service = await createService();
  const caller = createCaller(service.url, 8);
  try {
    next = 0;
    service.moveClockTo(monday);
    await service.start(settingsOf(service));
    await populate(
      service,
      caller,
      numbers.map((number) => ({ number, staffId: 's001' })),
    );
    await work(service, caller);
  } finally {
    caller.close();
    await service.dispose();
  }
};

const sound = (): NodeJS.ProcessEnv => ({});

describe('Idempotency-Key', () => {
  it(
    'twice at once, and again after kill -9: one ticket and the same bytes; another body is refused',
    () =>
      withService(sound, async (service, caller) => {
        const given: { readonly command: Command; readonly answer: ReturnType<typeof contract> }[] = [];
        for (const kind of kinds) {
          const command = await commandsOn[kind](caller, `key-${kind}`, service);
          const [first, second] = (await twice(caller, command)).map(contract);
          expect(second).toEqual(first);
          expect(first).toMatchObject({ status: kind === 'booking' ? 201 : 200 });
          if (first) given.push({ command, answer: first });
          expect(await send(caller, { ...command, options: { ...command.options, body: command.other } })).toMatchObject({
            status: 409,
            body: { code: 'idempotency-conflict' },
          });
        }
        await service.kill();
        await service.start();
        for (const { command, answer } of given) expect((await twice(caller, command)).map(contract)).toEqual([answer, answer]);
        expect(await oneTicketEach(service)).toBe(true);
      }),
    60_000,
  );

  it(
    'a refusal is kept as well: what was refused once is not done later',
    () =>
      withService(sound, async (service, caller) => {
        const first = await booking(caller, 'first');
        const loser = await booking(caller, 'loser');
        const same = { ...loser, options: { ...loser.options, body: { startsAt: first.startsAt, mode: 'in-person' } } };
        const won = await send(caller, first);
        const lost = contract(await send(caller, same));
        expect(lost.status).toBe(409);
        await caller.call('POST', `/api/v1/tickets/${won.body.ticketId}/cancel`, { token: won.body.manageToken, body: {} });
        service.moveClockTo(new Date(service.now().getTime() + 20 * 60_000).toISOString());
        expect((await twice(caller, same)).map(contract)).toEqual([lost, lost]);
      }),
    60_000,
  );

  it(
    'catches keys that are not remembered',
    () =>
      withService(
        () => broken('forgetful-keys'),
        async (_, caller) => {
          const [first, second] = (await twice(caller, await booking(caller, 'key'))).map(contract);
          expect(second).not.toEqual(first);
        },
      ),
    60_000,
  );

  const deaths: readonly (readonly [Kind, string])[] = [
    ['booking', 'SlotHeld'],
    ['booking', 'Scheduled'],
    ['verification', 'EmailVerified'],
    ['reschedule', 'Rescheduled'],
    ['cancel', 'Cancelled'],
    ...(full
      ? ([
          ['booking', 'TicketAdmitted'],
          ['booking', 'Requested'],
          ['booking', 'SlotConfirmed'],
          ['verification', 'SlotConfirmed'],
          ['verification', 'Scheduled'],
          ['reschedule', 'SlotHeld'],
          ['reschedule', 'SlotConfirmed'],
          ['reschedule', 'SlotReleased'],
          ['cancel', 'AdmissionEnded'],
          ['cancel', 'SlotReleased'],
        ] as const)
      : []),
  ];

  it('a kill between an append and the answer: the repetition carries the same command to its one end', () => {
    const deathFile = (service: Service): string => join(service.folder, 'death');
    const mortal = (service: Service): NodeJS.ProcessEnv => dying(deathFile(service));
    return withService(mortal, async (service, caller) => {
      for (const [kind, fact] of deaths) {
        const command = await commandsOn[kind](caller, `${kind}-${fact}`, service);
        writeFileSync(deathFile(service), fact);
        await expect(send(caller, command)).rejects.toBeInstanceOf(NoAnswer);
        expect(existsSync(deathFile(service))).toBe(false);
        await service.kill();
        await service.start(mortal(service));
        const answers = (await twice(caller, command)).map(contract);
        expect({ kind, fact, status: answers[0]?.status }).toEqual({ kind, fact, status: kind === 'booking' ? 201 : 200 });
        expect(answers[1]).toEqual(answers[0]);
      }
      expect(await settled(service)).toMatchObject({ orphans: [], faults: [] });
      expect(await oneTicketEach(service)).toBe(true);
    });
  }, 300_000);

  it(
    'a kill at any moment: the answer that came, or the first that comes after, is the only one',
    () =>
      withService(sound, async (service, caller) => {
        for (let kill = 0; kill < (full ? 40 : 3); kill += 1) {
          const kind = kinds[kill % kinds.length] ?? 'booking';
          const command = await commandsOn[kind](caller, `random-${String(kill)}`, service);
          const asked = send(caller, command).then(contract, (error: unknown) => {
            if (!(error instanceof NoAnswer)) throw error;
          });
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 25));
          await service.kill();
          const first = await asked;
          await service.start();
          const answers = (await twice(caller, command)).map(contract);
          const [only] = answers;
          expect(only?.status).toBe(kind === 'booking' ? 201 : 200);
          expect(answers).toEqual([first ?? only, first ?? only]);
        }
        expect(await oneTicketEach(service)).toBe(true);
      }),
    600_000,
  );
});
