import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createService, type Service } from '../support/service';
import { broken } from './over-http/broken';
import { type Answered, type Caller, createCaller, NoAnswer } from './over-http/caller';
import { officialToken } from '../support/official-token';
import { filedOn, lookup, monday, populate, staffIds } from './over-http/city';
import { readLedger } from './over-http/ledger';

type Asked = { readonly number: string; readonly answer: Answered | NoAnswer };

/** Books from so many connections until told to stop, and keeps what became of every attempt. */
const book = async (caller: Caller, connections: number, until: AbortSignal, asked: Asked[]): Promise<void> => {
  let next = 0;
  const one = async (number: string, index: number): Promise<Answered> => {
    const found = await lookup(caller, number);
    if (found.status !== 200) return found;
    const startsAt = new Date(Date.parse('2026-03-09T06:00:00.000Z') + (index % 30) * 900_000).toISOString();
    return caller.call('POST', '/api/v1/tickets', {
      token: found.body.bookingToken,
      body: { startsAt, mode: 'in-person', phone: '0740 123 456' },
    });
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
  await Promise.all(Array.from({ length: connections }, work));
};

const requests = Array.from({ length: 800 }, (_, index) => ({
  number: String(300_000 + index),
  staffId: staffIds[index % staffIds.length] ?? '',
}));

/** An open stream of the live calendar: how it ended, once it has. */
const listen = (service: Service, token: string): Promise<{ readonly ended: Promise<'whole' | 'broken'> }> =>
  new Promise((resolve, reject) => {
    const sent = get(`${service.url}/api/v1/calendar/live`, { headers: { authorization: `Bearer ${token}` } }, (response) => {
      response.resume();
      const ended = new Promise<'whole' | 'broken'>((told) => {
        response.on('error', () => undefined);
        response.on('close', () => {
          told(response.complete ? 'whole' : 'broken');
        });
      });
      if (response.statusCode === 200) resolve({ ended });
      else reject(new Error(String(response.statusCode)));
    });
    sent.on('error', reject);
  });

const orderly = { code: 0, saidSo: true, streams: ['whole', 'whole', 'whole'], unexpected: [], halfDone: [], broken: [], faults: [] };

/** Ends the service while many book and three listen. */
const stopUnderLoad = async (service: Service) => {
  const caller = createCaller(service.url, 48);
  await populate(service, caller, requests);
  const token = await officialToken(service, { role: 'staff', staffId: 's001' });
  const streams = await Promise.all([1, 2, 3].map(() => listen(service, token)));
  const stop = new AbortController();
  const asked: Asked[] = [];
  const load = book(caller, 48, stop.signal, asked);
  while (asked.length < 60) await sleep(10);
  const code = await service.stop();
  stop.abort();
  await load;
  caller.close();

  const answered = asked.flatMap(({ answer }) => (answer instanceof NoAnswer ? [] : [answer]));
  const { events, faults, tickets } = await readLedger(service);
  const begun = new Set(events.flatMap(({ fact, stream }) => (fact.type === 'TicketAdmitted' ? [stream] : [])));
  const scheduled = answered.filter(({ status }) => status === 201).map(({ body }) => body.ticketId);
  return {
    answers: scheduled.length,
    code,
    saidSo: service.output().includes('service.stopped'),
    streams: await Promise.all(streams.map(({ ended }) => ended)),
    unexpected: answered.filter(({ status, body }) => status !== 201 && body.code !== 'slot-taken').map(({ text }) => text),
    // whoever was not answered must not have been heard either
    halfDone: asked.filter(({ number, answer }) => answer instanceof NoAnswer && begun.has(`request-${number}_${filedOn}`)),
    broken: scheduled.filter((ticketId) => tickets.get(ticketId)?.status !== 'scheduled'),
    faults,
  };
};

describe('the end of a service', () => {
  let service: Service;
  beforeEach(async () => {
    service = await createService();
    service.moveClockTo(monday);
    await service.start();
  });

  // it ends itself with 1 after 9.5 seconds
  it('SIGTERM under load: under 10 seconds, what is in flight is answered, open streams are completed', async () => {
    const { answers, ...outcome } = await stopUnderLoad(service);
    expect(outcome).toEqual(orderly);
    expect(answers).toBeGreaterThan(0);
  });

  it('catches a service that leaves at once', async () => {
    await service.stop();
    await service.start(broken('abrupt-stop'));
    const { halfDone } = await stopUnderLoad(service);
    expect(halfDone.length).toBeGreaterThan(0);
  });

  it('a second service on the same folder is refused with a sentence, and disturbs nothing', async () => {
    const second = await createService({ TICHET_DATA_DIR: service.dataFolder });
    await expect(second.start()).rejects.toThrow(/folosit de alt proces.*in use by another process/s);
    expect(await second.stop()).toBe(1);
    expect(second.output()).not.toMatch(/^\s+at /m);
    await second.dispose();
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
  });

  it('after kill -9 the folder is free at once', async () => {
    await service.kill();
    const second = await createService({ TICHET_DATA_DIR: service.dataFolder });
    await second.start();
    expect(await second.stop()).toBe(0);
  });
});
