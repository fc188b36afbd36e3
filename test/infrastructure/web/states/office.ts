import type { Page } from 'playwright-core';
import type { Demonstration } from '../browser/support/demonstration';
import { click, fill, goTo, inTurn, pictured, stateOf, type PageState, type Step, type Viewer } from './state';

const head: Viewer = { role: 'head', staffId: 'd01' };
const horia: Viewer = { role: 'staff', staffId: 'd02' };
const ilinca: Viewer = { role: 'staff', staffId: 'd03' };
const despina: Viewer = { role: 'staff', staffId: 'd05' };
const auditor: Viewer = { role: 'auditor' };

/** A state that is an address. */
const at = (name: string, as: Viewer, path: string): PageState => stateOf(name, as, goTo(path));
const inEnglish = (name: string, as: Viewer, path: string): PageState => at(name, as, `/limba/en?spre=${encodeURIComponent(path)}`);
const query = (fields: Readonly<Record<string, string>>): string => new URLSearchParams(fields).toString();
const absence = (fromDate: string, fromTime: string, toDate: string, toTime: string): string =>
  `absenta?${query({ fromDate, fromTime, toDate, toTime })}`;

/** The n-th request of the demonstration's story; the first to try stands after all twenty-two. */
const requestOf = ({ requests: [first] }: Demonstration, place: number) => ({
  number: String(Number(first?.number ?? '0') - 22 + place),
  filedOn: first?.filedOn ?? '',
});
const window = (name: string, as: Viewer, place: number, more: Readonly<Record<string, string>> = {}): PageState =>
  stateOf(name, as, (page, demonstration) => page.goto(`/termene?${query({ ...requestOf(demonstration, place), ...more })}`));

/** Despina's own absence. */
const record = (when: string, reason: string): Step =>
  inTurn(goTo(`/program/d05/${when}`), fill('#reason', reason), click('form[action$="/absente"] button'));

let answered = 0;
/** A request of the head's department whose 30 days were over long ago: each time another, because an admission changes it. */
const answeredLongAgo = async (page: Page, demonstration: Demonstration): Promise<void> => {
  const { tokens } = demonstration;
  const headers = { authorization: `Bearer ${tokens['registry'] ?? ''}` };
  answered += 1;
  const late = { number: String(140000 + answered), filedOn: '2026-09-01' };
  const path = `${demonstration.url}/api/v1/requests/${late.number}/${late.filedOn}`;
  const data = {
    applicantName: 'Ioana Cosma',
    departmentCode: '433',
    department: 'Serviciul Autorizări construcții',
    handlerStaffId: 'd02',
    status: 'in-operation',
  };
  await page.request.put(path, { headers, data });
  const answer = { documentNumber: late.number, communicatedOn: '2026-10-05', channel: 'post', answeredBy: 'd02' };
  await page.request.post(`${path}/answers`, { headers, data: answer });
  await page.goto(`/termene?${query(late)}`);
};

/** What follows from a change is there a moment after it: asked again until it is. */
const tillThere = async (page: Page, look: () => Promise<string | undefined>): Promise<string> => {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await page.waitForTimeout(500);
  }
};
let leaving = 0;
/** Somebody new in the head's department with one meeting, who leaves before it. */
const leftWithAMeeting = async (page: Page, { url, tokens }: Demonstration): Promise<void> => {
  leaving += 1;
  const staffId = `d9${String(leaving)}`;
  const as = (role: string) => ({ headers: { authorization: `Bearer ${tokens[role] ?? ''}` } });
  const department = { departmentCode: '433', department: 'Serviciul Autorizări construcții' };
  const person = { name: 'Petru Plecatu', email: `${staffId}@primarie.example`, role: 'executive', ...department };
  await page.request.put(`${url}/api/v1/staff/${staffId}`, { ...as('admin'), data: person });
  const asked = { requestNumber: String(141000 + leaving), filedOn: '2027-03-01', applicantName: 'Ioana Cosma' };
  const { requestNumber, filedOn, applicantName } = asked;
  const request = { applicantName, ...department, handlerStaffId: staffId, status: 'in-operation' };
  await page.request.put(`${url}/api/v1/requests/${requestNumber}/${filedOn}`, { ...as('registry'), data: request });
  const looked = async (): Promise<string | undefined> =>
    ((await (await page.request.post(`${url}/api/v1/requests/lookup`, { data: asked })).json()) as { bookingToken?: string }).bookingToken;
  const headers = { authorization: `Bearer ${await tillThere(page, looked)}` };
  const data = { startsAt: '2027-03-18T08:00:00.000Z', mode: 'phone', phone: '0740 123 456' };
  await page.request.post(`${url}/api/v1/tickets`, { headers, data });
  await page.request.post(`${url}/api/v1/staff/${staffId}/left`, { ...as('admin'), data: { on: '2027-03-15' } });
  await tillThere(page, async () => {
    await page.goto(`/program/${staffId}/plecare`);
    return (await page.locator('form[action$="/plecare"] button').count()) > 0 ? staffId : undefined;
  });
};

