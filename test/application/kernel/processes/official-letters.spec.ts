import { chooseLetters } from '../../../../src/application/staff/choose-letters';
import { noteReport } from '../../../../src/application/resolution/bounces';
import { currentCalendar } from '../../../../src/application/kernel/streams';
import { recordHeld } from '../../../../src/domain/ticket/meeting';
import { raiseTask } from '../../../../src/domain/ticket/tasks';
import type { LetterChoice } from '../../../../src/domain/staff/facts';
import { defined } from '@tichet-albastru/kernel/defined';
import { isRefusal } from '../../../../src/domain/kernel/refusal';
import { acceptOffer, declineOffer, offerMove } from '../../../../src/application/booking/move-offers';
import { registerStaff } from '../../../../src/application/staff/register-staff';
import { cancelTicket } from '../../../../src/application/booking/cancel-ticket';
import type { CityHall } from '../../../../src/application/kernel/ports/city-hall';
import { allProcesses } from '../../../../src/application/operation/all-processes';
import { staffDirectory } from '../../../../src/projections/staff-directory/staff-directory';
import { staffCalendar } from '../../../../src/projections/staff-calendar/staff-calendar';
import { ticketDuties } from '../../../../src/projections/tasks/tasks';
import { ticketFacts } from '../../../../src/projections/ticket-facts/ticket-facts';
import * as worlds from './world';
import { staffId, type World } from './world';

const created = (officialLetters?: CityHall['officialLetters']): World =>
  worlds.createWorld(allProcesses, {
    projections: [staffDirectory, staffCalendar, ticketDuties, ticketFacts],
    cityHall: defined({ officialLetters }),
  });
const openWorld = () => worlds.openWorld(created());
const bookedWorld = (officialLetters?: CityHall['officialLetters']) => worlds.bookedWorld(created(officialLetters));

const official = 'ioana@primaria.example';
const toOfficial = (world: World) => world.mail.letters.filter(({ to }) => to === official);
const subjects = (world: World) => toOfficial(world).map(({ subject }) => subject);

const choose = async (world: World, choice: LetterChoice, locale: 'ro' | 'en' = 'ro'): Promise<void> => {
  const chosen = await chooseLetters(world.ports)(world.context(), { staffId, choice, locale });
  if (isRefusal(chosen)) throw new Error(chosen.code);
};
const moveTo = async (world: World, ticketId: string, startsAt: string): Promise<void> => {
  await world.move(ticketId, startsAt);
  await world.drain();
};

// The world begins on Monday, 2 March 2026, 10:00 in Bucharest; the meeting is on Thursday at 10:00.
const mondayAtTwo = '2026-03-02T12:00:00.000Z';

