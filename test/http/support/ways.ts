import { requestTicket } from '../../../src/application/booking/request-ticket';
import { offerMove } from '../../../src/application/booking/move-offers';
import { cancelTicket } from '../../../src/application/booking/cancel-ticket';
import { codeOfTicket } from '../../../src/application/booking/codes';
import { correctContact } from '../../../src/application/booking/correct-contact';
import { earlierHourWanted } from '../../../src/application/booking/earlier-hours';
import { verifyEmail } from '../../../src/application/booking/verify-email';
import type { Asker, Principal, Role } from '../../../src/application/kernel/access';
import type { StreamDamage } from '@tichet-albastru/event-log/ports/event-store';
import type { ParkedKey } from '@tichet-albastru/event-log/ports/read-models';
import { recordHeld, startMeeting } from '../../../src/application/meeting/hold-meeting';
import { recordRecording } from '../../../src/application/meeting/recordings';
import { letterBounced } from '../../../src/application/resolution/bounces';
import { communicateAnswer, registerRequest } from '../../../src/application/requests/register-request';
import { disputeCorrection } from '../../../src/application/resolution/objections';
import { amendResolution, handOverResolution, issueResolution } from '../../../src/application/resolution/issue-resolution';
import { recordFiled } from '../../../src/application/resolution/filing';
import { restrictProcessing } from '../../../src/application/privacy/restriction';
import { chooseLetters } from '../../../src/application/staff/choose-letters';
import { declareBridgeDay, declareWorkingDay } from '../../../src/application/staff/declare-day';
import { pauseService } from '../../../src/application/staff/pauses';
import { nameDepartmentDeputy, nameDeputy } from '../../../src/application/staff/deputies';
import { recordAbsence } from '../../../src/application/staff/record-absence';
import { registerStaff, staffLeft } from '../../../src/application/staff/register-staff';
import { isWorkingDay } from '../../../src/domain/calendar/working-days';
import { workingCalendar } from '../../../src/domain/calendar/calendar';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import type { RequestIdentity } from '../../../src/domain/request/facts';
import { recordingNoticeOf } from '../../../src/domain/ticket/request-ticket';
import { referenceOf } from '../../../src/domain/ticket/ticket';
import { addDays, civilDateOf } from '../../../src/domain/time/civil-time';
import { skipGroupPath } from '../../../src/infrastructure/web/administration/service-parts';
import { asTyped } from '../../../src/infrastructure/web/meetings/typed-time';
import { awaitedCodeOf } from '../../support/codes';
import { mustBeDone, type Service, staff } from './service';
import { personFor } from '../../support/person';

/** What an act is about: always somebody's who works with s002, in department 425. */
export type Case = {
  readonly ticketId: string;
  readonly staffId: string;
  readonly request: RequestIdentity;
  readonly startsAt: string;
  /** another hour, of the same person */
  readonly otherHour: string;
  /** drawn for this case */
  readonly mark: string;
  readonly date: string;
};

const department = { department: 'Autorizări', departmentCode: '425' } as const;
const known = { applicantName: 'Lăcătuș Andrei', ...department, handlerStaffId: 's002', status: 'in-operation' } as const;
const reason = 'Fiindcă așa s-a hotărât';
const decision = 'Dispoziția nr. 12';
const hourOf = ({ date }: Case) => ({ from: `${date}T08:00:00.000Z`, to: `${date}T09:00:00.000Z` });
const pauseOn = ({ date }: Case) => ({ from: date, to: date, departmentCode: '425', textRo: reason, textEn: reason });
const official = (role: Role, staffId?: string, departmentCode?: string): Principal => ({
  kind: 'official',
  role,
  person: personFor(role, staffId),
  ...(staffId === undefined ? {} : { staffId }),
  ...(departmentCode === undefined ? {} : { departmentCode }),
});

/** Everybody who may ask over HTTP, as they stand to what is s002's. */
export const principals = {
  everybody: () => undefined,
  citizen: ({ ticketId }: Case) => ({ kind: 'citizen', ticketId }),
  'another citizen': () => ({ kind: 'citizen', ticketId: '019c0000-0001-7000-8000-000000000001' }),
  booking: ({ request }: Case) => ({ kind: 'booking', request, ground: 'in-operation', tokenId: 'a' }),
  'another booking': () => ({ kind: 'booking', request: { number: '1', filedOn: '2026-01-05' }, ground: 'in-operation', tokenId: 'b' }),
  staff: () => official('staff', 's002', '425'),
  'a colleague': () => official('staff', 's004', '425'),
  'staff of another department': () => official('staff', 's003', '500'),
  head: () => official('head', 's001', '425'),
  'head, of their own': () => official('head', 's002', '425'),
  'head of another department': () => official('head', 's005', '500'),
  registry: () => official('registry'),
  'registry with a person': () => official('registry', 's002'),
  admin: () => official('admin'),
  auditor: () => official('auditor'),
  reports: () => official('reports'),
  integrator: () => official('integrator'),
} as const satisfies Record<string, (one: Case) => Principal | undefined>;
export type PrincipalName = keyof typeof principals;
export const principalNames = Object.keys(principals) as readonly PrincipalName[];
export const askerOf = (name: PrincipalName, one: Case): Asker => principals[name](one) ?? { kind: 'everybody' };

