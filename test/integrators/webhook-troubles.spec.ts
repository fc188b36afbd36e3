import { setTimeout as sleep } from 'node:timers/promises';
import { enableWebhook } from '../../src/application/operation/webhooks';
import { type Behaviour, createReceiver, well } from './support/receiver';
import { ids, inLog, running, state, unique } from './support/telling';
import { createTold, impatient, targetFor } from './support/told';
import { closing } from '../support/closing';

describe('a receiver that does not', () => {
  const bad: Record<string, Behaviour> = {
    'is broken (500)': (response) => response.writeHead(500).end(),
    'redirects to somebody else': (response) => response.writeHead(307, { location: 'http://127.0.0.1:1/elsewhere' }).end(),
    'says nothing': () => undefined,
    'stops in the middle of its answer': (response) => response.writeHead(200, { 'content-length': '100' }).write('half'),
    'talks without end': (response) => {
      response.writeHead(200);
      const more = setInterval(() => response.write('.'.repeat(20_000)), 2);
      response.on('close', () => {
        clearInterval(more);
      });
    },
    'cuts the connection': (response) => response.socket?.destroy(),
  };

  it.each(Object.entries(bad))('%s: the event waits, and is sent again with the same id', async (does, behaviour) => {
    const receiver = await createReceiver();
    receiver.behave((response, nth, request) => {
      (nth <= 2 ? behaviour : well)(response, nth, request);
    });
    const isSilent = ['says nothing', 'stops in the middle of its answer', 'talks without end'].includes(does);
    const told = await createTold([targetFor(receiver)], isSilent ? { limits: impatient } : {});
    running(told);
    await told.until(state('statistics', 'failing'));
    expect(await told.standing()).toMatchObject([{ attempts: 1, failingSince: told.ports.clock.now() }]);
    told.ports.clock.advance({ seconds: 6 });
    await told.until(([one]) => one?.attempts === 2);
    told.ports.clock.advance({ seconds: 36 });
    await receiver.first(4);
    expect(unique(ids(receiver).slice(0, 3))).toHaveLength(1);
    expect(unique(ids(receiver))).toEqual(await inLog(told));
    await told.until(state('statistics', 'active'));
  });

  it('is down, and comes back: nothing is lost', async () => {
    const receiver = await createReceiver();
    await receiver.down();
    const told = await createTold([targetFor(receiver)]);
    running(told);
    const [failing] = await told.until(state('statistics', 'failing'));
    expect(failing).toMatchObject({ reason: 'ECONNREFUSED' });
    await receiver.up();
    told.ports.clock.advance({ seconds: 10 });
    await receiver.first(2);
    expect(ids(receiver)).toEqual(await inLog(told));
  });

  it('lies (200 with garbage): the status counts, its words do not', async () => {
    const receiver = await createReceiver();
    receiver.behave((response) => response.writeHead(200, { 'content-type': 'application/json' }).end('<html>{'));
    const told = await createTold([targetFor(receiver)]);
    running(told);
    await receiver.first(2);
    await told.until(state('statistics', 'active'));
    expect(ids(receiver)).toEqual(await inLog(told));
  });

  it('asks us to wait (429, Retry-After): it is not sent to before', async () => {
    const receiver = await createReceiver();
    receiver.behave((response, nth) => response.writeHead(nth === 1 ? 429 : 204, nth === 1 ? { 'retry-after': '3000' } : {}).end());
    const told = await createTold([targetFor(receiver)]);
    const at = told.ports.clock.now();
    running(told);
    const [failing] = await told.until(state('statistics', 'failing'));
    expect(failing).toMatchObject({ reason: '429', nextAt: new Date(Date.parse(at) + 3_000_000).toISOString() });
    told.ports.clock.advance({ seconds: 3001 });
    await receiver.first(2);
  });

  it('is slow: no other target waits for it', async () => {
    const [slow, quick] = [await createReceiver(), await createReceiver()];
    slow.behave(() => undefined);
    const told = await createTold([targetFor(slow, { name: 'slow' }), targetFor(quick, { name: 'quick' })]);
    running(told);
    await slow.first(1);
    for (const name of ['s010', 's011', 's012']) await told.happen(name);
    await quick.first(5);
    expect(ids(quick)).toEqual(await inLog(told));
    expect(slow.got).toHaveLength(1);
  });

  it('catches one loop for all targets: the quick one gets nothing while the slow one is waited for', async () => {
    const [slow, quick] = [await createReceiver(), await createReceiver()];
    slow.behave(() => undefined);
    const told = await createTold([targetFor(slow, { name: 'slow' }), targetFor(quick, { name: 'quick' })]);
    closing(told.run('one-after-the-other'));
    await slow.first(1);
    await told.happen('s010');
    await sleep(100);
    expect(quick.got).toEqual([]);
  });

  it('redirects inwards: nobody is sent there; a client that follows would go', async () => {
    const [receiver, inside] = [await createReceiver(), await createReceiver()];
    receiver.behave((response) => response.writeHead(307, { location: inside.url }).end());
    const told = await createTold([targetFor(receiver)]);
    running(told);
    expect(await told.until(state('statistics', 'failing'))).toMatchObject([{ reason: '307' }]);
    expect(inside.connections()).toBe(0);
    await fetch(receiver.url, { method: 'POST', body: '' });
    expect(inside.connections()).toBe(1);
  });
});

describe('a receiver that never comes back', () => {
  it('is given up after 24 hours, waits for an administrator, and goes on where it stopped', async () => {
    const receiver = await createReceiver();
    receiver.behave((response) => response.writeHead(503).end());
    const errors: unknown[] = [];
    const logger = { info: () => undefined, warn: () => undefined, error: (...line: unknown[]) => errors.push(line) };
    const told = await createTold([targetFor(receiver)], {}, { logger });
    running(told);
    let attempts = 0;
    let shown = await told.standing();
    while (shown[0]?.state !== 'disabled') {
      const before = attempts;
      shown = await told.until(([one]) => (one?.attempts ?? 0) > before);
      attempts = shown[0]?.attempts ?? 0;
      expect(attempts).toBeLessThan(60);
      told.ports.clock.advance({ seconds: 3600 });
    }
    expect(shown).toMatchObject([{ state: 'disabled', reason: '503' }]);
    expect(Date.parse(shown[0].disabledAt ?? '') - Date.parse(shown[0].failingSince ?? '')).toBeGreaterThanOrEqual(24 * 3_600_000);
    expect(errors).toEqual([['webhook.disabled', { target: 'statistics', attempts, reason: '503' }]]);
    const tried = receiver.got.length;
    receiver.behave(well);
    told.ports.clock.advance({ days: 3 });
    await told.happen('s020');
    const targets = [{ name: 'statistics' }];
    expect(await enableWebhook(told.ports, targets, 'nobody')).toBe('not-found');
    expect(receiver.got).toHaveLength(tried);
    expect(await enableWebhook(told.ports, targets, 'statistics')).toBe('enabled');
    await receiver.first(tried + 3);
    expect(unique(ids(receiver))).toEqual(await inLog(told));
    expect(await enableWebhook(told.ports, targets, 'statistics')).toBe('not-waiting');
  });

  it('wants nothing more (410): it is disabled at once', async () => {
    const receiver = await createReceiver();
    receiver.behave((response) => response.writeHead(410).end());
    const told = await createTold([targetFor(receiver)]);
    running(told);
    expect(await told.until(state('statistics', 'disabled'))).toMatchObject([{ attempts: 1, reason: '410' }]);
  });
});
