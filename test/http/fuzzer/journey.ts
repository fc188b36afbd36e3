import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentTicket } from '../../../src/application/kernel/streams';
import { addressAwaited } from '../../../src/domain/ticket/contact';
import { isRequested } from '../../../src/domain/ticket/ticket';
import { addDays, civilDateOf, plusMinutes } from '../../../src/domain/time/civil-time';
import { awaitedCodeOf } from '../../support/codes';
import { calendarOf, eventOf } from '../../support/calendars';
import type { Operation } from './document';
import type { Draw } from './values';
import { nobody, official, type Answer, type Asked, type Asker, type World } from './world';

/** What the journey under way is about: whatever is asked as it should be is asked of these. */
export type Things = {
  readonly head: string;
  readonly executive: string;
  readonly colleague: string;
  readonly leaver: string;
  readonly departmentCode: string;
  readonly number: string;
  readonly filedOn: string;
  /** the name that only the applicant has, and nobody may hear who has no business with it */
  readonly applicant: string;
  citizen: Asker;
  booking: Asker;
  ticket: string;
  absence: string;
  deputyship: string;
  pause: string;
  letter: string;
  parked: string;
  file: string;
  date: string;
};
const nothing = '019c0000-ffff-7000-8000-000000000001';

/** People and a request that nobody has heard of before. */
export const newThings = (n: number, today: string): Things => {
  const own = String(n).padStart(3, '0');
  return {
    head: `h${own}`,
    executive: `e${own}`,
    colleague: `c${own}`,
    leaver: `l${own}`,
    departmentCode: `4${own}`,
    number: `7${own}`,
    filedOn: addDays(today, -10),
    applicant: `Canarescu${own}`,
    citizen: nobody,
    booking: nobody,
    ticket: nothing,
    absence: nothing,
    deputyship: nothing,
    pause: nothing,
    letter: nothing,
    parked: 'none',
    file: `${'a'.repeat(43)}.ics`,
    date: addDays(today, 14 + (n % 5)),
  };
};

/** Who may ask it of the things of the journey: by the first line that names it. */
const whoMay: readonly (readonly [RegExp, (things: Things) => Asker])[] = [
  [/^POST \/requests\/lookup|\/calendar\/\{file\}|^POST \/webhooks\/(bounces|webex)|\/(health|metrics)/, () => nobody],
  [/^GET \/slots|^POST \/tickets$/, ({ booking }) => booking],
  [/\/offer\/(accepted|declined)|^GET \/tickets\/\{id\}\/offer/, ({ head }) => official('head', head)],
  [/\/pauses|\/departure-plan|\/department-deputyships/, ({ head }) => official('head', head)],
  [/\/verification|\/cancel|\/objection$|^GET \/tickets/, ({ citizen }) => citizen],
  [/\/counter/, () => official('registry')],
  [/\/restriction|\/subject-access/, () => official('admin')],
  [/\/reassign|\/late-admission|\/shared-hours/, ({ head }) => official('head', head)],
  [
    /^\w+ \/staff\/(\{id\}|import|\{id\}\/left)$|\/forget|\/parked|\/operations|\/streams|\/retention|\/webhooks|\/(bridge|working)-days/,
    () => official('admin'),
  ],
  [/ \/requests/, () => official('registry')],
  [/\/eligibility|\/audit|\/duties/, () => official('auditor')],
  [/\/events/, () => official('integrator')],
  [/\/reports/, () => official('reports')],
];
export const whoMayAsk = ({ name }: Operation, things: Things): Asker =>
  whoMay.find(([names]) => names.test(name))?.[1](things) ?? official('staff', things.executive);

/** What stands in the address where it is about the things of the journey. */
export const addressed = ({ path }: Operation, things: Things): Record<string, string> => ({
  ...things,
  name: 'statistics',
  proof: 'nimic',
  person: things.head,
  absenceId: things.absence,
  deputyshipId: things.deputyship,
  pauseId: things.pause,
  id: path.includes('/staff/')
    ? things.executive
    : path.includes('/parked/')
      ? things.parked
      : path.includes('/letters/')
        ? things.letter
        : things.ticket,
  citizen: '',
  booking: '',
});

/** Where what is odd would end the journey, it is about somebody else. */
export const besides = ({ name }: Operation, { leaver, number }: Things): Record<string, string> => {
  if (/^(PUT|POST) \/staff\/\{id\}(\/left)?$/.test(name)) return { id: leaver };
  return name.startsWith('PUT /requests') ? { number: `6${number}` } : {};
};

