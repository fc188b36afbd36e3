import { demonstrationDay } from '../browser/support/demonstration';
import { letterThat } from '../browser/support/letters';
import { bookByProgram, enterCodeByProgram, registerOwn } from './booking-ways';
import { click, enterAs, fill, goTo, inTurn, type PageState, pictured, see, stateOf, type Step, type Viewer } from './state';

const horia: Viewer = { role: 'staff', staffId: 'd02' };
const sanda: Viewer = { role: 'head', staffId: 'd01' };
const zoltan: Viewer = { role: 'head', staffId: 'd04' };

/** From the list of that day on to the card of this person's meeting. */
const toCard =
  (date: string, name: string): Step =>
  async (page) => {
    await page.goto(`/programari/lista?data=${date}`);
    await page.locator('a.meeting', { hasText: name }).first().click();
    await page.locator('.card-name').waitFor();
    await page.waitForLoadState();
  };
const onward =
  (act: string): Step =>
  (page) =>
    page.goto(`${new URL(page.url()).pathname}/${act}`);
const toAct = (date: string, name: string, act: string): Step => inTurn(toCard(date, name), onward(act));
/** As it comes back when nothing was filled in. */
const sent: Step = inTurn(click('form.act .actions button'), see('.error-summary'));
/** The steps, where this act is still offered. */
const whereOffered =
  (act: string, ...steps: readonly Step[]): Step =>
  async (page, demonstration) => {
    if ((await page.locator(`a[href$="/${act}"]`).count()) > 0) await inTurn(onward(act), ...steps)(page, demonstration);
  };

/** Looks at a later hour, and leaves the clock where the others expect it. */
const later =
  (instant: string, viewer: Viewer, ...steps: readonly Step[]): Step =>
  async (page, demonstration) => {
    // a page that listens would be told that its session is over
    await page.goto('about:blank');
    await demonstration.moveClockTo(instant);
    await enterAs(page, viewer);
    await inTurn(...steps)(page, demonstration);
    await demonstration.moveClockTo(demonstrationDay);
  };

const thursdayMorning = '2027-03-11T07:20:00.000Z';
const afterAbsence = '2027-03-10T11:10:00.000Z';
/** The online meeting of Thursday, 9:00, as it stands right after it was held. */
const toHeld = inTurn(toCard('2027-03-11', 'Lucian Bota'), whereOffered('incheiere', fill('#endedAt', '09:14'), click('form.act button')));
const toStaffAbsent = inTurn(toCard('2027-03-10', 'Corina Avram'), whereOffered('absenta-functionarului', click('form.act button')));

/** A meeting that a citizen has just asked for, with the code still to come or entered. */
const bookedNow = (name: string, applicant: string, on: string, verified: boolean): PageState =>
  stateOf(name, horia, async (page, demonstration) => {
    const own = await registerOwn(demonstration, { name: applicant });
    const booked = await bookByProgram(demonstration, own, { mode: 'online', on });
    if (verified) await enterCodeByProgram(demonstration, own, booked);
    await toCard(on, applicant)(page, demonstration);
  });

/** The letter with the resolution comes back, as the registry sees in its mailbox. */
const toBounced: Step = async (page, demonstration) => {
  const { url, tokens, dataDirectory } = demonstration;
  const { letterId } = await letterThat(
    dataDirectory,
    ({ to, subject }) => to === 'cetatean.4@posta.example' && subject.includes('Rezoluția'),
  );
  const headers = { authorization: `Bearer ${tokens['head'] ?? ''}`, 'content-type': 'application/json' };
  const answer = await fetch(`${url}/api/v1/letters/${letterId}/bounced`, { method: 'POST', headers, body: '{}' });
  if (!answer.ok) throw new Error(await answer.text());
  await toCard('2027-03-04', 'Maria Ilea')(page, demonstration);
};

const card = (name: string, as: Viewer, date: string, applicant: string): PageState =>
  stateOf(`meetings-card-${name}`, as, toCard(date, applicant));
const form = (act: string, as: Viewer, date: string, applicant: string): PageState =>
  stateOf(`meetings-form-${act}`, as, toAct(date, applicant, act));
const faultyForm = (act: string, as: Viewer, date: string, applicant: string): readonly PageState[] => [
  form(act, as, date, applicant),
  stateOf(`meetings-form-${act}-faulty`, as, toAct(date, applicant, act), sent),
];
/** Of a form that stands at that hour only: as it is, and as it comes back. */
const formLater = (name: string, instant: string, ...steps: readonly Step[]): readonly PageState[] => [
  stateOf(`meetings-form-${name}`, zoltan, later(instant, zoltan, ...steps)),
  stateOf(`meetings-form-${name}-faulty`, zoltan, later(instant, zoltan, ...steps, sent)),
];

/** A13. It stands only where a period is set for recordings: in a demonstration with `recordings-kept-for-days.cjs`. */
export const recordingDeletedForm = form('inregistrare-stearsa', sanda, '2027-03-03', 'Anca Dragomir');
export const anotherRecordingDeletedForm: PageState = {
  ...form('inregistrare-stearsa', sanda, '2027-03-04', 'Maria Ilea'),
  name: 'meetings-form-inregistrare-stearsa-another',
};

