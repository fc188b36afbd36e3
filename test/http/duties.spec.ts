import { offerMove } from '../../src/application/booking/move-offers';
import { registerStaff } from '../../src/application/staff/register-staff';
import { bookingToken, inPerson, mustBeDone, type Service, startSeeded } from './support/service';

let service: Service;
let ticketId: string;

type Listed = { readonly ticketId: string; readonly kind: string; readonly state: string; readonly overdue: boolean };
const list = async (query: string, role: Parameters<Service['token']>[0] = 'auditor', staffId?: string) => {
  const answer = await service.call('GET', `/api/v1/duties${query}`, { token: await service.token(role, staffId) });
  const body = answer.body as unknown as {
    readonly at: string;
    readonly duties: readonly Listed[];
    readonly next?: string;
    readonly code?: string;
  };
  return { status: answer.status, ...body };
};
const kindsOf = async (query: string): Promise<readonly string[]> => (await list(query)).duties.map(({ kind }) => kind);

/** Met on Thursday 5 March and held until 10:14 in Cluj; the resolution was written and nothing else was done. */
beforeAll(async () => {
  service = await startSeeded();
  const booked = await service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body: inPerson });
  ticketId = booked.body.ticketId;
  await service.settled();
  const act = async (what: string, body: object): Promise<void> => {
    const token = await service.token('staff', 's002');
    expect((await service.call('POST', `/api/v1/tickets/${ticketId}/${what}`, { token, body })).status).toBe(200);
  };
  service.ports.clock.set('2026-03-05T08:00:00.000Z');
  await act('start', {});
  service.ports.clock.set('2026-03-05T08:14:00.000Z');
  await act('held', { startedAt: '2026-03-05T08:00:00Z', endedAt: '2026-03-05T08:14:00Z' });
  service.ports.clock.set('2026-03-05T08:30:00.000Z');
  await act('resolution', { conclusions: 'Se eliberează.' });
  await service.settled();
});
afterAll(() => service.close());

const at = (moment: string): void => {
  service.ports.clock.set(moment);
};

