import type { Page } from 'playwright-core';
import { demonstrationDay, type Demonstration } from '../browser/support/demonstration';
import { letterThat } from '../browser/support/letters';
import { bookByProgram, enterCodeByProgram, registerOwn } from './booking-ways';
import { stateOf, enterAs, type PageState, type Viewer } from './state';

const horia: Viewer = { role: 'staff', staffId: 'd02' };
const sanda: Viewer = { role: 'head', staffId: 'd01' };
const zoltan: Viewer = { role: 'head', staffId: 'd04' };

const at =
  (path: string) =>
  async (page: Page): Promise<void> => {
    await page.goto(path);
  };

/** From the list of that day on to the card of this person's meeting. */
const toCard = async (page: Page, date: string, name: string): Promise<void> => {
  await page.goto(`/programari/lista?data=${date}`);
  await page.locator('a.meeting', { hasText: name }).first().click();
  await page.locator('.card-name').waitFor();
  await page.waitForLoadState();
};
const toAct = async (page: Page, date: string, name: string, act: string): Promise<void> => {
  await toCard(page, date, name);
  await page.goto(`${new URL(page.url()).pathname}/${act}`);
};
/** As it comes back when nothing was filled in. */
const sent = async (page: Page): Promise<void> => {
  await page.locator('form.act .actions button').click();
  await page.locator('.error-summary').waitFor();
};
const isOffered = async (page: Page, act: string): Promise<boolean> => (await page.locator(`a[href$="/${act}"]`).count()) > 0;

/** Looks at a later hour, and leaves the clock where the others expect it. */
const later = async (
  page: Page,
  demonstration: Demonstration,
  instant: string,
  viewer: Viewer,
  reach: () => Promise<void>,
): Promise<void> => {
  // a page that listens would be told that its session is over
  await page.goto('about:blank');
  await demonstration.moveClockTo(instant);
  await enterAs(page, viewer);
  await reach();
  await demonstration.moveClockTo(demonstrationDay);
};

const thursdayMorning = '2027-03-11T07:20:00.000Z';
/** The online meeting of Thursday, 9:00, as it stands right after it was held. */
const toHeld = async (page: Page): Promise<void> => {
  await toCard(page, '2027-03-11', 'Lucian Bota');
  if (!(await isOffered(page, 'incheiere'))) return;
  await page.goto(`${new URL(page.url()).pathname}/incheiere`);
  await page.locator('#endedAt').fill('09:14');
  await page.locator('form.act button').click();
};
const toStaffAbsent = async (page: Page): Promise<void> => {
  await toCard(page, '2027-03-10', 'Corina Avram');
  if (!(await isOffered(page, 'absenta-functionarului'))) return;
  await page.goto(`${new URL(page.url()).pathname}/absenta-functionarului`);
  await page.locator('form.act button').click();
};

/** A meeting that a citizen has just asked for, with the code still to come or entered. */
const bookedNow = (name: string, applicant: string, on: string, verified: boolean): PageState =>
  stateOf(name, horia, async (page, demonstration) => {
    const own = await registerOwn(demonstration, { name: applicant });
    const booked = await bookByProgram(demonstration, own, { mode: 'online', on });
    if (verified) await enterCodeByProgram(demonstration, own, booked);
    await toCard(page, on, applicant);
  });

/** The letter with the resolution comes back, as the registry sees in its mailbox. */
const toBounced = async (page: Page, { url, tokens, dataDirectory }: Demonstration): Promise<void> => {
  const { letterId } = await letterThat(
    dataDirectory,
    ({ to, subject }) => to === 'cetatean.4@posta.example' && subject.includes('Rezoluția'),
  );
  const headers = { authorization: `Bearer ${tokens['head'] ?? ''}`, 'content-type': 'application/json' };
  const answer = await fetch(`${url}/api/v1/letters/${letterId}/bounced`, { method: 'POST', headers, body: '{}' });
  if (!answer.ok) throw new Error(await answer.text());
  await toCard(page, '2027-03-04', 'Maria Ilea');
};

