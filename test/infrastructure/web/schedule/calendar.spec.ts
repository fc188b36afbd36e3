import { currentStaff } from '../../../../src/application/kernel/streams';
import { openTasks } from '../../../../src/application/staff/open-tasks';
import { noteFailed } from '../../../../src/infrastructure/outside/absences/status';
import { bookingToken, inPerson, startSeeded, type Service } from '../../../http/support/service';
import { calendarOf, eventOf } from '../../../support/calendars';
import { textOf } from './support/markup';
import { until, visitorOf, type Visitor } from './support/visitor';

let service: Service;
let zoltan: Visitor;
let head: Visitor;
beforeAll(async () => {
  service = await startSeeded({}, { processes: true });
  await service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body: inPerson });
  await service.settled();
  [zoltan, head] = await Promise.all([visitorOf(service, 'staff', 's002'), visitorOf(service, 'head', 's001')]);
});

const page = '/program/s002/calendar';
const upload = (visitor: Visitor, text: string) => visitor.upload(`${page}/import`, { name: 'fisier', fileName: 'x.ics', text });

describe('A16: absences out of one’s own calendar', () => {
  it('a file is taken over, told of, and meetings in the way become tasks', async () => {
    const sent = await upload(zoltan, calendarOf(eventOf('DTSTART:20260305T070000Z', 'DTEND:20260305T090000Z'), eventOf('DTSTART:x')));
    expect([sent.statusCode, sent.headers.location]).toEqual([303, `${page}?facut=fisier`]);
    const shown = textOf((await zoltan.get(`${page}?facut=fisier`)).body);
    expect(shown).toContain('Fișierul a fost preluat.');
    expect(shown).toContain('O absență nouă.');
    expect(shown).toContain('Linia 11: evenimentul nu are un timp care poate fi citit.');
    expect(shown).not.toContain('Canarul');
    await until(service, async () =>
      (await openTasks(service.ports)({ whose: { staffId: 's002' } })).tasks.some(({ kind }) => kind === 'must-be-rescheduled'),
    );
    expect(textOf((await zoltan.get('/program')).body)).toContain('Ocupat, după calendarul propriu');
  });

  it('what is no calendar is said at the field, and nothing is withdrawn', async () => {
    for (const [text, message] of [
      ['', 'Alegeți un fișier.'],
      ['<html>', 'Nu este un calendar iCalendar'],
      [calendarOf(), 'Calendarul nu mai are niciun eveniment.'],
    ] as const) {
      const answer = await upload(zoltan, text);
      expect(answer.statusCode).toBe(422);
      expect(textOf(answer.body)).toContain(message);
    }
    const known = await currentStaff(service.ports, 's002');
    expect(known.status === 'known' && known.absences).toHaveLength(1);
  });

  it('without hosts no address is asked for', async () => {
    expect(textOf((await zoltan.get(page)).body)).toContain('În această instalare nu se citesc calendare la adrese');
    const refused = await zoltan.post(`${page}/adresa`, { adresa: 'https://calendar.example/a.ics' });
    expect(refused.statusCode).toBe(422);
  });

  it('one that could not be read for a day is a task of the person and of the head', async () => {
    await service.ports.operations.keyValues.put('absence-calendar/s002', 'sealed');
    for (const at of ['2026-03-01T07:00:00.000Z', '2026-03-01T17:00:00.000Z', '2026-03-02T07:00:00.000Z']) {
      await noteFailed(service.ports, 'address', 's002', at, 'no-answer');
    }
    const trouble = 'De peste o zi nu mai poate fi citit calendarul';
    expect(textOf((await zoltan.get('/sarcini')).body)).toContain(trouble);
    expect(textOf((await zoltan.get('/program')).body)).toContain(trouble);
    expect(textOf((await head.get('/sarcini')).body)).toContain(`Zoltán Marc: ${trouble}`);
    await zoltan.post(`${page}/renunta`, {});
    expect(textOf((await zoltan.get('/sarcini')).body)).not.toContain(trouble);
  });
});