describe('GET /v1/duties', () => {
  it('says who owes what, by which article, by the target and the limit of A17', async () => {
    at('2026-03-05T09:00:00.000Z');
    const { status, duties } = await list('');

    expect(status).toBe(200);
    expect(duties.find(({ kind }) => kind === 'send-resolution')).toEqual({
      ticketId,
      reference: expect.stringMatching(/^TA-/) as string,
      departmentCode: '425',
      startsAt: '2026-03-05T08:00:00.000Z',
      dutyId: 'send-resolution',
      kind: 'send-resolution',
      article: '7',
      owedBy: 'staff',
      staffId: 's002',
      since: '2026-03-05T08:14:00.000Z',
      targetAt: '2026-03-05T10:14:00.000Z',
      limitAt: '2026-03-06T22:00:00.000Z',
      state: 'open',
      overdue: false,
    });
    expect(duties.find(({ kind }) => kind === 'write-resolution')).toMatchObject({ state: 'met', metAt: '2026-03-05T08:30:00.000Z' });
  });

  it('shows the same two dates in the tasks, and in the audit of the ticket (A17)', async () => {
    at('2026-03-05T09:00:00.000Z');
    const dates = { targetAt: '2026-03-05T10:14:00.000Z', limitAt: '2026-03-06T22:00:00.000Z' };
    const tasks = await service.call('GET', '/api/v1/tasks', { token: await service.token('staff', 's002') });
    const audited = await service.call('GET', `/api/v1/audit/tickets/${ticketId}`, { token: await service.token('auditor') });
    const { duties } = audited.body as unknown as { readonly duties: readonly Listed[] };
    const { checks } = audited.body as unknown as { readonly checks: readonly { readonly id: string; readonly failsAt?: string }[] };

    expect(tasks.body).toMatchObject({
      tasks: expect.arrayContaining([expect.objectContaining({ kind: 'hand-over-resolution', ...dates })]) as object,
    });
    expect(duties).toContainEqual(expect.objectContaining({ kind: 'send-resolution', ...dates }));
    expect(checks).toContainEqual(expect.objectContaining({ id: 'C16', failsAt: dates.limitAt }));
  });

  it('turns when the limit is over, without a new fact', async () => {
    at('2026-03-06T22:00:00.000Z');
    expect(await kindsOf('?state=overdue')).toEqual([]);
    expect(await kindsOf('?state=open')).toEqual(['file-resolution', 'send-resolution']);
    at('2026-03-06T22:00:00.001Z');
    expect(await kindsOf('?state=overdue')).toEqual(['file-resolution', 'send-resolution']);
    expect(await kindsOf('?state=missed')).toEqual(['file-resolution', 'send-resolution']);
    expect(await kindsOf('?state=open')).toEqual([]);
    expect(await kindsOf('?state=met')).toEqual(['write-resolution', 'record-outcome']);
  });

  it('is asked by department, official, kind and the day of the limit', async () => {
    at('2026-03-06T22:00:00.001Z');
    expect(await kindsOf('?department=500')).toEqual([]);
    expect(await kindsOf('?department=425&kind=send-resolution')).toEqual(['send-resolution']);
    expect(await kindsOf('?staffId=s001')).toEqual([]);
    expect(await kindsOf('?staffId=s002&state=missed')).toEqual(['file-resolution', 'send-resolution']);
    // the outcome had until the end of Monday; the end of Friday is of Friday, as it is shown
    expect(await kindsOf('?from=2026-03-08')).toEqual(['record-outcome']);
    expect(await kindsOf('?from=2026-03-07&to=2026-03-08')).toEqual([]);
    expect(await kindsOf('?to=2026-03-05')).toEqual([]);
    expect(await kindsOf('?from=2026-03-06&to=2026-03-06')).toEqual(['write-resolution', 'file-resolution', 'send-resolution']);
    expect(await kindsOf('?from=2026-03-06&to=2026-03-06&state=overdue')).toEqual(['file-resolution', 'send-resolution']);
    expect(await kindsOf('?from=2026-03-06&to=2026-03-06&state=met')).toEqual(['write-resolution']);
    expect((await list('?kind=be-kind')).status).toBe(400);
  });

  it('comes in pages that may end inside a ticket', async () => {
    const whole = (await list('')).duties;
    const first = await list('?limit=1');
    const second = await list(`?limit=3&cursor=${encodeURIComponent(first.next ?? '')}`);
    expect([first.duties, second.duties, second.next]).toEqual([whole.slice(0, 1), whole.slice(1), undefined]);
  });

  it('comes as a file for a spreadsheet, all of it', async () => {
    at('2026-03-06T22:00:00.001Z');
    const answer = await service.call('GET', '/api/v1/duties?state=overdue&limit=1', {
      token: await service.token('reports'),
      headers: { accept: 'text/csv' },
    });
    const [head, ...lines] = answer.text.trimEnd().split('\r\n');

    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(head).toBe(
      '\ufeffticketId,reference,departmentCode,startsAt,dutyId,kind,article,owedBy,staffId,since,targetAt,limitAt,state,metAt,overdue',
    );
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(
      ',send-resolution,send-resolution,7,staff,s002,2026-03-05T08:14:00.000Z,2026-03-05T10:14:00.000Z,2026-03-06T22:00:00.000Z,missed,,true',
    );
  });

  it('comes as a workbook, and as what an Excel set up in Romanian opens, in words', async () => {
    at('2026-03-06T22:00:00.001Z');
    const token = await service.token('reports');
    const excel = await service.call('GET', '/api/v1/duties?state=overdue&format=csv-ro', { token });
    const [head = '', ...lines] = excel.text.trimEnd().split('\r\n');
    expect(head).toContain(';Ce se datorează;Articol;Cine datorează;');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(';funcționarul;s002;2026-03-05 10:14;2026-03-05 12:14;2026-03-06 23:59:59;');
    const workbook = await service.call('GET', '/api/v1/duties?format=xlsx', { token });
    expect([workbook.headers['content-disposition'], workbook.text.startsWith('PK')]).toEqual([
      'attachment; filename="indatoriri.xlsx"',
      true,
    ]);
  });

  it('a head sees their own department and no other; staff, clerks and strangers see none', async () => {
    expect((await list('', 'head', 's001')).duties).toHaveLength(4);
    expect((await list('?department=425', 'head', 's001')).status).toBe(200);
    expect((await list('?department=500', 'head', 's001')).status).toBe(403);
    expect((await list('', 'reports')).status).toBe(200);
    for (const role of ['staff', 'registry', 'admin', 'integrator'] as const) expect((await list('', role, 's002')).status).toBe(403);
    expect((await service.call('GET', '/api/v1/duties')).status).toBe(401);
  });
});

describe('the answer to an offer (Art. 8)', () => {
  it('is in the list of whose department was asked, with its head, and not in that of the meeting’s', async () => {
    const offering = await startSeeded();
    try {
      const { ports, context } = offering;
      const taxes = { department: 'Taxe', departmentCode: '500' };
      const head = { staffId: 's009', name: 'Ileana Taxelor', role: 'head-of-service', email: 's009@primarie.example', ...taxes } as const;
      mustBeDone(await registerStaff(ports)(context(), head));
      const booked = await offering.call('POST', '/api/v1/tickets', { token: await bookingToken(offering), body: inPerson });
      await offering.settled();
      const { ticketId: id } = booked.body;
      mustBeDone(await offerMove(ports)(context(), { ticketId: id, offerId: 'offer-1', departmentCode: '500', reason: 'Ține de taxe' }));
      await offering.settled();
      const seenBy = async (role: 'head' | 'auditor', staffId?: string, query = ''): Promise<readonly unknown[]> => {
        const { body } = await offering.call('GET', `/api/v1/duties${query}`, { token: await offering.token(role, staffId) });
        const { duties } = body as unknown as {
          readonly duties: readonly (Listed & { readonly departmentCode: string; readonly staffId: string })[];
        };
        return duties.filter(({ kind }) => kind === 'answer-offer').map(({ departmentCode, staffId: whose }) => [departmentCode, whose]);
      };
      const owed = [['500', 's009']];

      expect(await seenBy('head', 's009')).toEqual(owed);
      expect(await seenBy('head', 's009', '?state=open&limit=1')).toEqual(owed);
      expect(await seenBy('head', 's001')).toEqual([]);
      expect(await seenBy('auditor', undefined, '?department=500')).toEqual(owed);
      expect(await seenBy('auditor')).toEqual(owed);
    } finally {
      await offering.close();
    }
  });
});