/** The cases that acts need, each of its own request, hour and day. */
export const casesIn = ({ ports, context, settled }: Service) => {
  let drawn = 0;
  let place = 0;
  let weeks = 0;
  const next = (): string => String(700_000 + (drawn += 1));
  const at = (): string => ports.clock.now();
  const hours = ['07:00', '07:15', '07:30', '07:45', '09:00', '09:15', '09:30', '09:45'];
  /** The next quarter of an hour that can still be asked for; whether it is worked, the booking says. */
  const hour = (): string => {
    for (;;) {
      place += 1;
      const day = addDays('2026-03-05', Math.floor(place / hours.length));
      const startsAt = `${day}T${hours[place % hours.length] ?? ''}:00.000Z`;
      if (isWorkingDay(workingCalendar.initial, day) && Date.parse(startsAt) > Date.parse(at()) + 49 * 3_600_000) return startsAt;
    }
  };
  const blank = (): Case => {
    const mark = next();
    const ticketId = ports.identifiers.next();
    weeks += 1;
    while (!isWorkingDay(workingCalendar.initial, addDays('2027-01-04', 7 * weeks))) weeks += 1;
    const date = addDays('2027-01-04', 7 * weeks);
    const request = { number: mark, filedOn: '2026-02-02' };
    return { ticketId, staffId: 's002', request, startsAt: hour(), otherHour: hour(), mark, date };
  };
  /** The case, after something was done in it. */
  const after = async (one: Case, act: (one: Case) => Promise<Parameters<typeof mustBeDone>[0]>): Promise<Case> => {
    mustBeDone(await act(one));
    return one;
  };
  const registeredFor = (one: Case, applicantName: string): Promise<Case> =>
    after(one, ({ request }) => registerRequest(ports)(context(), { ...request, ...known, applicantName }));
  const registered = (filedOn = '2026-02-02'): Promise<Case> => {
    const one = blank();
    return registeredFor({ ...one, request: { ...one.request, filedOn } }, 'Lăcătuș Andrei');
  };
  const twoApplicants = async (): Promise<Case> => registeredFor(await registered(), 'Popa Maria');
  const asked = async (more: { readonly mode?: 'online'; readonly email?: string } = {}): Promise<Case> => {
    const one = await registered();
    for (;;) {
      const startsAt = hour();
      const notice = more.mode === 'online' ? { recordingNoticeVersion: recordingNoticeOf(ports.policies).version } : {};
      const form = { phone: '0740 123 456', ...notice };
      const { ticketId, request } = one;
      const wish = { ticketId, holdId: ports.identifiers.next(), request, startsAt, mode: 'in-person', ...form, ...more } as const;
      const outcome = await requestTicket(ports)(context(), wish);
      if (!isRefusal(outcome)) return { ...one, startsAt, otherHour: hour() };
      if (!['not-working-time', 'too-soon', 'slot-taken', 'no-time-for-link'].includes(outcome.code)) mustBeDone(outcome);
    }
  };
  const email = (): string => `c${next()}@exemplu.ro`;
  const awaiting = async (mode?: 'online'): Promise<Case> => {
    const one = await asked({ ...(mode === undefined ? {} : { mode }), email: email() });
    return { ...one, mark: await awaitedCodeOf(ports, one.ticketId) };
  };
  const scheduled = async (mode?: 'online'): Promise<Case> =>
    mode === undefined
      ? asked()
      : after(await awaiting(mode), ({ ticketId, mark }) => verifyEmail(ports)(context(), { ticketId, code: mark }));
  const atStart = async (mode?: 'online', minutes = 0): Promise<Case> => {
    const one = await scheduled(mode);
    ports.clock.set(one.startsAt);
    ports.clock.advance({ minutes });
    return one;
  };
  const started = async (mode?: 'online'): Promise<Case> => {
    const one = await after(await atStart(mode), ({ ticketId }) => startMeeting(ports)(context(), { ticketId }));
    ports.clock.advance({ minutes: 14 });
    return one;
  };
  const held = async (mode?: 'online'): Promise<Case> =>
    after(await started(mode), ({ ticketId, startsAt }) => recordHeld(ports)(context(), { ticketId, startedAt: startsAt, endedAt: at() }));
  /** a person said that there is a recording */
  const recorded = async (): Promise<Case> =>
    after(await held('online'), ({ ticketId, startsAt }) => {
      const recording = { kind: 'attached', recordingId: 'r-1', startedAt: startsAt, durationSeconds: 800 } as const;
      return recordRecording(ports)(context(), { ticketId, recording });
    });
  /** its recording is there, and kept no longer (where the policy `recording-period` is one day) */
  const recordingOver = async (): Promise<Case> => {
    const one = await recorded();
    ports.clock.advance({ hours: 49 });
    return one;
  };
  const issued = async (mode?: 'online'): Promise<Case> =>
    after(await held(mode), ({ ticketId }) => issueResolution(ports)(context(), { ticketId, conclusions: 'Se eliberează autorizația.' }));
  const amended = async (): Promise<Case> =>
    after(await issued(), ({ ticketId }) => {
      const erratum = { form: 'erratum', conclusions: 'Suprafața este de 45 m².', reason: 'Cifre inversate.' } as const;
      return amendResolution(ports)(context(), { ticketId, ...erratum });
    });
  const disputed = async (): Promise<Case> =>
    after(await amended(), ({ ticketId }) =>
      disputeCorrection(ports)(context(), { ticketId, correctionOf: 'resolution', objection: 'Era bine întâi.' }),
    );
  const handedOver = async (): Promise<Case> => {
    const one = await issued();
    return after({ ...one, mark: at() }, ({ ticketId, mark }) =>
      handOverResolution(ports)(context(), { ticketId, channel: 'pickup', handedOverAt: mark, proof: 'semnătură' }),
    );
  };
  /** The tables know it: a page finds it there, by its reference. */
  const inTables = async (one: Case): Promise<Case> => {
    await settled();
    return one;
  };
  /** the register has its document: its text can be selected for destruction */
  const filed = async (): Promise<Case> =>
    inTables(await after(await issued(), ({ ticketId }) => recordFiled(ports)(context(), { ticketId, documentNumber: '90002' })));
  const cancelled = async (): Promise<Case> =>
    after(await scheduled(), ({ ticketId }) => cancelTicket(ports)(context(), { ticketId, by: 'staff', reason: 'illness' }));
  const found = async (): Promise<Case> => inTables(await cancelled());
  /** GDPR 18 */
  const restricted = async (): Promise<Case> =>
    inTables(
      await after(await cancelled(), ({ ticketId }) => restrictProcessing(ports)(context(), { ticketId, ground: 'claims', reason: 'x' })),
    );
  /** a letter of it was sent; `mark`: the letter */
  const lettered = async (one: Case, kind: 'code' | 'invitation' | 'resolution'): Promise<Case> => {
    const letterId = ports.identifiers.next();
    await ports.operations.outbox.note({ letterId, ticketId: one.ticketId, kind, state: 'accepted', at: at(), attempts: 1 });
    return { ...one, mark: letterId };
  };
  /** the letter with the resolution came back */
  const bounced = async (): Promise<Case> =>
    after(await lettered(await issued('online'), 'resolution'), ({ mark }) => letterBounced(ports)(context(), { letterId: mark }));
  /** to a colleague of the department; `mark`: the offer */
  const offered = async (): Promise<Case> =>
    after({ ...(await scheduled()), mark: ports.identifiers.next() }, ({ ticketId, mark }) =>
      offerMove(ports)(context(), { ticketId, offerId: mark, staffId: 's004', reason: 'Avizul' }),
    );
  const answered = async (filedOn = '2026-02-02', communicatedOn = '2026-02-20'): Promise<Case> =>
    after(await registered(filedOn), ({ request, mark }) => {
      const answer = { documentNumber: mark, communicatedOn, channel: 'post' } as const;
      return communicateAnswer(ports)(context(), { request, answer });
    });
  const absent = async (): Promise<Case> => {
    const one = blank();
    const { value } = mustBeDone(await recordAbsence(ports)(context(), { staffId: 's002', ...hourOf(one), reason: 'Concediu' }));
    return { ...one, mark: value.absenceId };
  };
  /** What they choose next is something else. */
  const silent = (): Promise<Case> =>
    after(blank(), ({ staffId }) => chooseLetters(ports)(context(), { staffId, choice: 'none', locale: 'ro' }));
  const declared = (): Promise<Case> => after(blank(), ({ date }) => declareBridgeDay(ports)(context(), { date, decision }));
  /** a Saturday, to be worked */
  const worked = (): Promise<Case> => {
    const one = blank();
    return after({ ...one, date: addDays(one.date, 5) }, ({ date }) => declareWorkingDay(ports)(context(), { date, decision }));
  };
  const inDays = (days: number): string => addDays(civilDateOf(at()), days);
  const parked: ParkedKey[] = [];
  jest.spyOn(ports.readModels, 'parked').mockImplementation(() => Promise.resolve(parked));
  const damaged: StreamDamage[] = [];
  ports.store.damaged = () => Promise.resolve(damaged);
  const newcomer = (): Promise<Case> => {
    const one = blank();
    return after({ ...one, staffId: `n${one.mark}` }, ({ staffId }) => registerStaff(ports)(context(), { ...staff.s002, staffId }));
  };
  /** s002 leaves, long after everything */
  const leaving = async (): Promise<Case> => {
    mustBeDone(await staffLeft(ports)(context(), { staffId: 's002', on: '2099-01-01' }));
    return asked();
  };
  const deputised = async (): Promise<Case> => {
    const one = blank();
    const days = { staffId: 's002', deputy: 's004', from: one.date, to: one.date };
    const { value } = mustBeDone(await nameDeputy(ports)(context(), days));
    return { ...one, mark: value.deputyshipId };
  };
  const forAll = async (): Promise<Case> => {
    const one = blank();
    const { value } = mustBeDone(await nameDepartmentDeputy(ports)(context(), { staffId: 's002', from: one.date, to: one.date }));
    return { ...one, mark: value.deputyshipId };
  };
  return {
    blank: () => Promise.resolve(blank()),
    paused: async (): Promise<Case> => {
      const one = blank();
      const { value } = mustBeDone(await pauseService(ports)(context(), pauseOn(one)));
      return { ...one, mark: value.pauseId };
    },
    deputised,
    forAll,
    leaving,
    registered: () => registered(),
    awaiting: () => awaiting(),
    scheduled: () => scheduled(),
    online: () => scheduled('online'),
    /** another address was given, and waits for its code */
    addressAsked: async () => {
      const one = await after(await scheduled(), ({ ticketId }) => correctContact(ports)(context(), { ticketId, email: email() }));
      return { ...one, mark: (await ports.operations.codes.get(codeOfTicket(one.ticketId, 1), at())) ?? '' };
    },
    /** an earlier hour is wanted */
    wanting: async () =>
      after(await scheduled('online'), ({ ticketId }) => earlierHourWanted(ports)(context(), { ticketId, wanted: true })),
    atStart: () => atStart(),
    lateAtStart: () => atStart(undefined, 10),
    started: () => started(),
    held: () => held(),
    heldOnline: () => held('online'),
    issued: () => issued(),
    filed,
    restricted,
    recordingOver,
    recorded,
    amended,
    disputed,
    handedOver,
    bounced,
    offered,
    cancelled,
    found,
    coded: async () => lettered(await scheduled(), 'code'),
    invited: async () => lettered(await scheduled(), 'invitation'),
    resolved: async () => lettered(await scheduled(), 'resolution'),
    late: () => answered('2025-11-03', '2025-12-02'),
    answered: () => answered(),
    twoApplicants,
    absent,
    silent,
    declared,
    newcomer,
    worked,
    /** before the end of the horizon */
    soon: () => Promise.resolve({ ...blank(), date: inDays(10 + (drawn % 40)) }),
    parked: () => {
      const one = blank();
      const event = { position: '', stream: `ticket-${one.ticketId}`, type: 'Requested', eventId: one.ticketId };
      const about = { id: one.mark, projection: 'tasks', key: one.mark, ...event };
      parked.push({ ...about, error: 'TypeError', parkedAt: at(), waiting: 0, filling: false });
      return Promise.resolve(one);
    },
    damaged: () => {
      const one = blank();
      const stream = `agenda-${one.mark}`;
      damaged.push({ stream, revision: 0, how: 'deleted' });
      return Promise.resolve({ ...one, mark: stream });
    },
    inDays,
    now: at,
  };
};
export type Cases = ReturnType<typeof casesIn>;