describe('officials are told of their meetings', () => {
  it('given nothing chosen, when a meeting is booked, then one letter comes at 14:00, and not before', async () => {
    const { world } = await bookedWorld();
    await world.drainAt('2026-03-02T11:59:59.000Z');
    expect(subjects(world)).toEqual([]);
    await world.drainAt(mondayAtTwo);
    expect(subjects(world)).toEqual(['Tichetul albastru: 2 martie 2026']);
    expect(toOfficial(world)[0]?.text).toMatch(/TA-\w{8}: programare nouă, joi, 5 martie 2026, 10:00–10:15/u);
  });

  it('names neither applicant nor request', async () => {
    const { world } = await bookedWorld();
    await world.drainAt(mondayAtTwo);
    await world.drainAt('2026-03-04T12:00:00.000Z');
    const all = toOfficial(world).map(({ subject, text, html }) => subject + text + html);
    expect(all).toHaveLength(2);
    for (const said of all)
      for (const secret of ['POPESCU', 'Popescu', '154997', 'ion@example.org', '0740123456']) expect(said).not.toContain(secret);
  });

  it('given the day before a meeting, then the letter lists it, once', async () => {
    const { world } = await bookedWorld();
    await world.drainAt('2026-03-04T12:00:00.000Z');
    await world.drainAt('2026-03-04T12:30:00.000Z');
    await world.drainAt('2026-03-04T18:00:00.000Z');
    const [list] = toOfficial(world).filter(({ subject }) => subject === 'Tichetul albastru: 4 martie 2026');
    expect(subjects(world).filter((subject) => subject === 'Tichetul albastru: 4 martie 2026')).toHaveLength(1);
    expect(list?.text).toContain('Întâlnirile de mâine până la sfârșitul zilei de 5 martie 2026');
  });

  it('given a day without anything, then no letter', async () => {
    const { world } = await bookedWorld();
    await world.drainAt(mondayAtTwo);
    await world.drainAt('2026-03-03T12:00:00.000Z');
    expect(subjects(world)).toEqual(['Tichetul albastru: 2 martie 2026']);
  });

  it('given letters one by one, when a meeting is booked, moved and cancelled, then each is told at once, and once', async () => {
    const world = await openWorld();
    await choose(world, 'single', 'en');
    const ticketId = await world.book();
    await world.drain();
    await moveTo(world, ticketId, '2026-03-06T08:00:00.000Z');
    const cancelled = await cancelTicket(world.ports)(world.context(), { ticketId, by: 'staff', reason: 'technical' });
    expect(isRefusal(cancelled)).toBe(false);
    await world.drain();
    await world.drainAfter({ minutes: 1 });
    expect(subjects(world).map((subject) => subject.replace(/TA-\w{8}/u, 'TA'))).toEqual([
      'Blue ticket TA: new appointment',
      'Blue ticket TA: the meeting has another time',
      'Blue ticket TA: meeting cancelled',
    ]);
    // what was told singly does not stand in the letter of the day once more
    await world.drainAt(mondayAtTwo);
    expect(
      toOfficial(world)
        .slice(3)
        .map(({ text }) => text),
    ).not.toContainEqual(expect.stringContaining('What happened'));
  });

  it('given one letter a day, when the hour comes before the next letter can be read, then it is told at once', async () => {
    const { world, ticketId } = await bookedWorld();
    await world.drainAt('2026-03-04T12:00:00.000Z');
    const before = subjects(world).length;
    await world.drainAt('2026-03-04T13:00:00.000Z');
    const cancelled = await cancelTicket(world.ports)(world.context('citizen'), { ticketId, by: 'citizen' });
    expect(isRefusal(cancelled)).toBe(false);
    await world.drain();
    expect(
      subjects(world)
        .slice(before)
        .map((subject) => subject.replace(/TA-\w{8}/u, 'TA')),
    ).toEqual(['Tichetul albastru TA: întâlnire anulată']);
  });

  it('Art. 8: given a meeting offered to another department, then its head is told at once, and whoever offered it where it is declined', async () => {
    const { world, ticketId } = await bookedWorld();
    const head = { staffId: 's-90', name: 'Ilka Fodor', role: 'head-of-service', department: 'Cadastru', departmentCode: '500' } as const;
    const email = 'ilka@primaria.example';
    await registerStaff(world.ports)(world.context(), { ...head, email });
    const single = { staffId: head.staffId, choice: 'single', locale: 'ro' } as const;
    expect(isRefusal(await chooseLetters(world.ports)(world.context(), single))).toBe(false);
    await choose(world, 'single');
    await world.drain();
    const offer = { ticketId, offerId: 'offer-1', departmentCode: '500', reason: 'Ține de cadastru.' };
    expect(isRefusal(await offerMove(world.ports)(world.context(), offer))).toBe(false);
    await world.drain();
    const toHead = world.mail.letters.filter(({ to }) => to === email);
    expect(toHead).toHaveLength(1);
    expect(toHead[0]?.subject).toMatch(/^Tichetul albastru TA-\w{8}: o întâlnire vă este oferită$/u);
    expect(toHead[0]?.text).toContain(`/programari/${ticketId}/oferta`);
    expect(toHead[0]?.text).not.toContain('cadastru');
    const declined = { ticketId, offerId: 'offer-1', reason: 'Nu ține de noi.' };
    expect(isRefusal(await declineOffer(world.ports)(world.context(), declined))).toBe(false);
    await world.drain();
    expect(subjects(world).at(-1)).toMatch(/oferta a fost refuzată$/u);
    expect(world.mail.letters.filter(({ to, subject }) => to === email && subject.includes('refuzată'))).toEqual([]);
    // a head who offered it for somebody else is told as well
    const byHead = { ...world.context(), actor: { kind: 'staff', id: head.staffId } } as const;
    expect(isRefusal(await offerMove(world.ports)(byHead, { ...offer, offerId: 'offer-2' }))).toBe(false);
    await world.drain();
    expect(isRefusal(await declineOffer(world.ports)(world.context(), { ...declined, offerId: 'offer-2' }))).toBe(false);
    await world.drain();
    const toBoth = world.mail.letters.filter(({ subject }) => subject.includes('refuzată')).map(({ to }) => to);
    expect(toBoth.toSorted()).toEqual([email, official, official].toSorted());
  });

  it('Art. 8: given an offer that is accepted, then the citizen reads what the head wrote for them, and not what the official wrote to the head', async () => {
    const { world, ticketId } = await bookedWorld();
    const head = { staffId: 's-90', name: 'Ilka Fodor', role: 'head-of-service', department: 'Cadastru', departmentCode: '500' } as const;
    await registerStaff(world.ports)(world.context(), { ...head, email: 'ilka@primaria.example' });
    await world.drain();
    const offer = { ticketId, offerId: 'offer-1', departmentCode: '500', reason: 'Nu mă înțeleg cu acest solicitant.' };
    expect(isRefusal(await offerMove(world.ports)(world.context(), offer))).toBe(false);
    const because = 'Dosarul este acum la cadastru.';
    const accepted = { ticketId, holdId: world.ports.identifiers.next(), offerId: 'offer-1', staffId: head.staffId, because };
    expect(await acceptOffer(world.ports)(world.context(), accepted)).toMatchObject({ value: { ticketId } });
    await world.drain();
    const letter = world.mail.letters.find(({ text }) => text.includes(because));
    expect(letter).toBeDefined();
    expect(world.mail.letters.filter(({ text }) => text.includes('înțeleg'))).toEqual([]);
  });

  it('given no letters chosen, or the installation sends none, then none comes', async () => {
    const world = await openWorld();
    await choose(world, 'none');
    await world.book();
    await world.drainAt(mondayAtTwo);
    await world.drainAt('2026-03-04T12:00:00.000Z');
    expect(toOfficial(world)).toEqual([]);
    const { world: silent } = await bookedWorld('none');
    await silent.drainAt(mondayAtTwo);
    expect(toOfficial(silent)).toEqual([]);
  });

  it('Art. 7: a resolution that is owed is told until three working days after its limit, then not any more by itself', async () => {
    const { world, ticketId } = await bookedWorld();
    await world.hold(ticketId);
    await world.drain();
    const duty = (text = '') => [/Termene depășite[^]*Scrieți rezoluția/u.test(text), text.includes('Scrieți rezoluția')];
    const told: (readonly boolean[])[] = [];
    for (const day of ['2026-03-05', '2026-03-06', '2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12']) {
      const before = toOfficial(world).length;
      await world.drainAt(`${day}T12:00:00.000Z`);
      told.push(duty(toOfficial(world).slice(before).at(-1)?.text));
    }
    // the two hours of A17 are over on Thursday afternoon, its limit is the end of Friday: only after that it is overdue
    const [due, overdue, nothing] = [
      [false, true],
      [true, true],
      [false, false],
    ];
    expect(told).toEqual([due, due, overdue, overdue, overdue, nothing]);
  });

  it.each([
    ['that has no day', 'correction-disputed', {}, /TA-\w{8}: [^\n]*, fără termen/u],
    [
      'opened after its own day',
      'attach-recording',
      { dueAt: '2026-03-01T08:00:00.000Z' },
      /Termene depășite[^]*înregistr[^]*1 martie 2026/u,
    ],
  ] as const)('given a task %s, then three working days tell of it', async (_, kind, due, said) => {
    const { world, ticketId } = await bookedWorld();
    await world.drainAt('2026-03-02T13:00:00.000Z');
    const task = { taskId: 't', kind, staffId, raisedAt: world.clock.now(), subjectId: 's', ...due };
    await world.onTicket(ticketId, (state) => raiseTask(task, state));
    const told: boolean[] = [];
    for (const day of ['2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06']) {
      const before = toOfficial(world).length;
      await world.drainAt(`${day}T12:00:00.000Z`);
      told.push(
        toOfficial(world)
          .slice(before)
          .some(({ text }) => said.test(text)),
      );
    }
    expect(told.slice(0, 3)).toEqual([true, true, true]);
  });

  it('given a mail server that is away, then the letter is tried again, and goes once', async () => {
    const { world } = await bookedWorld();
    world.mail.behave = ({ to }) => {
      if (to === official) throw new Error('away');
      return { kind: 'accepted' };
    };
    await world.drainAt(mondayAtTwo);
    const failed = async () => (await world.ports.operations.outbox.list()).filter(({ state }) => state === 'failed');
    expect((await failed()).map(({ kind, ticketId }) => [kind, ticketId])).toEqual([['official-day', `staff-${staffId}`]]);
    world.mail.behave = () => ({ kind: 'accepted' });
    await world.drainAt('2026-03-02T12:02:00.000Z');
    await world.drainAt('2026-03-02T12:30:00.000Z');
    expect(subjects(world)).toEqual(['Tichetul albastru: 2 martie 2026']);
    expect(await failed()).toEqual([]);
  });

  it('given an address that refuses, then it is shown as not sent until the next letter goes, and what was told singly stands in that one', async () => {
    const world = await openWorld();
    await choose(world, 'single');
    world.mail.behave = ({ to }) => (to === official ? { kind: 'refused', reason: '550' } : { kind: 'accepted' });
    await world.book();
    await world.drain();
    const failed = async () =>
      (await world.ports.operations.outbox.list()).filter(({ state }) => state === 'failed').map(({ kind }) => kind);
    expect(await failed()).toEqual(['official-news']);
    await world.registerStaff(staffId, 'Ioana Mureșan', 'ioana.muresan@primaria.example');
    await world.drainAt(mondayAtTwo);
    const [day] = world.mail.letters.filter(({ to }) => to === 'ioana.muresan@primaria.example');
    expect(day?.text).toContain('programare nouă');
    expect(await failed()).toEqual([]);
  });

  it('given a report that the letter did not arrive, then it is shown as not sent; of another address it is not believed', async () => {
    const { world } = await bookedWorld();
    await world.drainAt(mondayAtTwo);
    const letterId = toOfficial(world)[0]?.letterId ?? '';
    const report = (address: string) => noteReport(world.ports)({ letterId, recipients: [{ addresses: [address], action: 'failed' }] });
    expect(await report('ion@example.org')).toBe('unknown');
    expect((await world.ports.operations.outbox.get(letterId))?.state).toBe('accepted');
    expect(await report(official)).toBe('noted');
    expect((await world.ports.operations.outbox.get(letterId))?.state).toBe('failed');
  });

  it('given tables that are filled anew from an old log, then nobody is written to about days that are over', async () => {
    const { world } = await bookedWorld();
    await world.drainAt('2026-04-20T12:00:00.000Z');
    expect(toOfficial(world).map(({ subject }) => subject)).toEqual([]);
  });
});

