import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import type {
  AgendaDayRow,
  AuditRow,
  EligibilityRow,
  MeetingRow,
  StaffCalendarRow,
  StaffDirectoryRow,
  TaskRow,
  TicketFactsRow,
  TicketStatusRow,
} from '../../../src/application/kernel/ports/tables';
import type { RowLookup } from '@tichet-albastru/event-log/ports/projection';
import type { Projection } from '../../../src/application/kernel/ports/projection';
import type { EvidenceRow } from '../../../src/domain/audit/evidence';
import { judge } from '../../../src/domain/audit/judge';
import type { AgendaFact } from '../../../src/domain/agenda/facts';
import { personal } from '../../../src/domain/kernel/personal-text';
import { isRequested, publicStatus, type TicketState, ticket } from '../../../src/domain/ticket/ticket';
import { requestedStatus, statusAfter } from '../../../src/domain/ticket/status-after';
import { auditEvidence } from '../../../src/projections/audit-trail/audit-trail';
import { allProjections } from '../../../src/projections/all-projections';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import {
  clarificationHistory,
  lapsedHistory,
  onlineHistory,
  phoneHistory,
  reassignedHistory,
  rescheduledHistory,
  staffAbsentHistory,
  everyHistory,
} from '../../support/histories';
import type { History } from '../../support/history';
import { asCase, beside, dump, sideBySide, tables, ticketIdOfCase, worldWith, type Told, type World } from './world';

const id = ticketIdOfCase(1);
const after = async (history: History, until = '9999', ...more: readonly Told[]): Promise<World> => {
  const world = worldWith();
  await world.tell(...[...sideBySide(asCase(1, history)), ...more].filter(({ at }) => at <= until));
  await catchUp(world, allProjections);
  return world;
};
const tasksOf = async ({ rows }: World) => (await rows.select<TaskRow>(tables.tasks)).rows.map(({ kind, dueAt }) => [kind, dueAt]);
const meeting = async ({ rows }: World): Promise<MeetingRow | undefined> => {
  const row = await rows.get<StaffCalendarRow>(tables.staffCalendar, id);
  return row?.kind === 'meeting' ? row : undefined;
};

