import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { enableWebhook } from '../../src/application/webhooks/webhook-list';
import { createReceiver, newSecret, type Behaviour, type Receiver, well } from './support/receiver';
import { createTold, targetFor, type Told } from './support/told';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const receiving = async (): Promise<Receiver> => {
  const receiver = await createReceiver();
  closing.push(() => receiver.close());
  return receiver;
};
const telling = async (...made: Parameters<typeof createTold>): Promise<Told> => {
  const told = await createTold(...made);
  closing.push(() => told.close());
  return told;
};
const running = (told: Told): { stop(): Promise<void> } => {
  const run = told.run();
  closing.push(() => run.stop());
  return run;
};
const ids = (receiver: Receiver): readonly string[] => receiver.got.map(({ id }) => id);
const unique = (all: readonly string[]): readonly string[] => [...new Set(all)];
const inLog = async ({ ports }: Told): Promise<readonly string[]> => {
  const all: string[] = [];
  for await (const { id } of ports.store.readAll()) all.push(id);
  return all;
};
const state = (name: string, wanted: string) => (shown: readonly { readonly name: string; readonly state: string }[]) =>
  shown.some((one) => one.name === name && one.state === wanted);

describe('a receiver that answers', () => {
  it('gets every event once, in the order of the log, signed by Standard Webhooks, as a CloudEvent', async () => {
    const receiver = await receiving();
    // the library of the receiver compares with the time of its machine
    const told = await telling([targetFor(receiver)], { clock: { now: () => new Date().toISOString() } });
    running(told);
    await told.happen('s005');
    const [, second, third] = await receiver.first(3);
    expect(ids(receiver)).toEqual(await inLog(told));
    for (const got of receiver.got) expect(receiver.verify(got)).toMatchObject({ specversion: '1.0', id: got.headers['webhook-id'] });
    expect(second?.headers['content-type']).toMatch(/^application\/cloudevents\+json/);
    expect(JSON.parse(second?.body ?? '')).toMatchObject({
      source: 'https://tichet.example',
      type: 'ro.primariaclujnapoca.tichet-albastru.request.RequestRegistered',
      subject: 'request-519073_2026-02-02',
      dataschema: 'urn:tichet-albastru:event:request.RequestRegistered:1',
      revision: 0,
      data: { number: '519073', handlerStaffId: 's002', status: 'in-operation' },
    });
    expect(receiver.connections()).toBe(1);
    expect(second?.path).toBe('/hook?key=1');
    expect(third?.subject).toBe('staff-s005');
    expect(() => receiver.verify({ ...(second as NonNullable<typeof second>), body: `${second?.body ?? ''} ` })).toThrow('No matching');
  });

  it('gets nothing personal, not even sealed', async () => {
    const receiver = await receiving();
    running(await telling([targetFor(receiver)]));
    await receiver.first(2);
    for (const { body, headers } of receiver.got)
      expect(`${body}${JSON.stringify(headers)}`).not.toMatch(/sealed|Lăcătuș|Zoltán|primarie\.example/);
  });

  it('gets what it asked for only, from when it was known; passes over the rest and remembers it', async () => {
    const receiver = await receiving();
    const told = await telling([targetFor(receiver, { events: ['staff.*'], fromBeginning: false })]);
    const run = running(told);
    await told.until(state('statistics', 'active'));
    await told.happen('s006');
    await told.happen('s007');
    await receiver.first(2);
    await told.until(([one]) => one?.position !== undefined && one.position > (receiver.got[0]?.position ?? ''));
    await run.stop();
    expect(receiver.got.map(({ subject }) => subject)).toEqual(['staff-s006', 'staff-s007']);
  });

  it('two secrets: both sign, while one replaces the other', async () => {
    const receiver = await receiving();
    running(
      await telling([targetFor(receiver, { secrets: [newSecret(), receiver.secret] })], { clock: { now: () => new Date().toISOString() } }),
    );
    const [got] = await receiver.first(1);
    expect(String(got?.headers['webhook-signature']).split(' ')).toHaveLength(2);
    expect(() => receiver.verify(got as NonNullable<typeof got>)).not.toThrow();
  });
});

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

  it.each(Object.entries(bad))('%s: the event waits, and is sent again with the same id', async (_, behaviour) => {
    const receiver = await receiving();
    receiver.behave((response, nth, request) => {
      (nth <= 2 ? behaviour : well)(response, nth, request);
    });
    const told = await telling([targetFor(receiver)]);
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
    const receiver = await receiving();
    await receiver.down();
    const told = await telling([targetFor(receiver)]);
    running(told);
    const [failing] = await told.until(state('statistics', 'failing'));
    expect(failing).toMatchObject({ reason: 'ECONNREFUSED' });
    await receiver.up();
    told.ports.clock.advance({ seconds: 10 });
    await receiver.first(2);
    expect(ids(receiver)).toEqual(await inLog(told));
  });

  it('lies (200 with garbage): the status counts, its words do not', async () => {
    const receiver = await receiving();
    receiver.behave((response) => response.writeHead(200, { 'content-type': 'application/json' }).end('<html>{'));
    const told = await telling([targetFor(receiver)]);
    running(told);
    await receiver.first(2);
    await told.until(state('statistics', 'active'));
    expect(ids(receiver)).toEqual(await inLog(told));
  });

  it('asks us to wait (429, Retry-After): it is not sent to before', async () => {
    const receiver = await receiving();
    receiver.behave((response, nth) => response.writeHead(nth === 1 ? 429 : 204, nth === 1 ? { 'retry-after': '3000' } : {}).end());
    const told = await telling([targetFor(receiver)]);
    const at = told.ports.clock.now();
    running(told);
    const [failing] = await told.until(state('statistics', 'failing'));
    expect(failing).toMatchObject({ reason: '429', nextAt: new Date(Date.parse(at) + 3_000_000).toISOString() });
    told.ports.clock.advance({ seconds: 3001 });
    await receiver.first(2);
  });

  it('is slow: no other target waits for it', async () => {
    const [slow, quick] = [await receiving(), await receiving()];
    slow.behave(() => undefined);
    const told = await telling([targetFor(slow, { name: 'slow' }), targetFor(quick, { name: 'quick' })], {
      limits: { connect: 300, headers: 60_000, body: 60_000, whole: 60_000 },
    });
    running(told);
    await slow.first(1);
    for (const name of ['s010', 's011', 's012']) await told.happen(name);
    await quick.first(5);
    expect(ids(quick)).toEqual(await inLog(told));
    expect(slow.got).toHaveLength(1);
  });

  it('catches one loop for all targets: the quick one gets nothing while the slow one is waited for', async () => {
    const [slow, quick] = [await receiving(), await receiving()];
    slow.behave(() => undefined);
    const told = await telling([targetFor(slow, { name: 'slow' }), targetFor(quick, { name: 'quick' })], {
      limits: { connect: 300, headers: 60_000, body: 60_000, whole: 60_000 },
    });
    const run = told.run('one-after-the-other');
    await slow.first(1);
    await told.happen('s010');
    await sleep(100);
    expect(quick.got).toEqual([]);
    await run.stop();
  });

  it('redirects inwards: nobody is sent there; a client that follows would go', async () => {
    const [receiver, inside] = [await receiving(), await receiving()];
    receiver.behave((response) => response.writeHead(307, { location: inside.url }).end());
    const told = await telling([targetFor(receiver)]);
    running(told);
    expect(await told.until(state('statistics', 'failing'))).toMatchObject([{ reason: '307' }]);
    expect(inside.connections()).toBe(0);
    await fetch(receiver.url, { method: 'POST', body: '' });
    expect(inside.connections()).toBe(1);
  });
});