type Sent = { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly payload: string };

/** Whose words the body is in: a clerk's are the citizen's, and say how they were asked. */
export type Side = 'citizen' | 'clerk' | 'staff';

/** One way in: a route, what must stand before, what is sent, and the facts that it is for. */
export type Way = {
  /** as the router knows it */
  readonly route: string;
  readonly variant?: string;
  readonly facts: readonly string[];
  readonly arrange: () => Promise<Case>;
  readonly sent: (one: Case, side: Side) => Sent;
  /** what they ask for is their own by the very address, or by what the way hands them */
  readonly not?: readonly PrincipalName[];
};

export const api = '/api/v1';
export const json = (url: string, body: object = {}): Sent => ({
  url: `${api}${url}`,
  headers: { 'content-type': 'application/json' },
  payload: JSON.stringify(body),
});
const csv = (url: string, ...lines: readonly string[]): Sent => ({
  url: `${api}${url}`,
  headers: { 'content-type': 'text/csv' },
  payload: lines.join('\n'),
});
let forms = 0;
export const form = (url: string, fields: Readonly<Record<string, string>> = {}): Sent => ({
  url,
  headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
  payload: new URLSearchParams({ once: `way-${String((forms += 1))}`, ...fields }).toString(),
});
const upload = (url: string, name: string, fileName: string, text: string): Sent => ({
  url,
  headers: { 'content-type': 'multipart/form-data; boundary=tichet', accept: 'text/html' },
  payload: `--tichet\r\nContent-Disposition: form-data; name="${name}"; filename="${fileName}"\r\n\r\n${text}\r\n--tichet--\r\n`,
});
const iCalendar = ({ date }: Case): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//x//x//RO',
    'BEGIN:VEVENT',
    `UID:${date}`,
    'DTSTAMP:20260301T000000Z',
    `DTSTART:${date.replaceAll('-', '')}T080000Z`,
    `DTEND:${date.replaceAll('-', '')}T090000Z`,
    'SUMMARY:x',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
