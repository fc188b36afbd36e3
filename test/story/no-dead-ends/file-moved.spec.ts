import { book, csv, type Held, type Line, openCityHall } from '../support/bookings';
import { must, type CityHall } from '../support/city-hall';
import { eventually } from '../../support/eventually';
import { createPostOffice, entryIn, type PostOffice } from '../support/post-office';

/** Another department, with two civil servants. */
const otherDepartment = [
  'staffId,name,role,department,departmentCode,email',
  's010,Delia Rusu,head-of-service,Serviciul Patrimoniu,500,s010@primarie.example',
  's011,Győző Kovács,executive,Serviciul Patrimoniu,500,s011@primarie.example',
  's012,Elena Pop,executive,Serviciul Patrimoniu,500,s012@primarie.example',
].join('\r\n');
const lines = {
  given: { number: '510001', applicant: 'Țurcanu Ștefan' },
  kept: { number: '510002', applicant: 'Lăcătuș Andrei' },
  late: { number: '510003', applicant: 'Kovács Győző' },
  twice: { number: '510004', applicant: 'Rusu Elena' },
  next: { number: '510005', applicant: 'Popescu Ion' },
} satisfies Record<string, Line>;
type Name = keyof typeof lines;
const email = 'stefan@exemplu.ro';
const monday = '2026-03-02T08:00:00.000Z';
const wednesday = '2026-03-04T12:00:00.000Z';
const thursday = (time: string): string => `2026-03-05T${time}:00.000Z`;

