import { earlierHourWanted } from '../../../../src/application/booking/earlier-hours';
import { cancelTicket } from '../../../../src/application/booking/cancel-ticket';
import { notifyCitizen } from '../../../../src/domain/ticket/changes';
import { reassignTicket, rescheduleTicket } from '../../../../src/application/booking/move-meeting';
import { verifyEmail } from '../../../../src/application/booking/verify-email';
import { type CommandContext, commandOf } from '../../../../src/application/kernel/execute';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import type { RequestReading } from '../../../../src/application/kernel/ports/document-register';
import type { Ports } from '../../../../src/application/kernel/ports/ports';
import { factRights } from '../../../../src/application/kernel/rights';
import { closeStream } from '../../../../src/application/operation/close-stream';
import { forgetConclusions, forgetRequest, forgetTicket } from '../../../../src/application/privacy/forget';
import { civilDateOf } from '../../../../src/domain/time/civil-time';
import { recordReading } from '../../../../src/application/privacy/record-reading';
import { takeReading } from '../../../../src/application/requests/readings';
import { followCalendar } from '../../../../src/application/staff/follow-calendar';
import { agendas } from '../../../../src/application/kernel/streams';
import { accept } from '../../../../src/domain/kernel/decider';
import { plusMinutes } from '../../../../src/domain/time/civil-time';
import { personal } from '../../../../src/domain/kernel/personal-text';
import type { RequestIdentity } from '../../../../src/domain/request/facts';
import { manualDocumentRegister } from '../../../../src/infrastructure/outside/document-system/open-registry';
import { listingRegister } from '../../../../src/infrastructure/testing/test-ports';
import { awaitedCodeOf } from '../../../support/codes';
import { away, bookedWorld, concludedWorld, done, dyingBefore, openWorld, refusing, request, staffId, survives, type World } from './world';

const nextWeek = '2026-03-12T08:00:00.000Z';
const written = new Set<string>();
/** What the machine’s own writers have written there. */
const look = async ({ store, ports }: World): Promise<void> => {
  for await (const recorded of store.readAll()) {
    const { actor, category, fact } = ports.codec.decode(recorded);
    // a reading names whoever read, and the machine has noted it
    const writer = category === 'reading' ? 'readings' : actor.id;
    if (actor.kind === 'system' || category === 'reading') written.add(`${writer} ${category}.${fact.type}`);
  }
};

type Story = () => Promise<World>;
const move = async (world: World, ticketId: string, by: 'citizen' | 'staff', ports: Ports = world.ports): Promise<unknown> => {
  const reason = by === 'staff' ? { reason: 'illness' as const } : {};
  return rescheduleTicket(ports)(world.context(), { ticketId, holdId: ports.identifiers.next(), startsAt: nextWeek, by, ...reason });
};
const handOn = (world: World, ticketId: string, ports: Ports): Promise<unknown> =>
  reassignTicket(ports)(world.context(), {
    ticketId,
    holdId: ports.identifiers.next(),
    staffId: 'S-099',
    reason: 'Dosarul a fost preluat.',
  });
const cancel = (world: World, ticketId: string): Promise<unknown> =>
  cancelTicket(world.ports)(world.context(), { ticketId, by: 'staff', reason: 'illness' });
/** Until whoever is asked to help is asked. */
const forDays = async (world: World): Promise<World> => {
  for (let hours = 0; hours < 36; hours += 1) {
    await world.drainAfter({ hours: 1 });
  }
  return world;
};
const mailing =
  (behave: World['mail']['behave'], act: (world: World, ticketId: string) => Promise<unknown>): Story =>
  async () => {
    const { world, ticketId } = await bookedWorld();
    world.mail.behave = behave;
    done(await act(world, ticketId));
    return forDays(world);
  };
const asMachine = ({ ports }: World, name: string): CommandContext =>
  commandOf({ kind: 'process', name }, ports.identifiers.next(), ports.clock.now());