type Named = Pick<PageState, 'name' | 'picture'>;
const card = (named: Named, as: Viewer, date: string, applicant: string): PageState => ({
  ...named,
  as,
  reach: (page) => toCard(page, date, applicant),
});
const form = (act: string, as: Viewer, date: string, applicant: string): readonly PageState[] => [
  { name: `meetings-form-${act}`, as, reach: (page) => toAct(page, date, applicant, act) },
];
const faultyForm = (act: string, as: Viewer, date: string, applicant: string): readonly PageState[] => [
  ...form(act, as, date, applicant),
  stateOf(`meetings-form-${act}-faulty`, as, (page) => toAct(page, date, applicant, act), sent),
];
const heldForm = (act: string, faulty = false): PageState =>
  stateOf(`meetings-form-${act}${faulty ? '-faulty' : ''}`, zoltan, (page, demonstration) =>
    later(page, demonstration, thursdayMorning, zoltan, async () => {
      await toHeld(page);
      await page.goto(`${new URL(page.url()).pathname}/${act}`);
      if (faulty) await sent(page);
    }),
  );

/** A13. It stands only where a period is set for recordings: in a demonstration with `recordings-kept-for-days.cjs`. */
export const recordingDeletedForm: PageState = {
  name: 'meetings-form-inregistrare-stearsa',
  as: sanda,
  reach: (page) => toAct(page, '2027-03-03', 'Anca Dragomir', 'inregistrare-stearsa'),
};
export const anotherRecordingDeletedForm: PageState = {
  ...recordingDeletedForm,
  name: 'meetings-form-inregistrare-stearsa-another',
  reach: (page) => toAct(page, '2027-03-04', 'Maria Ilea', 'inregistrare-stearsa'),
};