const staffHeader = 'staffId,name,role,department,departmentCode,email';
const staffLine = ({ mark }: Case): string => `m${mark},Ioana Nouă,head-of-service,Taxe,500,m${mark}@primarie.example`;
const requestHeader =
  'number,departmentCode,filedOn,applicantName,handlerStaffId,status,answerDocumentNumber,answerCommunicatedOn,answerChannel';
const requestLine = ({ request, mark }: Case): string =>
  `${request.number},425,${request.filedOn},Lăcătuș Andrei,s002,in-operation,${mark},2026-02-20,post`;
const week = { mon: [['08:00', '16:00']], tue: [['08:00', '16:00']], wed: [['08:00', '16:00']], thu: [['08:00', '16:00']] };
const answerOf = ({ mark }: Case) => ({ documentNumber: mark, communicatedOn: '2026-02-20', channel: 'post' });
const correctedAnswerOf = (one: Case) => ({ ...answerOf(one), ofDocument: one.mark, communicatedOn: '2026-02-21', reason });

const minuteOf = (cases: Cases) => ({ minuteNumber: '3', minuteDate: civilDateOf(cases.now()) });

/** The address of a route in this case: what stands in each of its places. */
export const addressOf = (
  route: string,
  { ticketId, staffId, request, mark, date }: Case,
  others: Readonly<Record<string, string>> = {},
): string => {
  const path = route.slice(route.indexOf('/'));
  const id = /\/(?:tickets|programari|tichete)\//.test(path) ? ticketId : /\/(?:staff|program|functionar)\//.test(path) ? staffId : mark;
  const places: Readonly<Record<string, string>> = { id, ...request, reference: referenceOf(ticketId), date, ...others };
  return path.replaceAll(/:(\w+)/g, (_, place: string) => places[place] ?? mark);
};

