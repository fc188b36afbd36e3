import { auditTicket } from '../../../../src/application/audit/audit-ticket';
import { auditList } from '../../../../src/application/audit/audit-list';
import { clockFoundIn, clockNumbers, clockRegister, lookAtClock } from '../../../../src/application/audit/watch-clock';
import { ticketExplained } from '../../../../src/application/audit/ticket-history';
import { eligibility } from '../../../../src/application/requests/eligibility';
import { tickets } from '../../../../src/application/kernel/streams';
import { isRefusal } from '../../../../src/domain/kernel/refusal';
import { explaining } from '../../../../src/infrastructure/nest/explaining';
import { auditEvidence } from '../../../../src/projections/audit-trail/audit-trail';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { away, bookedWorld, openWorld, request, type World } from './world';

const chainOf = () => Promise.resolve({ intact: true });
const minute = { minutes: 1 };
const back = { hours: -2 };
const twoDays = { days: 2 };

/** With what the auditor reads. */
const read = async (world: World): Promise<void> => {
  const { codec, logger } = world.ports;
  await catchUp({ store: world.store, codec, rows: world.tables.current, clock: world.clock, logger }, [auditEvidence]);
};

describe('A clock that leaps ahead', () => {
  it('Art. 3 e: ends the codes that are awaited: their letters do not leave, and the citizen can ask anew at once', async () => {
    const world = await openWorld();
    const first = await world.ask('online', { email: 'ion@example.org', phone: '0740123456' });
    world.clock.advance(twoDays);
    await world.drainLater();
    expect(world.subjects()).toEqual([]);
    expect((await world.types(first)).at(-1)).toBe('Lapsed');
    world.clock.advance({ days: -2 });
    await world.verify(await world.ask('online', { email: 'ion@example.org', phone: '0740123456' }));
    await world.drain();
    expect(world.subjects()).toHaveLength(2);
  });
});

describe('A clock that goes back two hours', () => {
  it('Art. 3 e: keeps no letter waiting that a fact from before the step asks for', async () => {
    const world = await openWorld();
    await world.book();
    world.clock.advance(back);
    await world.drainAfter(minute);
    expect(world.subjects()).toHaveLength(2);
  });

  it('Art. 7: keeps no filing and no resolution waiting', async () => {
    const { world, ticketId } = await bookedWorld();
    await world.conclude(ticketId);
    await world.drainAfter(back);
    expect(await world.types(ticketId)).toEqual(expect.arrayContaining(['ResolutionFiled', 'ResolutionSent']));
  });

  it.each([back, { hours: 0 }])('an attempt that failed while the clock was ahead keeps no letter waiting (then %j)', async (step) => {
    const world = await openWorld();
    await world.book();
    world.clock.advance(twoDays);
    world.clock.advance({ hours: -47 });
    world.mail.behave = away;
    await world.drain();
    expect(world.mail.calls).toBeGreaterThan(0);
    world.mail.behave = () => ({ kind: 'accepted' });
    world.clock.advance(step);
    // of a right clock the back-off holds; one that went back cannot tell how long it has rested
    await world.drain();
    expect(world.subjects()).toHaveLength(step.hours === 0 ? 0 : 1);
  });

  it('stays in the facts that their stream holds back: each says what the clock showed', async () => {
    const world = await openWorld();
    const ticketId = await world.book();
    const clockOf = async () => {
      const { events } = await tickets.of(world.ports, ticketId).load();
      return events.flatMap(({ fact, recordedAt, clockAt }) => (clockAt === undefined ? [] : [[fact.type, recordedAt, clockAt]]));
    };
    const before = world.clock.now();
    await world.drainAfter({ seconds: -20 });
    expect(await clockOf()).toEqual([]);
    world.clock.set(before);
    await world.drainAfter(back);
    expect(await clockOf()).toContainEqual(['InvitationSent', before, world.clock.now()]);
  });

  it('a task that a person was given is not taken back', async () => {
    const world = await openWorld();
    await world.book();
    const { attempts } = world.ports.operations;
    world.mail.behave = away;
    await world.drain();
    const given = (await attempts.list()).find(({ done }) => !done);
    await attempts.begin(given?.effectId ?? '', '2026-03-09T08:00:00.000Z');
    await attempts.failed(given?.effectId ?? '', '9999-12-31T23:59:59.999Z', 'given-up');
    const calls = world.mail.calls;
    await world.drain();
    expect(world.mail.calls).toBe(calls);
  });

  it('hides no ticket from the auditor, and no request', async () => {
    const { world, ticketId } = await bookedWorld();
    await read(world);
    world.clock.advance(back);
    const audited = await auditTicket(chainOf)(world.ports)({ ticketId });
    if (isRefusal(audited)) throw new Error(audited.code);
    expect(audited).toMatchObject({ asOf: world.clock.now(), facts: { status: 'scheduled' } });
    const listed = await auditList(chainOf)(world.ports)({});
    expect(listed.tickets).toMatchObject([{ ticketId, asOf: world.clock.now() }]);
    const explained = await ticketExplained({ ...explaining, chainOf })(world.ports)({ ticketId });
    if (isRefusal(explained)) throw new Error(explained.code);
    expect(explained.entries.filter(({ kind }) => kind === 'step')).toHaveLength((await world.facts(ticketId)).length);
    expect(await eligibility(world.ports)(request)).toMatchObject({ status: 'in-operation' });
  });

  it('Art. 4: fails no booking of meanwhile, and says beside its verdicts that a clock was wrong', async () => {
    const world = await openWorld();
    world.clock.advance(back);
    const ticketId = await world.book();
    await world.drain();
    await read(world);
    const audited = await auditTicket(chainOf)(world.ports)({ ticketId });
    if (isRefusal(audited)) throw new Error(audited.code);
    const checks = Object.fromEntries(audited.checks.map(({ id, ...check }) => [id, check]));
    expect(checks['C09']).toMatchObject({ verdict: 'pass', clockOffBySeconds: 7200 });
    expect(checks['C09']?.text.en).toContain('a clock was wrong');
  });

  it('is said in the journal and kept for the doctor, each once, and in numbers', async () => {
    const world = await openWorld();
    const lines: string[] = [];
    const note = (event: string): void => void lines.push(event);
    const ports = { ...world.ports, logger: { info: note, warn: note, error: note } };
    await read(world);
    await lookAtClock(ports);
    expect(lines).toEqual([]);
    world.clock.advance(back);
    await lookAtClock(ports);
    expect(lines).toEqual(['clock.behind-the-log']);
    expect(await clockNumbers(ports)).toEqual({ behindSeconds: 7200, olderFacts: 0 });
    await world.book();
    await read(world);
    await lookAtClock(ports);
    await lookAtClock(ports);
    expect(lines.filter((line) => line === 'clock.facts-out-of-order')).toHaveLength(1);
    const { olderFacts } = await clockNumbers(ports);
    expect(olderFacts).toBeGreaterThan(0);
    expect(clockFoundIn(await ports.operations.keyValues.get(clockRegister))).toMatchObject({ facts: olderFacts, seconds: 7200 });
  });
});