describe('a receiver that never comes back', () => {
  it('is given up after 24 hours, waits for an administrator, and goes on where it stopped', async () => {
    const receiver = await receiving();
    receiver.behave((response) => response.writeHead(503).end());
    const errors: unknown[] = [];
    const journal = { info: () => undefined, warn: () => undefined, error: (...line: unknown[]) => errors.push(line) };
    const told = await telling([targetFor(receiver)], {}, { journal });
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
    expect(Date.parse(shown[0]?.disabledAt ?? '') - Date.parse(shown[0]?.failingSince ?? '')).toBeGreaterThanOrEqual(24 * 3_600_000);
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
    const receiver = await receiving();
    receiver.behave((response) => response.writeHead(410).end());
    const told = await telling([targetFor(receiver)]);
    running(told);
    expect(await told.until(state('statistics', 'disabled'))).toMatchObject([{ attempts: 1, reason: '410' }]);
  });
});

describe('the service ends in between', () => {
  it('after the receiver’s yes and before it is written down: the event comes again with the same id, none is left out', async () => {
    const receiver = await receiving();
    const told = await telling([targetFor(receiver)]);
    const { registers } = told.ports.operations;
    const run = told.run();
    const put = registers.put.bind(registers);
    let died: (() => void) | undefined;
    const dead = new Promise<void>((resolve) => {
      died = resolve;
    });
    // the process dies with the answer in its hand
    Object.assign(registers, {
      put: (name: string, value: string) => {
        if (receiver.got.length === 0) return put(name, value);
        died?.();
        return new Promise(() => undefined);
      },
    });
    await dead;
    void run.stop();
    Object.assign(registers, { put });
    running(told);
    await receiver.first(3);
    const [first, second, third] = ids(receiver);
    expect(second).toBe(first);
    expect([first, third]).toEqual(await inLog(told));
  });

  it('catches one that writes down before it is sent', async () => {
    const receiver = await receiving();
    const told = await telling([targetFor(receiver)]);
    const [first, second] = await inLog(told);
    // the broken variant: the place of the first event is written down, then the process dies
    await told.ports.operations.registers.put(
      'webhook:statistics',
      JSON.stringify({ position: '00000000000000000001', last: { stream: 'staff-s002', revision: 0, id: first } }),
    );
    running(told);
    await receiver.first(1);
    expect(ids(receiver)).toEqual([second]);
  });

  it('a stop does not wait for a receiver that says nothing, and does not count it as a failure', async () => {
    const receiver = await receiving();
    receiver.behave(() => undefined);
    const told = await telling([targetFor(receiver)], { limits: { connect: 300, headers: 60_000, body: 60_000, whole: 60_000 } });
    const run = told.run();
    await receiver.first(1);
    await run.stop();
    expect(await told.standing()).toMatchObject([{ state: 'active', position: '' }]);
  });
});

