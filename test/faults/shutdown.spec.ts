import { get } from 'node:http';
import { createService, type Service } from '../support/service';
import { type Answered, type Caller, createCaller, NoAnswer } from './over-http/caller';
import { dataOf, lookup, monday, officialToken, populate, staffIds } from './over-http/city';
import { readLedger } from './over-http/ledger';

const longestStopMilliseconds = 10_000;

type Asked = { readonly number: string; readonly answer: Answered | NoAnswer };

/** Books from so many connections until told to stop, and keeps what became of every attempt. */
const book = (caller: Caller, connections: number, until: AbortSignal): Promise<readonly Asked[]> => {
  const asked: Asked[] = [];
  let next = 0;
  const one = async (number: string, index: number): Promise<Answered> => {
    const found = await lookup(caller, number);
    if (found.status !== 200) return found;
    const startsAt = new Date(Date.parse('2026-03-09T06:00:00.000Z') + (index % 30) * 900_000).toISOString();
    return caller.call('POST', '/api/v1/tickets', { token: found.body.bookingToken, body: { startsAt, mode: 'in-person' } });
  };
  const work = async (): Promise<void> => {
    while (!until.aborted && next < requests.length) {
      const index = next;
      next += 1;
      const { number } = requests[index] ?? { number: '' };
      try {
        asked.push({ number, answer: await one(number, index) });
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        asked.push({ number, answer: error });
      }
    }
  };
  return Promise.all(Array.from({ length: connections }, work)).then(() => asked);
};

const requests = Array.from({ length: 2_000 }, (_, index) => ({
  number: String(300_000 + index),
  staffId: staffIds[index % staffIds.length] ?? '',
}));

/** An open stream of the live calendar: how it ended, once it has. */
const listen = (service: Service, token: string): Promise<{ readonly ended: Promise<'whole' | 'broken'> }> =>
  new Promise((resolve, reject) => {
    const sent = get(`${service.url}/api/v1/calendar/live`, { headers: { authorization: `Bearer ${token}` } }, (response) => {
      response.resume();
      const ended = new Promise<'whole' | 'broken'>((told) => {
        response.on('end', () => {
          told('whole');
        });
        response.on('error', () => {
          told('broken');
        });
      });
      if (response.statusCode === 200) resolve({ ended });
      else reject(new Error(String(response.statusCode)));
    });
    sent.on('error', reject);
  });

describe('the end of a service', () => {
  let service: Service;
  beforeEach(async () => {
    service = await createService();
    service.moveClockTo(monday);
    await service.start();
  });
  afterEach(() => service.dispose());

  it('SIGTERM under load: under 10 seconds, what is in flight is answered, open streams are completed', async () => {
    const setUp = createCaller(service.url, 1);
    await populate(service, setUp, requests);
    setUp.close();
    const token = await officialToken(service, { role: 'staff', staffId: 's001' });
    const streams = await Promise.all([1, 2, 3].map(() => listen(service, token)));
    const caller = createCaller(service.url, 48);
    const stop = new AbortController();
    const load = book(caller, 48, stop.signal);
    await new Promise((resolve) => setTimeout(resolve, 700));
    const before = Date.now();
    const code = await service.stop();
    const took = Date.now() - before;
    stop.abort();
    const asked = await load;
    caller.close();

    expect(code).toBe(0);
    expect(took).toBeLessThan(longestStopMilliseconds);
    expect(service.output()).toContain('service.stopped');
    expect(await Promise.all(streams.map(({ ended }) => ended))).toEqual(['whole', 'whole', 'whole']);
    const answered = asked.flatMap(({ number, answer }) => (answer instanceof NoAnswer ? [] : [{ number, answer }]));
    expect(answered.filter(({ answer }) => answer.status === 201).length).toBeGreaterThan(0);
    expect(answered.filter(({ answer }) => answer.status !== 201 && answer.body.code !== 'slot-taken')).toEqual([]);
    // Whoever was not answered was not heard: nothing of theirs has begun.
    const { events, faults, tickets } = await readLedger(dataOf(service));
    expect(faults).toEqual([]);
    const begun = new Set(events.flatMap(({ fact, stream }) => (fact.type === 'TicketAdmitted' ? [stream] : [])));
    const unheard = asked.filter(({ answer }) => answer instanceof NoAnswer);
    expect(unheard.filter(({ number }) => begun.has(`request-${number}_2026-02-10`))).toEqual([]);
    // And whoever was told "scheduled" is.
    const told = answered.filter(({ answer }) => answer.status === 201).map(({ answer }) => answer.body.ticketId);
    expect(told.filter((ticketId) => tickets.get(ticketId)?.status !== 'scheduled')).toEqual([]);
  }, 60_000);

  it('a second service on the same folder is refused with a sentence, and disturbs nothing', async () => {
    const second = await createService({ TICHET_DATA_DIR: dataOf(service) });
    await expect(second.start()).rejects.toThrow(/folosit de alt proces.*in use by another process/s);
    expect(await second.stop()).toBe(1);
    expect(second.output()).not.toMatch(/^\s+at /m);
    await second.dispose();
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
  }, 60_000);

  it('after kill -9 the folder is free at once', async () => {
    await service.kill();
    const second = await createService({ TICHET_DATA_DIR: dataOf(service) });
    await second.start();
    expect(await second.stop()).toBe(0);
    await second.dispose();
  }, 60_000);
});
