import { EventEmitter, once } from 'node:events';
import { leaveFilingTurn, recordFiled, takeFilingTurn } from '../../../../src/application/resolution/filing';
import type { DocumentRegister } from '../../../../src/application/kernel/ports/document-register';
import { never } from '../../../../src/application/kernel/processes/process';
import { manualDocumentRegister } from '../../../../src/infrastructure/outside/document-system/open-registry';
import { gatewayClient } from '../../../support/gateway/client';
import { startFakeGateway, type FakeGateway } from '../../../support/gateway/fake-gateway';
import { createWorld, openWorld, request, staffId, type World } from './world';

const registered = { ...request, applicantName: 'POPESCU ION', handlerStaffId: staffId };

let fake: FakeGateway;
let client: ReturnType<typeof gatewayClient>;
const open = async (settings: Parameters<typeof startFakeGateway>[0] = {}): Promise<void> => {
  fake = await startFakeGateway(settings);
  fake.tell(registered);
  client = gatewayClient(fake.url);
};
beforeEach(() => open());

const resolved = async (documents: DocumentRegister = client.documents): Promise<{ readonly world: World; readonly ticketId: string }> => {
  const world = createWorld();
  Object.assign(world.ports, { documents });
  await world.open();
  const ticketId = await world.book();
  await world.drain();
  await world.conclude(ticketId);
  return { world, ticketId };
};
const filedIn = async (world: World, ticketId: string): Promise<readonly string[]> =>
  (await world.facts(ticketId)).flatMap((fact) => (fact.type === 'ResolutionFiled' ? [fact.data.documentNumber] : []));
const byHand = (world: World, ticketId: string, documentNumber: string) =>
  recordFiled(world.ports)(world.context(), { ticketId, documentNumber });
/** That a typed number is looked up there is another matter. */
const askedToFile = () => fake.seen.filter(({ method }) => method === 'POST');
/** Until nothing of the filing is due any more, or a day has gone by. */
const forADay = async (world: World, until: () => Promise<boolean>): Promise<number> => {
  let hours = 0;
  for (; hours < 25 && !(await until()); hours += 0.25) {
    await world.drainAfter({ minutes: 15 });
  }
  return hours;
};

/** The register is asked for a document, and does not answer until it may. */
const documentsWait = (): { readonly underWay: Promise<void>; readonly goOn: () => void } => {
  const [begun, may] = [new EventEmitter(), new EventEmitter()];
  const underWay = once(begun, 'asked').then(() => undefined);
  const answered = once(may, 'answer');
  fake.onDocument = async () => {
    begun.emit('asked');
    await answered;
  };
  return { underWay, goOn: () => may.emit('answer') };
};

