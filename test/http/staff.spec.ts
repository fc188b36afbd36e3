import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkIds } from '../../src/domain/audit/judge';
import { bookingToken, inPerson, mustBeDone, online, request, startSeeded, type Answered, type Service } from './support/service';
import { registerRequest } from '../../src/application/requests/register-request';
import { awaitedCodeOf } from '../support/codes';

let service: Service;
beforeEach(async () => {
  service = await startSeeded({}, { processes: true });
});

const booked = async (body: object): Promise<{ ticketId: string; manageToken: string }> => {
  const made = (await service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body })).body;
  if (made.status === 'scheduled') return made;
  const code = await awaitedCodeOf(service.ports, made.ticketId);
  const verified = await service.call('POST', `/api/v1/tickets/${made.ticketId}/verification`, { token: made.manageToken, body: { code } });
  expect(verified.status).toBe(200);
  return made;
};

describe('civil servants over HTTP', () => {
  it('Art. 5–7: link, start, hold, record, issue; then the calendar, the tasks and the audit say so', async () => {
    const { ticketId } = await booked(online);
    const token = await service.token('staff', 's002');
    const path = `/api/v1/tickets/${ticketId}`;
    const post = async (what: string, body: object): Promise<unknown> => {
      const answer = await service.call('POST', `${path}/${what}`, { token, body });
      return answer.status === 200 ? answer.body.status : answer.body;
    };
    expect(await post('start', {})).toMatchObject({ code: 'wrong-state' });
    expect(await post('meeting-link', { joinUrl: 'http://webex.com/x' })).toMatchObject({
      code: 'invalid',
      errors: [{ field: 'joinUrl' }],
    });
    expect(await post('meeting-link', { joinUrl: 'https://webex.com/j/1' })).toBe('scheduled');
    service.ports.clock.set('2026-03-05T08:00:10.000Z');
    expect(await post('start', {})).toMatchObject({ code: 'unauthenticated' });
    const later = await service.token('staff', 's002');
    const then = async (what: string, body: object): Promise<unknown> => {
      const answer = await service.call('POST', `${path}/${what}`, { token: later, body });
      return answer.status === 200 ? answer.body.status : answer.body;
    };
    expect(await then('start', {})).toBe('in-progress');
    service.ports.clock.set('2026-03-05T08:14:00.000Z');
    expect(await then('held', { startedAt: '2026-03-05T08:00:10Z', endedAt: '2026-03-05T08:14:00Z' })).toBe('held');
    expect(await then('recording', { recordingId: 'r1', missing: 'x' })).toMatchObject({ errors: [{ field: 'body' }] });
    expect(await then('recording', { recordingId: 'r1', durationSeconds: 800 })).toMatchObject({ errors: [{ field: 'startedAt' }] });
    expect(await then('recording', { recordingId: 'r1', startedAt: '2026-03-05T08:00:10Z', durationSeconds: 800 })).toBe('held');
    const issued = await service.call('POST', `${path}/resolution`, { token: later, body: { conclusions: 'Se eliberează.\nMulțumim.' } });
    expect(issued.body.status).toBe('resolved');

    const after = { 'tichet-after': String(issued.headers['tichet-position']) };
    const calendar = await service.call('GET', '/api/v1/calendar?from=2026-03-05&to=2026-03-05', { token: later, headers: after });
    expect(calendar.body.meetings).toMatchObject([
      {
        ticketId,
        applicant: { name: 'Lăcătuș Andrei' },
        joinUrl: 'https://webex.com/j/1',
        hasRecording: true,
        resolution: expect.stringMatching(/issued|sent/),
      },
    ]);
    const head = await service.token('head', 's001');
    expect(
      (await service.call('GET', '/api/v1/calendar?from=2026-03-01&to=2026-03-31&limit=5', { token: head })).body.meetings,
    ).toHaveLength(1);
    expect((await service.call('GET', '/api/v1/calendar?from=2026-03-01&to=2026-03-31&staffId=s003', { token: head })).status).toBe(403);
    expect((await service.call('GET', '/api/v1/tasks', { token: later })).status).toBe(200);

    await service.settled();
    const audited = await service.call('GET', `/api/v1/audit/tickets/${ticketId}`, { token: await service.token('auditor') });
    expect(audited.body).toMatchObject({ facts: { recordKind: 'webex-recording', requestNumber: '519073' } });
    expect(audited.body.checks.map(({ id }) => id)).toEqual(checkIds);
    expect(audited.body.checks.find(({ id }) => id === 'C21')).toMatchObject({ verdict: 'pass' });
    const chains = await service.call('GET', '/api/v1/audit/tickets?check=C21&verdict=pass', {
      token: await service.token('auditor'),
    });
    expect(chains.body.tickets).toMatchObject([{ verdicts: { C21: 'pass' } }]);
    const before = await service.call('GET', `/api/v1/audit/tickets/${ticketId}?asOf=2026-03-02T12:00:00%2B02:00`, {
      token: await service.token('auditor'),
    });
    expect(before.body).toMatchObject({ asOf: '2026-03-02T10:00:00.000Z', facts: { status: 'scheduled' } });
    const history = await service.call('GET', `/api/v1/audit/tickets/${ticketId}/history`, { token: await service.token('auditor') });
    expect(history.body.steps.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['Requested', 'EmailVerified', 'Scheduled', 'Held', 'ResolutionIssued']),
    );
    expect(history.text).not.toContain('Andrei');
    // the resolution may still be on its way: both are asked until nothing came between them
    const auditor = await service.token('auditor');
    const overall = async (): Promise<string> =>
      (await service.call('GET', `/api/v1/audit/tickets/${ticketId}`, { token: auditor })).body.overall;
    let [first, listed, last]: readonly [string, readonly object[], string] = ['', [], await overall()];
    while (first !== last) {
      const { body } = await service.call('GET', '/api/v1/audit/tickets?from=2026-03-05&to=2026-03-05', { token: auditor });
      [first, listed, last] = [last, body.tickets, await overall()];
    }
    expect(listed).toMatchObject([{ ticketId, overall: first }]);
  });

  it('Art. 8: a civil servant reschedules with a reason, and only one’s own', async () => {
    const { ticketId } = await booked(inPerson);
    const path = `/api/v1/tickets/${ticketId}/reschedule`;
    const body = { startsAt: '2026-03-06T08:00:00Z', reason: 'illness' };
    expect((await service.call('POST', path, { token: await service.token('staff', 's003'), body })).status).toBe(403);
    const token = await service.token('staff', 's002');
    expect(await service.call('POST', path, { token, body: { startsAt: body.startsAt } })).toMatchObject({
      status: 400,
      body: { article: '8', errors: [{ field: 'reason', message: 'Câmp obligatoriu.' }] },
    });
    expect(await service.call('POST', path, { token, body })).toMatchObject({
      status: 200,
      body: { slot: { startsAt: '2026-03-06T08:00:00.000Z' } },
    });
    const head = await service.token('head', 's001');
    expect(
      (await service.call('POST', `/api/v1/tickets/${ticketId}/reassign`, { token, body: { staffId: 's001', reason: 'x' } })).status,
    ).toBe(403);
    expect(
      await service.call('POST', `/api/v1/tickets/${ticketId}/reassign`, {
        token: head,
        body: { staffId: 's001', reason: 'Concediu medical' },
      }),
    ).toMatchObject({ status: 200 });
    expect((await service.call('GET', `/api/v1/tickets/${ticketId}`, { token })).status).toBe(403);
  });

  it('tells a feed to whoever has its address, without any citizen, until it is renewed', async () => {
    const { ticketId } = await booked(inPerson);
    await service.settled();
    const token = await service.token('staff', 's002');
    const { url } = (await service.call('POST', '/api/v1/calendar/feed', { token })).body;
    expect(url).toMatch(/^https:\/\/tichet\.example\/api\/v1\/calendar\/[\w-]{43}\.ics$/);
    const path = new URL(url).pathname;
    const feed = await service.call('GET', path);
    expect(feed.text).toContain(`UID:${ticketId}@tichet-albastru`);
    expect(feed.text).not.toMatch(/Andrei|Lăcătuș/);
    expect((await service.call('GET', path, { headers: { 'if-none-match': String(feed.headers['etag']) } })).status).toBe(304);
    await service.call('POST', '/api/v1/calendar/feed', { token });
    expect((await service.call('GET', path)).status).toBe(404);
  });
});