export type Given = Partial<Pick<Asked, 'asker' | 'path' | 'query' | 'headers' | 'payload'>> & { readonly body?: object };
/** The parameters of these names. */
const asking = (named: Readonly<Record<string, string>>): Pick<Asked, 'query'> => ({ query: Object.entries(named) });
export type Step = (name: string, given?: Given) => Promise<Answer>;

const firstLines = (name: string): string =>
  readFileSync(join(__dirname, '../../../examples', `${name}.csv`), 'utf8')
    .split('\n')
    .slice(0, 4)
    .join('\n');
const texts = ({ said }: Answer, name: string): string | undefined => (typeof said[name] === 'string' ? said[name] : undefined);
const ends = ['held', 'held', 'held', 'absent', 'cancelled', 'no link'] as const;

/** One citizen, from the request that is registered to the last step of the meeting, with all that the City Hall does beside it. */
export const journey = async (world: World, draw: Draw, things: Things, step: Step, whole: boolean): Promise<void> => {
  const { ports } = world.service;
  const { clock } = ports;
  const { head, executive, colleague, leaver, departmentCode, number, filedOn, applicant } = things;
  const today = (): string => civilDateOf(clock.now());
  const one = <const T>(...values: readonly T[]): T => draw(fc.constantFrom(...values));
  const often = (): boolean => whole || draw(fc.integer({ min: 1, max: 10 })) > 3;
  const mode = whole ? 'online' : one('online', 'online', 'phone', 'in-person');
  const end = whole ? 'held' : one(...ends);

  const admin = official('admin');
  const person = { department: 'Autorizări', departmentCode, role: 'executive' };
  for (const staffId of [head, executive, colleague, leaver]) {
    const role = staffId === head ? 'head-of-service' : 'executive';
    const body = { ...person, name: `Om ${staffId}`, role, email: `${staffId}@primarie.example` };
    await step('PUT /staff/{id}', { path: { id: staffId }, body });
  }
  const read = await step('GET /staff/{id}');
  if (often()) {
    const headers = { 'if-match': typeof read.headers['etag'] === 'string' ? read.headers['etag'] : '*' };
    await step('PUT /staff/{id}', { headers, body: { ...person, name: 'Alt Nume', email: `${executive}@primarie.example` } });
  }
  const request = { applicantName: `${applicant} Ana`, departmentCode, handlerStaffId: executive, status: 'in-operation' };
  await step('PUT /requests/{number}/{filedOn}', { body: { ...request, subject: 'Certificat' } });
  await step('GET /requests/{number}/{filedOn}');
  if (often()) {
    await step('PUT /requests/{number}/{filedOn}', { body: { ...request, applicantName: 'Cu Totul Altul' } });
    const decision = one('kept', 'corrected');
    await step('POST /requests/{number}/{filedOn}/applicant-dispute', { body: { decision, reason: 'În dosar' } });
    if (decision === 'corrected') await step('PUT /requests/{number}/{filedOn}', { body: { ...request, applicantChange: 'corrected' } });
  }
  await world.service.settled();

  if (often()) {
    await step('GET /staff/{id}/hours');
    const week = { mon: [['08:00', '16:00']], tue: [['08:00', '16:00']], wed: [['08:00', '12:00']], thu: [['08:00', '16:00']] };
    await step('PUT /staff/{id}/hours', { body: { from: addDays(today(), 1), week } });
    const from = `${addDays(today(), 20)}T08:00:00Z`;
    const made = await step('POST /staff/{id}/absences', { body: { from, to: `${addDays(today(), 20)}T10:00:00Z`, reason: 'Concediu' } });
    things.absence = texts(made, 'absenceId') ?? nothing;
    await step('DELETE /staff/{id}/absences/{absenceId}');
    await arrangedAbsence(things, step, addDays(today(), 20));
    await standIns(things, step, { from: today(), to: addDays(today(), 20) });
    await paused(things, step, addDays(today(), 25));
    const day = addDays(today(), 30).replaceAll('-', '');
    const calendar = calendarOf(eventOf(`DTSTART:${day}T100000Z`, `DTEND:${day}T110000Z`));
    await step('POST /staff/{id}/absences/import', { payload: calendar });
    await step('PUT /staff/{id}/absences/calendar', { body: { url: 'https://calendar.primaria.example/s.ics' } });
    await step('GET /staff/{id}/absences/calendar');
    await step('DELETE /staff/{id}/absences/calendar');
  }

  const found = await step('POST /requests/lookup', { body: { requestNumber: number, applicantName: `${applicant} Ana`, filedOn } });
  const bookingToken = texts(found, 'bookingToken');
  if (bookingToken === undefined) return;
  things.booking = { name: `booking of ${number}`, bearer: bookingToken };
  world.bearers.push(things.booking);
  const { query } = asking({ from: today(), to: addDays(today(), 14) });
  const slotsOf = async (given: Given = {}): Promise<readonly string[]> => {
    const { said } = await step('GET /slots', { query, ...given });
    return Array.isArray(said['slots']) ? said['slots'].map(({ startsAt }: { readonly startsAt: string }) => startsAt) : [];
  };
  const slots = await slotsOf();
  const startsAt = slots[draw(fc.nat(20)) % slots.length];
  if (startsAt === undefined) return;
  const email = mode === 'online' || one(true, false) ? { email: `${applicant.toLowerCase()}@posta.example` } : {};
  const phone = mode === 'in-person' && 'email' in email ? {} : { phone: '0740 123 456' };
  const notice = mode === 'online' ? { recordingNoticeVersion: '2026-1' } : {};
  const booked = await step('POST /tickets', { body: { startsAt, mode, ...email, ...phone, ...notice, locale: one('ro', 'en') } });
  const [ticketId, manageToken] = [texts(booked, 'ticketId'), texts(booked, 'manageToken')];
  if (ticketId === undefined || manageToken === undefined) return;
  things.ticket = ticketId;
  things.citizen = { name: `citizen of ${number}`, bearer: manageToken };
  world.bearers.push(things.citizen);
  (world.pool['ticket'] ??= []).push(ticketId);
  if (texts(booked, 'status') === 'awaiting-code') {
    clock.advance({ seconds: 90 });
    const again = await step('POST /tickets/{id}/verification/new-code');
    const code = await awaitedCodeOf(ports, ticketId, again.status < 300 ? 2 : 1).catch(() => '000000');
    await step('POST /tickets/{id}/verification', { body: { code } });
  }
  await world.service.settled();
  await step('GET /tickets/{id}');
  await step('GET /tickets/{id}/invitation.ics');
  things.letter = `0d5e7c1a-33b2-5c55-9d0e-${number.padStart(12, '0')}`;
  const letter = { letterId: things.letter, ticketId, kind: 'invitation', state: 'accepted', at: clock.now(), attempts: 1 } as const;
  await ports.operations.outbox.note(letter);
  if (often()) await step('POST /letters/{id}/bounced');
  const told = { messageId: `${things.letter}@primaria.example`, recipient: `${applicant.toLowerCase()}@posta.example`, action: 'failed' };
  if (often()) await step('POST /webhooks/bounces', { body: told });
  await step('POST /tickets/{id}/notice', { body: { channel: 'phone', outcome: one('reached', 'voicemail', 'no-answer') } });

  let meeting = startsAt;
  if (often()) {
    const other = (await slotsOf({ asker: things.citizen, query: [...query, ['ticketId', ticketId]] })).find((slot) => slot > meeting);
    if (other !== undefined) {
      const answered = await step('POST /tickets/{id}/reschedule', { asker: things.citizen, body: { startsAt: other } });
      if (answered.status === 200) meeting = other;
    }
  }
  await step('POST /tickets/{id}/earlier-hour', { asker: things.citizen, body: { wanted: one(true, false) } });
  await step('POST /tickets/{id}/contact', { asker: things.citizen, body: { phone: `0740 ${number.padStart(6, '0').slice(-6)}` } });
  await step('POST /tickets/{id}/contact', { asker: things.citizen, body: { email: `${applicant.toLowerCase()}@alta.example` } });
  const awaited = await currentTicket(ports, ticketId);
  const sent = isRequested(awaited) ? addressAwaited(awaited) : undefined;
  const digits = sent === undefined ? '000000' : await awaitedCodeOf(ports, ticketId, sent.n).catch(() => '000000');
  await step('POST /tickets/{id}/contact/verification', { body: { code: digits } });
  await step('GET /tasks');
  await step('GET /calendar', asking({ from: today(), to: addDays(today(), 21) }));
  await step('GET /calendar/live');
  const feed = texts(await step('POST /calendar/feed'), 'url');
  if (feed !== undefined) things.file = new URL(feed).pathname.split('/').at(-1) ?? '';
  await step('GET /calendar/{file}');
  await step('DELETE /calendar/feed');
  if (end === 'cancelled') {
    const staff = { asker: official('staff', executive), body: { reason: 'illness' } };
    await step('POST /tickets/{id}/cancel', one(true, false) ? { body: {} } : staff);
  }
  if (end !== 'no link') {
    const body = { joinUrl: `https://primaria.webex.com/j/${number}`, meetingId: `m-${number}` };
    await step('POST /tickets/{id}/meeting-link', { body });
    await step('POST /webhooks/webex', { body: { resource: 'recordings', event: 'created', data: { id: 'r', meetingId: `m-${number}` } } });
  }

  clock.set(meeting);
  if (end === 'absent') {
    clock.advance({ minutes: 11 });
    await step('POST /tickets/{id}/absent', { body: { who: one('citizen', 'staff'), waitedMinutes: 10 } });
  } else {
    await step('POST /tickets/{id}/start', { body: one({}, { at: meeting }) });
    clock.advance({ minutes: 15 });
    if (mode === 'online' && !whole) {
      const continued = { mode: one('phone', 'in-person'), cause: 'platform', at: plusMinutes(meeting, 6) };
      await step('POST /tickets/{id}/continued', { body: continued });
    }
    await step('POST /tickets/{id}/held', { body: { startedAt: meeting, endedAt: plusMinutes(meeting, 14) } });
    const missing = [{ missing: 'Nu a mers' }, { waived: 'Nu a vrut', offeredAlternative: true }];
    const recording: object = whole
      ? { recordingId: `r-${number}`, startedAt: meeting, durationSeconds: 800 }
      : one<object>({ recordingId: 'r-1' }, ...missing);
    await step('POST /tickets/{id}/recording', { body: recording });
    await step('POST /tickets/{id}/resolution', { body: { conclusions: 'Se eliberează certificatul.' } });
    await step('POST /tickets/{id}/resolution/filed', { body: { documentNumber: `D-${number}` } });
    const at = clock.now();
    await step('POST /tickets/{id}/resolution/handed-over', { body: { channel: 'pickup', at, proof: 'semnătură' } });
    const reason = 'S-a scris greșit';
    if (whole) await step('POST /tickets/{id}/recording/taken-back', { body: { what: 'attached', recordingId: `r-${number}`, reason } });
    await step('POST /tickets/{id}/resolution/handed-over/taken-back', { body: { channel: 'pickup', at, reason } });
    const form = one('erratum', 'replacement');
    await step('POST /tickets/{id}/resolution/amended', { body: { form, conclusions: 'Se eliberează autorizația.', reason } });
    await step('POST /tickets/{id}/objection', { body: { correctionOf: 'resolution', objection: 'Era bine întâi' } });
    await step('POST /tickets/{id}/objection/answered', { body: { correctionOf: 'resolution', answer: 'Am verificat' } });
  }

  await world.seal();
  await world.service.settled();
  const audits = ['audit/tickets', 'audit/tickets/{id}', 'audit/tickets/{id}/history', 'audit/tickets/{id}/proof', 'audit/checkpoint'];
  for (const path of audits) await step(`GET /${path}`);
  await step('GET /audit/tickets/{id}/history', asking({ explain: 'true' }));
  await step('GET /audit/export', asking(one({ format: 'csv' }, { format: 'jsonl' }, { format: 'pdf', ticket: ticketId })));
  await step('GET /events');
  const by = one('department', 'mode', 'week', 'staff');
  await step('GET /reports/summary', asking({ from: '2026-01-01', to: '2026-12-31', by }));
  await step('GET /eligibility', asking({ number, filedOn }));
  for (const path of ['health/live', 'health/ready', 'metrics']) await step(`GET /${path}`);

  if (often()) {
    await step('POST /bridge-days', { body: { date: things.date, decision: 'Dispoziția nr. 12' } });
    await step('DELETE /bridge-days/{date}');
    const saturday = { path: { date: '2026-12-05' } };
    await step('POST /working-days', { body: { date: '2026-12-05', decision: 'Dispoziția nr. 13' } });
    await step('DELETE /working-days/{date}', saturday);
    await step('POST /staff/import', { payload: firstLines('staff') });
    await step('POST /requests/import', { payload: firstLines('requests') });
  }
  if (often()) {
    const document = { documentNumber: `R-${number}`, communicatedOn: addDays(today(), -40), channel: 'post' };
    const old = { path: { number: `8${number}`, filedOn: addDays(today(), -60) } };
    await step('PUT /requests/{number}/{filedOn}', { ...old, body: request });
    await step('POST /requests/{number}/{filedOn}/answers', { ...old, body: document });
    const corrected = { ...document, ofDocument: `R-${number}`, communicatedOn: addDays(today(), -39), reason: 'Ziua era greșită' };
    await step('POST /requests/{number}/{filedOn}/answers/corrected', { ...old, body: corrected });
    const admitted = { reason: 'A fost în spital', until: addDays(today(), 10) };
    await step('POST /requests/{number}/{filedOn}/late-admission', { ...old, body: admitted });
    const withdrawn = { ofDocument: `R-${number}`, reason: 'Era la altă cerere' };
    await step('POST /requests/{number}/{filedOn}/answers/withdrawn', { ...old, body: withdrawn });
    const shared = { startsAt: `${addDays(today(), 10)}T09:00:00.000Z`, reason: 'Reprezintă doi solicitanți' };
    await step('POST /requests/{number}/{filedOn}/shared-hours', { body: shared });
  }
  if (often()) {
    for (const act of ['retry', 'skip']) {
      await world.park();
      things.parked = world.pool['parked']?.at(-1) ?? 'none';
      await step('GET /parked');
      await step(`POST /parked/{id}/${act}`, act === 'skip' ? { body: { reason: 'Dublură' } } : {});
    }
    await world.giveUpWebhook();
    await step('GET /webhooks');
    await step('POST /webhooks/{name}/enable');
    await step('GET /operations');
    await step('POST /operations/tables/{name}/rebuild', { path: { name: 'ticket-facts' } });
    await step('POST /operations/letters/{id}/retry', { path: { id: await world.giveUpLetter() } });
    await step('GET /duties');
    const file = { format: 'csv' };
    await step('GET /eligibility/file', asking(file));
    await step('GET /audit/tickets/file', asking(file));
    const day = { from: today(), to: today() };
    await step('GET /audit/calendar', asking(day));
    await step('GET /audit/calendar/file', asking({ ...day, ...file }));
    await step('POST /operations/parked/retry');
    await world.park();
    await step('POST /operations/parked/skip', { body: { projection: 'staff-directory', upTo: '9', reason: 'Dublură' } });
    await step('POST /staff/lookup', { asker: official('auditor'), body: { name: 'Canarescu' } });
  }
  for (const without of ['absent', 'cancel'] as const) await moved(world, things, step, without);
  const reason = 'Cererea persoanei';
  await step('POST /subject-access', { body: { ticketId } });
  await step('POST /tickets/{id}/restriction', { body: { ground: 'claims', reason } });
  await step('POST /tickets/{id}/restriction/lift', { body: { personToldOn: today(), reason } });
  if (often()) {
    await step('POST /tickets/{id}/resolution/filed', { body: { documentNumber: `E-${number}` } });
    await step('POST /tickets/{id}/conclusions/forget', { body: { reason, minuteNumber: '4', minuteDate: today() } });
  }
  if (often()) await step('POST /tickets/{id}/forget', { asker: admin, body: { reason } });
  if (often()) {
    const gone = { path: { id: leaver } };
    await step('POST /staff/{id}/left', { ...gone, body: { on: addDays(today(), 1) } });
    await step('GET /staff/{id}/departure-plan', gone);
    await step('POST /staff/{id}/departure-plan', { ...gone, body: { because: 'Nu mai lucrează aici', moves: [] } });
    await step('GET /staff/{id}/departure-plan/meetings', gone);
  }
};