describe('Art. 7: filing the resolution through the gateway', () => {
  it('takes the number that the register gives', async () => {
    const { world, ticketId } = await resolved();
    await world.drain();
    expect(await filedIn(world, ticketId)).toEqual(['161203']);
    expect(await world.openTasks(ticketId)).not.toContain('file-resolution');
  });

  it('waits with growing waits while the register is away, and files once when it is back', async () => {
    const { world, ticketId } = await resolved();
    fake.misbehaves = 'failing';
    await forADay(world, () => Promise.resolve(world.clock.now() > '2026-03-05T14:00:00.000Z'));
    const asked = fake.seen.length;
    expect(asked).toBeGreaterThan(4);
    expect(asked).toBeLessThan(11);
    expect(await world.openTasks(ticketId)).not.toContain('file-resolution');
    fake.misbehaves = 'well';
    await forADay(world, async () => (await filedIn(world, ticketId)).length > 0);
    expect(await filedIn(world, ticketId)).toEqual(['161203']);
    expect(fake.documents).toHaveLength(1);
  });

  it('asks a person before a day is over, and files no more itself', async () => {
    const { world, ticketId } = await resolved();
    fake.misbehaves = 'failing';
    const hours = await forADay(world, async () => (await world.openTasks(ticketId)).includes('file-resolution'));
    expect(hours).toBeGreaterThan(12);
    expect(hours).toBeLessThanOrEqual(24);
    fake.misbehaves = 'well';
    for (const { effectId } of await world.ports.operations.attempts.list()) await world.ports.operations.attempts.reset(effectId);
    await world.drain();
    expect(fake.documents).toEqual([]);
    expect(await byHand(world, ticketId, '700001')).toMatchObject({ kind: 'done' });
    await world.drain();
    expect(await filedIn(world, ticketId)).toEqual(['700001']);
    expect(await world.openTasks(ticketId)).not.toContain('file-resolution');
  });

  it('leaves a register alone for as long as it asks', async () => {
    const { world, ticketId } = await resolved();
    fake.misbehaves = 'rate-limited';
    fake.retryAfter = 7200;
    await world.drain();
    await world.drainAfter({ minutes: 119 });
    expect(fake.seen).toHaveLength(1);
    fake.misbehaves = 'well';
    await world.drainAfter({ minutes: 30 });
    expect(await filedIn(world, ticketId)).toEqual(['161203']);
  });

  it('leaves it alone from its answer on, however long the one before it took', async () => {
    const { world, ticketId } = await resolved({
      file: async (document) => {
        world.clock.advance({ minutes: 2 });
        return client.documents.file(document);
      },
    });
    fake.misbehaves = 'rate-limited';
    fake.retryAfter = 600;
    await world.drain();
    fake.misbehaves = 'well';
    await world.drainAfter({ minutes: 9, seconds: 30 });
    expect(fake.seen).toHaveLength(1);
    await world.drainAfter({ minutes: 1 });
    expect(await filedIn(world, ticketId)).toHaveLength(1);
  });

  it('asks a person at once where the register turns it down', async () => {
    const { world, ticketId } = await resolved();
    fake.forget(request.number, request.filedOn);
    await world.drain();
    expect(await world.openTasks(ticketId)).toContain('file-resolution');
    expect(fake.seen).toHaveLength(1);
    fake.tell(registered);
    await world.drainAfter({ hours: 5 });
    expect(fake.documents).toEqual([]);
  });

  it('manual: a person is asked at once, and gives the number', async () => {
    const { world, ticketId } = await resolved(manualDocumentRegister);
    await world.drain();
    expect(await world.openTasks(ticketId)).toContain('file-resolution');
    await byHand(world, ticketId, ' 700001 ');
    await world.drain();
    expect(await filedIn(world, ticketId)).toEqual(['700001']);
    expect(await world.openTasks(ticketId)).not.toContain('file-resolution');
  });
});

describe('Art. 7: one document, whatever is cut off', () => {
  const crashAfterTheAnswer = async (): Promise<number> => {
    const { world, ticketId } = await resolved();
    const append = world.store.append.bind(world.store);
    let crashes = 2;
    Object.assign(world.store, {
      append: (...given: Parameters<typeof append>) => {
        const isOutcome = given[0].startsWith('ticket-') && fake.documents.length > 0 && crashes > 0;
        if (!isOutcome) return append(...given);
        crashes -= 1;
        return Promise.reject(new Error('the process was killed'));
      },
    });
    await forADay(world, async () => (await filedIn(world, ticketId)).length > 0);
    expect(await filedIn(world, ticketId)).toHaveLength(1);
    return fake.documents.length;
  };

  it('a crash between the answer and its fact files no second one', async () => {
    expect(await crashAfterTheAnswer()).toBe(1);
  });

  it('a register that keeps no keys would have several: the same test catches it', async () => {
    await client.close();
    await fake.close();
    await open({ forgetful: true });
    expect(await crashAfterTheAnswer()).toBeGreaterThan(1);
  });

  it('an answer that was lost is asked for again, and is the same', async () => {
    const { world, ticketId } = await resolved();
    fake.misbehaves = 'lost';
    await world.drain();
    await world.drainAfter({ minutes: 1 });
    fake.misbehaves = 'well';
    await forADay(world, async () => (await filedIn(world, ticketId)).length > 0);
    expect(fake.documents).toHaveLength(1);
    expect(await filedIn(world, ticketId)).toEqual(['161203']);
  });
});