/** Every state of the civil servant's calendar, of the card of a meeting and of the forms around it. */
export const meetingsStates: readonly PageState[] = [
  { name: 'meetings-week', as: horia, reach: at('/programari') },
  { name: 'meetings-week-department', as: sanda, picture: true, reach: at('/programari') },
  { name: 'meetings-week-absence', as: sanda, reach: at('/programari?data=2027-03-17&staffId=d03') },
  { name: 'meetings-week-holiday', as: horia, reach: at('/programari?data=2027-04-30') },
  { name: 'meetings-week-empty', as: horia, reach: at('/programari?data=2027-04-14') },
  { name: 'meetings-day', as: sanda, reach: at('/programari/zi') },
  { name: 'meetings-day-empty', as: horia, reach: at('/programari/zi?data=2027-03-14') },
  { name: 'meetings-list', as: sanda, reach: at('/programari/lista?data=2027-03-08') },
  { name: 'meetings-list-empty', as: horia, reach: at('/programari/lista?data=2027-04-14') },
  card({ name: 'meetings-card-scheduled' }, sanda, '2027-03-10', 'Emil Groza'),
  card({ name: 'meetings-card-scheduled-by-phone' }, sanda, '2027-03-16', 'Florina Pașca'),
  card({ name: 'meetings-card-rescheduled' }, sanda, '2027-03-16', 'Szabó Emese'),
  card({ name: 'meetings-card-in-progress', picture: true }, sanda, '2027-03-10', 'Delia Rusu'),
  card({ name: 'meetings-card-resolution-overdue' }, sanda, '2027-03-05', 'Nicolae Fărcaș'),
  card({ name: 'meetings-card-concluded' }, sanda, '2027-03-03', 'Anca Dragomir'),
  card({ name: 'meetings-card-no-recording' }, zoltan, '2027-03-04', 'Bogdan Petrescu'),
  card({ name: 'meetings-card-handed-over' }, zoltan, '2027-03-08', 'Vasile Crăciun'),
  card({ name: 'meetings-card-citizen-absent' }, zoltan, '2027-03-08', 'Oana Todoran'),
  bookedNow('meetings-card-awaiting-code', 'Ruxandra Cod', '2027-04-20', false),
  bookedNow('meetings-card-without-link', 'Matei Legătură', '2027-04-21', true),
  { name: 'meetings-card-resolution-bounced', as: sanda, reach: toBounced },
  card({ name: 'meetings-card-cancelled' }, sanda, '2027-03-15', 'Paul Iepure'),
  stateOf('meetings-card-held', zoltan, (page, demonstration) => later(page, demonstration, thursdayMorning, zoltan, () => toHeld(page))),
  stateOf('meetings-card-to-start', zoltan, (page, demonstration) =>
    later(page, demonstration, '2027-03-12T09:16:00.000Z', zoltan, () => toCard(page, '2027-03-12', 'Teodora Manea')),
  ),
  stateOf(
    'meetings-card-staff-absent',
    zoltan,
    (page, demonstration) => later(page, demonstration, '2027-03-10T11:10:00.000Z', zoltan, () => toStaffAbsent(page)),
    (page, demonstration) => later(page, demonstration, '2027-03-10T11:40:00.000Z', zoltan, () => toStaffAbsent(page)),
  ),
  stateOf('meetings-card-cancelled-by-staff', zoltan, async (page) => {
    await toCard(page, '2027-03-15', 'Gabriela Sas');
    if (!(await isOffered(page, 'anulare'))) return;
    await page.goto(`${new URL(page.url()).pathname}/anulare`);
    await page.locator('#reason').check();
    await page.locator('form.act button').click();
  }),
  stateOf(
    'meetings-card-done',
    sanda,
    (page) => toCard(page, '2027-03-10', 'Emil Groza'),
    (page) => page.goto(`${new URL(page.url()).pathname}?facut=link`),
  ),
  stateOf(
    'meetings-card-not-now',
    sanda,
    (page) => toAct(page, '2027-03-15', 'Paul Iepure', 'incepere'),
    (page) => page.locator('[data-focus]').waitFor(),
  ),
  ...faultyForm('oferire', sanda, '2027-03-16', 'Szabó Emese'),
  ...faultyForm('anulare', sanda, '2027-03-10', 'Emil Groza'),
  ...faultyForm('reprogramare', sanda, '2027-03-10', 'Emil Groza'),
  ...faultyForm('repartizare', sanda, '2027-03-10', 'Emil Groza'),
  ...form('link', sanda, '2027-03-10', 'Emil Groza'),
  stateOf(
    'meetings-form-link-faulty',
    sanda,
    (page) => toAct(page, '2027-03-10', 'Emil Groza', 'link'),
    (page) => page.locator('#joinUrl').fill(''),
    sent,
  ),
  ...form('incheiere', sanda, '2027-03-10', 'Delia Rusu'),
  stateOf(
    'meetings-form-incheiere-faulty',
    sanda,
    (page) => toAct(page, '2027-03-10', 'Delia Rusu', 'incheiere'),
    (page) => page.locator('#endedAt').fill(''),
    sent,
  ),
  ...form('neprezentare', sanda, '2027-03-10', 'Delia Rusu'),
  stateOf(
    'meetings-form-neprezentare-faulty',
    sanda,
    (page) => toAct(page, '2027-03-10', 'Delia Rusu', 'neprezentare'),
    (page) => page.locator('#waitedMinutes').fill('puțin'),
    sent,
  ),
  ...faultyForm('rezolutie', sanda, '2027-03-10', 'Delia Rusu'),
  ...faultyForm('predare', sanda, '2027-03-03', 'Anca Dragomir'),
  ...faultyForm('rectificare', sanda, '2027-03-03', 'Anca Dragomir'),
  ...faultyForm('inregistrare-retrasa', sanda, '2027-03-03', 'Anca Dragomir'),
  ...faultyForm('predare-retrasa', zoltan, '2027-03-08', 'Vasile Crăciun'),
  heldForm('inregistrare'),
  heldForm('inregistrare', true),
  heldForm('fara-inregistrare'),
  heldForm('fara-inregistrare', true),
  heldForm('inregistrare-refuzata'),
  heldForm('inregistrare-refuzata', true),
  heldForm('continuare'),
  heldForm('continuare', true),
  ...(
    [
      ['instiintare', false],
      ['instiintare', true],
      ['reprogramare', false],
    ] as const
  ).map(([act, faulty]): PageState =>
    stateOf(`meetings-form-${act}-after-absence${faulty ? '-faulty' : ''}`, zoltan, (page, demonstration) =>
      later(page, demonstration, '2027-03-10T11:10:00.000Z', zoltan, async () => {
        await toStaffAbsent(page);
        await page.goto(`${new URL(page.url()).pathname}/${act}`);
        if (faulty) await sent(page);
      }),
    ),
  ),
];
