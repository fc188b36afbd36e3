import { requestTicket } from '../../../src/application/booking/request-ticket';
import { offerMove } from '../../../src/application/booking/move-offers';
import { cancelTicket } from '../../../src/application/booking/cancel-ticket';
import { codeOfTicket } from '../../../src/application/booking/codes';
import { correctContact } from '../../../src/application/booking/correct-contact';
import { earlierHourWanted } from '../../../src/application/booking/earlier-hours';
import { verifyEmail } from '../../../src/application/booking/verify-email';
import type { Asker, Principal, Role } from '../../../src/application/kernel/access';
import type { StreamDamage } from '../../../src/application/kernel/ports/event-store';
import type { ParkedKey } from '../../../src/application/kernel/ports/read-models';
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
  readonly request: RequestIdentity;
  readonly startsAt: string;
  /** another hour, of the same person */
  readonly otherHour: string;
  /** drawn for this case */
  readonly mark: string;
  readonly date: string;
};

const department = { department: 'Autorizări', departmentCode: '425' } as const;
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
    return { ticketId, request: { number: mark, filedOn: '2026-02-02' }, startsAt: hour(), otherHour: hour(), mark, date };
  };
  const registered = async (filedOn = '2026-02-02'): Promise<Case> => {
    const one = blank();
    const request = { ...one.request, filedOn };
    const told = { ...request, applicantName: 'Lăcătuș Andrei', ...department, handlerStaffId: 's002', status: 'in-operation' } as const;
    mustBeDone(await registerRequest(ports)(context(), told));
    return { ...one, request };
  };
  const twoApplicants = async (): Promise<Case> => {
    const one = await registered();
    const told = { ...one.request, applicantName: 'Popa Maria', ...department, handlerStaffId: 's002', status: 'in-operation' } as const;
    mustBeDone(await registerRequest(ports)(context(), told));
    return one;
  };
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
  const scheduled = async (mode?: 'online'): Promise<Case> => {
    if (mode === undefined) return asked();
    const one = await asked({ mode, email: email() });
    mustBeDone(await verifyEmail(ports)(context(), { ticketId: one.ticketId, code: await awaitedCodeOf(ports, one.ticketId) }));
    return one;
  };
  const atStart = async (mode?: 'online', minutes = 0): Promise<Case> => {
    const one = await scheduled(mode);
    ports.clock.set(one.startsAt);
    ports.clock.advance({ minutes });
    return one;
  };
  const started = async (mode?: 'online'): Promise<Case> => {
    const one = await atStart(mode);
    mustBeDone(await startMeeting(ports)(context(), { ticketId: one.ticketId }));
    ports.clock.advance({ minutes: 14 });
    return one;
  };
  const held = async (mode?: 'online'): Promise<Case> => {
    const one = await started(mode);
    mustBeDone(await recordHeld(ports)(context(), { ticketId: one.ticketId, startedAt: one.startsAt, endedAt: at() }));
    return one;
  };
  /** its recording is there, and kept no longer (where the policy `recording-period` is one day) */
  const recordingOver = async (): Promise<Case> => {
    const one = await held('online');
    const recording = { kind: 'attached', recordingId: 'r-1', startedAt: one.startsAt, durationSeconds: 800 } as const;
    mustBeDone(await recordRecording(ports)(context(), { ticketId: one.ticketId, recording }));
    ports.clock.advance({ hours: 49 });
    return one;
  };
  const issued = async (mode?: 'online'): Promise<Case> => {
    const one = await held(mode);
    mustBeDone(await issueResolution(ports)(context(), { ticketId: one.ticketId, conclusions: 'Se eliberează autorizația.' }));
    return one;
  };
  const amended = async (): Promise<Case> => {
    const one = await issued();
    const erratum = { form: 'erratum', conclusions: 'Suprafața este de 45 m².', reason: 'Cifre inversate.' } as const;
    mustBeDone(await amendResolution(ports)(context(), { ticketId: one.ticketId, ...erratum }));
    return one;
  };
  const disputed = async (): Promise<Case> => {
    const one = await amended();
    const objection = { correctionOf: 'resolution', objection: 'Era bine întâi.' } as const;
    mustBeDone(await disputeCorrection(ports)(context(), { ticketId: one.ticketId, ...objection }));
    return one;
  };
  /** a person said that there is a recording */
  const recorded = async (): Promise<Case> => {
    const one = await held('online');
    const recording = { kind: 'attached', recordingId: 'r-1', startedAt: one.startsAt, durationSeconds: 800 } as const;
    mustBeDone(await recordRecording(ports)(context(), { ticketId: one.ticketId, recording }));
    return one;
  };
  const handedOver = async (): Promise<Case> => {
    const one = await issued();
    const handedOverAt = at();
    mustBeDone(await handOverResolution(ports)(context(), { ticketId: one.ticketId, channel: 'pickup', handedOverAt, proof: 'semnătură' }));
    return { ...one, mark: handedOverAt };
  };
  /** the register has its document: its text can be selected for destruction */
  const filed = async (): Promise<Case> => {
    const one = await issued();
    mustBeDone(await recordFiled(ports)(context(), { ticketId: one.ticketId, documentNumber: '90002' }));
    await settled();
    return one;
  };
  /** GDPR 18 */
  const restricted = async (): Promise<Case> => {
    const one = await cancelled();
    mustBeDone(await restrictProcessing(ports)(context(), { ticketId: one.ticketId, ground: 'claims', reason: 'x' }));
    // its page finds it in the tables, by its reference
    await settled();
    return one;
  };
  /** the letter with the resolution came back */
  const bounced = async (): Promise<Case> => {
    const one = await issued('online');
    const letterId = ports.identifiers.next();
    await ports.operations.outbox.note({ letterId, ticketId: one.ticketId, kind: 'resolution', state: 'accepted', at: at(), attempts: 1 });
    mustBeDone(await letterBounced(ports)(context(), { letterId }));
    return one;
  };
  /** to a colleague of the department; `mark`: the offer */
  const offered = async (): Promise<Case> => {
    const one = await scheduled();
    const offerId = ports.identifiers.next();
    mustBeDone(await offerMove(ports)(context(), { ticketId: one.ticketId, offerId, staffId: 's004', reason: 'Avizul' }));
    return { ...one, mark: offerId };
  };
  const cancelled = async (): Promise<Case> => {
    const one = await scheduled();
    mustBeDone(await cancelTicket(ports)(context(), { ticketId: one.ticketId, by: 'staff', reason: 'illness' }));
    return one;
  };
  /** Its reference is in the tables, by which a page finds it. */
  const found = async (): Promise<Case> => {
    const one = await cancelled();
    await settled();
    return one;
  };
  const lettered = (kind: 'code' | 'invitation' | 'resolution') => async (): Promise<Case> => {
    const one = await scheduled();
    const letterId = ports.identifiers.next();
    await ports.operations.outbox.note({ letterId, ticketId: one.ticketId, kind, state: 'accepted', at: at(), attempts: 1 });
    return { ...one, mark: letterId };
  };
  const late = async (): Promise<Case> => {
    const one = await registered('2025-11-03');
    const answer = { documentNumber: one.mark, communicatedOn: '2025-12-02', channel: 'post' } as const;
    mustBeDone(await communicateAnswer(ports)(context(), { request: one.request, answer }));
    return one;
  };
  const answered = async (): Promise<Case> => {
    const one = await registered();
    const answer = { documentNumber: one.mark, communicatedOn: '2026-02-20', channel: 'post' } as const;
    mustBeDone(await communicateAnswer(ports)(context(), { request: one.request, answer }));
    return one;
  };
  const absent = async (): Promise<Case> => {
    const one = blank();
    const times = { from: `${one.date}T08:00:00.000Z`, to: `${one.date}T09:00:00.000Z` };
    const { value } = mustBeDone(await recordAbsence(ports)(context(), { staffId: 's002', ...times, reason: 'Concediu' }));
    return { ...one, mark: value.absenceId };
  };
  /** What they choose next is something else. */
  const silent = async (): Promise<Case> => {
    mustBeDone(await chooseLetters(ports)(context(), { staffId: 's002', choice: 'none', locale: 'ro' }));
    return blank();
  };
  const declared = async (): Promise<Case> => {
    const one = blank();
    mustBeDone(await declareBridgeDay(ports)(context(), { date: one.date, decision: 'Dispoziția nr. 12' }));
    return one;
  };
  const worked = async (): Promise<Case> => {
    const one = blank();
    mustBeDone(await declareWorkingDay(ports)(context(), { date: addDays(one.date, 5), decision: 'Dispoziția nr. 12' }));
    return one;
  };
  const inDays = (days: number): string => addDays(civilDateOf(at()), days);
  const parked: ParkedKey[] = [];
  jest.spyOn(ports.readModels, 'parked').mockImplementation(() => Promise.resolve(parked));
  const damaged: StreamDamage[] = [];
  ports.store.damaged = () => Promise.resolve(damaged);
  const newcomer = async (): Promise<Case> => {
    const one = blank();
    mustBeDone(await registerStaff(ports)(context(), { ...staff.s002, staffId: `n${one.mark}` }));
    return one;
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
      const pause = { from: one.date, to: one.date, departmentCode: '425', textRo: reason, textEn: reason };
      const { value } = mustBeDone(await pauseService(ports)(context(), pause));
      return { ...one, mark: value.pauseId };
    },
    deputised,
    forAll,
    leaving,
    registered: () => registered(),
    awaiting: async () => {
      const one = await asked({ email: email() });
      return { ...one, mark: await awaitedCodeOf(ports, one.ticketId) };
    },
    scheduled: () => scheduled(),
    online: () => scheduled('online'),
    /** another address was given, and waits for its code */
    addressAsked: async () => {
      const one = await scheduled();
      mustBeDone(await correctContact(ports)(context(), { ticketId: one.ticketId, email: email() }));
      return { ...one, mark: (await ports.operations.codes.get(codeOfTicket(one.ticketId, 1), at())) ?? '' };
    },
    /** an earlier hour is wanted */
    wanting: async () => {
      const one = await scheduled('online');
      mustBeDone(await earlierHourWanted(ports)(context(), { ticketId: one.ticketId, wanted: true }));
      return one;
    },
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
    coded: lettered('code'),
    invited: lettered('invitation'),
    resolved: lettered('resolution'),
    late,
    answered,
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
      damaged.push({ stream: `agenda-${one.mark}`, revision: 0, how: 'deleted' });
      return Promise.resolve(one);
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
const known = { applicantName: 'Lăcătuș Andrei', ...department, handlerStaffId: 's002', status: 'in-operation' };
const pathOf = ({ request: { number, filedOn } }: Case): string => `${number}/${filedOn}`;
const reason = 'Fiindcă așa s-a hotărât';

