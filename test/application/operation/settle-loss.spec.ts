import { settleLoss } from '../../../src/application/operation/settle-loss';
import { operationsOn, tickets } from '../../../src/application/kernel/streams';
import { EventLogCorrupt } from '@tichet-albastru/event-log/ports/event-store';
import type { Ports } from '../../../src/application/kernel/ports/ports';
import { acceptLog, ofTheLog } from '../../../src/domain/ops/ops';
import { opsStream } from '@tichet-albastru/kernel/skip';
import { raiseTask } from '../../../src/domain/ticket/tasks';
import { acceptedLogs } from '../../../src/infrastructure/proof/accepted-logs';
import { collected } from '../../support/noted';
import { civilServant, createTestService } from '../kernel/test-service';

const lostIn = async (ports: Ports) => (await (await operationsOn(ports, ofTheLog)).load()).state.lost;

/** A ticket of which something is gone, and of whose official that is asked. */
const withLoss = async () => {
  const service = createTestService();
  await service.open();
  const ticketId = await service.book('phone');
  const { ports, clock } = service;
  const at = clock.now();
  const stream = `ticket-${ticketId}`;
  const [accepted] = acceptLog({
    ...{ acceptance: 'a', alarm: 'acknowledged-missing', verifier: 'v', events: 9, reason: 'standby', at },
    gone: [{ stream, revision: 4, id: 'gone' }],
  });
  if (accepted === undefined) throw new Error('Nothing was accepted.');
  const aboutTheLog = await operationsOn(ports, ofTheLog);
  await aboutTheLog.transact(service.contextOf(civilServant), 'accept', () => accepted);
  const task = { taskId: 't', kind: 'facts-lost', staffId: 's002', raisedAt: at, subjectId: 'a' } as const;
  await tickets.of(ports, ticketId).transact(service.contextOf(civilServant), 'raise', (state) => raiseTask(task, state));
  const settle = (among: Ports = ports) => settleLoss(among)(service.contextOf(civilServant), { stream, note: 'am vorbit' });
  const left = async (): Promise<object> => {
    const open = (await service.ticketFacts(ticketId)).at(-1)?.type === 'TaskRaised';
    return { open, lost: await lostIn(ports) };
  };
  return { ports, stream, settle, left };
};

describe('looking after what is gone', () => {
  it('ends the task, and says so, once', async () => {
    const { stream, settle, left } = await withLoss();
    expect(await left()).toEqual({ open: true, lost: [stream] });
    expect(await settle()).toMatchObject({ kind: 'done' });
    expect(await left()).toEqual({ open: false, lost: [] });
    expect(await settle()).toMatchObject({ code: 'not-found' });
  });

  it.each(['ticket', 'ops'])('is done by whoever asks again, where it was ended before the fact of the %s', async (category) => {
    const { ports, settle, left, stream } = await withLoss();
    const store: Ports['store'] = {
      ...ports.store,
      append: (to, expected, events) =>
        to === (category === 'ops' ? opsStream(ofTheLog) : stream)
          ? Promise.reject(new Error('ended here'))
          : ports.store.append(to, expected, events),
    };
    await expect(settle({ ...ports, store })).rejects.toThrow('ended here');
    expect(await settle()).toMatchObject({ kind: 'done' });
    expect(await left()).toEqual({ open: false, lost: [] });
  });

  it('is done, too, where somebody has damaged the stream that says it, and its successor', async () => {
    const { ports, settle, stream } = await withLoss();
    const [first, second] = [opsStream(ofTheLog), `${opsStream(ofTheLog)}.2`];
    const damaged = new Set([first, second]);
    const among: Ports = {
      ...ports,
      store: {
        ...ports.store,
        read: (from, ...which) => {
          if (!damaged.has(from)) return ports.store.read(from, ...which);
          throw new EventLogCorrupt('deleted', { stream: from, revision: 0, how: 'tombstoned' });
        },
        readFromWholeLog: (from) => collected(ports.store.read(from)),
      },
    };
    expect(await lostIn(among)).toEqual([stream]);
    expect(await settle(among)).toMatchObject({ kind: 'done' });
    expect(await lostIn(among)).toEqual([]);
    expect(await settle(among)).toMatchObject({ code: 'not-found' });
    const written = (await collected(ports.store.readAll())).filter((event) => event.stream.startsWith(first));
    expect(written.map((event) => [event.stream, event.type])).toEqual([
      [first, 'LogAccepted'],
      [`${first}.3`, 'LossSettled'],
    ]);
    expect((await acceptedLogs(among.store)).lost).toMatchObject([{ stream, settledAt: expect.any(String) as string }]);
  });
});