const tasks: readonly PageState[] = [
  at('tasks-of-a-department', head, '/sarcini'),
  at('tasks-of-one-person', head, '/sarcini?staffId=d02'),
  pictured(at('tasks-own', horia, '/sarcini')),
  at('tasks-none', { role: 'head', staffId: 'd04' }, '/sarcini?staffId=d04'),
  inEnglish('tasks-in-english', horia, '/sarcini'),
];

const schedule: readonly PageState[] = [
  at('schedule-own', horia, '/program'),
  at('schedule-with-absence', ilinca, '/program'),
  at('schedule-of-a-colleague', head, '/program/d03'),
  inEnglish('schedule-in-english', ilinca, '/program'),
  at('schedule-not-mine', horia, '/program/d03'),
  stateOf('schedule-absence-recorded', despina, record(absence('2027-05-03', '', '2027-05-07', ''), 'Concediu de odihnă')),
  stateOf(
    'schedule-hostile-reason',
    despina,
    record(absence('2027-05-10', '08:00', '2027-05-10', '12:00'), `<b>motiv</b>\u202eabc 🩺 ${'x'.repeat(450)}`),
  ),
  stateOf('schedule-absence-withdrawn', despina, record(absence('2027-05-11', '', '2027-05-11', ''), 'Instruire'), (page) =>
    page.locator('.absence', { hasText: 'Instruire' }).first().locator('button').click(),
  ),
  stateOf('schedule-past-absences', despina, record(absence('2027-02-01', '', '2027-02-02', ''), 'Concediu medical'), click('summary')),
];

const calendars: readonly PageState[] = [
  at('calendar-own', ilinca, '/program/d03/calendar'),
  at('calendar-of-a-colleague', head, '/program/d03/calendar'),
  inEnglish('calendar-in-english', ilinca, '/program/d03/calendar'),
  at('calendar-not-mine', horia, '/program/d03/calendar'),
  stateOf('calendar-without-a-file', ilinca, goTo('/program/d03/calendar'), click('form[action$="/import"] button')),
];

const absences: readonly PageState[] = [
  at('absence-when', ilinca, '/program/d03/absenta'),
  at('absence-when-faulty', ilinca, `/program/d03/${absence('', '', '2027-02-30', '99:00')}`),
  at('absence-ends-before-it-begins', ilinca, `/program/d03/${absence('2027-03-16', '', '2027-03-15', '')}`),
  pictured(at('absence-check-with-meetings', ilinca, `/program/d03/${absence('2027-03-11', '', '2027-03-16', '')}`)),
  at('absence-check-by-a-head', head, `/program/d03/${absence('2027-03-11', '', '2027-03-16', '')}`),
  at('absence-check-without-meetings', ilinca, `/program/d03/${absence('2027-03-25', '08:00', '2027-03-25', '12:00')}`),
  at('absence-check-repeated-hour', ilinca, `/program/d03/${absence('2027-10-31', '03:30', '2027-10-31', '03:45')}`),
  at('absence-when-again', ilinca, `/program/d03/${absence('2027-03-11', '08:00', '2027-03-16', '')}&change=1`),
  stateOf(
    'absence-without-a-reason',
    ilinca,
    goTo(`/program/d03/${absence('2027-03-11', '', '2027-03-16', '')}`),
    click('form[action$="/absente"] button'),
  ),
];

const deputies: readonly PageState[] = [
  at('deputies-own', horia, '/program/d02/inlocuitori'),
  pictured(at('deputies-of-a-colleague', head, '/program/d03/inlocuitori')),
  at('deputies-not-mine', horia, '/program/d03/inlocuitori'),
  inEnglish('deputies-in-english', head, '/program/d03/inlocuitori'),
  stateOf('deputies-nobody-chosen', head, goTo('/program/d03/inlocuitori'), click('form[action$="/inlocuitori"] button')),
  stateOf('deputies-named', head, goTo('/program/d02/inlocuitori'), async (page) => {
    await page.locator('#deputy').selectOption('d03');
    await page.locator('#from').fill('2027-06-01');
    await page.locator('#to').fill('2027-06-04');
    await page.locator('form[action$="/inlocuitori"] button').click();
  }),
];
const pauseOf = (from: string, to: string): string => `/pauze/verificare?${query({ from, to, departmentCode: 'tot' })}`;
const pauses: readonly PageState[] = [
  at('pauses-of-a-head', head, '/pauze'),
  at('pauses-of-an-administrator', { role: 'admin' }, '/pauze'),
  at('pauses-not-mine', horia, '/pauze'),
  pictured(at('pause-check', head, pauseOf('2027-03-11', '2027-03-16'))),
  at('pause-check-in-english', head, `/limba/en?spre=${encodeURIComponent(pauseOf('2027-03-11', '2027-03-16'))}`),
  at('pause-without-days', head, '/pauze/verificare'),
  stateOf('pause-without-words', head, goTo(pauseOf('2027-03-11', '2027-03-16')), click('form[action="/pauze"] button')),
  stateOf(
    'pause-recorded',
    head,
    goTo(pauseOf('2027-05-03', '2027-05-04')),
    fill('#textRo', 'Mutăm birourile.'),
    fill('#textEn', 'We are moving our offices.'),
    click('form[action="/pauze"] button:not([name=ciorna])'),
  ),
];
const departures: readonly PageState[] = [
  pictured(stateOf('departure-plan', head, leftWithAMeeting)),
  stateOf('departure-without-words', head, leftWithAMeeting, fill('#because', ''), click('form[action$="/plecare"] button')),
  stateOf('departure-followed', head, leftWithAMeeting, click('form[action$="/plecare"] button')),
];

