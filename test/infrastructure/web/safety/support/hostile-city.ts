import { referenceOf } from '../../../../../src/domain/ticket/ticket';
import { allProcesses } from '../../../../../src/application/operation/all-processes';
import { drain } from '../../../../../src/application/kernel/processes/runner';
import { startService, type Answered, type Service } from '../../../../http/support/service';
import { hostileLine } from './hostile-texts';
import { awaitedCodeOf } from '../../../../support/codes';

/** A field with the text that went into it. */
export type Sown = { readonly field: string; readonly text: string };
export type HostileCity = {
  readonly service: Service;
  readonly sown: readonly Sown[];
  /** of the handled ticket, the cancelled one, the moved one, and of one that stands */
  readonly tickets: readonly string[];
  readonly references: readonly string[];
  readonly requests: readonly { readonly number: string; readonly filedOn: string }[];
};

const filedOn = '2026-02-02';
/** Thursday and Friday, from 8:00 in Cluj. */
const hourOf = (index: number): string => new Date(Date.parse('2026-03-05T06:00:00.000Z') + index * 900_000).toISOString();

const expecting = (status: number, answer: Answered): Answered => {
  if (answer.status !== status) throw new Error(`${answer.status} instead of ${status}: ${answer.text}`);
  return answer;
};

/** A city hall where every field that takes free text has been given a hostile one through the API. */
export const startHostileCity = async (started: Parameters<typeof startService>[1] = {}): Promise<HostileCity> => {
  const service = await startService({ cityHall: { publicUrl: 'http://pagini.example', meetingPlace: 'Calea Moților 3' } }, started);
  const { call, ports, settled } = service;
  const sown: Sown[] = [];
  const sow = (field: string, most = 200): string => {
    const text = hostileLine(sown.length + 1).slice(0, most);
    sown.push({ field, text });
    return text;
  };
  const [admin, registry, staff] = await Promise.all([service.token('admin'), service.token('registry'), service.token('staff', 's002')]);
  const happen = async (): Promise<void> => {
    await settled();
    await drain(ports, allProcesses, ports.clock.now());
    await settled();
  };

  const department = sow('department');
  for (const [staffId, role, departmentCode, place] of [
    ['s001', 'head-of-service', '425', department],
    ['s002', 'executive', '425', department],
    ['s003', 'executive', '500', 'Taxe'],
  ] as const) {
    const body = { name: sow(`name of ${staffId}`), role, department: place, departmentCode, email: `${staffId}@primarie.example` };
    expecting(200, await call('PUT', `/api/v1/staff/${staffId}`, { token: admin, body }));
  }
  const requests = ['600001', '600002', '600003', '600004', '600005'].map((number) => ({ number, filedOn }));
  const names: string[] = [];
  for (const { number } of requests) {
    const applicantName = sow(`applicant of ${number}`);
    names.push(applicantName);
    const body = {
      applicantName,
      department,
      departmentCode: '425',
      subject: sow('subject'),
      handlerStaffId: 's002',
      status: 'in-operation',
    };
    expecting(200, await call('PUT', `/api/v1/requests/${number}/${filedOn}`, { token: registry, body }));
  }
  const answer = {
    documentNumber: sow('document of the answer', 100),
    communicatedOn: '2026-02-27',
    channel: 'email',
    answeredBy: 's002',
  };
  expecting(201, await call('POST', `/api/v1/requests/600005/${filedOn}/answers`, { token: registry, body: answer }));
  expecting(201, await call('POST', '/api/v1/bridge-days', { token: admin, body: { date: '2026-04-03', decision: sow('decision') } }));
  const away = { from: '2026-04-01T06:00:00Z', to: '2026-04-01T12:00:00Z', reason: sow('absence') };
  expecting(201, await call('POST', '/api/v1/staff/s002/absences', { token: staff, body: away }));
  await happen();

  const tickets: string[] = [];
  for (const [index, { number }] of requests.slice(0, 4).entries()) {
    const found = expecting(
      200,
      await call('POST', '/api/v1/requests/lookup', { body: { requestNumber: number, applicantName: names[index], filedOn } }),
    );
    const online = { email: `=zqx+${index}@exemplu.ro`, phone: '0740 123 456', recordingNoticeVersion: '2026-1' };
    const wish = {
      startsAt: hourOf(index),
      notes: sow('notes'),
      ...(index === 3 ? { mode: 'in-person', phone: '0740 123 456' } : { mode: 'online', ...online }),
    };
    const made = expecting(201, await call('POST', '/api/v1/tickets', { token: found.body.bookingToken, body: wish }));
    const { ticketId, manageToken } = made.body;
    tickets.push(ticketId);
    await happen();
    if (index === 3) continue;
    const code = await awaitedCodeOf(ports, ticketId);
    expecting(200, await call('POST', `/api/v1/tickets/${ticketId}/verification`, { token: manageToken, body: { code } }));
    await happen();
  }
  const [handled = '', cancelled = '', moved = ''] = tickets;
  const act = async (ticketId: string, action: string, body: object): Promise<void> => {
    const token = await service.token('head', 's001');
    expecting(200, await call('POST', `/api/v1/tickets/${ticketId}/${action}`, { token, body }));
    await happen();
  };
  await act(cancelled, 'cancel', { reason: 'other', reasonText: sow('why cancelled') });
  const agreed = { citizenAgreed: true, agreedBy: 'phone', agreedAt: ports.clock.now() };
  await act(moved, 'reschedule', { startsAt: hourOf(12), reason: 'other', reasonText: sow('why moved'), ...agreed });
  await act(moved, 'reassign', { staffId: 's001', reason: sow('why reassigned') });
  await act(handled, 'offer', { staffId: 's001', reason: 'Avizul' });
  await act(handled, 'meeting-link', { joinUrl: `https://rau.webex.com/"><zqx-mark>`, meetingId: sow('meeting') });
  ports.clock.set(hourOf(2));
  await act(handled, 'start', {});
  await act(handled, 'held', { startedAt: hourOf(0), endedAt: hourOf(1) });
  await act(handled, 'recording', { missing: sow('why no recording') });
  await act(handled, 'resolution', { conclusions: `${sow('conclusions')}\n\n${'lung'.repeat(2000)}`, documentNumber: 'TA-1' });
  await act(handled, 'resolution/handed-over', { channel: 'post', at: ports.clock.now(), proof: sow('proof') });
  return { service, sown, tickets, references: tickets.map(referenceOf), requests };
};