/** Every route by which a program causes a fact. */
export const apiWays = (cases: Cases): readonly Way[] => {
  type Body = (one: Case, side: Side) => object;
  const way = (route: string, facts: readonly string[], arrange: Way['arrange'], body: Body = () => ({}), variant?: string): Way => ({
    route: route.replace(' ', ` ${api}`),
    ...(variant === undefined ? {} : { variant }),
    facts,
    arrange,
    sent: (one, side) => json(addressOf(route, one), body(one, side)),
  });
  const ofTicket = (last: string, facts: readonly string[], arrange: Way['arrange'], body?: Body, variant?: string): Way =>
    way(
      `POST /tickets/:id/${last}`,
      facts.map((fact) => `ticket.${fact}`),
      arrange,
      body,
      variant,
    );
  const ofRequest = (variant: string, fact: string, arrange: Way['arrange'], changed: object): Way =>
    way('PUT /requests/:number/:filedOn', [`request.${fact}`], arrange, () => ({ ...known, ...changed }), variant);
  const says: Readonly<Record<Side, object>> = { citizen: {}, clerk: { channel: 'counter' }, staff: { reason: 'illness' } };
  const nextHour = ({ otherHour }: Case, side: Side) => ({ startsAt: otherHour, ...says[side] });
  const booked = ['request.TicketAdmitted', 'ticket.Requested', 'ticket.Scheduled'];
  const inPerson = { mode: 'in-person', phone: '0740 123 456' };
  return [
    {
      ...way('POST /tickets', booked, cases.registered, ({ startsAt }) => ({ startsAt, ...inPerson })),
      not: ['another booking', 'registry', 'registry with a person'],
    },
    {
      ...way('POST /counter/tickets', booked, cases.registered, ({ request: { number, filedOn }, startsAt }) => {
        const data = { requestNumber: number, applicantName: 'Lăcătuș Andrei', filedOn };
        return { ...data, startsAt, ...inPerson, channel: 'counter' };
      }),
      not: ['booking', 'another booking'],
    },
    ofTicket('verification', ['EmailVerified', 'Scheduled'], cases.awaiting, ({ mark }) => ({ code: mark })),
    ofTicket('verification', ['VerificationFailed'], cases.awaiting, () => ({ code: '00000' }), 'a wrong code'),
    ofTicket('verification/new-code', ['VerificationCodeIssued'], cases.awaiting),
    ofTicket('reschedule', ['Rescheduled'], cases.scheduled, nextHour),
    ofTicket(
      'reschedule',
      ['ModeChanged'],
      cases.scheduled,
      ({ startsAt }, side) => ({ startsAt, mode: 'phone', ...says[side] }),
      'the mode alone',
    ),
    ofTicket('earlier-hour', ['EarlierHourWanted'], cases.online, () => ({ wanted: true }), 'wanted'),
    ofTicket('earlier-hour', ['EarlierHourNoLongerWanted'], cases.wanting, () => ({ wanted: false }), 'no longer'),
    ofTicket('contact', ['ContactCorrected'], cases.scheduled, (_, side) => ({ phone: '0740 987 654', ...shows[side] }), 'a number'),
    ofTicket(
      'contact',
      ['ContactCorrectionRequested'],
      cases.scheduled,
      (_, side) => ({ email: 'noua@exemplu.ro', ...shows[side] }),
      'an address',
    ),
    ofTicket('contact/verification', ['ContactCorrected'], cases.addressAsked, ({ mark }) => ({ code: mark })),
    ofTicket('contact/verification', ['VerificationFailed'], cases.addressAsked, () => ({ code: '00000' }), 'a wrong code'),
    ofTicket('cancel', ['Cancelled'], cases.scheduled, (_, side) => says[side]),
    ofTicket('meeting-link', ['MeetingLinkAttached'], cases.online, () => ({ joinUrl: 'https://primaria.webex.com/meet/x' })),
    ofTicket('start', ['MeetingStarted'], cases.atStart),
    ofTicket('held', ['Held'], cases.started, ({ startsAt }) => ({ startedAt: startsAt, endedAt: cases.now() })),
    ofTicket(
      'recording',
      ['RecordingAttached'],
      cases.heldOnline,
      () => ({ recordingId: 'r-1', startedAt: '2026-03-05T08:01:00Z', durationSeconds: 600 }),
      'there is one',
    ),
    ofTicket('recording', ['RecordingMissing'], cases.heldOnline, () => ({ missing: reason }), 'there is none'),
    ofTicket('recording', ['RecordingWaived'], cases.heldOnline, () => ({ waived: reason, offeredAlternative: true }), 'it was not wanted'),
    ofTicket('absent', ['CitizenAbsent'], cases.lateAtStart, () => ({ who: 'citizen', waitedMinutes: 10 }), 'the citizen'),
    ofTicket('absent', ['StaffAbsent'], cases.lateAtStart, () => ({ who: 'staff' }), 'the staff member'),
    ofTicket('resolution', ['ResolutionIssued'], cases.held, () => ({ conclusions: 'Se eliberează autorizația.' })),
    ofTicket('resolution/amended', ['ResolutionAmended'], cases.issued, () => ({
      form: 'erratum',
      conclusions: 'Suprafața este de 45 m².',
      reason,
    })),
    ofTicket('resolution/filed', ['ResolutionFiled'], cases.issued, () => ({ documentNumber: '90002' })),
    ofTicket('recording/deleted', ['RecordingDeleted'], cases.recordingOver, () => ({ recordingId: 'r-1' })),
    ofTicket('continued', ['ContinuedOtherwise'], cases.heldOnline, () => ({ mode: 'phone', cause: 'platform', at: cases.now() })),
    ofTicket('resolution/send-again', ['ResolutionToBeSentAgain'], cases.bounced),
    ofTicket('recording/taken-back', ['RecordingTakenBack'], cases.recorded, () => ({ what: 'attached', recordingId: 'r-1', reason })),
    ofTicket('resolution/handed-over/taken-back', ['HandOverTakenBack'], cases.handedOver, ({ mark }) => ({
      channel: 'pickup',
      at: mark,
      reason,
    })),
    ofTicket('resolution/handed-over', ['ResolutionHandedOver'], cases.issued, () => ({
      channel: 'post',
      at: cases.now(),
      proof: 'Confirmare nr. 7',
    })),
    ofTicket('objection', ['CorrectionDisputed'], cases.amended, () => ({ correctionOf: 'resolution', objection: reason })),
    ofTicket('objection/answered', ['ObjectionAnswered'], cases.disputed, () => ({ correctionOf: 'resolution', answer: reason })),
    ofTicket('notice', ['CitizenNotified'], cases.cancelled, () => ({ channel: 'phone', outcome: 'reached' })),
    ofTicket('reassign', ['Reassigned'], cases.scheduled, () => ({ staffId: 's004', reason })),
    ofTicket('offer', ['MoveOffered'], cases.scheduled, () => ({ staffId: 's004', reason })),
    ofTicket('offer/accepted', ['Reassigned'], cases.offered, ({ mark }) => ({ offerId: mark, because: reason })),
    ofTicket('offer/declined', ['MoveOfferDeclined'], cases.offered, ({ mark }) => ({ offerId: mark, reason })),
    ofTicket('offer/withdrawn', ['MoveOfferWithdrawn'], cases.offered),
    ofTicket('forget', ['PersonalDataErased'], cases.cancelled, () => ({ reason })),
    ofTicket('restriction', ['ProcessingRestricted'], cases.cancelled, () => ({ reason, ground: 'claims' })),
    ofTicket('restriction/lift', ['RestrictionLifted'], cases.restricted, () => ({ reason, personToldOn: civilDateOf(cases.now()) })),
    ofTicket('conclusions/forget', ['ConclusionsErased'], cases.filed, () => ({ reason, ...minuteOf(cases) })),
    ...(['invited', 'resolved'] as const).map((standing) => {
      const fact = standing === 'invited' ? 'ticket.InvitationBounced' : 'ticket.ResolutionBounced';
      return way('POST /letters/:id/bounced', [fact], cases[standing], () => ({}), standing);
    }),
    way('POST /staff/:id/absences', ['staff.AbsenceRecorded'], cases.blank, (one) => ({ ...hourOf(one), reason })),
    way('POST /staff/:id/absence-plan', ['staff.AbsenceRecorded'], cases.blank, (one) => ({
      ...hourOf(one),
      reason,
      because: 'leave',
      moves: [],
    })),
    way('POST /pauses', ['calendar.ServicePaused'], cases.blank, pauseOn),
    way('DELETE /pauses/:pauseId', ['calendar.ServiceResumed'], cases.paused),
    way('POST /staff/:id/deputies', ['staff.DeputyNamed'], cases.blank, ({ date }) => ({ deputy: 's004', from: date, to: date })),
    way('DELETE /staff/:id/deputies/:deputyshipId', ['staff.DeputyWithdrawn'], cases.deputised),
    way('POST /staff/:id/department-deputyships', ['staff.DepartmentDeputyNamed'], cases.blank, ({ date }) => ({ from: date, to: date })),
    way('DELETE /staff/:id/department-deputyships/:deputyshipId', ['staff.DepartmentDeputyWithdrawn'], cases.forAll),
    way('POST /staff/:id/departure-plan', ['ticket.Reassigned'], cases.leaving, ({ ticketId }) => ({
      because: reason,
      moves: [{ ticketId, kind: 'deputy', staffId: 's004' }],
    })),
    way('DELETE /staff/:id/absences/:absenceId', ['staff.AbsenceWithdrawn'], cases.absent),
    {
      ...way('POST /staff/:id/absences/import', ['staff.AbsenceRecorded'], cases.soon),
      sent: (one) => ({ ...json('/staff/s002/absences/import'), headers: { 'content-type': 'text/calendar' }, payload: iCalendar(one) }),
    },
    way('PUT /staff/:id/hours', ['staff.WorkingHoursSet'], cases.blank, ({ date }) => ({ from: date, week })),
    way('PUT /staff/:id/letters', ['staff.LettersChosen'], cases.silent, () => ({ choice: 'single', locale: 'ro' })),
    way('PUT /staff/:id', ['staff.StaffRegistered'], cases.blank, ({ mark }) => {
      const { staffId: _, ...person } = staff.s002;
      return { ...person, email: `${mark}@primarie.example` };
    }),
    way('POST /staff/:id/left', ['staff.StaffLeft'], cases.newcomer, ({ date }) => ({ on: date })),
    {
      ...way('POST /staff/import', ['staff.StaffRegistered'], cases.blank),
      sent: (one) => csv('/staff/import', staffHeader, staffLine(one)),
    },
    ofRequest('a new one', 'RequestRegistered', cases.blank, {}),
    ofRequest('another handler', 'HandlerAssigned', cases.registered, { handlerStaffId: 's004' }),
    ofRequest('another status', 'StatusChanged', cases.registered, { status: 'redirected' }),
    ofRequest('another name', 'ApplicantCorrected', cases.registered, { applicantName: 'Popa Maria', applicantChange: 'corrected' }),
    ofRequest('another applicant', 'ApplicantDisputed', cases.registered, { applicantName: 'Popa Maria' }),
    ...(['kept', 'corrected'] as const).map((decision) => {
      const facts = ['request.ApplicantDisputeSettled', ...(decision === 'kept' ? [] : ['request.ApplicantCorrected'])];
      const body = () => ({ decision, reason });
      return way('POST /requests/:number/:filedOn/applicant-dispute', facts, cases.twoApplicants, body, decision);
    }),
    way('POST /requests/:number/:filedOn/answers', ['request.AnswerCommunicated'], cases.registered, answerOf),
    way('POST /requests/:number/:filedOn/answers/corrected', ['request.AnswerCorrected'], cases.answered, correctedAnswerOf),
    way('POST /requests/:number/:filedOn/answers/withdrawn', ['request.AnswerWithdrawn'], cases.answered, ({ mark }) => ({
      ofDocument: mark,
      reason,
    })),
    {
      ...way('POST /requests/import', ['request.RequestRegistered', 'request.AnswerCommunicated'], cases.blank),
      sent: (one) => csv('/requests/import', requestHeader, requestLine(one)),
    },
    way('POST /requests/:number/:filedOn/late-admission', ['request.LateAdmissionGranted'], cases.late, () => ({
      reason,
      until: cases.inDays(20),
    })),
    way('POST /requests/:number/:filedOn/shared-hours', ['request.SharedHourAllowed'], cases.registered, () => ({
      reason,
      startsAt: `${cases.inDays(20)}T08:00:00.000Z`,
    })),
    way('POST /bridge-days', ['calendar.BridgeDayDeclared'], cases.blank, ({ date }) => ({ date, decision })),
    way('DELETE /bridge-days/:date', ['calendar.DayRestored'], cases.declared),
    way('POST /working-days', ['calendar.WorkingDayDeclared'], cases.blank, ({ date }) => ({ date: addDays(date, 5), decision })),
    way('DELETE /working-days/:date', ['calendar.DayRestored'], cases.worked),
    way('POST /parked/:id/skip', ['ops.EventSkipped'], cases.parked, () => ({ reason })),
    way('POST /operations/parked/skip', ['ops.EventSkipped'], cases.parked, () => ({ projection: 'tasks', upTo: '999999', reason })),
    way('POST /streams/:stream/close', ['ops.StreamClosed'], cases.damaged, () => ({ reason })),
  ];
};