const narrowWeek = query({
  from: '2027-03-15',
  mon: '8-12, 13-16',
  tue: '',
  wed: '8-12',
  thu: '8-17:30',
  fri: '8-14:30',
  sat: '',
  sun: '',
});
const letters: readonly PageState[] = [
  at('letters-own', horia, '/program/d02/scrisori'),
  inEnglish('letters-in-english', horia, '/program/d02/scrisori'),
  at('letters-not-mine', head, '/program/d02/scrisori'),
  stateOf('letters-chosen', despina, goTo('/program/d05/scrisori'), async (page) => {
    await page.getByRole('radio', { name: 'Nicio scrisoare' }).check();
    await page.getByRole('button', { name: 'Salvați' }).click();
  }),
];
const hours: readonly PageState[] = [
  at('hours-week', horia, '/program/d02/ore'),
  at('hours-week-faulty', horia, '/program/d02/ore?from=&mon=abc&tue=8:10-12&wed=12-8'),
  at('hours-off-the-grid', horia, '/program/d02/ore?from=2027-03-15&mon=8:10-12'),
  at('hours-check', horia, `/program/d02/ore?${narrowWeek}`),
  at('hours-check-by-a-head', head, `/program/d02/ore?${narrowWeek}`),
  stateOf(
    'hours-set',
    despina,
    goTo(`/program/d05/ore?${query({ from: '2027-06-07', mon: '8-12, 13-16', tue: '8-16', wed: '', thu: '8-17:30', fri: '8-14:30' })}`),
    click('form[method=post][action$="/ore"] button'),
  ),
];

const windows: readonly PageState[] = [
  at('windows', auditor, '/termene'),
  at('requests-listed', auditor, '/termene/cereri'),
  at('requests-of-a-department', { role: 'head', staffId: 'd01' }, '/termene/cereri?stare=in-operation'),
  at('requests-faulty', auditor, '/termene/cereri?inainte-de=2027-02-30&functionar=Nimeni'),
  at('windows-none-expiring', auditor, '/termene?before=2027-01-01'),
  at('windows-expiring', { role: 'registry' }, '/termene?before=2027-06-01'),
  at('windows-faulty', { role: 'registry' }, '/termene?number=abc&filedOn=2027-02-31&asOfDate=&asOfTime=08:00'),
  at('windows-not-found', auditor, '/termene?number=999999&filedOn=2027-01-12'),
  pictured(window('windows-clarification', head, 2)),
  window('windows-in-operation', auditor, 22),
  window('windows-active-ticket', head, 15),
  window('windows-as-of-later', auditor, 2, { asOfDate: '2027-06-01', asOfTime: '' }),
  stateOf('windows-in-english', head, (page, demonstration) =>
    page.goto(`/limba/en?${query({ spre: `/termene?${query(requestOf(demonstration, 2))}` })}`),
  ),
  stateOf('windows-late-admission', head, answeredLongAgo),
  stateOf('windows-late-admission-faulty', head, answeredLongAgo, click('form[action$="/admitere"] button')),
  stateOf(
    'windows-late-admission-granted',
    head,
    answeredLongAgo,
    fill('#until', '2027-03-20'),
    fill('#reason', 'Solicitantul a fost internat în spital.'),
    click('form[action$="/admitere"] button'),
  ),
];

const published: readonly PageState[] = (['procedura', 'procedura/citiri', 'accesibilitate', 'date-personale'] as const).flatMap((path) => [
  { ...at(path.replace('/', '-'), 'citizen', `/${path}`), picture: path === 'procedura' },
  inEnglish(`${path.replace('/', '-')}-in-english`, 'citizen', `/${path}`),
]);

/** Tasks, own time, the 30-day view, the procedure and the statements. */
export const officeStates: readonly PageState[] = [
  ...tasks,
  ...schedule,
  ...calendars,
  ...absences,
  ...departures,
  ...pauses,
  ...deputies,
  ...letters,
  ...hours,
  ...windows,
  ...published,
];
