import { registerRequest } from '../../../src/application/requests/register-request';
import { registerStaff } from '../../../src/application/staff/register-staff';
import { awaitedCodeOf } from '../../support/codes';
import { EventLogCorrupt } from '@tichet-albastru/event-log/ports/event-store';
import { agendaStream } from '../../../src/domain/agenda/facts';
import { bookingToken, mustBeDone, online, staff, type Service } from '../../http/support/service';
import { type Official, signIn, startOffice, ticketOf } from '../../infrastructure/web/meetings/support/office';
import { eventually } from '../../support/eventually';
import { proposedIn } from '../support/proposed-moves';

const api = '/api/v1';
/** Thursday, 5 March 2026: ten quarters of an hour from 10:00 in Cluj on. */
const hours = Array.from({ length: 10 }, (_, index) => new Date(Date.parse('2026-03-05T08:00:00.000Z') + index * 900_000).toISOString());
const day = { fromDate: '2026-03-05', fromTime: '', toDate: '2026-03-05', toTime: '' };
/** The last three gave no e-mail address. */
const withEmail = 7;

/** What a person does: opens a page, or sends its form. */
const counting = (official: Official) => {
  let steps = 0;
  return {
    get steps() {
      return steps;
    },
    open: (path: string) => {
      steps += 1;
      return official.get(path);
    },
    /** the page is open already */
    send: async (page: string, path: string, fields: Record<string, string>) => {
      steps += 1;
      return official.send(path, { once: /name="once" value="([^"]+)"/.exec(page)?.[1] ?? '', ...fields });
    },
  };
};

