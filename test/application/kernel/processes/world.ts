import type { CalendarFact } from '../../../../src/domain/calendar/calendar';
import { accept } from '../../../../src/domain/kernel/decider';
import type { Decision } from '../../../../src/domain/kernel/decider';
import type { Instant } from '../../../../src/domain/kernel/fact';
import { personal } from '../../../../src/domain/kernel/personal-text';
import { isRefusal } from '../../../../src/domain/kernel/refusal';
import type { RequestFact } from '../../../../src/domain/request/facts';
import type { StaffFact, StaffRole } from '../../../../src/domain/staff/facts';
import type { Mode, TicketFact } from '../../../../src/domain/ticket/facts';
import { issueResolution } from '../../../../src/domain/ticket/resolution';
import { recordHeld } from '../../../../src/domain/ticket/meeting';
import { recordingNotice } from '../../../../src/domain/ticket/request-ticket';
import type { TicketState } from '../../../../src/domain/ticket/ticket';
import { correctContact, verifyContact } from '../../../../src/application/booking/correct-contact';
import { rescheduleTicket } from '../../../../src/application/booking/move-meeting';
import { requestTicket, type RequestTicketInput } from '../../../../src/application/booking/request-ticket';
import { verifyEmail } from '../../../../src/application/booking/verify-email';
import type { CommandContext } from '../../../../src/application/kernel/execute';
import { agendas, calendars, currentCalendar, requests, staffMembers, tickets } from '../../../../src/application/kernel/streams';
import type { DocumentRegister } from '../../../../src/application/kernel/ports/document-register';
import type { Delivery, Letter } from '../../../../src/application/kernel/ports/mailer';
import type { CityHall } from '../../../../src/application/kernel/ports/city-hall';
import type { Ports } from '../../../../src/application/kernel/ports/ports';
import type { Projection } from '../../../../src/application/kernel/ports/projection';
import type { AutomaticMeetings } from '../../../../src/application/kernel/ports/video-meetings';
import { allProcesses } from '../../../../src/application/operation/all-processes';
import type { Process } from '../../../../src/application/kernel/processes/process';
import { drain } from '../../../../src/application/kernel/processes/runner';
import { createCorrespondence } from '../../../../src/infrastructure/outside/mail/correspondence';
import { MemoryReadModels } from '@tichet-albastru/event-log/read-models/memory-read-models';
import { createTestPorts } from '../../../../src/infrastructure/testing/test-ports';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { agendaDays } from '../../../../src/projections/agenda-days/agenda-days';
import { readings } from '../../../../src/projections/readings/readings';
import { staffDirectory } from '../../../../src/projections/staff-directory/staff-directory';
import { awaitedCodeOf } from '../../../support/codes';
import { contextAt } from '../../../support/command-context';

export const request = { number: '154997', filedOn: '2026-02-10' } as const;
export const staffId = 'S-012';
/** Thursday, 10:00 in Bucharest; the world begins on the Monday before, 10:00. */
export const startsAt = '2026-03-05T08:00:00.000Z';
export const slot = { startsAt, endsAt: '2026-03-05T08:15:00.000Z' } as const;

/** A mail server that keeps what it accepted; `behave` may refuse or throw before it does. */
const postOffice = () => {
  const letters: Letter[] = [];
  const office = {
    letters,
    calls: 0,
    behave: ((): Delivery => ({ kind: 'accepted' })) as (letter: Letter) => Delivery,
    send: (letter: Letter): Promise<Delivery> => {
      office.calls += 1;
      return Promise.resolve().then(() => {
        const delivery = office.behave(letter);
        if (delivery.kind === 'accepted') letters.push(letter);
        return delivery;
      });
    },
    forget: () => Promise.resolve(0),
  };
  return office;
};

/** What a command came to. @throws where it is refused */
export const done = <T>(outcome: T): T => {
  if (isRefusal(outcome)) throw new Error(`refused: ${JSON.stringify(outcome)}`);
  return outcome;
};