const minuteOf = (cases: Cases) => ({ minuteNumber: '3', minuteDate: civilDateOf(cases.now()) });

/** Every route by which a program causes a fact. */
export const apiWays = (cases: Cases): readonly Way[] => {
  const ofTicket = (
    last: string,
    facts: readonly string[],
    arrange: Way['arrange'],
    body: (one: Case, side: Side) => object,
    variant?: string,
  ): Way => ({
    route: `POST ${api}/tickets/:id/${last}`,
    ...(variant === undefined ? {} : { variant }),
    facts: facts.map((fact) => `ticket.${fact}`),
    arrange,
    sent: (one, side) => json(`/tickets/${one.ticketId}/${last}`, body(one, side)),
  });
  const ofRequest = (variant: string, fact: string, arrange: Way['arrange'], changed: object): Way => ({
    route: `PUT ${api}/requests/:number/:filedOn`,
    variant,
    facts: [`request.${fact}`],
    arrange,
    sent: (one) => json(`/requests/${pathOf(one)}`, { ...known, ...changed }),
  });
  const says: Readonly<Record<Side, object>> = { citizen: {}, clerk: { channel: 'counter' }, staff: { reason: 'illness' } };
  const nextHour = ({ otherHour }: Case, side: Side) => ({ startsAt: otherHour, ...says[side] });
  return [
    {
      route: `POST ${api}/tickets`,
      facts: ['request.TicketAdmitted', 'ticket.Requested', 'ticket.Scheduled'],
      arrange: cases.registered,
      sent: ({ startsAt }) => json('/tickets', { startsAt, mode: 'in-person', phone: '0740 123 456' }),
      not: ['another booking', 'registry', 'registry with a person'],
    },
    {
      route: `POST ${api}/counter/tickets`,
      facts: ['request.TicketAdmitted', 'ticket.Requested', 'ticket.Scheduled'],
      arrange: cases.registered,
      sent: ({ request: { number, filedOn }, startsAt }) => {
        const data = { requestNumber: number, applicantName: 'Lăcătuș Andrei', filedOn };
        return json('/counter/tickets', { ...data, startsAt, mode: 'in-person', phone: '0740 123 456', channel: 'counter' });
      },
      not: ['booking', 'another booking'],
    },
    ofTicket('verification', ['EmailVerified', 'Scheduled'], cases.awaiting, ({ mark }) => ({ code: mark })),
    ofTicket('verification', ['VerificationFailed'], cases.awaiting, () => ({ code: '00000' }), 'a wrong code'),
    ofTicket('verification/new-code', ['VerificationCodeIssued'], cases.awaiting, () => ({})),
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
    ofTicket('start', ['MeetingStarted'], cases.atStart, () => ({})),
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
    ofTicket('resolution/send-again', ['ResolutionToBeSentAgain'], cases.bounced, () => ({})),
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
    ofTicket('offer/withdrawn', ['MoveOfferWithdrawn'], cases.offered, () => ({})),
    ofTicket('forget', ['PersonalDataErased'], cases.cancelled, () => ({ reason })),
    ofTicket('restriction', ['ProcessingRestricted'], cases.cancelled, () => ({ reason, ground: 'claims' })),
    ofTicket('restriction/lift', ['RestrictionLifted'], cases.restricted, () => ({ reason, personToldOn: civilDateOf(cases.now()) })),
    ofTicket('conclusions/forget', ['ConclusionsErased'], cases.filed, () => ({ reason, ...minuteOf(cases) })),
    ...(['invited', 'resolved'] as const).map((standing) => ({
      route: `POST ${api}/letters/:id/bounced`,
      variant: standing,
      facts: [standing === 'invited' ? 'ticket.InvitationBounced' : 'ticket.ResolutionBounced'],
      arrange: cases[standing],
      sent: ({ mark }: Case) => json(`/letters/${mark}/bounced`),
    })),
    {
      route: `POST ${api}/staff/:id/absences`,
      facts: ['staff.AbsenceRecorded'],
      arrange: cases.blank,
      sent: ({ date }) => json('/staff/s002/absences', { from: `${date}T08:00:00.000Z`, to: `${date}T09:00:00.000Z`, reason }),
    },
    {
      route: `POST ${api}/staff/:id/absence-plan`,
      facts: ['staff.AbsenceRecorded'],
      arrange: cases.blank,
      sent: ({ date }) => {
        const absence = { from: `${date}T08:00:00.000Z`, to: `${date}T09:00:00.000Z`, reason };
        return json('/staff/s002/absence-plan', { ...absence, because: 'leave', moves: [] });
      },
    },
    {
      route: `POST ${api}/pauses`,
      facts: ['calendar.ServicePaused'],
      arrange: cases.blank,
      sent: ({ date }) => json('/pauses', { from: date, to: date, departmentCode: '425', textRo: reason, textEn: reason }),
    },
    {
      route: `DELETE ${api}/pauses/:pauseId`,
      facts: ['calendar.ServiceResumed'],
      arrange: cases.paused,
      sent: ({ mark }) => json(`/pauses/${mark}`),
    },
    {
      route: `POST ${api}/staff/:id/deputies`,
      facts: ['staff.DeputyNamed'],
      arrange: cases.blank,
      sent: ({ date }) => json('/staff/s002/deputies', { deputy: 's004', from: date, to: date }),
    },
    {
      route: `DELETE ${api}/staff/:id/deputies/:deputyshipId`,
      facts: ['staff.DeputyWithdrawn'],
      arrange: cases.deputised,
      sent: ({ mark }) => json(`/staff/s002/deputies/${mark}`),
    },
    {
      route: `POST ${api}/staff/:id/department-deputyships`,
      facts: ['staff.DepartmentDeputyNamed'],
      arrange: cases.blank,
      sent: ({ date }) => json('/staff/s002/department-deputyships', { from: date, to: date }),
    },
    {
      route: `DELETE ${api}/staff/:id/department-deputyships/:deputyshipId`,
      facts: ['staff.DepartmentDeputyWithdrawn'],
      arrange: cases.forAll,
      sent: ({ mark }) => json(`/staff/s002/department-deputyships/${mark}`),
    },
    {
      route: `POST ${api}/staff/:id/departure-plan`,
      facts: ['ticket.Reassigned'],
      arrange: cases.leaving,
      sent: ({ ticketId }) =>
        json('/staff/s002/departure-plan', { because: reason, moves: [{ ticketId, kind: 'deputy', staffId: 's004' }] }),
    },
    {
      route: `DELETE ${api}/staff/:id/absences/:absenceId`,
      facts: ['staff.AbsenceWithdrawn'],
      arrange: cases.absent,
      sent: ({ mark }) => json(`/staff/s002/absences/${mark}`),
    },
    {
      route: `POST ${api}/staff/:id/absences/import`,
      facts: ['staff.AbsenceRecorded'],
      arrange: cases.soon,
      sent: (one) => ({ ...json('/staff/s002/absences/import'), headers: { 'content-type': 'text/calendar' }, payload: iCalendar(one) }),
    },
    {
      route: `PUT ${api}/staff/:id/hours`,
      facts: ['staff.WorkingHoursSet'],
      arrange: cases.blank,
      sent: ({ date }) => json('/staff/s002/hours', { from: date, week }),
    },
    {
      route: `PUT ${api}/staff/:id/letters`,
      facts: ['staff.LettersChosen'],
      arrange: cases.silent,
      sent: () => json('/staff/s002/letters', { choice: 'single', locale: 'ro' }),
    },
    {
      route: `PUT ${api}/staff/:id`,
      facts: ['staff.StaffRegistered'],
      arrange: cases.blank,
      sent: ({ mark }) => {
        const { staffId, ...person } = staff.s002;
        return json(`/staff/${staffId}`, { ...person, email: `${mark}@primarie.example` });
      },
    },
    {
      route: `POST ${api}/staff/:id/left`,
      facts: ['staff.StaffLeft'],
      arrange: cases.newcomer,
      sent: ({ mark, date }) => json(`/staff/n${mark}/left`, { on: date }),
    },
    {
      route: `POST ${api}/staff/import`,
      facts: ['staff.StaffRegistered'],
      arrange: cases.blank,
      sent: (one) => csv('/staff/import', staffHeader, staffLine(one)),
    },
    ofRequest('a new one', 'RequestRegistered', cases.blank, {}),
    ofRequest('another handler', 'HandlerAssigned', cases.registered, { handlerStaffId: 's004' }),
    ofRequest('another status', 'StatusChanged', cases.registered, { status: 'redirected' }),
    ofRequest('another name', 'ApplicantCorrected', cases.registered, { applicantName: 'Popa Maria', applicantChange: 'corrected' }),
    ofRequest('another applicant', 'ApplicantDisputed', cases.registered, { applicantName: 'Popa Maria' }),
    ...(['kept', 'corrected'] as const).map((decision) => ({
      route: `POST ${api}/requests/:number/:filedOn/applicant-dispute`,
      variant: decision,
      facts: ['request.ApplicantDisputeSettled', ...(decision === 'kept' ? [] : ['request.ApplicantCorrected'])],
      arrange: cases.twoApplicants,
      sent: (one: Case) => json(`/requests/${pathOf(one)}/applicant-dispute`, { decision, reason }),
    })),
    {
      route: `POST ${api}/requests/:number/:filedOn/answers`,
      facts: ['request.AnswerCommunicated'],
      arrange: cases.registered,
      sent: (one) => json(`/requests/${pathOf(one)}/answers`, { documentNumber: one.mark, communicatedOn: '2026-02-20', channel: 'post' }),
    },
    {
      route: `POST ${api}/requests/:number/:filedOn/answers/corrected`,
      facts: ['request.AnswerCorrected'],
      arrange: cases.answered,
      sent: (one) =>
        json(`/requests/${pathOf(one)}/answers/corrected`, {
          ofDocument: one.mark,
          documentNumber: one.mark,
          communicatedOn: '2026-02-21',
          channel: 'post',
          reason,
        }),
    },
    {
      route: `POST ${api}/requests/:number/:filedOn/answers/withdrawn`,
      facts: ['request.AnswerWithdrawn'],
      arrange: cases.answered,
      sent: (one) => json(`/requests/${pathOf(one)}/answers/withdrawn`, { ofDocument: one.mark, reason }),
    },
    {
      route: `POST ${api}/requests/import`,
      facts: ['request.RequestRegistered', 'request.AnswerCommunicated'],
      arrange: cases.blank,
      sent: (one) => csv('/requests/import', requestHeader, requestLine(one)),
    },
    {
      route: `POST ${api}/requests/:number/:filedOn/late-admission`,
      facts: ['request.LateAdmissionGranted'],
      arrange: cases.late,
      sent: (one) => json(`/requests/${pathOf(one)}/late-admission`, { reason, until: cases.inDays(20) }),
    },
    {
      route: `POST ${api}/requests/:number/:filedOn/shared-hours`,
      facts: ['request.SharedHourAllowed'],
      arrange: cases.registered,
      sent: (one) => json(`/requests/${pathOf(one)}/shared-hours`, { reason, startsAt: `${cases.inDays(20)}T08:00:00.000Z` }),
    },
    {
      route: `POST ${api}/bridge-days`,
      facts: ['calendar.BridgeDayDeclared'],
      arrange: cases.blank,
      sent: ({ date }) => json('/bridge-days', { date, decision: 'Dispoziția nr. 12' }),
    },
    {
      route: `DELETE ${api}/bridge-days/:date`,
      facts: ['calendar.DayRestored'],
      arrange: cases.declared,
      sent: ({ date }) => json(`/bridge-days/${date}`),
    },
    {
      route: `POST ${api}/working-days`,
      facts: ['calendar.WorkingDayDeclared'],
      arrange: cases.blank,
      sent: ({ date }) => json('/working-days', { date: addDays(date, 5), decision: 'Dispoziția nr. 12' }),
    },
    {
      route: `DELETE ${api}/working-days/:date`,
      facts: ['calendar.DayRestored'],
      arrange: cases.worked,
      sent: ({ date }) => json(`/working-days/${addDays(date, 5)}`),
    },
    {
      route: `POST ${api}/parked/:id/skip`,
      facts: ['ops.EventSkipped'],
      arrange: cases.parked,
      sent: ({ mark }) => json(`/parked/${mark}/skip`, { reason }),
    },
    {
      route: `POST ${api}/operations/parked/skip`,
      facts: ['ops.EventSkipped'],
      arrange: cases.parked,
      sent: () => json('/operations/parked/skip', { projection: 'tasks', upTo: '999999', reason }),
    },
    {
      route: `POST ${api}/streams/:stream/close`,
      facts: ['ops.StreamClosed'],
      arrange: cases.damaged,
      sent: ({ mark }) => json(`/streams/agenda-${mark}/close`, { reason }),
    },
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
  const act = (path: string, fact: string, arrange: Way['arrange'], fields: (one: Case) => Readonly<Record<string, string>>): Way => ({
    route: ['repartizare', 'reprogramare', 'anulare'].includes(path) ? `POST /programari/:id/${path}` : 'POST /programari/:id/:act',
    variant: path,
    facts: [`ticket.${fact}`],
    arrange,
    sent: (one) => form(`/programari/${one.ticketId}/${path}`, fields(one)),
    // theirs are other pages
    not: ['citizen', ...(path === 'reprogramare' || path === 'anulare' ? (['registry', 'registry with a person'] as const) : [])],
  });
  const moment = (instant: string): Readonly<Record<string, string>> => ({ date: asTyped(instant).date, at: asTyped(instant).time });
  const person = ({ mark }: Case) => ({ ...staff.s002, email: `${mark}@primarie.example` });
  return [
    act('link', 'MeetingLinkAttached', cases.online, () => ({ joinUrl: 'https://primaria.webex.com/meet/x' })),
    act('incepere', 'MeetingStarted', cases.atStart, () => ({})),
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
    act('retrimitere', 'ResolutionToBeSentAgain', cases.bounced, () => ({})),
    act('rezolutie', 'ResolutionIssued', cases.held, () => ({ conclusions: 'Se eliberează autorizația.' })),
    act('rectificare', 'ResolutionAmended', cases.issued, () => ({ form: 'erratum', conclusions: 'Suprafața este de 45 m².', reason })),
    act('conexare', 'ResolutionFiled', cases.issued, () => ({ documentNumber: '90002' })),
    act('predare', 'ResolutionHandedOver', cases.issued, () => ({ channel: 'post', ...moment(cases.now()), proof: 'Confirmare nr. 7' })),
    act('obiectie', 'ObjectionAnswered', cases.disputed, () => ({ correctionOf: 'resolution', answer: reason })),
    act('instiintare', 'CitizenNotified', cases.cancelled, () => ({ outcome: 'phone:reached' })),
    act('neprezentare', 'CitizenAbsent', cases.lateAtStart, () => ({ waitedMinutes: '10' })),
    act('absenta-functionarului', 'StaffAbsent', cases.lateAtStart, () => ({})),
    act('repartizare', 'Reassigned', cases.scheduled, () => ({ staffId: 's004', reason })),
    act('reprogramare', 'Rescheduled', cases.scheduled, ({ otherHour }) => ({ startsAt: otherHour, reason: 'illness' })),
    act('reprogramare', 'ModeChanged', cases.scheduled, ({ startsAt }) => ({ startsAt, mode: 'phone', reason: 'illness' })),
    act('oferire', 'MoveOffered', cases.scheduled, () => ({ to: 'person s004', reason })),
    act('oferta-retrasa', 'MoveOfferWithdrawn', cases.offered, () => ({})),
    ...(['oferta', 'oferta/refuz'] as const).map((path) => ({
      route: `POST /programari/:id/${path}`,
      facts: [path === 'oferta' ? 'ticket.Reassigned' : 'ticket.MoveOfferDeclined'],
      arrange: cases.offered,
      sent: ({ ticketId, mark }: Case) => form(`/programari/${ticketId}/${path}`, { offerId: mark, because: reason, reason }),
      // theirs are other pages
      not: ['citizen'] as const,
    })),
    act('anulare', 'Cancelled', cases.scheduled, () => ({ reason: 'illness' })),
    ...(['anulare', 'mutare'] as const).map((path) => ({
      route: `POST /ghiseu/tichete/:id/${path === 'mutare' ? 'mutare/:channel' : path}`,
      facts: [path === 'mutare' ? 'ticket.Rescheduled' : 'ticket.Cancelled'],
      arrange: cases.scheduled,
      sent: ({ ticketId, otherHour }: Case) =>
        path === 'mutare'
          ? form(`/ghiseu/tichete/${ticketId}/mutare/counter`, { startsAt: otherHour })
          : form(`/ghiseu/tichete/${ticketId}/anulare`, { channel: 'counter' }),
      not: countersOwn,
    })),
    ...(['a number', 'an address'] as const).flatMap((variant) => {
      const facts = [variant === 'a number' ? 'ticket.ContactCorrected' : 'ticket.ContactCorrectionRequested'];
      const typed = variant === 'a number' ? { phone: '0740 987 654' } : { email: 'noua@exemplu.ro' };
      const of = { variant, facts, arrange: cases.scheduled };
      return [
        {
          ...of,
          route: 'POST /tichet/:reference/contact',
          sent: ({ ticketId }: Case) => form(`/tichet/${referenceOf(ticketId)}/contact`, typed),
          not: holdersOwn,
        },
        {
          ...of,
          route: 'POST /ghiseu/tichete/:id/contact',
          sent: ({ ticketId }: Case) => form(`/ghiseu/tichete/${ticketId}/contact`, { ...typed, ...clerkSays }),
          not: countersOwn,
        },
      ];
    }),
    {
      route: 'POST /tichet/:reference/contact/cod',
      facts: ['ticket.ContactCorrected'],
      arrange: cases.addressAsked,
      sent: ({ ticketId, mark }) => form(`/tichet/${referenceOf(ticketId)}/contact/cod`, { code: mark }),
      not: holdersOwn,
    },
    {
      route: 'POST /ghiseu/tichete/:id/contact/cod',
      facts: ['ticket.ContactCorrected'],
      arrange: cases.addressAsked,
      sent: ({ ticketId, mark }) => form(`/ghiseu/tichete/${ticketId}/contact/cod`, { code: mark }),
      not: countersOwn,
    },
    {
      route: 'POST /tichet/:reference/muta',
      facts: ['ticket.Rescheduled'],
      arrange: cases.scheduled,
      sent: ({ ticketId, otherHour }) => form(`/tichet/${referenceOf(ticketId)}/muta`, { startsAt: otherHour }),
      not: citizensOwn,
    },
    ...[true, false].map((wanted) => ({
      route: 'POST /tichet/:reference/devreme',
      variant: wanted ? 'wanted' : 'no longer',
      facts: [wanted ? 'ticket.EarlierHourWanted' : 'ticket.EarlierHourNoLongerWanted'],
      arrange: wanted ? cases.online : cases.wanting,
      sent: ({ ticketId }: Case) => form(`/tichet/${referenceOf(ticketId)}/devreme`, { doresc: wanted ? 'da' : 'nu' }),
      not: holdersOwn,
    })),
    {
      route: 'POST /tichet/:reference/muta',
      variant: 'the mode alone',
      facts: ['ticket.ModeChanged'],
      arrange: cases.scheduled,
      sent: ({ ticketId, startsAt }) => form(`/tichet/${referenceOf(ticketId)}/muta`, { startsAt, mod: 'phone' }),
      not: citizensOwn,
    },
    {
      route: 'POST /tichet/:reference/obiectie',
      facts: ['ticket.CorrectionDisputed'],
      arrange: cases.amended,
      sent: ({ ticketId }) => form(`/tichet/${referenceOf(ticketId)}/obiectie`, { correctionOf: 'resolution', objection: reason }),
      not: citizensOwn,
    },
    {
      route: 'POST /tichet/:reference/anulare',
      facts: ['ticket.Cancelled'],
      arrange: cases.scheduled,
      sent: ({ ticketId }) => form(`/tichet/${referenceOf(ticketId)}/anulare`),
      not: citizensOwn,
    },
    {
      route: 'POST /program/:id/absente',
      facts: ['staff.AbsenceRecorded'],
      arrange: cases.blank,
      sent: ({ date }) => form('/program/s002/absente', { fromDate: date, fromTime: '10:00', toDate: date, toTime: '11:00', reason }),
    },
    {
      route: 'POST /pauze',
      facts: ['calendar.ServicePaused'],
      arrange: cases.blank,
      sent: ({ date }) => form('/pauze', { from: date, to: date, departmentCode: '425', textRo: reason, textEn: reason }),
      // of a head it is always their own department
      not: ['head of another department'],
    },
    {
      route: 'POST /pauze/:pauseId/reluare',
      facts: ['calendar.ServiceResumed'],
      arrange: cases.paused,
      sent: ({ mark }) => form(`/pauze/${mark}/reluare`),
    },
    {
      route: 'POST /program/:id/inlocuitori',
      facts: ['staff.DeputyNamed'],
      arrange: cases.blank,
      sent: ({ date }) => form('/program/s002/inlocuitori', { deputy: 's004', from: date, to: date }),
    },
    {
      route: 'POST /program/:id/inlocuitori',
      variant: 'for the department',
      facts: ['staff.DepartmentDeputyNamed'],
      arrange: cases.blank,
      sent: ({ date }) => form('/program/s004/inlocuitori', { deputy: 's002', from: date, to: date, whom: 'department' }),
    },
    {
      route: 'POST /program/:id/inlocuitori/:deputyshipId/retrage',
      facts: ['staff.DeputyWithdrawn'],
      arrange: cases.deputised,
      sent: ({ mark }) => form(`/program/s002/inlocuitori/${mark}/retrage`),
    },
    {
      route: 'POST /program/:id/inlocuieste/:deputyshipId/retrage',
      facts: ['staff.DepartmentDeputyWithdrawn'],
      arrange: cases.forAll,
      sent: ({ mark }) => form(`/program/s002/inlocuieste/${mark}/retrage`),
    },
    {
      route: 'POST /program/:id/plecare',
      facts: ['ticket.Reassigned'],
      arrange: cases.leaving,
      sent: ({ ticketId }) => form('/program/s002/plecare', { because: reason, [`m-${ticketId}`]: 'deputy s004' }),
    },
    {
      route: 'POST /program/:id/absente/:absenceId/retrage',
      facts: ['staff.AbsenceWithdrawn'],
      arrange: cases.absent,
      sent: ({ mark }) => form(`/program/s002/absente/${mark}/retrage`),
    },
    {
      route: 'POST /program/:id/ore',
      facts: ['staff.WorkingHoursSet'],
      arrange: cases.blank,
      sent: ({ date }) => form('/program/s002/ore', { from: date, mon: '08:00-16:00', tue: '08:00-16:00' }),
    },
    {
      route: 'POST /program/:id/scrisori',
      facts: ['staff.LettersChosen'],
      arrange: cases.silent,
      sent: () => form('/program/s002/scrisori', { choice: 'single', locale: 'en' }),
    },
    {
      route: 'POST /program/:id/calendar/import',
      facts: ['staff.AbsenceRecorded'],
      arrange: cases.soon,
      sent: (one) => upload('/program/s002/calendar/import', 'fisier', 'a.ics', iCalendar(one)),
    },
    {
      route: 'POST /termene/:number/:filedOn/admitere',
      facts: ['request.LateAdmissionGranted'],
      arrange: cases.late,
      sent: (one) => form(`/termene/${pathOf(one)}/admitere`, { reason, until: cases.inDays(20) }),
    },
    {
      route: 'POST /termene/:number/:filedOn/aceeasi-ora',
      facts: ['request.SharedHourAllowed'],
      arrange: cases.registered,
      sent: (one) =>
        form(`/termene/${pathOf(one)}/aceeasi-ora`, { sharedDate: cases.inDays(21), sharedTime: '10:00', sharedReason: reason }),
    },
    {
      route: 'POST /registratura/cerere',
      facts: ['request.RequestRegistered'],
      arrange: cases.blank,
      sent: ({ request }) => form('/registratura/cerere', { ...request, ...known }),
    },
    ...(
      [
        ['HandlerAssigned', { handlerStaffId: 's004' }],
        ['StatusChanged', { status: 'redirected' }],
        ['ApplicantCorrected', { applicantName: 'Popa Maria', applicantChange: 'da' }],
        ['ApplicantDisputed', { applicantName: 'Popa Maria' }],
      ] as const
    ).map(([fact, changed]) => ({
      route: 'POST /registratura/cereri/:number/:filedOn/modificare',
      variant: fact,
      facts: [`request.${fact}`],
      arrange: cases.registered,
      sent: (one: Case) => form(`/registratura/cereri/${pathOf(one)}/modificare`, { ...known, ...changed }),
    })),
    {
      route: 'POST /registratura/cereri/:number/:filedOn/solicitant',
      facts: ['request.ApplicantDisputeSettled'],
      arrange: cases.twoApplicants,
      sent: (one) => form(`/registratura/cereri/${pathOf(one)}/solicitant`, { decision: 'kept', reason }),
    },
    {
      route: 'POST /registratura/cereri/:number/:filedOn/raspuns',
      facts: ['request.AnswerCommunicated'],
      arrange: cases.registered,
      sent: (one) =>
        form(`/registratura/cereri/${pathOf(one)}/raspuns`, { documentNumber: one.mark, communicatedOn: '2026-02-20', channel: 'post' }),
    },
    {
      route: 'POST /registratura/cereri/:number/:filedOn/raspuns/:correction',
      variant: 'corectare',
      facts: ['request.AnswerCorrected'],
      arrange: cases.answered,
      sent: (one) =>
        form(`/registratura/cereri/${pathOf(one)}/raspuns/corectare`, {
          ofDocument: one.mark,
          documentNumber: one.mark,
          communicatedOn: '2026-02-21',
          channel: 'post',
          reason,
        }),
    },
    {
      route: 'POST /registratura/cereri/:number/:filedOn/raspuns/:correction',
      variant: 'retragere',
      facts: ['request.AnswerWithdrawn'],
      arrange: cases.answered,
      sent: (one) => form(`/registratura/cereri/${pathOf(one)}/raspuns/retragere`, { ofDocument: one.mark, reason }),
    },
    {
      route: 'POST /registratura/import',
      facts: ['request.RequestRegistered', 'request.AnswerCommunicated'],
      arrange: cases.blank,
      sent: (one) => upload('/registratura/import', 'fisier', 'a.csv', [requestHeader, requestLine(one)].join('\n')),
    },
    {
      route: 'POST /administrare/functionari/import',
      facts: ['staff.StaffRegistered'],
      arrange: cases.blank,
      sent: (one) => upload('/administrare/functionari/import', 'fisier', 'a.csv', [staffHeader, staffLine(one)].join('\n')),
    },
    {
      route: 'POST /administrare/functionari/nou',
      facts: ['staff.StaffRegistered'],
      arrange: cases.blank,
      sent: (one) => form('/administrare/functionari/nou', { ...person(one), staffId: `p${one.mark}` }),
    },
    {
      route: 'POST /administrare/functionar/:id',
      facts: ['staff.StaffRegistered'],
      arrange: cases.blank,
      sent: (one) => form('/administrare/functionar/s002', person(one)),
    },
    {
      route: 'POST /administrare/functionar/:id/plecare',
      facts: ['staff.StaffLeft'],
      arrange: cases.newcomer,
      sent: ({ mark, date }) => form(`/administrare/functionar/n${mark}/plecare`, { on: date }),
    },
    ...(['bridge-day', 'working-day'] as const).map((kind) => ({
      route: 'POST /administrare/calendar',
      variant: kind,
      facts: [kind === 'bridge-day' ? 'calendar.BridgeDayDeclared' : 'calendar.WorkingDayDeclared'],
      arrange: cases.blank,
      sent: ({ date }: Case) =>
        form('/administrare/calendar', { kind, date: kind === 'bridge-day' ? date : addDays(date, 5), decision: 'Dispoziția nr. 12' }),
    })),
    {
      route: 'POST /administrare/calendar/:date/revenire',
      facts: ['calendar.DayRestored'],
      arrange: cases.declared,
      sent: ({ date }) => form(`/administrare/calendar/${date}/revenire`),
    },
    {
      route: 'POST /administrare/stergere/tichet/:reference',
      facts: ['ticket.PersonalDataErased'],
      arrange: cases.found,
      sent: ({ ticketId }) => form(`/administrare/stergere/tichet/${referenceOf(ticketId)}`, { reason, confirm: 'da' }),
    },
    {
      route: 'POST /administrare/stergere/tichet/:reference/restrictionare',
      facts: ['ticket.ProcessingRestricted'],
      arrange: cases.found,
      sent: ({ ticketId }) => form(`/administrare/stergere/tichet/${referenceOf(ticketId)}/restrictionare`, { reason, ground: 'claims' }),
    },
    {
      route: 'POST /administrare/stergere/tichet/:reference/restrictionare/ridicare',
      facts: ['ticket.RestrictionLifted'],
      arrange: cases.restricted,
      sent: ({ ticketId }) =>
        form(`/administrare/stergere/tichet/${referenceOf(ticketId)}/restrictionare/ridicare`, {
          reason,
          personToldOn: civilDateOf(cases.now()),
        }),
    },
    {
      route: 'POST /administrare/stergere/tichet/:reference/rezolutie',
      facts: ['ticket.ConclusionsErased'],
      arrange: cases.filed,
      sent: ({ ticketId }) =>
        form(`/administrare/stergere/tichet/${referenceOf(ticketId)}/rezolutie`, { reason, ...minuteOf(cases), confirm: 'da' }),
    },
    {
      route: 'POST /administrare/stergere/cerere/:number/:filedOn',
      facts: ['request.PersonalDataErased'],
      arrange: cases.registered,
      sent: (one) => form(`/administrare/stergere/cerere/${pathOf(one)}`, { reason, confirm: 'da' }),
    },
    {
      route: 'POST /administrare/oprite/:id/omitere',
      facts: ['ops.EventSkipped'],
      arrange: cases.parked,
      sent: ({ mark }) => form(`/administrare/oprite/${mark}/omitere`, { reason }),
    },
    {
      route: 'POST /administrare/oprite/grup/:group/omitere',
      facts: ['ops.EventSkipped'],
      arrange: cases.parked,
      sent: () => form(`${skipGroupPath({ projection: 'tasks', error: 'TypeError' })}?pana=999999`, { reason }),
    },
    {
      route: 'POST /administrare/fluxuri/:stream/inchidere',
      facts: ['ops.StreamClosed'],
      arrange: cases.damaged,
      sent: ({ mark }) => form(`/administrare/fluxuri/agenda-${mark}/inchidere`, { reason }),
    },
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