describe('an official falls ill with ten meetings, over HTTP', () => {
  let service: Service;
  let tickets: readonly string[];

  const book = async (startsAt: string, index: number): Promise<string> => {
    const request = { number: String(520_000 + index), filedOn: '2026-02-03' };
    const applicantName = `Popa Maria${'abcdefghij'[index] ?? ''}`;
    const about = {
      applicantName,
      department: 'Autorizări',
      departmentCode: '425',
      handlerStaffId: 's002',
      status: 'in-operation',
    } as const;
    mustBeDone(await registerRequest(service.ports)(service.context(), { ...request, ...about }));
    const asked = { requestNumber: request.number, applicantName, filedOn: request.filedOn };
    const { body: found } = await service.call('POST', `${api}/requests/lookup`, { body: asked });
    const contact = index < withEmail ? { email: `maria${String(index)}@exemplu.ro` } : {};
    const body = { startsAt, mode: 'phone', phone: `0740 123 45${String(index)}`, ...contact };
    const { body: made } = await service.call('POST', `${api}/tickets`, { token: found.bookingToken, body });
    if (made.status === 'awaiting-code') {
      const code = await awaitedCodeOf(service.ports, made.ticketId);
      await service.call('POST', `${api}/tickets/${made.ticketId}/verification`, { token: made.manageToken, body: { code } });
    }
    return made.ticketId;
  };
  const check = `/program/s002/absenta?${new URLSearchParams(day).toString()}`;
  const confirm = { ...day, reason: 'Gripă', because: 'illness' };
  const followed = (absence: string) =>
    eventually('the letters', async () => {
      const { html } = await (await signIn(service, 'head', 's001')).get(absence);
      return html.includes('pe drum') ? undefined : html;
    });

  beforeEach(async () => {
    service = await startOffice();
    mustBeDone(await registerStaff(service.ports)(service.context(), { ...staff.s002, staffId: 's005', name: 'Radu Coleg' }));
    const made: string[] = [];
    for (const [index, hour] of hours.entries()) made.push(await book(hour, index));
    tickets = made;
    await service.settled();
  });

  it('Art. 8: at most five steps until everybody is told or stands on the list of calls; before it was one task a meeting', async () => {
    const head = counting(await signIn(service, 'head', 's001'));
    await head.open('/program/s002/absenta');
    const page = await head.open(check);
    const proposed = proposedIn(page.html);
    expect(Object.keys(proposed)).toHaveLength(10);
    const began = Date.now();
    const done = await head.send(page.html, '/program/s002/absente', { ...confirm, ...proposed });
    expect(done.location).toMatch(/^\/program\/s002\/absente\/[\da-f-]{36}\?facut=mutate$/);
    const list = await head.open(done.location);
    expect(list.status).toBe(200);
    const told = await followed(done.location);
    const seconds = (Date.now() - began) / 1000;
    expect(head.steps).toBeLessThanOrEqual(5);
    expect(seconds).toBeLessThan(600);

    for (const ticketId of tickets) {
      const { booking, left } = await ticketOf(service, ticketId);
      expect([left.length, booking.staffId !== 's002']).toEqual([1, true]);
    }
    // both colleagues have their part, and nobody two meetings at one hour
    const meets = await Promise.all(tickets.map(async (ticketId) => (await ticketOf(service, ticketId)).booking.staffId));
    expect(new Set(meets).size).toBeGreaterThan(1);
    expect(told).toContain('7 cetățeni știu de schimbare');
    for (const phone of ['0740 123 457', '0740 123 458', '0740 123 459']) expect(told).toContain(phone);
    expect(head.steps).toBe(4);
    if (process.env['FIGURES'] === 'tell') process.stderr.write(`told after ${String(seconds)} s\n`);
  });

  it('Art. 8: as it was before, it took three steps for the absence and three for each meeting', async () => {
    const head = counting(await signIn(service, 'head', 's001'));
    await head.open('/program/s002/absenta');
    const page = await head.open(check);
    expect((await head.send(page.html, '/program/s002/absente', confirm)).location).toBe('/program/s002?facut=absenta');
    for (const ticketId of tickets) {
      await head.open(`/programari/${ticketId}`);
      const form = await head.open(`/programari/${ticketId}/repartizare`);
      await head.send(form.html, `/programari/${ticketId}/repartizare`, { staffId: 's004', reason: 'Gripă' });
      expect((await ticketOf(service, ticketId)).booking.staffId).toBe('s004');
    }
    expect(head.steps).toBe(33);
  });

  it('Art. 8: an hour taken meanwhile leaves that meeting as a task, the others move; sent twice, nothing moves twice', async () => {
    const head = await signIn(service, 'head', 's001');
    const page = await head.get(check);
    const proposed = proposedIn(page.html);
    const [first = '', second = ''] = tickets;
    // the colleague who was proposed for the second has the first's hour, and the first is sent there too
    const fields = {
      ...confirm,
      ...proposed,
      [`m-${first}`]: 'hour 2026-03-10T08:00:00.000Z',
      [`m-${second}`]: 'hour 2026-03-10T08:00:00.000Z',
    };
    const once = /name="once" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    const answers = [
      await head.send('/program/s002/absente', { once, ...fields }),
      await head.send('/program/s002/absente', { once, ...fields }),
    ];
    expect(new Set(answers.map(({ location }) => location)).size).toBe(1);
    const { html } = await head.get(answers[0]?.location ?? '');
    expect(html).toContain('O întâlnire mai așteaptă altă oră sau alt funcționar');
    expect((await ticketOf(service, first)).booking.slot.startsAt).toBe('2026-03-10T08:00:00.000Z');
    expect((await ticketOf(service, second)).left).toEqual([]);
    for (const ticketId of tickets.slice(2)) expect((await ticketOf(service, ticketId)).left).toHaveLength(1);
  });

  it('Art. 8: over the API the plan is the one of the page, and one confirmation moves all of them', async () => {
    const token = await service.token('head', 's001');
    const span = { from: '2026-03-05T00:00:00+02:00', to: '2026-03-06T00:00:00+02:00' };
    const path = `${api}/staff/s002/absence-plan`;
    type Planned = {
      readonly ticketId: string;
      readonly ways: readonly { readonly kind: string; readonly staffId?: string; readonly startsAt?: string }[];
    };
    const { status, body } = await service.call('GET', `${path}?${new URLSearchParams(span).toString()}`, { token });
    expect(status).toBe(200);
    const planned = body.meetings as readonly Planned[];
    const proposed = proposedIn((await (await signIn(service, 'head', 's001')).get(check)).html);
    expect(planned.map(({ ticketId, ways: [first] }) => [`m-${ticketId}`, `${first?.kind ?? ''} ${first?.staffId ?? ''}`])).toEqual(
      Object.entries(proposed),
    );
    const moves = planned.map(({ ticketId, ways: [first] }) => ({ ticketId, kind: first?.kind, staffId: first?.staffId }));
    const absence = { ...span, reason: 'Gripă', because: 'illness' };
    // half a move, and what is no move, are refused before anything is recorded
    for (const wrong of [
      [{ ticketId: tickets[0], kind: 'hour' }],
      [{ ticketId: tickets[0], kind: 'deputy' }],
      [null],
      [{ kind: 'hour' }],
      'all',
    ])
      expect((await service.call('POST', path, { token, body: { ...absence, moves: wrong } })).status).toBe(400);
    const done = await service.call('POST', path, { token, body: { ...absence, moves } });
    expect([done.status, done.body]).toMatchObject([201, { staffId: 's002', moved: 10, left: [] }]);
    for (const ticketId of tickets) expect((await ticketOf(service, ticketId)).booking.staffId).not.toBe('s002');
    const { absenceId } = done.body as unknown as { readonly absenceId: string };
    const followed = await service.call('GET', `${api}/staff/s002/absences/${absenceId}/meetings`, { token });
    expect(followed.body.meetings).toHaveLength(10);
    // A3: nobody gives their own away
    const own = await service.token('staff', 's002');
    const asked = await service.call('GET', `${path}?${new URLSearchParams(span).toString()}`, { token: own });
    expect(asked.text).not.toContain('deputy');
  });

  it('Art. 8: over the API a meeting moves to another hour of a colleague, whom its letter names; named twice, it is moved once', async () => {
    const token = await service.token('head', 's001');
    const [ticketId = ''] = tickets;
    const move = { ticketId, kind: 'hour', startsAt: '2026-03-10T08:00:00.000Z', staffId: 's004' };
    const absence = { from: '2026-03-05T00:00:00+02:00', to: '2026-03-06T00:00:00+02:00', reason: 'Gripă', because: 'illness' };
    const body = { ...absence, moves: [move, { ...move, startsAt: '2026-03-10T09:00:00.000Z' }] };
    const done = await service.call('POST', `${api}/staff/s002/absence-plan`, { token, body });
    expect([done.status, done.body]).toMatchObject([201, { moved: 1, left: [] }]);
    expect((await ticketOf(service, ticketId)).booking).toMatchObject({ staffId: 's004', slot: { startsAt: move.startsAt } });
  });

  it('A3: whoever is no head moves their own meetings to other hours, and gives none away', async () => {
    const zoltan = await signIn(service, 'staff', 's002');
    const { html } = await zoltan.get(check);
    expect(html).not.toContain('deputy ');
    const proposed = proposedIn(html);
    expect(new Set(Object.values(proposed)).size).toBe(10);
    const once = /name="once" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const done = await zoltan.send('/program/s002/absente', { once, ...confirm, ...proposed });
    expect(done.status).toBe(303);
    for (const ticketId of tickets) {
      const { booking } = await ticketOf(service, ticketId);
      expect([booking.staffId, booking.slot.startsAt > '2026-03-05T22:00:00.000Z']).toEqual(['s002', true]);
    }
  });

  it('a day that somebody has damaged is nobody’s way out, and keeps no other meeting from being moved', async () => {
    const { store } = service.ports;
    const read = store.read.bind(store);
    const damaged = [agendaStream('s004', '2026-03-05'), agendaStream('s002', '2026-03-06')];
    store.read = (stream, ...others) => {
      if (damaged.includes(stream)) throw new EventLogCorrupt('It is not whole.', { stream, revision: 0, how: 'deleted' });
      return read(stream, ...others);
    };
    const head = await signIn(service, 'head', 's001');
    const { status, html } = await head.get(check);
    expect(status).toBe(200);
    expect(html).toContain('deputy s005');
    expect(html).not.toContain('deputy s004');
    expect(html).not.toContain('hour 2026-03-06');
    const once = /name="once" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const [first = '', ...others] = tickets;
    const fields = { ...confirm, ...proposedIn(html), [`m-${first}`]: 'deputy s004' };
    expect((await head.send('/program/s002/absente', { once, ...fields })).status).toBe(303);
    expect((await ticketOf(service, first)).booking.staffId).toBe('s002');
    for (const ticketId of others) expect((await ticketOf(service, ticketId)).left).toHaveLength(1);
  });
});