describe('the tables', () => {
  const stories = Object.entries<History>(everyHistory);

  it.each(stories)('the status alone is that of the whole ticket after every fact: %s', (_, history) => {
    let whole: TicketState = ticket.initial;
    let alone = requestedStatus;
    for (const { fact } of history.ticket) {
      whole = ticket.evolve(whole, fact);
      alone = statusAfter(alone, fact);
      if (isRequested(whole)) expect(alone.status).toBe(publicStatus(whole));
    }
  });

  it.each(stories)('the kept verdicts are what judging the whole history says: %s', async (_, history) => {
    const world = await after(history);
    const row = await world.rows.get<AuditRow>(tables.auditTrail, id);
    const told = asCase(1, history);
    const newest = [...told.ticket, ...told.request].reduce((latest, { recordedAt }) => (recordedAt > latest ? recordedAt : latest), '');
    const judgement = judge(told, newest);
    expect(row).toMatchObject({ asOf: newest, overall: judgement.overall, warnings: judgement.warnings, waived: judgement.waived });
    expect(row?.nextChangeAt).toBe(judgement.nextChangeAt ?? null);
    const expected = judgement.checks.filter(({ id: check }) => check !== 'C21').map(({ id: check, verdict }) => [check, verdict]);
    expect(Object.entries(row?.verdicts ?? {})).toEqual(expected);
  });

  it('Art. 4: the staff calendar shows where the meeting stands, its link and what is missing', async () => {
    const world = await after(rescheduledHistory());
    expect(await meeting(world)).toMatchObject({
      staffId: 'S-017',
      startsAt: '2026-03-10T09:30:00.000Z',
      status: 'concluded',
      mode: 'online',
      hasRecording: true,
      resolution: 'sent',
      reschedules: 1,
    });
    const sealed = (await meeting(world))?.applicant.name;
    expect(sealed).toMatchObject({ key: `contact:ticket-${id}` });
    expect(JSON.stringify(sealed)).not.toContain('POPESCU');
  });

  it('Art. 4: a lapsed hold leaves the calendar, an awaited code is not yet a meeting', async () => {
    expect(await meeting(await after(lapsedHistory()))).toBeUndefined();
    const waiting = await after(lapsedHistory(), '2026-03-02T07:05:00.000Z');
    expect((await meeting(waiting))?.status).toBe('awaiting-code');
    const status = await waiting.rows.get<TicketStatusRow>(tables.ticketStatus, id);
    expect(status).toMatchObject({ status: 'awaiting-code', requestNumber: '200001' });
    expect(status?.heldUntil).toBeDefined();
  });

  it('Art. 4: the calendar shows absences and closed time, until they are withdrawn', async () => {
    const at = '2026-03-03T08:00:00.000Z';
    const [from, to] = ['2026-03-09T06:00:00.000Z', '2026-03-09T14:00:00.000Z'];
    const block = (cause: 'absence' | 'bridge-day', blockId: string): Told => ({
      stream: 'agenda-S-017_2026-03-09',
      at,
      fact: { type: 'TimeBlocked', data: { blockId, from, to, cause, blockedAt: at } },
    });
    const absence: Told = {
      stream: 'staff-S-017',
      at,
      fact: { type: 'AbsenceRecorded', data: { absenceId: 'a-1', from, to, reason: personal('staff', 'concediu'), recordedAt: at } },
    };
    const world = await after(onlineHistory(), '9999', absence, block('absence', 'b-1'), block('bridge-day', 'b-2'));
    const closed = () =>
      world.rows.select<StaffCalendarRow>(tables.staffCalendar, { where: [{ column: 'kind', is: 'closed' }] }).then(({ rows }) => rows);
    expect(await closed()).toEqual([
      { kind: 'closed', staffId: 'S-017', startsAt: from, endsAt: to, cause: 'bridge-day' },
      { kind: 'closed', staffId: 'S-017', startsAt: from, endsAt: to, cause: 'absence', absenceId: 'a-1' },
    ]);
    await world.tell(
      { stream: 'staff-S-017', at, fact: { type: 'AbsenceWithdrawn', data: { absenceId: 'a-1', withdrawnAt: at } } },
      { stream: 'agenda-S-017_2026-03-09', at, fact: { type: 'TimeUnblocked', data: { blockId: 'b-2', unblockedAt: at } } },
    );
    await catchUp(world, allProjections);
    expect(await closed()).toEqual([]);
    const person = await world.rows.get<StaffDirectoryRow>(tables.staffDirectory, 'S-017');
    expect(person).toMatchObject({ role: 'executive', departmentCode: '425', leftOn: null });
  });

  it('Art. 4: the calendar keeps that the stream of a ticket or of a day was closed, until something is written to the ticket again', async () => {
    const at = '2026-03-03T08:00:00.000Z';
    const closes = (stream: string): Told => ({
      ...{ stream: 'ops-log.damaged', at },
      fact: { type: 'StreamClosed', data: { stream, revision: 0, how: 'deleted', reason: personal('office', 'dosarul 12'), closedAt: at } },
    });
    const told = sideBySide(asCase(1, onlineHistory()));
    const next = told.find(({ stream, at: later }) => stream === `ticket-${id}` && later > at);
    if (next === undefined) throw new Error('Nothing comes after it.');
    const world = await after(
      onlineHistory(),
      at,
      ...[...['request-1_2026-02-02', 'agenda-', 'agenda-none'], `ticket-${id}`, 'agenda-S-017_2026-03-09'].map(closes),
    );
    expect([(await meeting(world))?.closed, await world.rows.parked()]).toEqual([true, []]);
    const { rows: days } = await world.rows.select<StaffCalendarRow>(tables.staffCalendar, {
      where: [{ column: 'kind', is: 'closed-day' }],
    });
    const [startsAt, endsAt] = ['2026-03-08T22:00:00.000Z', '2026-03-09T22:00:00.000Z'];
    expect(days).toEqual([{ kind: 'closed-day', staffId: 'S-017', startsAt, endsAt, stream: 'agenda-S-017_2026-03-09' }]);
    await world.tell(next);
    await catchUp(world, allProjections);
    expect(await meeting(world)).not.toHaveProperty('closed');
  });

  it('Art. 2: eligibility keeps the answer that counts, its window, and the active ticket', async () => {
    const world = await after(clarificationHistory(), '2026-03-02T12:00:00.000Z');
    const row = await world.rows.get<EligibilityRow>(tables.clarificationEligibility, '200001_2026-02-16');
    expect(row).toMatchObject({
      status: 'answered',
      communicatedOn: '2026-02-20',
      advertisedUntil: '2026-03-22',
      enforcedUntil: '2026-03-23',
      policy: 'clarification-window@1',
      activeTicket: id,
    });
    const expiring = [{ column: 'enforcedUntil', from: '2026-03-01', before: '2026-03-24' }];
    expect(await world.rows.count(tables.clarificationEligibility, expiring)).toBe(1);
  });

  it('Art. 5, 6, 7: ticket facts hold the numbers and nobody', async () => {
    const row = await (await after(onlineHistory())).rows.get<TicketFactsRow>(tables.ticketFacts, id);
    expect(row).toMatchObject({ mode: 'online', week: '2026-W10', leadHours: 73, held: true, recorded: true, resolutionIssued: true });
    expect(row?.resolutionAfterMinutes).toBeGreaterThan(0);
    expect(JSON.stringify(row)).not.toContain('sealed');
  });

  it('A12: a recording that is gone is missing in the calendar and in the numbers, until another one is there', async () => {
    const at = '2026-04-01T10:00:00.000Z';
    const stream = `ticket-${id}`;
    const attached = onlineHistory().ticket.flatMap(({ fact }) => (fact.type === 'RecordingAttached' ? [fact.data.recordingId] : []));
    const gone = attached.map((recordingId): Told => ({
      stream,
      at,
      fact: { type: 'RecordingWithdrawn', data: { recordingId, noticedAt: at } },
    }));
    const another: Told = {
      stream,
      at,
      fact: { type: 'RecordingAttached', data: { recordingId: 'other', durationSeconds: 900, attachedAt: at } },
    };
    const world = await after(onlineHistory(), '9999', ...gone);
    expect(await meeting(world)).toMatchObject({ recording: 'missing', hasRecording: false });
    expect(await world.rows.get<TicketFactsRow>(tables.ticketFacts, id)).toMatchObject({ recorded: false });
    const again = await after(onlineHistory(), '9999', another, ...gone);
    expect(await meeting(again)).toMatchObject({ recording: 'attached', hasRecording: true });
    expect(await again.rows.get<TicketFactsRow>(tables.ticketFacts, id)).toMatchObject({ recorded: true });
  });

  it('Art. 7: duties appear with their due times and go when they are done', async () => {
    const online = onlineHistory();
    expect(await tasksOf(await after(online, '2026-03-05T07:00:00.000Z'))).toEqual([['record-outcome', expect.any(String)]]);
    const held = online.ticket.find(({ fact }) => fact.type === 'Held');
    const kinds = (await tasksOf(await after(online, held?.recordedAt))).map(([kind]) => kind);
    expect(kinds).toContain('write-resolution');
    expect(kinds).not.toContain('record-outcome');
    expect(await tasksOf(await after(online))).toEqual([]);
  });

  it('A11: without an address the resolution is handed over by a person', async () => {
    const phone = phoneHistory();
    const issued = phone.ticket.find(({ fact }) => fact.type === 'ResolutionIssued');
    expect((await tasksOf(await after(phone, issued?.recordedAt))).map(([kind]) => kind)).toContain('hand-over-resolution');
    expect(await tasksOf(await after(phone))).toEqual([]);
  });

  it('Art. 8: an absent staff member owes a new slot and a word to the citizen', async () => {
    const story = staffAbsentHistory();
    const absent = story.ticket.find(({ fact }) => fact.type === 'StaffAbsent');
    const kinds = (await tasksOf(await after(story, absent?.recordedAt))).map(([kind]) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['must-be-rescheduled', 'notify-citizen']));
    expect(await tasksOf(await after(story))).toEqual([]);
  });

  it('a raised task that is no duty stands by its own date until it is done', async () => {
    const at = '2026-03-05T20:00:00.000Z';
    const stream = `ticket-${id}`;
    const raise: Told = {
      stream,
      at,
      fact: {
        type: 'TaskRaised',
        data: { taskId: 't-1', kind: 'correct-filing', staffId: 'S-017', raisedAt: at, dueAt: at, subjectId: 'x' },
      },
    };
    const world = await after(onlineHistory(), '9999', raise);
    expect(await world.rows.get<TaskRow>(tables.tasks, `${id}/t-1`)).toMatchObject({ kind: 'correct-filing', dueAt: at, ticketId: id });
    await world.tell({ stream, at, fact: { type: 'TaskDone', data: { taskId: 't-1', doneAt: at } } });
    await catchUp(world, allProjections);
    expect(await world.rows.count(tables.tasks)).toBe(0);
  });

  it('A30: an agenda day keeps holds, confirmed meetings and when a slot is free again', async () => {
    const slot = { startsAt: '2026-03-09T08:00:00.000Z', endsAt: '2026-03-09T08:15:00.000Z' };
    const at = '2026-03-03T08:00:00.000Z';
    const hold = { holdId: 'h-1', ticketId: id, slot };
    const told = (fact: AgendaFact): Told => ({ stream: 'agenda-S_017_2026-03-09', at, fact });
    const world = worldWith();
    await world.tell(
      told({ type: 'SlotHeld', data: { ...hold, heldAt: at, until: '2026-03-03T08:15:00.000Z' } }),
      told({ type: 'SlotReleased', data: { ...hold, releasedAt: at, freeFrom: '2026-03-03T08:20:00.000Z' } }),
    );
    await catchUp(world, allProjections);
    const row = await world.rows.get<AgendaDayRow>(tables.agendaDays, 'S_017_2026-03-09');
    expect(row).toMatchObject({ staffId: 'S_017', date: '2026-03-09' });
    expect(row?.agenda.holds['h-1']).toMatchObject({ standing: 'released', freeFrom: '2026-03-03T08:20:00.000Z' });
  });

  it('C10: a second meeting at the same time turns the verdict of the first as well', async () => {
    const world = worldWith();
    await world.tell(...sideBySide(asCase(1, onlineHistory())));
    await catchUp(world, allProjections);
    const verdict = async (n: number) => (await world.rows.get<AuditRow>(tables.auditTrail, ticketIdOfCase(n)))?.verdicts['C10'];
    expect(await verdict(1)).toBe('pass');
    await world.tell(...sideBySide(asCase(2, onlineHistory())).filter(({ stream }) => !stream.startsWith('staff-')));
    await catchUp(world, allProjections);
    expect([await verdict(1), await verdict(2)]).toEqual(['fail', 'fail']);
  });

  const noon = '2026-03-04T08:00:00.000Z';
  const meanwhile: readonly Told[] = [
    {
      stream: 'calendar-ro',
      at: noon,
      fact: { type: 'BridgeDayDeclared', data: { date: '2026-03-05', decision: 'HG 1', declaredAt: noon } },
    },
    {
      stream: 'staff-S-017',
      at: noon,
      fact: { type: 'WorkingHoursSet', data: { from: '2026-03-02', week: {}, setAt: '2026-03-01T08:00:00.000Z' } },
    },
  ];
  const many = [
    ...meanwhile,
    ...sideBySide(
      ...stories.map(([, history], n) => asCase(n, history)),
      asCase(20, rescheduledHistory()),
      asCase(21, reassignedHistory()),
    ),
  ].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const inBatches = async (world: World, projections: readonly Projection[], sizes: readonly number[]): Promise<string> => {
    const batched = beside(world);
    for (const projection of projections) await batched.rows.prepare(projection);
    const end = await world.store.end();
    const [first] = projections;
    for (let turn = 0; first !== undefined && (await batched.rows.position(first.name)) < end; turn += 1) {
      const limit = sizes[turn % sizes.length] ?? 1;
      await catchUp({ ...batched, store: upTo(batched, first.name, limit) }, projections, { batchSize: limit });
    }
    return dump(batched.rows, ...projections);
  };

  it('the same facts give the same rows, however they are batched', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 }), async (sizes) => {
        const world = worldWith();
        await world.tell(...many);
        await catchUp(world, allProjections);
        expect(await inBatches(world, allProjections, sizes)).toBe(await dump(world.rows, ...allProjections));
      }),
      { numRuns: 15 },
    ));

  it('the same test finds a derived row that looks at what does not name it', async () => {
    const broken: Projection<EvidenceRow> = {
      ...auditEvidence,
      derived: {
        name: tables.auditTrail,
        columns: {},
        namedBy: (key) => (key.startsWith('ticket-') ? [key] : []),
        sourcesOf: (key) => [key, 'staff-S-017'],
        derive: (_, lookup: RowLookup<EvidenceRow>) => {
          const staff = lookup('staff-S-017');
          return { known: staff?.kind === 'staff' ? staff.events.length : 0 };
        },
      },
    };
    const world = worldWith();
    await world.tell(...many);
    await catchUp(world, [broken]);
    expect(await inBatches(world, [broken], [3])).not.toBe(await dump(world.rows, broken));
  });

  it('what a table says that it looks at is all that its rows depend on', async () => {
    const world = worldWith();
    await world.tell(...many);
    await catchUp(world, allProjections);
    const lookingAtAll = allProjections.map(({ looksAt: _, ...projection }): Projection => projection);
    const fresh = beside(world);
    await catchUp(fresh, lookingAtAll);
    expect(await dump(fresh.rows, ...allProjections)).toBe(await dump(world.rows, ...allProjections));
  });

  it('the rows are the same to the last byte under any TZ and any clock', () => {
    const dumped = (tz: string, clock: string): string =>
      execFileSync(
        process.execPath,
        ['--require', require.resolve('../../support/typescript-in-threads.cjs'), require.resolve('./dump-child'), clock],
        { env: { ...process.env, TZ: tz }, encoding: 'utf8' },
      );
    const here = dumped('UTC', '2026-07-01T00:00:00Z');
    expect(here).toMatch(/^[0-9a-f]{64} -?\d+$/);
    const there = dumped('Pacific/Auckland', '2031-10-26T00:30:00Z');
    // The child says its own offset, so that the test knows that it was elsewhere.
    expect(there.split(' ')[1]).not.toBe(here.split(' ')[1]);
    expect(there.split(' ')[0]).toBe(here.split(' ')[0]);
  });
});

/** The log as it stood when only so many more events had come. */
const upTo = ({ store, rows }: World, table: string, more: number): World['store'] => ({
  ...store,
  end: async () => {
    let end = await rows.position(table);
    for await (const { position } of store.readAll({ after: end, limit: more })) end = position;
    return end;
  },
});