/** Every state of the civil servant's calendar, of the card of a meeting and of the forms around it. */
export const meetingsStates: readonly PageState[] = [
  stateOf('meetings-week', horia, goTo('/programari')),
  pictured(stateOf('meetings-week-department', sanda, goTo('/programari'))),
  stateOf('meetings-week-absence', sanda, goTo('/programari?data=2027-03-17&staffId=d03')),
  stateOf('meetings-week-holiday', horia, goTo('/programari?data=2027-04-30')),
  stateOf('meetings-week-empty', horia, goTo('/programari?data=2027-04-14')),
  stateOf('meetings-day', sanda, goTo('/programari/zi')),
  stateOf('meetings-day-empty', horia, goTo('/programari/zi?data=2027-03-14')),
  stateOf('meetings-list', sanda, goTo('/programari/lista?data=2027-03-08')),
  stateOf('meetings-list-empty', horia, goTo('/programari/lista?data=2027-04-14')),
  card('scheduled', sanda, '2027-03-10', 'Emil Groza'),
  card('scheduled-by-phone', sanda, '2027-03-16', 'Florina Pașca'),
  card('rescheduled', sanda, '2027-03-16', 'Szabó Emese'),
  pictured(card('in-progress', sanda, '2027-03-10', 'Delia Rusu')),
  card('resolution-overdue', sanda, '2027-03-05', 'Nicolae Fărcaș'),
  card('concluded', sanda, '2027-03-03', 'Anca Dragomir'),
  card('no-recording', zoltan, '2027-03-04', 'Bogdan Petrescu'),
  card('handed-over', zoltan, '2027-03-08', 'Vasile Crăciun'),
  card('citizen-absent', zoltan, '2027-03-08', 'Oana Todoran'),
  bookedNow('meetings-card-awaiting-code', 'Ruxandra Cod', '2027-04-20', false),
  bookedNow('meetings-card-without-link', 'Matei Legătură', '2027-04-21', true),
  stateOf('meetings-card-resolution-bounced', sanda, toBounced),
  card('cancelled', sanda, '2027-03-15', 'Paul Iepure'),
  stateOf('meetings-card-held', zoltan, later(thursdayMorning, zoltan, toHeld)),
  stateOf('meetings-card-to-start', zoltan, later('2027-03-12T09:16:00.000Z', zoltan, toCard('2027-03-12', 'Teodora Manea'))),
  stateOf(
    'meetings-card-staff-absent',
    zoltan,
    later(afterAbsence, zoltan, toStaffAbsent),
    later('2027-03-10T11:40:00.000Z', zoltan, toStaffAbsent),
  ),
  stateOf(
    'meetings-card-cancelled-by-staff',
    zoltan,
    toCard('2027-03-15', 'Gabriela Sas'),
    whereOffered('anulare', (page) => page.locator('#reason').check(), click('form.act button')),
  ),
  stateOf('meetings-card-done', sanda, toCard('2027-03-10', 'Emil Groza'), (page) =>
    page.goto(`${new URL(page.url()).pathname}?facut=link`),
  ),
  stateOf('meetings-card-not-now', sanda, toAct('2027-03-15', 'Paul Iepure', 'incepere'), see('[data-focus]')),
  ...faultyForm('oferire', sanda, '2027-03-16', 'Szabó Emese'),
  ...faultyForm('anulare', sanda, '2027-03-10', 'Emil Groza'),
  ...faultyForm('reprogramare', sanda, '2027-03-10', 'Emil Groza'),
  ...faultyForm('repartizare', sanda, '2027-03-10', 'Emil Groza'),
  form('link', sanda, '2027-03-10', 'Emil Groza'),
  stateOf('meetings-form-link-faulty', sanda, toAct('2027-03-10', 'Emil Groza', 'link'), fill('#joinUrl', ''), sent),
  form('incheiere', sanda, '2027-03-10', 'Delia Rusu'),
  stateOf('meetings-form-incheiere-faulty', sanda, toAct('2027-03-10', 'Delia Rusu', 'incheiere'), fill('#endedAt', ''), sent),
  form('neprezentare', sanda, '2027-03-10', 'Delia Rusu'),
  stateOf(
    'meetings-form-neprezentare-faulty',
    sanda,
    toAct('2027-03-10', 'Delia Rusu', 'neprezentare'),
    fill('#waitedMinutes', 'puțin'),
    sent,
  ),
  ...faultyForm('rezolutie', sanda, '2027-03-10', 'Delia Rusu'),
  ...faultyForm('predare', sanda, '2027-03-03', 'Anca Dragomir'),
  ...faultyForm('rectificare', sanda, '2027-03-03', 'Anca Dragomir'),
  ...faultyForm('inregistrare-retrasa', sanda, '2027-03-03', 'Anca Dragomir'),
  ...faultyForm('predare-retrasa', zoltan, '2027-03-08', 'Vasile Crăciun'),
  ...['inregistrare', 'fara-inregistrare', 'inregistrare-refuzata', 'continuare'].flatMap((act) =>
    formLater(act, thursdayMorning, toHeld, onward(act)),
  ),
  ...formLater('instiintare-after-absence', afterAbsence, toStaffAbsent, onward('instiintare')),
  stateOf('meetings-form-reprogramare-after-absence', zoltan, later(afterAbsence, zoltan, toStaffAbsent, onward('reprogramare'))),
];
