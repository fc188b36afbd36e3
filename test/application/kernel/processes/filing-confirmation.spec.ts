import { recordFiled } from '../../../../src/application/resolution/filing';
import type { DocumentRegister } from '../../../../src/application/kernel/ports/document-register';
import { filingConfirmationProcess } from '../../../../src/application/resolution/filing-confirmation';
import { allProcesses } from '../../../../src/application/operation/all-processes';
import type { Process } from '../../../../src/application/kernel/processes/process';
import { workingCalendar } from '../../../../src/domain/calendar/calendar';
import { personal } from '../../../../src/domain/kernel/personal-text';
import { policiesWith } from '../../../../src/domain/policies';
import { amendResolution } from '../../../../src/domain/ticket/amendment';
import type { Grade } from '../../../../src/domain/kernel/grade';
import { manualDocumentRegister } from '../../../../src/infrastructure/outside/document-system/open-registry';
import { listingRegister } from '../../../../src/infrastructure/testing/test-ports';
import { gatewayClient } from '../../../support/gateway/client';
import { startFakeGateway, type FakeGateway } from '../../../support/gateway/fake-gateway';
import { createWorld, request, staffId, type World } from './world';
import { shortPauses } from '../../../support/short-pauses';

shortPauses();

const meetingDay = '2026-03-05';
const made = { documentNumber: '161203', registeredOn: meetingDay, type: 'Tichetul albastru', connectedTo: request };

/** A meeting whose resolution is written, where a person makes the document and the register can be asked. */
const written = async (documents: DocumentRegister, processes: readonly Process[] = allProcesses, documentNumber?: string) => {
  const world = createWorld(processes);
  Object.assign(world.ports, { documents });
  await world.open();
  const ticketId = await world.book();
  await world.drain();
  await world.conclude(ticketId, documentNumber);
  await world.drain();
  return { world, ticketId };
};
const byHand = (world: World, ticketId: string, documentNumber: string) =>
  recordFiled(world.ports)(world.context(), { ticketId, documentNumber });
/** Every filing, and what the register said against one, in order. */
type Told = readonly [documentNumber: string, said: Grade | 'disproved' | undefined];
const toldOf = async (world: World, ticketId: string): Promise<readonly Told[]> =>
  (await world.facts(ticketId)).flatMap((fact): readonly Told[] => {
    if (fact.type === 'FilingDisproved') return [[fact.data.documentNumber, 'disproved']];
    return fact.type === 'ResolutionFiled' ? [[fact.data.documentNumber, fact.data.grade]] : [];
  });
/** So many quarters of an hour go by, and what is due is done. */
const goBy = async (world: World, hours: number, step = 1): Promise<void> => {
  for (let gone = 0; gone < hours; gone += step) {
    await world.drainAfter({ hours: step });
  }
};

const byPeople = (): ReturnType<typeof listingRegister> => ({ ...listingRegister(() => meetingDay), ...manualDocumentRegister });

