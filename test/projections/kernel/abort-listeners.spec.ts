import { getEventListeners, setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { whileCalm } from '../../../src/infrastructure/proof/alarm/log-alarm';
import { runProjections } from '@tichet-albastru/event-log/projector/projector';
import { counting } from './counting';
import { worldWith, type World } from './world';

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

/** More than Node 20 takes for a leak. */
const tables = 12;

/** As for every task of the service: however many wait for its end. */
const endOfService = (): AbortController => {
  const over = new AbortController();
  setMaxListeners(0, over.signal);
  return over;
};

const warnings: unknown[] = [];
beforeEach(() => {
  warnings.length = 0;
  jest.spyOn(process, 'emitWarning').mockImplementation((warning: unknown) => warnings.push(warning));
  // as Node 20 makes them; newer ones make them without a bound, and nothing here would be seen
  const any = AbortSignal.any.bind(AbortSignal);
  jest.spyOn(AbortSignal, 'any').mockImplementation((signals) => {
    const made = any(signals);
    setMaxListeners(10, made);
    return made;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

it('of a signal that is made of one for many node warns at the eleventh', () => {
  const signal = AbortSignal.any([endOfService().signal]);
  const heard = Array.from({ length: 11 }, (_, index) => () => index);
  for (const each of heard.slice(1)) signal.addEventListener('abort', each);
  expect(warnings).toEqual([]);
  for (const each of heard) signal.addEventListener('abort', each);
  expect(warnings).toEqual([expect.objectContaining({ name: 'MaxListenersExceededWarning', count: 11 })]);
});

it('as many tables as are outdated wait for the end while they fill; nothing is to warn of, and nobody goes on waiting', async () => {
  const world = worldWith();
  const named = (version: number) => Array.from({ length: tables }, (_, index) => counting(version, { name: `counting-${index}` }));
  for (const projection of named(1)) await world.rows.prepare(projection);
  const rows: World['rows'] = Object.create(world.rows);
  const seen = new Set<AbortSignal>();
  let most = 0;
  rows.rebuildElsewhere = async (_, signal) => {
    if (!signal) throw new Error('Nobody could end it.');
    seen.add(signal);
    const heard = (): void => undefined;
    signal.addEventListener('abort', heard);
    await sleep(1);
    most = Math.max(most, listeners(signal));
    signal.removeEventListener('abort', heard);
    // it is not known there
    return undefined;
  };
  const over = endOfService();
  const running = runProjections({ ...world, rows }, named(2), { signal: over.signal });
  while ((await world.rows.builds()).some(({ version }) => version === 1)) await sleep(5);
  over.abort();
  await running;
  expect([seen.size, most]).toEqual([tables, 1]);
  expect(warnings).toEqual([]);
  for (const signal of [...seen, over.signal]) expect(listeners(signal)).toBe(0);
});

it('whatever is done while no alarm stands may wait for its end as often as for that of the service', async () => {
  const [over, raised] = [endOfService(), new AbortController()];
  const most: unknown[] = [];
  await whileCalm({ calm: () => raised.signal }, over.signal, async (signal) => {
    const waiting = Array.from({ length: tables }, () => sleep(20, undefined, { signal }));
    most.push(listeners(signal));
    await Promise.all(waiting);
    most.push(listeners(signal));
  });
  expect(most).toEqual([tables, 0]);
  expect(warnings).toEqual([]);
});
