import { attachMeetingLink, recordAbsent, recordHeld } from '../../../src/application/meeting/hold-meeting';
import { cancelTicket } from '../../../src/application/booking/cancel-ticket';
import { handOverResolution, issueResolution } from '../../../src/application/resolution/issue-resolution';
import { letterBounced } from '../../../src/application/resolution/bounces';
import { reassignTicket, rescheduleTicket } from '../../../src/application/booking/move-meeting';
import { recordRecording } from '../../../src/application/meeting/recordings';
import { registerRequest } from '../../../src/application/requests/register-request';
import { registerStaff } from '../../../src/application/staff/register-staff';
import { requestTicket } from '../../../src/application/booking/request-ticket';
import { verifyEmail } from '../../../src/application/booking/verify-email';
import type { Actor } from '../../../src/domain/kernel/fact';
import type { Mode } from '../../../src/domain/ticket/facts';
import { recordingNotice } from '../../../src/domain/ticket/request-ticket';
import { plusMinutes } from '../../../src/domain/time/civil-time';
import { createStage, movingClock, type Stage } from '../../../src/infrastructure/tools/demo/stage';
import type { OpenedPorts } from '../../../src/infrastructure/nest/provided';
import { type Person, staffIds, ways } from './people';
import { awaitedCodeOf } from '../../support/codes';

const monday = '2026-03-02T08:00:00.000Z';
const wednesdayAfter = '2026-03-11T12:00:00.000Z';
const office: Actor = { kind: 'system', id: 'registry' };
const together = 24;

const modeOf = ({ way }: Person): Mode =>
  way === 'by-phone' || way === 'reassigned' ? 'phone' : way === 'cancelled' || way === 'in-person' ? 'in-person' : 'online';
const hasEmail = ({ way }: Person): boolean => way !== 'by-phone' && way !== 'reassigned';

/** A stage on these stores, and the ticket of each of these people. */
export type Told = { readonly stage: Stage; readonly tickets: ReadonlyMap<Person, string> };

/** Two at most are reassigned of one hour. */
const spare = ['e098', 'e099'] as const;
const stepsInFor = ({ index }: Person): string => spare[Math.floor(index / ways.length) % 2] ?? spare[0];

/** What becomes of the booked tickets before the meetings. */
const before = async ({ act, ports }: Stage, person: Person, ticketId: string): Promise<void> => {
  const staff: Actor = { kind: 'staff', id: person.staffId };
  const { reason, link, startsAt } = person;
  switch (person.way) {
    case 'cancelled':
      await act(staff, (context) => cancelTicket(ports)(context, { ticketId, by: 'staff', reason: 'other', reasonText: reason }));
      return;
    case 'moved': {
      const holdId = ports.identifiers.derive(ticketId, 'moved');
      const move = { ticketId, holdId, startsAt: plusMinutes(startsAt, 30), by: 'staff', reason: 'other' } as const;
      const agreed = { citizenAgreed: true, agreedBy: 'phone', agreedAt: ports.clock.now() } as const;
      await act(staff, (context) => rescheduleTicket(ports)(context, { ...move, ...agreed, reasonText: reason }));
      return;
    }
    case 'reassigned': {
      const place = { ticketId, holdId: ports.identifiers.derive(ticketId, 'reassigned'), staffId: stepsInFor(person), reason };
      await act({ kind: 'staff', id: 'e001' }, (context) => reassignTicket(ports)(context, place));
      return;
    }
    case 'in-person':
    case 'by-phone':
      return;
    default:
      await act(staff, (context) => attachMeetingLink(ports)(context, { ticketId, joinUrl: link }));
  }
};

/** What becomes of them afterwards. */
const after = async ({ act, ports }: Stage, person: Person, ticketId: string): Promise<void> => {
  const staff: Actor = { kind: 'staff', id: person.staffId };
  const { reason, conclusions, startsAt, way, link } = person;
  if (way === 'cancelled' || way === 'reassigned') return;
  if (way === 'citizen-absent' || way === 'moved') {
    await act(staff, (context) => recordAbsent(ports)(context, { ticketId, who: 'citizen', waitedMinutes: 11 }));
    return;
  }
  const held = { ticketId, startedAt: plusMinutes(startsAt, 1), endedAt: plusMinutes(startsAt, 14) };
  await act(staff, (context) => recordHeld(ports)(context, held));
  if (modeOf(person) === 'online') {
    const recording =
      way === 'missing-recording'
        ? ({ kind: 'missing', reason } as const)
        : way === 'waived-recording'
          ? ({ kind: 'waived', reason, offeredAlternative: true } as const)
          : ({ kind: 'attached', recordingId: `r-${person.index}`, startedAt: held.startedAt, durationSeconds: 780, url: link } as const);
    await act(staff, (context) => recordRecording(ports)(context, { ticketId, recording }));
  }
  await act(staff, (context) => issueResolution(ports)(context, { ticketId, conclusions }));
};