describe('Art. 7: the number that a person gave is asked of the register', () => {
  it('and seen there at once: the history has both', async () => {
    const register = byPeople();
    register.listed.push(made);
    const { world, ticketId } = await written(register);
    await byHand(world, ticketId, '161203');
    await world.drain();
    expect(await toldOf(world, ticketId)).toEqual([
      ['161203', 'declared'],
      ['161203', 'observed'],
    ]);
    await goBy(world, 30);
    expect(await toldOf(world, ticketId)).toHaveLength(2);
  });

  it('also where it was typed into the resolution', async () => {
    const register = byPeople();
    register.listed.push(made);
    const { world, ticketId } = await written(register, allProcesses, '161203');
    await world.drain();
    expect(await toldOf(world, ticketId)).toEqual([
      ['161203', 'declared'],
      ['161203', 'observed'],
    ]);
  });

  it('without the process it stays what a person says: the same story catches it', async () => {
    const register = byPeople();
    register.listed.push(made);
    const { world, ticketId } = await written(
      register,
      allProcesses.filter(({ name }) => name !== filingConfirmationProcess.name),
    );
    await byHand(world, ticketId, '161203');
    await goBy(world, 30);
    expect(await toldOf(world, ticketId)).toEqual([['161203', 'declared']]);
  });

  it('a register that lags behind is waited for, and then believed', async () => {
    const register = byPeople();
    const { world, ticketId } = await written(register);
    await byHand(world, ticketId, '161203');
    await goBy(world, 20);
    expect(await toldOf(world, ticketId)).toEqual([['161203', 'declared']]);
    register.listed.push(made);
    await goBy(world, 5);
    expect(await toldOf(world, ticketId)).toEqual([
      ['161203', 'declared'],
      ['161203', 'observed'],
    ]);
    expect(await world.openTasks(ticketId)).not.toContain('correct-filing');
  });

  it('a number that it does not show is a fact and a task, and another number is the way out', async () => {
    const register = byPeople();
    register.listed.push({ ...made, documentNumber: '161204' });
    const { world, ticketId } = await written(register);
    await byHand(world, ticketId, '161203');
    await goBy(world, 29);
    expect(await toldOf(world, ticketId)).toEqual([
      ['161203', 'declared'],
      ['161203', 'disproved'],
    ]);
    expect(await world.openTasks(ticketId)).toContain('correct-filing');
    expect(await byHand(world, ticketId, '161204')).toMatchObject({ kind: 'done' });
    await world.drain();
    expect((await toldOf(world, ticketId)).slice(2)).toEqual([
      ['161204', 'declared'],
      ['161204', 'observed'],
    ]);
    expect(await world.openTasks(ticketId)).not.toContain('correct-filing');
  });

  it('that of an amendment too, though the resolution itself stands in the register', async () => {
    const register = byPeople();
    register.listed.push(made);
    const { world, ticketId } = await written(register);
    await byHand(world, ticketId, '161203');
    await world.drain();
    await world.onTicket(ticketId, (state) =>
      amendResolution(
        {
          policies: policiesWith(),
          calendar: workingCalendar.initial,
          form: 'erratum',
          conclusions: personal('record', '45 m²'),
          reason: personal('record', 'Cifre inversate.'),
          sameTexts: false,
          amendedBy: staffId,
          at: world.clock.now(),
        },
        state,
      ),
    );
    await byHand(world, ticketId, '161205');
    await goBy(world, 29);
    expect((await toldOf(world, ticketId)).at(-1)).toEqual(['161205', 'disproved']);
    expect(await world.openTasks(ticketId)).toContain('correct-filing');
  });

  it('once it is put right in the register, the same number does', async () => {
    const register = byPeople();
    register.listed.push({ ...made, type: 'Adresă' });
    const { world, ticketId } = await written(register);
    await byHand(world, ticketId, '161203');
    await goBy(world, 29);
    register.listed.splice(0, 1, made);
    await goBy(world, 2);
    expect(await toldOf(world, ticketId)).toHaveLength(2);
    await byHand(world, ticketId, '161203');
    await world.drain();
    expect((await toldOf(world, ticketId)).at(-1)).toEqual(['161203', 'observed']);
    expect(await world.openTasks(ticketId)).not.toContain('correct-filing');
  });

  it('what the machine files itself is not asked about, nor where nobody can be asked', async () => {
    const register = listingRegister(() => meetingDay);
    const asked = jest.spyOn(register, 'connected');
    const byMachine = await written(register);
    await goBy(byMachine.world, 30);
    expect(await toldOf(byMachine.world, byMachine.ticketId)).toEqual([['TA-1', 'observed']]);
    expect(asked).not.toHaveBeenCalled();
    const deaf = await written(manualDocumentRegister);
    await byHand(deaf.world, deaf.ticketId, '161203');
    await goBy(deaf.world, 30);
    expect(await toldOf(deaf.world, deaf.ticketId)).toEqual([['161203', 'declared']]);
  });

  it('less and less often, and no longer than 30 days', async () => {
    const asked = jest.fn(() => Promise.resolve(undefined));
    const { world, ticketId } = await written({ ...manualDocumentRegister, connected: asked });
    await byHand(world, ticketId, '161203');
    await goBy(world, 48);
    const early = asked.mock.calls.length;
    expect(early).toBeGreaterThan(10);
    expect(early).toBeLessThan(25);
    for (let day = 2; day < 40; day += 1) {
      await world.drainAfter({ hours: 24 });
    }
    expect(asked.mock.calls.length - early).toBeLessThanOrEqual(29);
    expect(await toldOf(world, ticketId)).toEqual([['161203', 'declared']]);
  });
});

describe('Art. 7: the city’s gateway', () => {
  const registered = { ...request, applicantName: 'POPESCU ION', handlerStaffId: staffId };
  const opened = async (settings: Parameters<typeof startFakeGateway>[0] = {}) => {
    const fake: FakeGateway = await startFakeGateway(settings);
    fake.tell(registered);
    const client = gatewayClient(fake.url);
    return { fake, ...(await written({ ...client.documents, ...manualDocumentRegister })) };
  };

  it('that is away says nothing; once it is back it is asked again', async () => {
    const { fake, world, ticketId } = await opened();
    fake.misbehaves = 'failing';
    await byHand(world, ticketId, '161203');
    await goBy(world, 48);
    expect(await toldOf(world, ticketId)).toEqual([['161203', 'declared']]);
    fake.misbehaves = 'well';
    fake.make(request.number, request.filedOn, { documentNumber: '161203', registeredOn: meetingDay });
    await goBy(world, 6);
    expect((await toldOf(world, ticketId)).at(-1)).toEqual(['161203', 'observed']);
  });

  it.each<readonly [string, Parameters<typeof startFakeGateway>[0], (fake: FakeGateway) => void]>([
    ['does not offer the list', { listing: false }, () => undefined],
    [
      'does not know the request',
      {},
      (fake) => {
        fake.forget(request.number, request.filedOn);
      },
    ],
    [
      'answers what nobody can read',
      {},
      (fake) => {
        fake.misbehaves = 'garbage';
      },
    ],
    [
      'tells of a document without its day',
      {},
      (fake) => {
        fake.make(request.number, request.filedOn, { documentNumber: '161299', registeredOn: '' });
      },
    ],
  ])('that %s accuses nobody', async (_, settings, spoil) => {
    const { fake, world, ticketId } = await opened(settings);
    spoil(fake);
    await byHand(world, ticketId, '161203');
    await goBy(world, 48);
    expect(fake.seen.some(({ method }) => method === 'GET')).toBe(true);
    expect(await toldOf(world, ticketId)).toEqual([['161203', 'declared']]);
  });

  it('is left alone for as long as it asks', async () => {
    const { fake, world, ticketId } = await opened();
    fake.misbehaves = 'rate-limited';
    fake.retryAfter = 7200;
    await byHand(world, ticketId, '161203');
    await world.drain();
    await goBy(world, 1.75, 0.25);
    expect(fake.seen).toHaveLength(1);
    await goBy(world, 0.5, 0.25);
    expect(fake.seen.length).toBeGreaterThan(1);
  });
});