describe('a log that was moved', () => {
  it('to a store with other positions: the place is found by its stream', async () => {
    const receiver = await receiving();
    const told = await telling([targetFor(receiver)]);
    const [first] = await inLog(told);
    const last = { stream: 'staff-s002', revision: 0, id: first };
    await told.ports.operations.registers.put('webhook:statistics', JSON.stringify({ position: '00000000000000987654', last }));
    running(told);
    await receiver.first(1);
    expect(receiver.got[0]?.subject).toBe('request-519073_2026-02-02');
  });

  it('from a backup that is older: it goes on at the end, and what happens from then on is told', async () => {
    const receiver = await receiving();
    const told = await telling([targetFor(receiver)]);
    const last = { stream: 'staff-s999', revision: 4, id: 'gone' };
    await told.ports.operations.registers.put('webhook:statistics', JSON.stringify({ position: '00000000000000987654', last }));
    const { store } = told.ports;
    const subscribe = store.subscribe.bind(store);
    await new Promise<void>((resolve) => {
      Object.assign(store, {
        subscribe: (options: Parameters<typeof subscribe>[0]) => {
          resolve();
          return subscribe(options);
        },
      });
      running(told);
    });
    await told.happen('s030');
    await receiver.first(1);
    expect(receiver.got[0]?.subject).toBe('staff-s030');
  });
});

describe('where a target may lead', () => {
  // of the open internet by its form, and of nobody: such addresses are not given out
  const public1 = { address: '4000::1', family: 6 };
  const loopback = { address: '127.0.0.1', family: 4 };

  /** Tells the receiver under a public name, which the resolver leads where it wants. */
  const under = async (receiver: Receiver, resolve: () => Promise<readonly { address: string; family: number }[]>): Promise<Told> => {
    const { port } = new URL(receiver.url);
    const settings = targetFor(receiver, { url: `http://receiver.example:${port}/hook`, private: false });
    const told = await telling([settings], { resolve });
    running(told);
    return told;
  };

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '::1',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '0.0.0.0',
  ])('a public name that leads to %s is not gone to', async (address) => {
    const receiver = await receiving();
    const told = await under(receiver, () => Promise.resolve([{ address, family: address.includes(':') ? 6 : 4 }]));
    expect(await told.until(state('statistics', 'failing'))).toMatchObject([{ reason: 'ADDRESS_NOT_PUBLIC' }]);
    expect(receiver.connections()).toBe(0);
  });

  it('DNS rebinding: a name that is public when looked at, and ours when connected to, is not gone to', async () => {
    const receiver = await receiving();
    let asked = 0;
    const told = await under(receiver, () => {
      asked += 1;
      return Promise.resolve([asked === 1 ? public1 : loopback]);
    });
    await told.until(state('statistics', 'failing'));
    for (let attempt = 1; attempt < 3; attempt += 1) {
      told.ports.clock.advance({ seconds: 3700 });
      await told.until(([one]) => (one?.attempts ?? 0) > attempt);
    }
    expect(asked).toBe(3);
    expect(receiver.connections()).toBe(0);
  });

  it('a private address in the URL itself is not gone to either', async () => {
    const receiver = await receiving();
    const told = await telling([targetFor(receiver, { private: false })]);
    running(told);
    expect(await told.until(state('statistics', 'failing'))).toMatchObject([{ reason: 'ADDRESS_NOT_PUBLIC' }]);
    expect(receiver.connections()).toBe(0);
  });

  it('catches a guard that looks at the name first and lets the socket look again', async () => {
    const receiver = await receiving();
    let asked = 0;
    const resolve = () => {
      asked += 1;
      return Promise.resolve(asked === 1 ? public1 : loopback);
    };
    // the broken variant: checked with one answer, connected with the next
    const checked = await resolve();
    expect(checked).toEqual(public1);
    const { address } = await resolve();
    const probe = await fetch(receiver.url.replace('127.0.0.1', address), { method: 'POST', body: '' });
    expect(probe.status).toBe(204);
    expect(receiver.connections()).toBe(1);
  });

  it('what speaks no HTTP at all is a failure like another', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('SSH-2.0-OpenSSH\r\n', () => socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    closing.push(() => new Promise((resolve) => server.close(resolve)));
    const told = await telling([targetFor({ url: `http://127.0.0.1:${String(port)}/`, secret: newSecret() })]);
    running(told);
    expect(await told.until(state('statistics', 'failing'))).toMatchObject([{ attempts: 1 }]);
  });
});