describe('an official who makes the links by hand is away with an online meeting', () => {
  it('Art. 5: it is proposed an hour for which its link can be made, and moves there', async () => {
    const service = await startOffice();
    const { body: made } = await service.call('POST', `${api}/tickets`, { token: await bookingToken(service), body: online });
    const code = await awaitedCodeOf(service.ports, made.ticketId);
    await service.call('POST', `${api}/tickets/${made.ticketId}/verification`, { token: made.manageToken, body: { code } });
    await service.settled();
    // nobody works between now and the absence
    service.ports.clock.set('2026-03-04T18:00:00.000Z');
    const zoltan = await signIn(service, 'staff', 's002');
    const both = { ...day, toDate: '2026-03-06' };
    const { html } = await zoltan.get(`/program/s002/absenta?${new URLSearchParams(both).toString()}`);
    const once = /name="once" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const moves = { [`m-${made.ticketId}`]: /<option value="(hour [^"]*)" selected/.exec(html)?.[1] ?? '' };
    await zoltan.send('/program/s002/absente', { once, ...both, reason: 'Gripă', because: 'illness', ...moves });
    const { booking, left } = await ticketOf(service, made.ticketId);
    expect(left).toHaveLength(1);
    expect(booking.slot.startsAt > '2026-03-09T06:00:00.000Z').toBe(true);
  });
});