describe('registry and administration over HTTP', () => {
  it('Art. 2 b: an answer opens the 30 days; the same document again changes nothing (A25)', async () => {
    const token = await service.token('registry');
    const path = `/api/v1/requests/${request.number}/${request.filedOn}/answers`;
    const body = { documentNumber: 'D-1', communicatedOn: '2026-02-27', channel: 'post' };
    expect((await service.call('POST', path, { token, body })).status).toBe(201);
    expect((await service.call('POST', path, { token, body })).status).toBe(200);
    const view = await service.call('GET', `/api/v1/eligibility?number=519.073&filedOn=${request.filedOn}`, { token });
    expect(view.body).toMatchObject({
      ground: 'clarification',
      advertisedUntil: '2026-03-29',
      enforcedUntil: '2026-03-30',
      eligible: true,
    });
    const late = await service.call('GET', `/api/v1/eligibility?number=519073&filedOn=${request.filedOn}&asOf=2026-03-30T21:00:00Z`, {
      token,
    });
    expect(late.body).toMatchObject({ eligible: false, reason: 'window-expired' });
    await service.settled();
    expect((await service.call('GET', '/api/v1/eligibility?expiringBefore=2026-04-01', { token })).body.requests).toHaveLength(1);
    service.ports.clock.set('2026-03-31T08:00:00.000Z');
    const citizen = await service.call('POST', '/api/v1/requests/lookup', {
      body: { requestNumber: '519073', applicantName: 'Lacatus Andrei', filedOn: request.filedOn },
    });
    expect(citizen).toMatchObject({ status: 422, body: { code: 'window-expired', article: '2 b' } });
    const admitted = await service.call('POST', `/api/v1/requests/519073/${request.filedOn}/late-admission`, {
      token: await service.token('head', 's001'),
      body: { reason: 'A fost în spital', until: '2026-04-10' },
    });
    expect(admitted.status).toBe(200);
  });

  it('A2: why a request is not eligible stays inside', async () => {
    mustBeDone(
      await registerRequest(service.ports)(service.context(), {
        ...request,
        applicantName: 'Lăcătuș Andrei',
        handlerStaffId: 's002',
        status: 'redirected',
      }),
    );
    const answer = await service.call('POST', '/api/v1/requests/lookup', {
      body: { requestNumber: '519073', applicantName: 'Lacatus Andrei', filedOn: request.filedOn },
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'not-eligible' } });
    expect(answer.text).not.toContain('redirected');
  });

  it('imports the sample files of the project as streams, and again without a new fact', async () => {
    service.ports.clock.set('2026-12-01T08:00:00.000Z');
    const file = (name: string): string => join(__dirname, '../../examples', name);
    const load = (url: string, payload: unknown, type = 'text/csv'): Promise<Answered> =>
      service.token('admin').then((token) =>
        service.call('POST', url, {
          raw: { payload: payload as string, headers: { authorization: `Bearer ${token}`, 'content-type': type } },
        }),
      );
    const people = await load('/api/v1/staff/import', createReadStream(file('staff.csv')));
    expect(people).toMatchObject({ status: 200, body: { faults: [] } });
    expect(people.body.imported).toBe(readFileSync(file('staff.csv'), 'utf8').trim().split('\n').length - 1);
    const requests = await load('/api/v1/requests/import', createReadStream(file('requests.csv')));
    expect(requests).toMatchObject({ status: 200, body: { faults: [] } });
    expect(requests.body.imported).toBeGreaterThan(5);
    const end = await service.ports.store.end();
    await load('/api/v1/requests/import', createReadStream(file('requests.csv')));
    expect(await service.ports.store.end()).toBe(end);
  });

  it('names what is wrong with each line; good lines go in', async () => {
    const token = await service.token('registry');
    const csv = [
      'number,departmentCode,filedOn,applicantName,subject,status,handlerStaffId,answerDocumentNumber,answerCommunicatedOn,answerChannel',
      '100,425,2026-02-02,Pop Ana,Ceva,in-operation,s002,,,',
      '101,425,2026-02-30,Pop Ana,Ceva,in-operation,s002,,,',
      '102,425,2026-02-02,Pop Ana,Ceva,open,s002,,,',
      '103,425,2026-02-02,Pop Ana,Ceva,in-operation,s999,,,',
      '104,425,2026-02-02,Pop Ana,Ceva,answered,s002,D-1,,post',
      '105,425,2026-02-02,Pop Ana',
      'abc,425,2026-02-02,Pop Ana,Ceva,in-operation,s002,,,',
      '106,425,2026-02-02,"Pop, Ana",Ceva,in-operation,s002,,,',
    ].join('\r\n');
    const answer = await service.call('POST', '/api/v1/requests/import', {
      raw: {
        payload: csv,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv; charset=utf-8', 'accept-language': 'en' },
      },
    });
    expect(answer.body).toMatchObject({ imported: 2, faultsLeftOut: 0 });
    expect(answer.body.faults.map(({ line, field }) => [line, field])).toEqual([
      [3, 'filedOn'],
      [4, 'status'],
      [5, 'handlerStaffId'],
      [6, 'answerDocumentNumber'],
      [7, undefined],
      [8, 'number'],
    ]);
    const ndjson = `{"staffId":"s010","name":"Nou Om","role":"executive","department":"X","departmentCode":"1","email":"a@b.ro"}\n{"staffId":1}\nnot json\n`;
    const load = (by: string): Promise<Answered> =>
      service.call('POST', '/api/v1/staff/import', {
        raw: { payload: ndjson, headers: { authorization: `Bearer ${by}`, 'content-type': 'application/x-ndjson' } },
      });
    const end = await service.ports.store.end();
    // whoever registers requests makes no heads: the file is refused whole
    expect(await load(token)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await service.ports.store.end()).toBe(end);
    const people = await load(await service.token('admin'));
    expect(people.body.imported).toBe(1);
    expect(new Set(people.body.faults.map(({ line }) => line))).toEqual(new Set([2, 3]));
  });

  it('a list of everybody that is sent again brings back nobody who has left', async () => {
    const token = await service.token('admin');
    const line = 'staffId,name,role,department,departmentCode,email\ns077,Ion Plecat,executive,Registratura,77,ion@primarie.example\n';
    const load = (): Promise<Answered> =>
      service.call('POST', '/api/v1/staff/import', {
        raw: { payload: line, headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' } },
      });
    expect((await load()).body).toMatchObject({ imported: 1, faults: [] });
    expect((await service.call('POST', '/api/v1/staff/s077/left', { token, body: { on: '2025-01-01' } })).status).toBe(200);
    expect((await load()).body).toMatchObject({ imported: 0, faults: [{ line: 2, field: 'staffId' }] });
    expect((await service.call('GET', '/api/v1/staff/s077', { token })).body).toMatchObject({ leftOn: '2025-01-01' });
    const { leftOn: _, ...known } = (await service.call('GET', '/api/v1/staff/s077', { token })).body as Record<string, unknown>;
    const { staffId: __, ...body } = known;
    expect((await service.call('PUT', '/api/v1/staff/s077', { token, body })).status).toBe(200);
    expect((await service.call('GET', '/api/v1/staff/s077', { token })).body).not.toHaveProperty('leftOn');
  });

  it('declares and restores days, administers people, erases, and shows the log sealed', async () => {
    const token = await service.token('admin');
    expect((await service.call('POST', '/api/v1/bridge-days', { token, body: { date: '2026-03-06', decision: 'HG 1/2026' } })).status).toBe(
      201,
    );
    const days = (await service.call('GET', '/api/v1/slots?from=2026-03-06&to=2026-03-06', { token: await bookingToken(service) })).body
      .days;
    expect(days).toEqual([{ date: '2026-03-06', free: 0, closed: 'bridge-day' }]);
    expect((await service.call('DELETE', '/api/v1/bridge-days/2026-03-06', { token })).status).toBe(200);
    expect(
      (
        await service.call('PUT', '/api/v1/staff/s009', {
          token,
          body: { name: 'N', role: 'executive', department: 'D', departmentCode: '9', email: 'n@d.ro' },
        })
      ).status,
    ).toBe(200);
    expect((await service.call('PUT', '/api/v1/staff/s009', { token: await service.token('registry'), body: {} })).status).toBe(403);
    const { ticketId, manageToken } = await booked(inPerson);
    const forget = (): Promise<Answered> =>
      service.call('POST', `/api/v1/tickets/${ticketId}/forget`, { token, body: { reason: 'Cerere GDPR' } });
    expect((await forget()).body.code).toBe('wrong-state');
    await service.call('POST', `/api/v1/tickets/${ticketId}/cancel`, { token: manageToken });
    expect(await forget()).toMatchObject({ status: 200, body: { subject: 'ticket', destroyedKeys: [`contact:ticket-${ticketId}`] } });
    expect(
      (await service.call('GET', `/api/v1/tickets/${ticketId}`, { token: await service.token('staff', 's002') })).body.applicant.name,
    ).toBe('[șters]');
    const log = await service.call('GET', '/api/v1/events?limit=500', { token: await service.token('integrator') });
    const lines = log.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { position: string });
    expect(lines.length).toBeGreaterThan(5);
    expect(log.text).not.toMatch(/Andrei|primarie\.example/);
    const rest = await service.call('GET', `/api/v1/events?after=${lines[1]?.position ?? ''}&limit=1`, {
      token: await service.token('integrator'),
    });
    expect((JSON.parse(rest.text) as { position: string }).position).toBe(lines[2]?.position);
  });

  it('reports numbers as JSON and as CSV that no spreadsheet runs', async () => {
    service.ports.clock.set('2026-03-02T08:00:01.000Z');
    const token = await service.token('admin');
    await service.call('PUT', '/api/v1/staff/s002', {
      token,
      body: { name: 'Z', role: 'executive', department: '=HYPERLINK("x")', departmentCode: '425', email: 's@d.ro' },
    });
    await booked(inPerson);
    await service.settled();
    const url = '/api/v1/reports/summary?from=2026-03-01&to=2026-03-31&by=department';
    const reports = await service.token('reports');
    expect((await service.call('GET', url, { token: reports })).body.rows).toMatchObject([{ key: '=HYPERLINK("x")', tickets: 1, held: 0 }]);
    const csv = await service.call('GET', url, { token: reports, headers: { accept: 'text/csv' } });
    expect(csv.text).toContain(`"'=HYPERLINK(""x"")",1,0`);
    expect(csv.text.startsWith('\ufeff')).toBe(true);
  });
});
