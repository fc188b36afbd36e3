import { registerRequest } from '../../../../src/application/requests/register-request';
import { registerStaff } from '../../../../src/application/staff/register-staff';
import { everyDepartment, knownDepartments } from '../../../../src/application/staff/staff-directory';
import { csvLines } from '../../../support/csv-lines';
import { inPerson, lookupBody, mustBeDone, registered, staff, startSeeded, type Service } from '../../../http/support/service';
import { cookieFor } from '../registry/support/browsing';

const period = 'from=2026-03-01&to=2026-03-31';
const newName = 'Amenajarea teritoriului';

let service: Service;
let reports = '';
let cookies: Readonly<Record<'reports' | 'head', string>>;

const register = async (person: object): Promise<void> => {
  mustBeDone(await registerStaff(service.ports)(service.context(), { ...staff.s002, ...person }));
};
const book = async (number: string, startsAt: string): Promise<void> => {
  mustBeDone(await registerRequest(service.ports)(service.context(), { ...registered, number }));
  await service.settled();
  const { bookingToken: token } = (
    await service.call('POST', '/api/v1/requests/lookup', { body: { ...lookupBody, requestNumber: number } })
  ).body;
  const { status } = await service.call('POST', '/api/v1/tickets', { token, body: { ...inPerson, startsAt } });
  expect(status).toBe(201);
};

beforeAll(async () => {
  service = await startSeeded();
  await book('519081', '2026-03-05T08:00:00.000Z');
  service.ports.clock.set('2026-03-02T09:00:00.000Z');
  await register({ department: newName });
  await book('519082', '2026-03-05T09:00:00.000Z');
  // another has this name, too; and somebody left one that is nobody's any more
  await register({ staffId: 's030', department: newName, departmentCode: '777' });
  await register({ staffId: 's031', department: 'Arhiva', departmentCode: '999' });
  await register({ staffId: 's031', department: newName, departmentCode: '777' });
  await service.settled();
  reports = await service.token('reports');
  cookies = { reports: await cookieFor(service, reports), head: await cookieFor(service, await service.token('head', 's001')) };
});

const page = async (url: string, role: 'reports' | 'head' = 'reports') =>
  await service.app.inject({ url, headers: { accept: 'text/html', 'accept-language': 'ro', cookie: cookies[role] } });
const textOf = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/[\s\u00a0]+/g, ' ');

describe('a department that got another name', () => {
  it('is one in the figures, under its newest name and its code', async () => {
    const url = `/api/v1/reports/summary?${period}&by=department`;
    expect((await service.call('GET', url, { token: reports })).body.rows).toMatchObject([
      { key: newName, departmentCode: '425', tickets: 2 },
    ]);
    const [names = '', ...lines] = csvLines((await service.call('GET', url, { token: reports, headers: { accept: 'text/csv' } })).text);
    expect([names.split(',').at(-1), lines.map((line) => [line.split(',')[0], line.split(',').at(-1)])]).toEqual([
      'departmentCode',
      [[newName, '425']],
    ]);
    const [, ...files] = csvLines((await page(`/rapoarte/servicii.csv?${period}`)).body);
    expect(files.map((line) => [line.split(',')[0], line.split(',').at(-1)])).toEqual([[newName, '425']]);
  });

  it('is chosen by its code, by its name and by the one that it had', async () => {
    for (const department of ['425', newName, staff.s002.department]) {
      const { body } = await page(`/rapoarte?${period}&department=${encodeURIComponent(department)}`);
      expect([department, textOf(body).includes('din 2 programări')]).toEqual([department, true]);
      const { body: file } = await page(`/rapoarte/intalniri.csv?${period}&department=${encodeURIComponent(department)}`);
      expect(file).toBe((await page(`/rapoarte/intalniri.csv?${period}`)).body);
    }
    for (const department of ['777', 'Arhiva', '999']) {
      const { statusCode, body } = await page(`/rapoarte?${period}&department=${department}`);
      expect([department, statusCode, body.includes('Nicio întâlnire în această perioadă')]).toEqual([department, 200, true]);
    }
  });

  it('is called so in the lists of departments; one that nobody is registered in is in none, and keeps its name', async () => {
    const known = await knownDepartments(service.ports);
    expect(
      known
        .filter(({ department }) => department === newName)
        .map(({ departmentCode }) => departmentCode)
        .toSorted(),
    ).toEqual(['425', '777']);
    expect(known.map(({ departmentCode }) => departmentCode)).not.toContain('999');
    expect((await everyDepartment(service.ports)).find(({ departmentCode }) => departmentCode === '425')?.names).toEqual([
      staff.s002.department,
      newName,
    ]);
  });
});

describe('the page of a head', () => {
  it('names their department, and offers no other nor all', async () => {
    const { statusCode, body } = await page(`/rapoarte?${period}`, 'head');
    expect(statusCode).toBe(200);
    expect(textOf(body)).toContain(`31 martie 2026 · ${newName}`);
    expect(body).not.toContain('toate serviciile');
    expect(body).not.toContain('name="department"');
    expect((await page('/rapoarte?from=&to=ieri', 'head')).body).not.toContain('name="department"');
    expect((await page(`/rapoarte?${period}`)).body).toContain('toate serviciile');
  });

  it('is theirs by each of its names, and no other is', async () => {
    for (const department of ['425', newName, staff.s002.department])
      expect([department, (await page(`/rapoarte?${period}&department=${encodeURIComponent(department)}`, 'head')).statusCode]).toEqual([
        department,
        200,
      ]);
    for (const department of ['500', '777', '999', 'Arhiva', 'Nimic'])
      expect([department, (await page(`/rapoarte?${period}&department=${department}`, 'head')).statusCode]).toEqual([department, 403]);
  });
});