/** Somebody is away, with where their meetings go, and is there after all: they are still wanted for what follows. */
const arrangedAbsence = async (things: Things, step: Step, date: string): Promise<void> => {
  const [from, to] = [`${date}T12:00:00Z`, `${date}T13:00:00Z`];
  await step('GET /staff/{id}/absence-plan', asking({ from, to }));
  const made = await step('POST /staff/{id}/absence-plan', { body: { from, to, reason: 'Concediu', because: 'leave', moves: [] } });
  things.absence = texts(made, 'absenceId') ?? nothing;
  await step('GET /staff/{id}/absences/{absenceId}/meetings');
  await step('DELETE /staff/{id}/absences/{absenceId}');
};

/** A colleague stands in for one, and for all of the department, and then does not. */
const standIns = async (things: Things, step: Step, days: { readonly from: string; readonly to: string }): Promise<void> => {
  const named = await step('POST /staff/{id}/deputies', { body: { ...days, deputy: things.colleague } });
  things.deputyship = texts(named, 'deputyshipId') ?? nothing;
  await step('GET /staff/{id}/deputies');
  await step('DELETE /staff/{id}/deputies/{deputyshipId}');
  const ofAll = { path: { id: things.colleague } };
  things.deputyship = texts(await step('POST /staff/{id}/department-deputyships', { ...ofAll, body: days }), 'deputyshipId') ?? nothing;
  await step('DELETE /staff/{id}/department-deputyships/{deputyshipId}', ofAll);
};