/** A whole city hall in memory, with a clock that stands still. */
export const createWorld = (
  processes: readonly Process[] = allProcesses,
  also: { readonly projections?: readonly Projection[]; readonly cityHall?: Pick<CityHall, 'officialLetters'> } = {},
) => {
  const mail = postOffice();
  const tables = { current: new MemoryReadModels() };
  const usual = createTestPorts();
  const { clock, codec, logger, policies, store } = usual;
  const made = { joinUrl: 'https://webex.example/m/1', meetingId: 'm-1' };
  const automatic: AutomaticMeetings = {
    kind: 'automatic',
    create: () => Promise.resolve(made),
    move: () => Promise.resolve(made),
    cancel: () => Promise.resolve('removed'),
    recordings: () => Promise.resolve([]),
    recordingStands: () => Promise.resolve('there'),
  };
  const video: { -readonly [M in keyof AutomaticMeetings]: AutomaticMeetings[M] } = { ...automatic };
  const documents = { filed: 0, file: () => Promise.resolve({ documentNumber: `TA/${String((documents.filed += 1))}` }) };
  const project = () =>
    catchUp({ store, codec, rows: tables.current, clock, logger }, [
      ...processes,
      readings,
      staffDirectory,
      agendaDays,
      ...(also.projections ?? []),
    ]);
  const readModels: Ports['readModels'] = {
    get: (projection, key) => tables.current.get(projection, key),
    select: (projection, selection) => tables.current.select(projection, selection),
    count: (projection, where) => tables.current.count(projection, where),
    position: (projection) => tables.current.position(projection),
    reached: async () => Boolean((await project()) || true),
    parked: () => tables.current.parked(),
    changes: (signal) => tables.current.changes(signal),
  };
  const ports = {
    ...usual,
    readModels,
    correspondence: createCorrespondence({ from: 'tichet@primaria.example', policies }),
    cityHall: {
      publicUrl: 'https://tichet.example',
      meetingPlace: 'Calea Moților 3, camera 5',
      // whoever tests what citizens are told counts their letters alone
      ...(also.cityHall ?? { officialLetters: 'none' }),
    } satisfies CityHall,
    mailer: mail,
    video,
    documents: documents as DocumentRegister,
  } satisfies Ports;

  const context = (kind: CommandContext['actor']['kind'] = 'staff') =>
    contextAt(clock.now(), ports.identifiers.next(), { kind, id: 'someone' });
  const world = {
    ports,
    clock,
    mail,
    video,
    documents,
    tables,
    project,
    store,
    context,
    tellStaff: async (id: string, ...facts: readonly StaffFact[]) =>
      done(await staffMembers.of(ports, id).transact(context(), 't', () => accept(...facts))),
    tellCalendar: async (...facts: readonly CalendarFact[]) =>
      done(await calendars.of(ports).transact(context(), 't', () => accept(...facts))),
    tellRequest: async (...facts: readonly RequestFact[]) =>
      done(await requests.of(ports, request).transact(context(), 't', () => accept(...facts))),
    onTicket: async (ticketId: string, decide: (state: TicketState) => Decision<TicketFact>) =>
      done(await tickets.of(ports, ticketId).transact(context(), 't', decide)),
    registerStaff: (id: string, name = 'Ioana Mureșan', email = 'ioana@primaria.example', role: StaffRole = 'executive') =>
      world.tellStaff(id, {
        type: 'StaffRegistered',
        data: {
          staffId: id,
          name: personal('staff', name),
          email: personal('staff', email),
          role,
          department: 'Direcția Urbanism',
          departmentCode: '425',
          registeredAt: clock.now(),
        },
      }),
    /** Art. 1: a registered request in operation and the person who has it. */
    open: async () => {
      await world.registerStaff(staffId);
      await world.tellRequest({
        type: 'RequestRegistered',
        data: {
          ...request,
          applicantName: personal('name', 'POPESCU ION'),
          department: 'Direcția Urbanism',
          departmentCode: '425',
          handlerStaffId: staffId,
          status: 'in-operation',
          registeredAt: clock.now(),
        },
      });
    },
    ask: async (mode: Mode, contact: { email?: string; phone?: string }): Promise<string> => {
      const ticketId = ports.identifiers.next();
      await world.askBy(ports, { ticketId, holdId: ports.identifiers.next(), mode, ...contact });
      return ticketId;
    },
    /** By this server, which may die meanwhile. */
    askBy: async (
      server: Ports,
      wish: Pick<RequestTicketInput, 'ticketId' | 'holdId' | 'mode' | 'email' | 'phone'> & Partial<Pick<RequestTicketInput, 'startsAt'>>,
    ): Promise<void> => {
      const notice = wish.mode === 'online' ? { recordingNoticeVersion: recordingNotice.version } : {};
      done(await requestTicket(server)(context('citizen'), { request, startsAt, ...wish, ...notice }));
    },
    verify: async (ticketId: string) => {
      const code = await awaitedCodeOf(ports, ticketId);
      return done(await verifyEmail(ports)(context('citizen'), { ticketId, code }));
    },
    /** An online ticket, scheduled. */
    book: async (): Promise<string> => {
      const ticketId = await world.ask('online', { email: 'ion@example.org', phone: '0740123456' });
      await world.verify(ticketId);
      return ticketId;
    },
    hold: async (ticketId: string) => {
      clock.set('2026-03-05T08:16:00.000Z');
      const calendar = await currentCalendar(ports);
      const held = { startedAt: startsAt, endedAt: '2026-03-05T08:14:00.000Z', at: clock.now(), policies, calendar };
      await world.onTicket(ticketId, (state) => recordHeld(held, state));
    },
    issue: (ticketId: string, documentNumber?: string) =>
      world.onTicket(ticketId, (state) =>
        issueResolution(
          {
            conclusions: personal('record', 'S-a lămurit situația parcelei.'),
            sameTexts: false,
            ...(documentNumber === undefined ? {} : { documentNumber }),
            issuedBy: staffId,
            at: clock.now(),
          },
          state,
        ),
      ),
    move: async (ticketId: string, to: Instant, by: 'citizen' | 'staff' = 'staff') => {
      const reason = by === 'staff' ? { reason: 'illness' as const } : {};
      done(await rescheduleTicket(ports)(context(), { ticketId, holdId: ports.identifiers.next(), startsAt: to, by, ...reason }));
    },
    /** Letters go there from here on, by code n. */
    giveAddress: async (ticketId: string, email = 'noua@example.org', n?: number) => {
      done(await correctContact(ports)(context('citizen'), { ticketId, email }));
      done(await verifyContact(ports)(context('citizen'), { ticketId, code: await awaitedCodeOf(ports, ticketId, n) }));
    },
    /** The meeting is held, and its resolution written. */
    conclude: async (ticketId: string, documentNumber?: string) => {
      await world.hold(ticketId);
      await world.issue(ticketId, documentNumber);
    },
    drain: () => drain(ports, processes, clock.now()),
    drainAt: (instant: Instant) => {
      clock.set(instant);
      return world.drain();
    },
    drainAfter: (duration: Parameters<typeof clock.advance>[0]) => {
      clock.advance(duration);
      return world.drain();
    },
    /** Long enough for whoever makes the steps of a booking to be taken for crashed. */
    drainLater: () => world.drainAfter({ seconds: 10 }),
    facts: async (ticketId: string): Promise<readonly TicketFact[]> =>
      (await tickets.of(ports, ticketId).load()).events.map(({ fact }) => fact),
    types: async (ticketId: string): Promise<readonly string[]> => (await world.facts(ticketId)).map(({ type }) => type),
    state: async (ticketId: string) => (await tickets.of(ports, ticketId).load()).state,
    agendaOn: async (id: string, date: string) => (await agendas.of(ports, id, date).load()).state,
    admission: async () => (await requests.of(ports, request).load()).state,
    /** `kind` of every task that is still open. */
    openTasks: async (ticketId: string): Promise<readonly string[]> => {
      const state = await world.state(ticketId);
      if (!('tasks' in state)) return [];
      return Object.values(state.tasks).flatMap(({ kind, done: isDone }) => (isDone ? [] : [kind]));
    },
    subjects: () => mail.letters.map(({ subject }) => subject),
  };
  return world;
};
export type World = ReturnType<typeof createWorld>;

export const openWorld = async (world = createWorld()): Promise<World> => {
  await world.open();
  return world;
};

/** With an online ticket, and what was due at its booking done. */
export const bookedWorld = async (created = createWorld()): Promise<{ readonly world: World; readonly ticketId: string }> => {
  const world = await openWorld(created);
  const ticketId = await world.book();
  await world.drain();
  return { world, ticketId };
};

/** The meeting of that ticket is over, and its resolution written. */
export const concludedWorld = async (created = createWorld()): Promise<{ readonly world: World; readonly ticketId: string }> => {
  const booked = await bookedWorld(created);
  await booked.world.conclude(booked.ticketId);
  return booked;
};

/** What becomes of a letter where the mail server is away, or wants none. */
export const away = (): never => {
  throw new Error('away');
};
export const refusing = () => ({ kind: 'refused', reason: 'no such mailbox' }) as const;

/** The server dies before its n-th append; -1 once it lived through all of it. */
export const dyingBefore = (ports: Ports, n: number): Ports => {
  let appends = 0;
  const append: Ports['store']['append'] = (...batch) =>
    (appends += 1) > n ? Promise.reject(new Error('killed')) : ports.store.append(...batch);
  return { ...ports, store: { ...ports.store, append } };
};
export const survives = async (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );
