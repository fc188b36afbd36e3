import { performance } from 'node:perf_hooks';
import { cityHall, applicantName, filedOn, numberOf } from './support/city-hall';
import { writeTickets } from './support/logs';
import { quantile, ratios, spreadOf } from './support/measuring';
import type { Section } from './support/report';
import { clientOf, serveApart } from './support/services';

type Options = { readonly tickets: number; readonly rounds: number };

const perSecond = 100;

/** Sends a lookup every hundredth of a second, whether the last one was answered or not, until `over`. @returns delays in milliseconds */
const delays = async (lookUp: () => Promise<unknown>, over: () => boolean): Promise<readonly number[]> => {
  const taken: number[] = [];
  const underWay: Promise<void>[] = [];
  const from = performance.now();
  for (let n = 0; !over(); n += 1) {
    const due = from + (n * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const sent = performance.now();
    underWay.push(
      lookUp().then(() => {
        taken.push(performance.now() - sent);
      }),
    );
  }
  await Promise.all(underWay);
  return taken;
};

export const measureNeighbour = async ({ tickets, rounds }: Options): Promise<Section> => {
  const environment = await cityHall({ people: 4, requests: 8 }, (store) => writeTickets(store, tickets));
  const service = await serveApart({ ...environment, BENCH_PROCESSES: 'off' });
  const { call, close } = clientOf(service.url, 32);
  const body = { requestNumber: numberOf(0), applicantName, filedOn };
  const lookUp = async (): Promise<void> => {
    const { status } = await call('POST', '/api/v1/requests/lookup', body);
    if (status !== 200) throw new Error(`The lookup was answered with ${status}.`);
  };
  for (let n = 0; n < 500; n += 1) await lookUp();
  const idle: number[] = [];
  const during: number[] = [];
  let middle = { idle: 0, during: 0 };
  for (let round = 0; round < rounds; round += 1) {
    let over = false;
    const rebuilt = service.rebuild().then(() => {
      over = true;
    });
    const from = performance.now();
    const busy = await delays(lookUp, () => over);
    await rebuilt;
    const lasted = performance.now() - from;
    const until = performance.now() + Math.max(lasted, 2000);
    const quiet = await delays(lookUp, () => performance.now() > until);
    during.push(quantile(busy, 0.99));
    idle.push(quantile(quiet, 0.99));
    middle = { idle: quantile(quiet, 0.5), during: quantile(busy, 0.5) };
  }
  await close();
  await service.stop();
  return {
    title: `A neighbour's request while the audit trail is rebuilt (${tickets.toLocaleString('en-US')} tickets)`,
    rawMeans: 'the same service without a rebuild. The bench sends a lookup over HTTP every 10 ms, answered or not.',
    figures: [
      {
        what: "99th percentile of a neighbour's lookup",
        unit: 'ms',
        raw: spreadOf(idle),
        ours: spreadOf(during),
        ratio: ratios(during, idle),
        target: { atMost: 3 },
      },
      { what: 'median (last round)', unit: 'ms', raw: spreadOf([middle.idle]), ours: spreadOf([middle.during]) },
    ],
    whereTheTimeGoes:
      'The rebuild has its own thread, connections and, on Linux, lower priority. A neighbour still shares the second processor with it and with V8’s threads, which keep their priority and take half as much again.',
  };
};