/** Whatever is begun, by a server that dies before its n-th append; another one goes on. */
const cutOff = (begin: (world: World) => Promise<(server: Ports) => Promise<unknown>>): readonly Story[] =>
  Array.from({ length: 12 }, (_, n) => async () => {
    const world = await openWorld();
    await world.registerStaff('S-099');
    const goOn = await begin(world);
    await survives(goOn(dyingBefore(world.ports, n)));
    await world.drainLater();
    await world.drainAfter({ minutes: 30 });
    return world;
  });

const told: Extract<RequestReading, { kind: 'told' }>['request'] = {
  number: '154998',
  filedOn: '2026-02-10',
  applicantName: 'POPESCU ION',
  departmentCode: '425',
  handlerStaffId: staffId,
  status: 'in-operation',
  answers: [],
  version: 1,
};

const stories: readonly Story[] = [
  ...cutOff((world) =>
    Promise.resolve(async (server) => {
      const ticketId = server.identifiers.next();
      const contact = { email: 'ion@example.org', phone: '0740123456' };
      await world.askBy(server, { ticketId, holdId: server.identifiers.next(), mode: 'online', ...contact });
      await verifyEmail(server)(world.context('citizen'), { ticketId, code: await awaitedCodeOf(server, ticketId) });
    }),
  ),
  ...[(world: World, ticketId: string, server: Ports) => move(world, ticketId, 'citizen', server), handOn]
    .map((act) =>
      cutOff(async (world) => {
        const ticketId = await world.book();
        await world.drain();
        return (server) => act(world, ticketId, server);
      }),
    )
    .flat(),
  // an hour is closed and opened again
  async () => {
    const { world } = await bookedWorld();
    const at = world.clock.now();
    const times = { from: '2026-03-05T06:00:00.000Z', to: '2026-03-05T12:00:00.000Z' };
    const absence = { absenceId: 'a-1', ...times, reason: personal('staff', 'concediu'), recordedAt: at };
    await world.tellStaff(staffId, { type: 'AbsenceRecorded', data: absence });
    await world.drain();
    await world.tellStaff(staffId, { type: 'AbsenceWithdrawn', data: { absenceId: 'a-1', withdrawnAt: at } });
    await world.drain();
    return world;
  },
  // its stream is closed while nobody can read it, and mended
  async () => {
    const { world, ticketId } = await bookedWorld();
    const store: EventStore = world.ports.store;
    const stream = `ticket-${ticketId}`;
    store.damaged = () => Promise.resolve([{ stream, revision: 0, how: 'deleted' }]);
    done(await closeStream(world.ports)(world.context(), { stream, reason: 'Dosarul 12' }));
    await world.drainLater();
    delete store.damaged;
    await world.drainAfter({ minutes: 30 });
    return world;
  },
  // a whole life, with recordings that come, come late and go
  async () => {
    const { world, ticketId } = await bookedWorld();
    await world.hold(ticketId);
    const found = (...ids: readonly string[]) => ids.map((recordingId) => ({ recordingId, durationSeconds: 600 }));
    world.video.recordings = () => Promise.resolve(found('r-1'));
    await world.drainAfter({ minutes: 20 });
    world.video.recordings = () => Promise.resolve(found('r-1', 'r-2'));
    await world.drainAfter({ hours: 2 });
    world.video.recordings = () => Promise.resolve([]);
    world.video.recordingStands = () => Promise.resolve('gone');
    await world.drainAfter({ hours: 2 });
    await world.issue(ticketId);
    await world.drainLater();
    await world.drainLater();
    const minute = { number: '3', date: civilDateOf(world.clock.now()) };
    done(await forgetConclusions(world.ports)(asMachine(world, 'retention'), { ticketId, reason: 'Termen', minute }));
    done(await forgetTicket(world.ports)(asMachine(world, 'retention'), { ticketId, reason: 'Termen' }));
    done(await forgetRequest(world.ports)(asMachine(world, 'retention'), { request, reason: 'Termen' }));
    return world;
  },
  async () => {
    const { world, ticketId } = await bookedWorld();
    await world.hold(ticketId);
    await world.drainAfter({ hours: 49 });
    return world;
  },
  // letters that go, come back, or do not leave
  async () => {
    const world = await openWorld();
    world.mail.behave = refusing;
    await world.book();
    await world.drain();
    return world;
  },
  async () => {
    const world = await openWorld();
    world.mail.behave = away;
    await world.book();
    return forDays(world);
  },
  mailing(refusing, (world, ticketId) => move(world, ticketId, 'citizen')),
  mailing(
    () => ({ kind: 'accepted' }),
    (world, ticketId) => move(world, ticketId, 'staff'),
  ),
  mailing(away, (world, ticketId) => move(world, ticketId, 'staff')),
  mailing(() => ({ kind: 'accepted' }), cancel),
  mailing(away, cancel),
  ...[refusing, away].map((behave) => async () => {
    const { world } = await concludedWorld();
    world.mail.behave = behave;
    return forDays(world);
  }),
  // what a person must do instead
  async () => {
    const world = await openWorld();
    world.video.create = () => Promise.resolve(undefined as never);
    await world.book();
    await world.drain();
    return world;
  },
  async () => {
    const { world } = await concludedWorld();
    Object.assign(world.documents, { file: () => Promise.resolve({ byHand: 'manual' }) });
    await world.drainLater();
    return world;
  },
  // a number that a person typed: the register shows it, or does not
  ...[[{ documentNumber: '161203', registeredOn: '2026-03-05', type: 'Tichetul albastru', connectedTo: request }], []].map(
    (listed): Story =>
      async () => {
        const { world, ticketId } = await bookedWorld();
        const register = { ...listingRegister(() => '2026-03-05'), ...manualDocumentRegister };
        register.listed.push(...listed);
        Object.assign(world.ports, { documents: register });
        await world.conclude(ticketId, '161203');
        return forDays(world);
      },
  ),
  async () => {
    const { world } = await bookedWorld();
    await world.tellRequest({ type: 'StatusChanged', data: { status: 'closed', changedAt: world.clock.now() } });
    await world.drain();
    return world;
  },
  // what reminds of the meeting, in time and too late
  async () => {
    const { world } = await bookedWorld();
    for (const at of ['2026-03-04T08:00:00.000Z', '2026-03-05T07:30:00.000Z']) {
      await world.drainAt(at);
    }
    return world;
  },
  // an hour that another gives up while somebody waits for one
  async () => {
    const { world, ticketId } = await bookedWorld();
    done(await earlierHourWanted(world.ports)(world.context(), { ticketId, wanted: true }));
    const { ports } = world;
    const earlier = { startsAt: '2026-03-05T07:00:00.000Z', endsAt: '2026-03-05T07:15:00.000Z' };
    const hold = { holdId: 'h', ticketId: 'another', slot: earlier };
    const [at, freeFrom] = [world.clock.now(), plusMinutes(world.clock.now(), 1)];
    await agendas
      .of(ports, staffId, '2026-03-05')
      .transact(world.context(), 'others', () =>
        accept(
          { type: 'SlotHeld', data: { ...hold, heldAt: at, until: at } },
          { type: 'SlotReleased', data: { ...hold, releasedAt: at, freeFrom } },
        ),
      );
    await world.drainAfter({ minutes: 5 });
    return world;
  },
  // Art. 8: a new hour in place of the one that staff cancelled, or none
  async () => {
    const { world, ticketId } = await bookedWorld();
    await cancel(world, ticketId);
    await world.ask('phone', { phone: '0740123456' });
    await world.drainLater();
    return world;
  },
  async () => {
    const { world, ticketId } = await bookedWorld();
    await cancel(world, ticketId);
    const at = world.clock.now();
    await world.onTicket(ticketId, (state) => notifyCitizen({ channel: 'phone', outcome: 'declined-new-slot', notifiedAt: at, at }, state));
    await world.drainLater();
    return world;
  },
  // what the register says
  async () => {
    const { world } = await bookedWorld();
    await world.registerStaff('S-013');
    const take = (asked: RequestIdentity, reading: RequestReading) => takeReading(world.ports, asked, reading, world.clock.now());
    const another = { number: told.number, filedOn: told.filedOn };
    await take(another, { kind: 'told', request: told });
    const answer = { documentNumber: '1', communicatedOn: '2026-02-20', channel: 'post' } as const;
    const changed = {
      handlerStaffId: 'S-013',
      status: 'redirected',
      applicantName: 'POPESCU ION ANDREI',
      answers: [answer],
      version: 2,
    } as const;
    await take(another, { kind: 'told', request: { ...told, ...changed } });
    await take(another, { kind: 'told', request: { ...told, ...changed, applicantName: 'RUSU DELIA', version: 3 } });
    const mistaken = { ...answer, mistaken: { mistake: 'corrected', reason: 'Ziua' } } as const;
    const corrected = { ...told, ...changed, answers: [{ ...mistaken, communicatedOn: '2026-02-21' }], version: 4 } as const;
    await take(another, { kind: 'told', request: corrected });
    const withdrawn = {
      ...corrected,
      answers: [{ ...answer, mistaken: { mistake: 'withdrawn', reason: 'Alt dosar' } }],
      version: 5,
    } as const;
    await take(another, { kind: 'told', request: withdrawn });
    await take(request, { kind: 'unusable', field: 'status' });
    await take(request, { kind: 'told', request: { ...told, ...request } });
    return world;
  },
  // calendars that are followed, and what officials looked at
  async () => {
    const world = await openWorld();
    const busy = [{ from: '2026-03-04T10:00:00.000Z', to: '2026-03-04T10:30:00.000Z' }];
    const order = { staffId, source: 'address', until: '2026-05-01T21:00:00.000Z', complete: true } as const;
    done(await followCalendar(world.ports)(asMachine(world, 'absence-calendar'), { ...order, busy }));
    done(await followCalendar(world.ports)(asMachine(world, 'absence-calendar'), { ...order, busy: [] }));
    const read = {
      role: 'head',
      purpose: 'ticket',
      page: '/programari/:id',
      tickets: ['t'],
      requests: [],
      readAt: world.clock.now(),
    } as const;
    await recordReading(world.ports)({ readingId: world.ports.identifiers.next(), pseudonym: 'p', person: staffId, ...read });
    return world;
  },
];

const granted = (): readonly string[] =>
  Object.entries(factRights).flatMap(([category, rows]) =>
    Object.entries(rows).flatMap(([type, row]: [string, { readonly processes?: readonly string[] }]) =>
      (row.processes ?? []).map((name) => `${name} ${category}.${type}`),
    ),
  );
const unused = (): readonly string[] => granted().filter((grant) => !written.has(grant));

describe('what the machine itself may write', () => {
  beforeAll(async () => {
    for (const story of stories) await look(await story());
  });

  it('is what it writes: no grant that nobody uses, and nothing without a grant', () => {
    expect(unused()).toEqual([]);
    expect([...written].filter((one) => !granted().includes(one))).toEqual([]);
  });

  it('would be named: the letters with codes ask nobody', () => {
    const former = jest.replaceProperty(factRights.ticket, 'TaskRaised', { processes: ['process-code-letters', 'process-deadlines'] });
    expect(unused()).toEqual(['process-code-letters ticket.TaskRaised']);
    expect([...written].filter((one) => !granted().includes(one))).toContain('registry ticket.TaskRaised');
    former.restore();
  });
});