describe('the file moves before the meeting, over HTTP', () => {
  let hall: CityHall;
  let post: PostOffice;
  const tickets = new Map<Name, Held>();
  const ticketId = (name: Name): string => tickets.get(name)?.ticketId ?? '';
  const head = (name: Name, act: string, body: object) => hall.as('head', 's001')('POST', `/tickets/${ticketId(name)}/${act}`, { body });
  /** The register tells that the file has gone to somebody of the other department. */
  const fileGoesTo = async (name: Name, handlerStaffId: string): Promise<void> => {
    const { number, applicant } = lines[name];
    const body = { applicantName: applicant, handlerStaffId, departmentCode: '500', status: 'in-operation' };
    await must(200, hall.as('registry')('PUT', `/requests/${number}/2026-02-02`, { body }));
    await hall.happened(ticketId(name), 'TaskRaised');
  };
  const held = async (name: Name, staffId: string, from: string, to: string): Promise<void> => {
    await hall.moveTo(thursday(to));
    const body = { startedAt: thursday(from), endedAt: thursday(to) };
    await must(200, hall.as('staff', staffId)('POST', `/tickets/${ticketId(name)}/held`, { body }));
  };
  const tasksOf = async (staffId: string, name: Name): Promise<readonly string[]> =>
    (await must(200, hall.as('staff', staffId)('GET', '/tasks'))).body.tasks
      .filter((task) => task.ticketId === ticketId(name))
      .map(({ kind }) => kind);
  const meetingsOf = async (role: 'head', by: string, staffId: string): Promise<readonly string[]> =>
    (await must(200, hall.as(role, by)('GET', `/calendar?from=2026-03-05&to=2026-03-05&staffId=${staffId}`))).body.meetings.map(
      (meeting) => meeting.ticketId,
    );

  beforeAll(async () => {
    post = await createPostOffice();
    hall = await openCityHall(monday, Object.values(lines), post);
    await must(200, hall.as('admin')('POST', '/staff/import', { file: csv(otherDepartment) }));
    tickets.set('given', await book(hall, lines.given, { startsAt: thursday('08:00'), mode: 'in-person', email }, post));
    await hall.happened(ticketId('given'), 'InvitationSent');
    const phone = '0264 596 030';
    tickets.set('kept', await book(hall, lines.kept, { startsAt: thursday('08:15'), mode: 'phone', phone }));
    tickets.set('late', await book(hall, lines.late, { startsAt: thursday('08:30'), mode: 'phone', phone }));
    tickets.set('twice', await book(hall, lines.twice, { startsAt: thursday('08:45'), mode: 'phone', phone }));
  });

  it('Art. 1 (A3): whoever was to meet the citizen is asked; the head gives the ticket to who has the file, and to nobody else there', async () => {
    await fileGoesTo('given', 's011');
    expect(await tasksOf('s002', 'given')).toContain('assign-staff');
    expect(await head('given', 'reassign', { staffId: 's012', reason: 'Dosarul a trecut la Patrimoniu.' })).toMatchObject({ status: 403 });
    expect(await head('given', 'reassign', { staffId: 's011' })).toMatchObject({ status: 400, body: { errors: [{ field: 'reason' }] } });
    await must(200, head('given', 'reassign', { staffId: 's011', reason: 'Dosarul a trecut la Patrimoniu.' }));
    const { body } = await must(200, hall.call('GET', `/tickets/${ticketId('given')}`, { token: tickets.get('given')?.manageToken ?? '' }));
    expect(body).toMatchObject({
      slot: { startsAt: thursday('08:00') },
      meetWith: { name: 'Győző Kovács', department: 'Serviciul Patrimoniu' },
    });
    expect(await meetingsOf('head', 's010', 's011')).toEqual([ticketId('given')]);
    expect(await meetingsOf('head', 's001', 's002')).not.toContain(ticketId('given'));
    expect(await tasksOf('s002', 'given')).toEqual([]);
  });

  it('Art. 8 (A21): the citizen is told whom they meet now; the hour stays, and so does the entry in the calendar', async () => {
    await hall.happened(ticketId('given'), 'CitizenNotified');
    const letter = await post.letter(email, 3);
    expect(letter.text).toContain('Győző Kovács');
    expect(letter.text).toContain('joi, 5 martie 2026, 10:00–10:15');
    expect(entryIn(letter)).toMatchObject({ sequence: 1, startsAt: thursday('08:00'), method: 'REQUEST' });
    expect(await hall.verdict(ticketId('given'), 'C19')).toBe('pass');
  });

  it('Art. 8, A3: reassigned twice, and back to whoever had it: each time at once, and the hour that was left is free for others', async () => {
    const agenda = async (name: Name) =>
      Promise.all(['s002', 's003'].map(async (one) => (await meetingsOf('head', 's001', one)).includes(ticketId(name))));
    await must(200, head('twice', 'reassign', { staffId: 's003', reason: 'Concediu medical.' }));
    expect(await agenda('twice')).toEqual([false, true]);
    await must(200, head('twice', 'reassign', { staffId: 's002', reason: 'S-a întors.' }));
    expect(await agenda('twice')).toEqual([true, false]);
    await must(200, head('twice', 'reassign', { staffId: 's003', reason: 'Din nou în concediu.' }));
    expect(await agenda('twice')).toEqual([false, true]);
    const next = await book(hall, lines.next, { startsAt: thursday('08:45'), mode: 'phone', phone: '0264 596 031' });
    tickets.set('next', next);
    expect(await agenda('next')).toEqual([true, false]);
    // one call tells where it stands now, and nobody has to tell what was before
    const told = { channel: 'phone', outcome: 'reached' };
    await must(200, hall.as('staff', 's003')('POST', `/tickets/${ticketId('twice')}/notice`, { body: told }));
    await eventually('nobody is asked to call', async () =>
      (await Promise.all([tasksOf('s002', 'twice'), tasksOf('s003', 'twice')])).flat().includes('notify-citizen') ? undefined : true,
    );
  });

  it('Art. 1 (A3): whoever has the file holds the meeting; where nobody gave it on in time it is a fault, after that a warning', async () => {
    await fileGoesTo('kept', 's011');
    await hall.moveTo(wednesday);
    await fileGoesTo('late', 's011');
    await held('given', 's011', '08:00', '08:14');
    expect(await hall.verdict(ticketId('given'), 'C12')).toBe('pass');
    await held('kept', 's002', '08:15', '08:29');
    expect(await hall.verdict(ticketId('kept'), 'C12')).toBe('fail');
    await held('late', 's002', '08:30', '08:44');
    expect(await hall.verdict(ticketId('late'), 'C12')).toBe('warn');
    await held('twice', 's003', '08:45', '08:59');
    expect(await hall.verdict(ticketId('twice'), 'C12')).toBe('pass');
    expect(await hall.verdict(ticketId('twice'), 'C19')).toBe('pass');
  });
});