/** What a clerk says of a correction beside it. */
const clerkSays = { channel: 'counter', shown: 'carte de identitate' };
const shows: Readonly<Record<Side, object>> = { citizen: {}, clerk: clerkSays, staff: {} };

/** The page is of the ticket that the session holds; officials have another one for the same. */
const citizensOwn: readonly PrincipalName[] = [
  'another citizen',
  'staff',
  'head',
  'head, of their own',
  'registry',
  'registry with a person',
];
/** nor is it asked for with a booking */
const holdersOwn: readonly PrincipalName[] = [...citizensOwn, 'booking'];
/** The page is a clerk’s; others have another one for the same. */
const countersOwn: readonly PrincipalName[] = ['citizen', 'staff', 'head', 'head, of their own'];

/** Every form of a page by which a person causes a fact, where the page knows them by whom the session is of. */
export const pageWays = (cases: Cases): readonly Way[] => {
  type Fields = (one: Case) => Readonly<Record<string, string>>;
  /** what else there is to say of a way, and what stands in its route beside what is of the case */
  type More = Pick<Way, 'variant' | 'not'> & { readonly places?: Readonly<Record<string, string>> };
  const page = (
    route: string,
    facts: readonly string[],
    arrange: Way['arrange'],
    fields: Fields = () => ({}),
    { places, ...more }: More = {},
  ): Way => ({ route, facts, arrange, sent: (one) => form(addressOf(route, one, places), fields(one)), ...more });
  const act = (path: string, fact: string, arrange: Way['arrange'], fields?: Fields): Way => {
    const route = ['repartizare', 'reprogramare', 'anulare'].includes(path) ? `POST /programari/:id/${path}` : 'POST /programari/:id/:act';
    // theirs are other pages
    const not = [
      'citizen',
      ...(path === 'reprogramare' || path === 'anulare' ? (['registry', 'registry with a person'] as const) : []),
    ] as const;
    return page(route, [`ticket.${fact}`], arrange, fields, { variant: path, not, places: { act: path } });
  };
  const pageOfTicket =
    (start: string, not: readonly PrincipalName[]) =>
    (path: string, fact: string, arrange: Way['arrange'], fields?: Fields, variant?: string): Way =>
      page(`POST ${start}/${path}`, [`ticket.${fact}`], arrange, fields, {
        ...(variant === undefined ? {} : { variant }),
        not,
        places: { channel: 'counter' },
      });
  const citizen = pageOfTicket('/tichet/:reference', citizensOwn);
  const holder = pageOfTicket('/tichet/:reference', holdersOwn);
  const counter = pageOfTicket('/ghiseu/tichete/:id', countersOwn);
  const uploaded = (
    route: string,
    facts: readonly string[],
    arrange: Way['arrange'],
    text: (one: Case) => string,
    fileName = 'a.csv',
  ): Way => ({
    ...page(route, facts, arrange),
    sent: (one) => upload(addressOf(route, one), 'fisier', fileName, text(one)),
  });
  const moment = (instant: string): Readonly<Record<string, string>> => ({ date: asTyped(instant).date, at: asTyped(instant).time });
  const person = ({ mark }: Case) => ({ ...staff.s002, email: `${mark}@primarie.example` });
  return [
    act('link', 'MeetingLinkAttached', cases.online, () => ({ joinUrl: 'https://primaria.webex.com/meet/x' })),
    act('incepere', 'MeetingStarted', cases.atStart),
    act('incheiere', 'Held', cases.started, ({ startsAt }) => ({
      date: asTyped(startsAt).date,
      startedAt: asTyped(startsAt).time,
      endedAt: asTyped(cases.now()).time,
    })),
    act('inregistrare', 'RecordingAttached', cases.heldOnline, () => ({
      recordingId: 'r-1',
      durationSeconds: '10:00',
      ...moment(cases.now()),
    })),
    act('fara-inregistrare', 'RecordingMissing', cases.heldOnline, () => ({ reason })),
    act('inregistrare-refuzata', 'RecordingWaived', cases.heldOnline, () => ({ reason, offeredAlternative: 'da' })),
    act('inregistrare-stearsa', 'RecordingDeleted', cases.recordingOver, () => ({ recordingId: 'r-1', ...moment(cases.now()) })),
    act('inregistrare-retrasa', 'RecordingTakenBack', cases.recorded, () => ({ said: 'attached r-1', reason })),
    act('predare-retrasa', 'HandOverTakenBack', cases.handedOver, ({ mark }) => ({ handOver: `pickup ${mark}`, reason })),
    act('continuare', 'ContinuedOtherwise', cases.heldOnline, () => ({ mode: 'phone', cause: 'platform', ...moment(cases.now()) })),
    act('retrimitere', 'ResolutionToBeSentAgain', cases.bounced),
    act('rezolutie', 'ResolutionIssued', cases.held, () => ({ conclusions: 'Se eliberează autorizația.' })),
    act('rectificare', 'ResolutionAmended', cases.issued, () => ({ form: 'erratum', conclusions: 'Suprafața este de 45 m².', reason })),
    act('conexare', 'ResolutionFiled', cases.issued, () => ({ documentNumber: '90002' })),
    act('predare', 'ResolutionHandedOver', cases.issued, () => ({ channel: 'post', ...moment(cases.now()), proof: 'Confirmare nr. 7' })),
    act('obiectie', 'ObjectionAnswered', cases.disputed, () => ({ correctionOf: 'resolution', answer: reason })),
    act('instiintare', 'CitizenNotified', cases.cancelled, () => ({ outcome: 'phone:reached' })),
    act('neprezentare', 'CitizenAbsent', cases.lateAtStart, () => ({ waitedMinutes: '10' })),
    act('absenta-functionarului', 'StaffAbsent', cases.lateAtStart),
    act('repartizare', 'Reassigned', cases.scheduled, () => ({ staffId: 's004', reason })),
    act('reprogramare', 'Rescheduled', cases.scheduled, ({ otherHour }) => ({ startsAt: otherHour, reason: 'illness' })),
    act('reprogramare', 'ModeChanged', cases.scheduled, ({ startsAt }) => ({ startsAt, mode: 'phone', reason: 'illness' })),
    act('oferire', 'MoveOffered', cases.scheduled, () => ({ to: 'person s004', reason })),
    act('oferta-retrasa', 'MoveOfferWithdrawn', cases.offered),
    ...(['oferta', 'oferta/refuz'] as const).map((path) => {
      const fact = path === 'oferta' ? 'ticket.Reassigned' : 'ticket.MoveOfferDeclined';
      const fields = ({ mark }: Case) => ({ offerId: mark, because: reason, reason });
      // theirs are other pages
      return page(`POST /programari/:id/${path}`, [fact], cases.offered, fields, { not: ['citizen'] });
    }),
    act('anulare', 'Cancelled', cases.scheduled, () => ({ reason: 'illness' })),
    counter('anulare', 'Cancelled', cases.scheduled, () => ({ channel: 'counter' })),
    counter('mutare/:channel', 'Rescheduled', cases.scheduled, ({ otherHour }) => ({ startsAt: otherHour })),
    ...(['a number', 'an address'] as const).flatMap((variant) => {
      const fact = variant === 'a number' ? 'ContactCorrected' : 'ContactCorrectionRequested';
      const typed: Readonly<Record<string, string>> = variant === 'a number' ? { phone: '0740 987 654' } : { email: 'noua@exemplu.ro' };
      return [
        holder('contact', fact, cases.scheduled, () => typed, variant),
        counter('contact', fact, cases.scheduled, () => ({ ...typed, ...clerkSays }), variant),
      ];
    }),
    holder('contact/cod', 'ContactCorrected', cases.addressAsked, ({ mark }) => ({ code: mark })),
    counter('contact/cod', 'ContactCorrected', cases.addressAsked, ({ mark }) => ({ code: mark })),
    citizen('muta', 'Rescheduled', cases.scheduled, ({ otherHour }) => ({ startsAt: otherHour })),
    citizen('muta', 'ModeChanged', cases.scheduled, ({ startsAt }) => ({ startsAt, mod: 'phone' }), 'the mode alone'),
    holder('devreme', 'EarlierHourWanted', cases.online, () => ({ doresc: 'da' }), 'wanted'),
    holder('devreme', 'EarlierHourNoLongerWanted', cases.wanting, () => ({ doresc: 'nu' }), 'no longer'),
    citizen('obiectie', 'CorrectionDisputed', cases.amended, () => ({ correctionOf: 'resolution', objection: reason })),
    citizen('anulare', 'Cancelled', cases.scheduled),
    page('POST /program/:id/absente', ['staff.AbsenceRecorded'], cases.blank, ({ date }) => ({
      fromDate: date,
      fromTime: '10:00',
      toDate: date,
      toTime: '11:00',
      reason,
    })),
    {
      ...page('POST /pauze', ['calendar.ServicePaused'], cases.blank, pauseOn),
      // of a head it is always their own department
      not: ['head of another department'],
    },
    page('POST /pauze/:pauseId/reluare', ['calendar.ServiceResumed'], cases.paused),
    page('POST /program/:id/inlocuitori', ['staff.DeputyNamed'], cases.blank, ({ date }) => ({ deputy: 's004', from: date, to: date })),
    {
      ...page('POST /program/:id/inlocuitori', ['staff.DepartmentDeputyNamed'], cases.blank),
      variant: 'for the department',
      sent: ({ date }) => form('/program/s004/inlocuitori', { deputy: 's002', from: date, to: date, whom: 'department' }),
    },
    page('POST /program/:id/inlocuitori/:deputyshipId/retrage', ['staff.DeputyWithdrawn'], cases.deputised),
    page('POST /program/:id/inlocuieste/:deputyshipId/retrage', ['staff.DepartmentDeputyWithdrawn'], cases.forAll),
    page('POST /program/:id/plecare', ['ticket.Reassigned'], cases.leaving, ({ ticketId }) => ({
      because: reason,
      [`m-${ticketId}`]: 'deputy s004',
    })),
    page('POST /program/:id/absente/:absenceId/retrage', ['staff.AbsenceWithdrawn'], cases.absent),
    page('POST /program/:id/ore', ['staff.WorkingHoursSet'], cases.blank, ({ date }) => ({
      from: date,
      mon: '08:00-16:00',
      tue: '08:00-16:00',
    })),
    page('POST /program/:id/scrisori', ['staff.LettersChosen'], cases.silent, () => ({ choice: 'single', locale: 'en' })),
    uploaded('POST /program/:id/calendar/import', ['staff.AbsenceRecorded'], cases.soon, iCalendar, 'a.ics'),
    page('POST /termene/:number/:filedOn/admitere', ['request.LateAdmissionGranted'], cases.late, () => ({
      reason,
      until: cases.inDays(20),
    })),
    page('POST /termene/:number/:filedOn/aceeasi-ora', ['request.SharedHourAllowed'], cases.registered, () => ({
      sharedDate: cases.inDays(21),
      sharedTime: '10:00',
      sharedReason: reason,
    })),
    page('POST /registratura/cerere', ['request.RequestRegistered'], cases.blank, ({ request }) => ({ ...request, ...known })),
    ...(
      [
        ['HandlerAssigned', { handlerStaffId: 's004' }],
        ['StatusChanged', { status: 'redirected' }],
        ['ApplicantCorrected', { applicantName: 'Popa Maria', applicantChange: 'da' }],
        ['ApplicantDisputed', { applicantName: 'Popa Maria' }],
      ] as const
    ).map(([variant, changed]) => {
      const fields = () => ({ ...known, ...changed });
      return page('POST /registratura/cereri/:number/:filedOn/modificare', [`request.${variant}`], cases.registered, fields, { variant });
    }),
    page('POST /registratura/cereri/:number/:filedOn/solicitant', ['request.ApplicantDisputeSettled'], cases.twoApplicants, () => ({
      decision: 'kept',
      reason,
    })),
    page('POST /registratura/cereri/:number/:filedOn/raspuns', ['request.AnswerCommunicated'], cases.registered, answerOf),
    ...(
      [
        ['corectare', 'AnswerCorrected', correctedAnswerOf],
        ['retragere', 'AnswerWithdrawn', ({ mark }: Case) => ({ ofDocument: mark, reason })],
      ] as const
    ).map(([variant, fact, fields]) => {
      const route = 'POST /registratura/cereri/:number/:filedOn/raspuns/:correction';
      return page(route, [`request.${fact}`], cases.answered, fields, { variant, places: { correction: variant } });
    }),
    uploaded('POST /registratura/import', ['request.RequestRegistered', 'request.AnswerCommunicated'], cases.blank, (one) =>
      [requestHeader, requestLine(one)].join('\n'),
    ),
    uploaded('POST /administrare/functionari/import', ['staff.StaffRegistered'], cases.blank, (one) =>
      [staffHeader, staffLine(one)].join('\n'),
    ),
    page('POST /administrare/functionari/nou', ['staff.StaffRegistered'], cases.blank, (one) => ({
      ...person(one),
      staffId: `p${one.mark}`,
    })),
    page('POST /administrare/functionar/:id', ['staff.StaffRegistered'], cases.blank, person),
    page('POST /administrare/functionar/:id/plecare', ['staff.StaffLeft'], cases.newcomer, ({ date }) => ({ on: date })),
    ...(
      [
        ['bridge-day', 'BridgeDayDeclared', 0],
        ['working-day', 'WorkingDayDeclared', 5],
      ] as const
    ).map(([kind, fact, days]) => {
      const fields = ({ date }: Case) => ({ kind, date: addDays(date, days), decision });
      return page('POST /administrare/calendar', [`calendar.${fact}`], cases.blank, fields, { variant: kind });
    }),
    page('POST /administrare/calendar/:date/revenire', ['calendar.DayRestored'], cases.declared),
    page('POST /administrare/stergere/tichet/:reference', ['ticket.PersonalDataErased'], cases.found, () => ({ reason, confirm: 'da' })),
    page('POST /administrare/stergere/tichet/:reference/restrictionare', ['ticket.ProcessingRestricted'], cases.found, () => ({
      reason,
      ground: 'claims',
    })),
    page('POST /administrare/stergere/tichet/:reference/restrictionare/ridicare', ['ticket.RestrictionLifted'], cases.restricted, () => ({
      reason,
      personToldOn: civilDateOf(cases.now()),
    })),
    page('POST /administrare/stergere/tichet/:reference/rezolutie', ['ticket.ConclusionsErased'], cases.filed, () => ({
      reason,
      ...minuteOf(cases),
      confirm: 'da',
    })),
    page('POST /administrare/stergere/cerere/:number/:filedOn', ['request.PersonalDataErased'], cases.registered, () => ({
      reason,
      confirm: 'da',
    })),
    page('POST /administrare/oprite/:id/omitere', ['ops.EventSkipped'], cases.parked, () => ({ reason })),
    {
      ...page('POST /administrare/oprite/grup/:group/omitere', ['ops.EventSkipped'], cases.parked),
      sent: () => form(`${skipGroupPath({ projection: 'tasks', error: 'TypeError' })}?pana=999999`, { reason }),
    },
    page('POST /administrare/fluxuri/:stream/inchidere', ['ops.StreamClosed'], cases.damaged, () => ({ reason })),
  ];
};