describe('heads are told of the week', () => {
  const head = async (world: World): Promise<void> => {
    await world.registerStaff('S-001', 'Bogdan Suciu', 'bogdan@primaria.example', 'head-of-service');
  };

  it('given a meeting held and its resolution late, then Monday’s letter counts both, and goes to heads of the department alone', async () => {
    const { world, ticketId } = await bookedWorld();
    await head(world);
    await world.hold(ticketId);
    await world.drain();
    await world.drainAt('2026-03-09T05:59:59.000Z');
    expect(world.subjects().filter((subject) => subject.includes('rezumatul'))).toEqual([]);
    await world.drainAt('2026-03-09T06:00:00.000Z');
    await world.drainAt('2026-03-09T07:00:00.000Z');
    const letters = world.mail.letters.filter(({ subject }) => subject.includes('rezumatul'));
    expect(letters.map(({ to }) => to)).toEqual(['bogdan@primaria.example']);
    expect(letters[0]?.text).toContain('online, prin platforma Webex: programate 1, ținute 1');
    expect(letters[0]?.text).toContain('Rezoluții întârziate, din întâlnirile săptămânii trecute: 1');
    expect(letters[0]?.text).toMatch(/Termene depășite acum: [1-9]/u);
  });

  it('given a resolution past its target and not past its limit, then Monday’s letter does not count it as overdue (A17)', async () => {
    const { world, ticketId } = await bookedWorld();
    await head(world);
    await moveTo(world, ticketId, '2026-03-06T08:00:00.000Z');
    world.clock.set('2026-03-06T08:16:00.000Z');
    const times = { startedAt: '2026-03-06T08:00:00.000Z', endedAt: '2026-03-06T08:14:00.000Z', at: world.clock.now() };
    const calendar = await currentCalendar(world.ports);
    await world.onTicket(ticketId, (state) => recordHeld({ ...times, policies: world.ports.policies, calendar }, state));
    await world.drain();
    await world.drainAt('2026-03-09T06:00:00.000Z');
    await world.drainAt('2026-03-09T07:00:00.000Z');
    const [letter] = world.mail.letters.filter(({ subject }) => subject.includes('rezumatul'));
    // the recording had until Sunday, the resolution has until the end of Monday
    expect(letter?.text).toMatch(/Termene depășite acum: 1\b/u);
  });
});