/** The department takes no meetings for a day, and then does: the hours of the journey are free again. */
const paused = async (things: Things, step: Step, date: string): Promise<void> => {
  const { departmentCode } = things;
  const pause = { from: date, to: date, departmentCode, textRo: 'Mutăm birourile.', textEn: 'We are moving our offices.' };
  const made = await step('POST /pauses', { body: pause });
  things.pause = texts(made, 'pauseId') ?? nothing;
  await step('GET /pauses');
  await step('GET /pauses/meetings', asking({ from: date, to: date }));
  await step('DELETE /pauses/{pauseId}');
};

/** Another ticket, which the office moves and gives to a colleague, and which is not held. */
const moved = async (world: World, things: Things, step: Step, end: 'cancel' | 'absent'): Promise<void> => {
  const { clock } = world.service.ports;
  const today = civilDateOf(clock.now());
  const number = `${end === 'cancel' ? 9 : 5}${things.number}`;
  const filedOn = addDays(today, -5);
  const { departmentCode, executive, colleague } = things;
  const applicantName = `${things.applicant} Dan`;
  const body = { applicantName, departmentCode, handlerStaffId: executive, status: 'in-operation' };
  await step('PUT /requests/{number}/{filedOn}', { path: { number, filedOn }, body });
  await world.service.settled();
  const found = await step('POST /requests/lookup', { body: { requestNumber: number, applicantName, filedOn } });
  const asker = { name: `booking of ${number}`, bearer: texts(found, 'bookingToken') ?? '' };
  const { said } = await step('GET /slots', { asker, ...asking({ from: today, to: addDays(today, 14) }) });
  const slots = Array.isArray(said['slots']) ? said['slots'].map(({ startsAt }: { readonly startsAt: string }) => startsAt) : [];
  const [first, second] = [slots[0], slots[1]];
  if (first === undefined || second === undefined) return;
  const wanted = { startsAt: first, mode: 'in-person', phone: '0740 123 456' };
  const atCounter = { ...wanted, requestNumber: number, applicantName, filedOn, channel: 'counter' };
  const booked =
    end === 'cancel' ? await step('POST /tickets', { asker, body: wanted }) : await step('POST /counter/tickets', { body: atCounter });
  const of = { path: { id: texts(booked, 'ticketId') ?? nothing }, asker: official('head', things.head) };
  (world.pool['ticket'] ??= []).push(of.path.id);
  await step('POST /tickets/{id}/reschedule', { ...of, body: { startsAt: second, reason: 'illness' } });
  await step('POST /tickets/{id}/notice', { ...of, body: { channel: 'phone', outcome: 'reached' } });
  const offered = async (): Promise<string> => {
    await step('POST /tickets/{id}/offer', { ...of, body: { staffId: colleague, reason: 'Avizul' } });
    return texts(await step('GET /tickets/{id}/offer', of), 'offerId') ?? '';
  };
  await step('POST /tickets/{id}/offer/declined', { ...of, body: { offerId: await offered(), reason: 'Concediu' } });
  await offered();
  await step('POST /tickets/{id}/offer/withdrawn', of);
  await step('POST /tickets/{id}/offer/accepted', { ...of, body: { offerId: await offered(), because: 'Avizul' } });
  await step('POST /tickets/{id}/reassign', { ...of, body: { staffId: executive, reason: 'Înapoi' } });
  if (end === 'cancel') await step('POST /tickets/{id}/cancel', { ...of, body: { reason: 'illness' } });
  else {
    clock.set(plusMinutes(second, 11));
    await step('POST /tickets/{id}/absent', { ...of, body: { who: 'citizen', waitedMinutes: 10 } });
  }
};