/** What changes nothing of anybody else’s, or asks nobody who they are; and why. What changes something that is no fact: `effectWays`. */
export const otherWays: Readonly<Record<string, string>> = {
  'POST /tichet/:reference/ora-noua': 'it begins a booking, which POST /programare/verificare asks for',
  'POST /ghiseu/tichete/:id/ora-noua': 'it begins a booking, which POST /programare/verificare asks for',
  [`POST ${api}/requests/lookup`]: 'it asks the register, whose answer the machine writes',
  [`POST ${api}/webhooks/bounces`]: 'the provider, by its signature: see what services may',
  [`POST ${api}/webhooks/webex`]: 'a hint is not believed: the machine looks',
  [`POST ${api}/retention/confirmation`]: 'that the nights may erase: by the effect retention.confirmed (retention.spec.ts)',
  'POST /administrare/pastrare': 'that the nights may erase: by the effect retention.confirmed (retention.spec.ts)',
  'POST /administrare/acces': 'everything about one person is only shown; the reading is a fact of the service',
  [`POST ${api}/subject-access`]: 'everything about one person is only shown; the reading is a fact of the service',
  'POST /administrare/stergere': 'it leads to the page of the ticket or of the request',
  'POST /intra': 'a session is no fact',
  'POST /intra/incercare': 'a session is no fact',
  'POST /intra/iesire': 'a session is no fact',
  'POST /intra/sesiuni': 'a session is no fact',
  'POST /tichet': 'a lookup is no fact',
  'POST /tichet/dupa-cerere': 'a lookup is no fact',
  'POST /tichet/:reference/deschide': 'a session is no fact',
  'POST /tichet/:reference/deschide/cod': 'a letter that is asked for is no fact',
  'POST /ghiseu': 'a lookup is no fact',
  [`POST ${api}/staff/lookup`]: 'a lookup is no fact',
  'POST /audit': 'a filter leads to its list',
  'POST /audit/calendar': 'a filter leads to its list',
  'POST /termene/cereri': 'a filter leads to its list',
  'POST /programare/cerere': 'it asks the register, whose answer the machine writes',
  'POST /programare/ora': 'a draft is no fact',
  'POST /programare/mod': 'a draft is no fact',
  'POST /programare/contact': 'a draft is no fact',
  'POST /programare/verificare': 'whoever has found the request asks for a ticket of it, and of no other: nothing names one',
  'POST /programare/cod': 'whoever has asked for the ticket: nothing names another',
  'POST /programare/cod/nou': 'whoever has asked for the ticket: nothing names another',
  'POST /programare/cod/adresa': 'whoever has asked for the ticket: nothing names another',
};
