import { createReceiver, newSecret } from './support/receiver';
import { ids, inLog, running, state } from './support/telling';
import { createTold, targetFor } from './support/told';

describe('a receiver that answers', () => {
  it('gets every event once, in the order of the log, signed by Standard Webhooks, as a CloudEvent', async () => {
    const receiver = await createReceiver();
    // the library of the receiver compares with the time of its machine
    const told = await createTold([targetFor(receiver)], { clock: { now: () => new Date().toISOString() } });
    running(told);
    await told.happen('s005');
    const [, second, third] = await receiver.first(3);
    if (second === undefined) throw new Error('nothing came');
    expect(ids(receiver)).toEqual(await inLog(told));
    for (const got of receiver.got) expect(receiver.verify(got)).toMatchObject({ specversion: '1.0', id: got.headers['webhook-id'] });
    expect(second.headers['content-type']).toMatch(/^application\/cloudevents\+json/);
    expect(JSON.parse(second.body)).toMatchObject({
      source: 'https://tichet.example',
      type: 'ro.primariaclujnapoca.tichet-albastru.request.RequestRegistered',
      subject: 'request-519073_2026-02-02',
      dataschema: 'urn:tichet-albastru:event:request.RequestRegistered:2',
      revision: 0,
      data: { number: '519073', handlerStaffId: 's002', status: 'in-operation' },
    });
    expect(receiver.connections()).toBe(1);
    expect(second.path).toBe('/hook?key=1');
    expect(third?.subject).toBe('staff-s005');
    expect(() => receiver.verify({ ...second, body: `${second.body} ` })).toThrow('No matching');
  });

  it('gets nothing personal, not even sealed', async () => {
    const receiver = await createReceiver();
    running(await createTold([targetFor(receiver)]));
    await receiver.first(2);
    for (const { body, headers } of receiver.got)
      expect(`${body}${JSON.stringify(headers)}`).not.toMatch(/sealed|Lăcătuș|Zoltán|primarie\.example/);
  });

  it('gets what it asked for only, from when it was known; passes over the rest and remembers it', async () => {
    const receiver = await createReceiver();
    const told = await createTold([targetFor(receiver, { events: ['staff.*'], fromBeginning: false })]);
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
    const receiver = await createReceiver();
    running(
      await createTold([targetFor(receiver, { secrets: [newSecret(), receiver.secret] })], {
        clock: { now: () => new Date().toISOString() },
      }),
    );
    const [got] = await receiver.first(1);
    if (got === undefined) throw new Error('nothing came');
    expect(String(got.headers['webhook-signature']).split(' ')).toHaveLength(2);
    expect(() => receiver.verify(got)).not.toThrow();
  });
});

describe('the service ends in between', () => {
  it('after the receiver’s yes and before it is written down: the event comes again with the same id, none is left out', async () => {
    const receiver = await createReceiver();
    const told = await createTold([targetFor(receiver)]);
    const { keyValues } = told.ports.operations;
    const run = told.run();
    const put = keyValues.put.bind(keyValues);
    let died: (() => void) | undefined;
    const dead = new Promise<void>((resolve) => {
      died = resolve;
    });
    // the process dies with the answer in its hand
    Object.assign(keyValues, {
      put: (name: string, value: string) => {
        if (receiver.got.length === 0) return put(name, value);
        died?.();
        return new Promise(() => undefined);
      },
    });
    await dead;
    void run.stop();
    Object.assign(keyValues, { put });
    running(told);
    await receiver.first(3);
    const [first, second, third] = ids(receiver);
    expect(second).toBe(first);
    expect([first, third]).toEqual(await inLog(told));
  });

  it('catches one that writes down before it is sent', async () => {
    const receiver = await createReceiver();
    const told = await createTold([targetFor(receiver)]);
    const [first, second] = await inLog(told);
    // the broken variant: the place of the first event is written down, then the process dies
    await told.ports.operations.keyValues.put(
      'webhook:statistics',
      JSON.stringify({ position: '00000000000000000001', last: { stream: 'staff-s002', revision: 0, id: first } }),
    );
    running(told);
    await receiver.first(1);
    expect(ids(receiver)).toEqual([second]);
  });

  it('a stop does not wait for a receiver that says nothing, and does not count it as a failure', async () => {
    const receiver = await createReceiver();
    receiver.behave(() => undefined);
    const told = await createTold([targetFor(receiver)]);
    const run = told.run();
    await receiver.first(1);
    await run.stop();
    expect(await told.standing()).toMatchObject([{ state: 'active', position: '' }]);
  });
});

describe('a log that was moved', () => {
  it('to a store with other positions: the place is found by its stream', async () => {
    const receiver = await createReceiver();
    const told = await createTold([targetFor(receiver)]);
    const [first] = await inLog(told);
    const last = { stream: 'staff-s002', revision: 0, id: first };
    await told.ports.operations.keyValues.put('webhook:statistics', JSON.stringify({ position: '00000000000000987654', last }));
    running(told);
    await receiver.first(1);
    expect(receiver.got[0]?.subject).toBe('request-519073_2026-02-02');
  });

  it('from a backup that is older: it goes on at the end, and what happens from then on is told', async () => {
    const receiver = await createReceiver();
    const told = await createTold([targetFor(receiver)]);
    const last = { stream: 'staff-s999', revision: 4, id: 'gone' };
    await told.ports.operations.keyValues.put('webhook:statistics', JSON.stringify({ position: '00000000000000987654', last }));
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