describe('Art. 7: a number that a person enters', () => {
  it('before the machine: it files nothing', async () => {
    const { world, ticketId } = await resolved();
    expect(await byHand(world, ticketId, '700001')).toMatchObject({ kind: 'done' });
    await world.drain();
    expect(askedToFile()).toEqual([]);
    expect(await filedIn(world, ticketId)).toEqual(['700001']);
  });

  it('is refused before the resolution, without a number and against another one; the same again changes nothing', async () => {
    const world = await openWorld();
    const early = await world.book();
    expect(await byHand(world, early, '700001')).toMatchObject({ code: 'wrong-state', details: { reason: 'not-issued' } });
    await world.conclude(early);
    expect(await byHand(world, early, ' ')).toMatchObject({ code: 'invalid', details: { field: 'documentNumber' } });
    await byHand(world, early, '700001');
    expect(await byHand(world, early, '700001')).toMatchObject({ kind: 'done' });
    expect(await byHand(world, early, '700002')).toMatchObject({ code: 'wrong-state', details: { reason: 'already-filed' } });
    expect(await filedIn(world, early)).toEqual(['700001']);
  });

  it('while the register is being asked: the person waits for its answer, and there is one document', async () => {
    const { world, ticketId } = await resolved();
    const { underWay, goOn } = documentsWait();
    const machine = world.drain();
    await underWay;
    const person = byHand(world, ticketId, '700001');
    goOn();
    await machine;
    expect(await person).toMatchObject({ code: 'wrong-state', details: { reason: 'already-filed' } });
    expect(await filedIn(world, ticketId)).toEqual(['161203']);
  });

  it('at any moment of the machine’s work there is never a document of the machine behind a number of the person', async () => {
    for (let steps = 0; steps < 12; steps += 1) {
      const { world, ticketId } = await resolved();
      const before = fake.documents.length;
      const machine = world.drain();
      for (let step = 0; step < steps * 4; step += 1) await Promise.resolve();
      const person = await byHand(world, ticketId, '700001');
      await machine;
      await world.drainLater();
      const [number] = await filedIn(world, ticketId);
      expect(fake.documents.length - before).toBe(number === '700001' ? 0 : 1);
      expect('kind' in person && person.kind === 'done').toBe(number === '700001');
    }
  });

  it('without the turn the machine would file behind it: the same race catches it', async () => {
    const { world, ticketId } = await resolved();
    const { places } = world.ports.operations;
    Object.assign(world.ports, {
      operations: { ...world.ports.operations, places: { ...places, claim: () => Promise.resolve(true) } },
    });
    const { underWay, goOn } = documentsWait();
    const machine = world.drain();
    await underWay;
    expect(await byHand(world, ticketId, '700001')).toMatchObject({ kind: 'done' });
    goOn();
    await machine;
    expect(fake.documents).toHaveLength(1);
    expect(await filedIn(world, ticketId)).toEqual(['700001']);
  });

  it('after a crash of the machine behind its fact is told that it is filed, not that it is being filed', async () => {
    const { world, ticketId } = await resolved();
    await world.drain();
    expect(await takeFilingTurn(world.ports, ticketId, 'machine')).toBe(true);
    expect(await byHand(world, ticketId, '161203')).toMatchObject({ kind: 'done' });
    expect(await byHand(world, ticketId, '700001')).toMatchObject({ code: 'wrong-state', details: { reason: 'already-filed' } });
  });

  it('that a crash cut off keeps the machine away until the person sends it again', async () => {
    const { world, ticketId } = await resolved();
    await takeFilingTurn(world.ports, ticketId, 'person');
    await world.drain();
    expect(fake.seen).toEqual([]);
    expect(await byHand(world, ticketId, '700001')).toMatchObject({ kind: 'done' });
    await world.drainAfter({ hours: 1 });
    expect(askedToFile()).toEqual([]);
    expect(await takeFilingTurn(world.ports, ticketId, 'machine')).toBe(true);
    await leaveFilingTurn(world.ports, ticketId, 'machine');
    expect((await world.ports.operations.attempts.list()).some(({ nextAt }) => nextAt === never)).toBe(false);
  });
});