const inTurn = async (people: readonly Person[], work: (person: Person) => Promise<void>): Promise<void> => {
  for (let first = 0; first < people.length; first += together) await Promise.all(people.slice(first, first + together).map(work));
};

/** Two weeks of these people, told by the use cases and processes of a running service with a clock that is moved. */
export const tellOf = async (opened: OpenedPorts, people: readonly Person[]): Promise<Told> => {
  const stage = await createStage(opened, movingClock(monday));
  const { act, ports, clock } = stage;
  for (const [index, staffId] of [...staffIds, ...spare].entries()) {
    const role = index === 0 ? 'head-of-service' : 'executive';
    const person = { staffId, name: `Funcționar ${staffId}`, email: `${staffId}@primaria.example`, role } as const;
    await act(office, (context) => registerStaff(ports)(context, { ...person, department: 'Autorizări', departmentCode: '425' }));
  }
  await inTurn(people, async ({ request, name, subject, staffId }) => {
    const told = {
      ...request,
      applicantName: name,
      subject,
      handlerStaffId: staffId,
      status: 'in-operation',
      departmentCode: '425',
    } as const;
    await act(office, (context) => registerRequest(ports)(context, { ...told, department: 'Autorizări' }));
  });
  const tickets = new Map(people.map((person) => [person, ports.identifiers.next()]));
  const ticketOf = (person: Person): string => tickets.get(person) ?? '';
  await inTurn(people, async (person) => {
    const { request, startsAt, phone, notes, email } = person;
    const ticketId = ticketOf(person);
    const mode = modeOf(person);
    const form = { ticketId, holdId: ports.identifiers.derive(ticketId, 'hold'), request, startsAt, mode, phone, notes };
    const notice = mode === 'online' ? { recordingNoticeVersion: recordingNotice.version } : {};
    await act({ kind: 'citizen', id: ticketId }, (context) =>
      requestTicket(ports)(context, { ...form, ...notice, ...(hasEmail(person) ? { email } : {}) }),
    );
  });
  await stage.passTo(clock.now(), together);
  await inTurn(people.filter(hasEmail), async (person) => {
    const ticketId = ticketOf(person);
    const code = await awaitedCodeOf(ports, ticketId);
    await act({ kind: 'citizen', id: ticketId }, (context) => verifyEmail(ports)(context, { ticketId, code }));
  });
  await stage.passTo(plusMinutes(monday, 5), together);
  await inTurn(people, (person) => before(stage, person, ticketOf(person)));
  await stage.passTo(plusMinutes(monday, 30), together);
  clock.moveTo(wednesdayAfter);
  await inTurn(people, (person) => after(stage, person, ticketOf(person)));
  // the meetings of those who were reassigned are called off, so that nobody is still to be met
  await inTurn(
    people.filter(({ way }) => way === 'reassigned'),
    async (person) => {
      const absent = { ticketId: ticketOf(person), who: 'citizen', waitedMinutes: 12 } as const;
      await act({ kind: 'staff', id: 'e001' }, (context) => recordAbsent(ports)(context, absent));
    },
  );
  await stage.passTo(plusMinutes(wednesdayAfter, 1), together);
  await inTurn(
    people.filter(({ way }) => way === 'by-phone'),
    async (person) => {
      const given = { ticketId: ticketOf(person), channel: 'pickup', handedOverAt: clock.now(), proof: 'semnătură de primire' } as const;
      await act({ kind: 'staff', id: person.staffId }, (context) => handOverResolution(ports)(context, given));
    },
  );
  await inTurn(
    people.filter(({ way }) => way === 'bounced'),
    async (person) => {
      const letter = (await ports.operations.outbox.ofTicket(ticketOf(person))).find(({ kind }) => kind === 'resolution');
      await act(office, (context) => letterBounced(ports)(context, { letterId: letter?.letterId ?? '' }));
    },
  );
  await stage.passTo(plusMinutes(wednesdayAfter, 2), together);
  return { stage, tickets };
};
