import type { Role } from '../../../src/application/kernel/access';
import { followAbsence } from '../../../src/application/booking/absence-plan';
import { forgetRequest } from '../../../src/application/privacy/forget';
import type { SubjectAccess } from '../../../src/application/privacy/subject-access';
import { registerRequest, settleDispute } from '../../../src/application/requests/register-request';
import { recordAbsence } from '../../../src/application/staff/record-absence';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { periodOf, ticketDue } from '../../../src/domain/retention/retention';
import { paperTicket } from '../../../src/infrastructure/export/paper/paper-ticket';
import { isRequested, referenceOf } from '../../../src/domain/ticket/ticket';
import { currentTicket } from '../../../src/application/kernel/streams';
import { type Answered, mustBeDone, startSeeded, type Service } from '../../http/support/service';
import { type Case, casesIn, type Cases } from '../../http/support/ways';
import { browse, textOf } from '../../infrastructure/web/registry/support/browsing';

let service: Service;
let cases: Cases;
beforeEach(async () => {
  service = await startSeeded();
  cases = casesIn(service);
});

const conclusionsOf = async ({ ticketId }: Case): Promise<string | undefined> => {
  const state = await currentTicket(service.ports, ticketId);
  const issued = isRequested(state) ? state.resolution.issued : undefined;
  return issued && service.ports.personalData.openUnseen(issued.conclusions);
};

describe('Legea 16/1996 art. 9–12: the text of a resolution', () => {
  const reason = 'selecționare, dosarul 4';
  const forget = async ({ ticketId }: Case, body: object) =>
    service.call('POST', `/api/v1/tickets/${ticketId}/conclusions/forget`, { token: await service.token('admin'), body });

  it('goes only under number and date of the selection commission’s minute, which the report names', async () => {
    const one = await cases.filed();
    const minuteDate = cases.now().slice(0, 10);
    for (const [body, field] of [
      [{ reason }, 'minuteNumber'],
      [{ reason, minuteNumber: '3' }, 'minuteDate'],
      [{ reason, minuteNumber: '3', minuteDate: '2020-01-01' }, 'minuteDate'],
      [{ reason, minuteNumber: '3', minuteDate: '2099-01-01' }, 'minuteDate'],
    ] as const)
      expect(await forget(one, body)).toMatchObject({
        status: 400,
        body: { errors: expect.arrayContaining([{ field, message: expect.any(String) }]) },
      });
    expect(await conclusionsOf(one)).toBe('Se eliberează autorizația.');
    const minute = { number: '3', date: minuteDate };
    expect(await forget(one, { reason, minuteNumber: '3', minuteDate })).toMatchObject({
      status: 200,
      body: { minute, keyDestroyed: true, destroyedKeys: [`record:ticket-${one.ticketId}`], kept: [`contact:ticket-${one.ticketId}`] },
    });
    expect(await conclusionsOf(one)).toBeUndefined();
  });

  it('goes by a form of administrators, whose report and whose history name the minute', async () => {
    const one = await cases.filed();
    await service.settled();
    const minuteDate = cases.now().slice(0, 10);
    const admin = await browse(service, 'admin');
    const ticket = `/administrare/stergere/tichet/${referenceOf(one.ticketId)}`;
    expect((await admin.get(ticket)).body).toContain(`href="${ticket}/rezolutie"`);
    await admin.get(`${ticket}/rezolutie`);
    const refused = await admin.post(`${ticket}/rezolutie`, { reason, minuteNumber: '', minuteDate, confirm: 'da' });
    expect([refused.statusCode, await conclusionsOf(one)]).toEqual([422, 'Se eliberează autorizația.']);
    const sent = await admin.post(`${ticket}/rezolutie`, { reason, minuteNumber: '3/2026', minuteDate, confirm: 'da' });
    expect(sent.statusCode).toBe(303);
    expect(textOf((await admin.get(String(sent.headers.location))).body)).toContain(
      'Procesul-verbal al comisiei de selecționare nr. 3/2026 din',
    );
    expect(await conclusionsOf(one)).toBeUndefined();
    await service.settled();
    const auditor = await browse(service, 'auditor');
    expect(textOf((await auditor.get(`/audit/${one.ticketId}`)).body)).toContain(
      'Textul rezoluției șters: proces-verbal de selecționare nr. 3/2026 din',
    );
    expect((await admin.get(`${ticket}/rezolutie`)).statusCode).toBe(404);
  });
});

describe('GDPR 15: whoever asks what is kept about them', () => {
  const ask = async (body: object, role: Role = 'admin') =>
    service.call('POST', '/api/v1/subject-access', { token: await service.token(role, role === 'head' ? 's001' : undefined), body });
  const told = ({ body }: Answered): SubjectAccess => body as unknown as SubjectAccess;
  const textsIn = (access: SubjectAccess): readonly string[] =>
    [...access.tickets, ...access.requests].flatMap(({ texts }) => texts.map(({ text }) => text));
  const purposes = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    for await (const recorded of service.ports.store.readAll())
      if (recorded.stream.startsWith('reading-')) found.push(service.ports.codec.decodeOf('reading', recorded).fact.data.purpose);
    return found;
  };

  it('is answered by ticket, by request and name, and by verified address, with nothing of anybody else; and the looking is a fact', async () => {
    const [one, other] = [await cases.filed(), await cases.online()];
    await service.settled();
    const byTicket = told(await ask({ ticketId: one.ticketId }));
    expect(byTicket.tickets.map(({ ticketId }) => ticketId)).toEqual([one.ticketId]);
    expect(textsIn(byTicket)).toEqual(expect.arrayContaining(['0740 123 456', 'Se eliberează autorizația.', 'Lăcătuș Andrei']));
    expect(byTicket.tickets[0]?.steps.map(({ fact }) => fact)).toEqual(expect.arrayContaining(['Requested', 'Held', 'ResolutionIssued']));
    const { number: requestNumber, filedOn } = one.request;
    const byName = told(await ask({ requestNumber, filedOn, applicantName: 'Andrei Lacatus' }));
    expect([byName.tickets.map(({ ticketId }) => ticketId), byName.requests.map(({ number }) => number)]).toEqual([
      [one.ticketId],
      [requestNumber],
    ]);
    const email = textsIn(told(await ask({ ticketId: other.ticketId }))).find((text) => text.includes('@')) ?? '';
    const byEmail = told(await ask({ email: email.toUpperCase() }));
    expect(byEmail.tickets.map(({ ticketId }) => ticketId)).toEqual([other.ticketId]);
    expect(textsIn(byEmail)).not.toContain('Se eliberează autorizația.');
    expect(JSON.stringify(byEmail)).not.toMatch(/s002|Marc/);
    expect(await purposes()).toEqual(['subject-access', 'subject-access', 'subject-access', 'subject-access']);
    await service.settled();
    const again = told(await ask({ ticketId: one.ticketId }));
    expect(again.tickets[0]?.lookedAt).toEqual([expect.objectContaining({ role: 'admin', purpose: 'subject-access' })]);
  });

  it('an address that no code has verified, a wrong name and an erased person lead to nobody, in one sentence', async () => {
    const awaiting = await cases.awaiting();
    const state = await currentTicket(service.ports, awaiting.ticketId);
    const typed =
      isRequested(state) && state.contact.email !== undefined ? await service.ports.personalData.openUnseen(state.contact.email) : '';
    const { number: requestNumber, filedOn } = awaiting.request;
    await service.settled();
    for (const body of [
      { email: typed },
      { requestNumber, filedOn, applicantName: 'Ion Popescu' },
      { ticketId: service.ports.identifiers.next() },
    ])
      expect([body, (await ask(body)).status]).toEqual([body, 404]);
    expect((await ask({})).status).toBe(400);
    expect((await ask({ email: 'a@b.ro', ticketId: awaiting.ticketId })).status).toBe(400);
    expect(await purposes()).toEqual([]);
    for (const role of ['head', 'registry', 'auditor', 'reports'] as const)
      expect([role, (await ask({ ticketId: awaiting.ticketId }, role)).status]).toEqual([role, 403]);
  });

  it('A29: holds nothing of another applicant under the same number, whoever of the two it is decided to be', async () => {
    const named = {
      request: { number: '700900', filedOn: '2026-02-02' },
      about: { handlerStaffId: 's002', status: 'in-operation' },
    } as const;
    const tell = async (applicantName: string, subject: string) =>
      mustBeDone(await registerRequest(service.ports)(service.context(), { ...named.request, ...named.about, applicantName, subject }));
    const textsFor = async (applicantName: string): Promise<readonly string[]> => {
      const { number: requestNumber, filedOn } = named.request;
      return textsIn(told(await ask({ requestNumber, filedOn, applicantName })));
    };
    await tell('Lăcătuș Andrei', 'Autorizație');
    await tell('Rusu Delia', 'Racordare');
    expect(await textsFor('Lăcătuș Andrei')).toEqual(['Lăcătuș Andrei', 'Autorizație']);
    const decided = { request: named.request, decision: 'corrected', reason: 'în dosar' } as const;
    mustBeDone(await settleDispute(service.ports)(service.context(), decided));
    expect(await textsFor('Rusu Delia')).toEqual(['Rusu Delia', 'Racordare']);
  });

  it('what was erased is not there any more', async () => {
    const one = await cases.cancelled();
    const token = await service.token('admin');
    expect((await service.call('POST', `/api/v1/tickets/${one.ticketId}/forget`, { token, body: { reason: 'cerere' } })).status).toBe(200);
    await service.settled();
    expect(told(await ask({ ticketId: one.ticketId })).tickets[0]?.texts).toEqual([]);
  });

  it('is a file that a person can read, with purposes, recipients, periods and rights, made by a form', async () => {
    const one = await cases.filed();
    await service.settled();
    const admin = await browse(service, 'admin');
    const path = '/administrare/acces';
    expect((await admin.post(path, { ticket: '', requestNumber: '', applicantName: '', email: '', format: 'html' })).statusCode).toBe(422);
    const html = await admin.post(path, {
      ticket: referenceOf(one.ticketId),
      requestNumber: '',
      applicantName: '',
      email: '',
      format: 'html',
    });
    expect([html.statusCode, html.headers['content-disposition']]).toEqual([200, 'attachment; filename="acces-date.html"']);
    const text = textOf(html.body);
    for (const said of [
      '0740 123 456',
      'Se eliberează autorizația.',
      'Rezoluția',
      'RGPD Art. 6',
      'Cui le dăm',
      'până sunt șterse la cererea dumneavoastră',
      'Autoritatea Națională',
    ])
      expect(text).toContain(said);
    expect(html.body).not.toMatch(/<script|src=|href=/);
    const { number, filedOn } = one.request;
    const asJson = { ticket: '', requestNumber: `${number}_${filedOn}`, applicantName: 'Lăcătuș Andrei', email: '', format: 'json' };
    const json = await admin.post(path, asJson);
    expect(JSON.parse(json.body)).toMatchObject({ tickets: [{ ticketId: one.ticketId }], statement: { cui: { title: 'Cui le dăm' } } });
  });
});

describe('GDPR 18: a person asks that their data be kept and not used', () => {
  const act = async ({ ticketId }: Case, last: string, body: object) =>
    service.call('POST', `/api/v1/tickets/${ticketId}/${last}`, { token: await service.token('admin'), body });
  const asked = { ground: 'claims', reason: 'cererea 14/2026' };

  it('they are erased by nobody and by no night, and their name stands in no list and on no paper, until it is lifted', async () => {
    const one = await cases.cancelled();
    await service.settled();
    expect((await act(one, 'restriction', { ...asked, ground: 'whim' })).status).toBe(400);
    expect((await act(one, 'restriction', asked)).status).toBe(200);
    expect((await act(one, 'restriction', asked)).status).toBe(200);
    expect(await act(one, 'forget', { reason: 'x' })).toMatchObject({ status: 409, body: { code: 'wrong-state', reason: 'restricted' } });
    const state = await currentTicket(service.ports, one.ticketId);
    expect(
      ticketDue(
        { state, events: [], openTasks: 0, pendingChecks: 0, letters: 1 },
        'contact',
        periodOf('P1D') ?? null,
        '2099-01-01T00:00:00.000Z',
      ),
    ).toBe('restricted');
    const card = await service.call('GET', `/api/v1/tickets/${one.ticketId}`, { token: await service.token('staff', 's002') });
    expect(card.body.applicant).toEqual({ name: '[restricționat]' });
    const paper = await paperTicket(service.ports, { ticketId: one.ticketId, personal: true });
    if (isRefusal(paper) || !isRequested(state)) throw new Error('There is a paper.');
    expect(paper.seals.read(state.contact.name, 'ro')).not.toContain('Andrei');
    // what is kept of them can still be asked for
    expect(
      (await service.call('POST', '/api/v1/subject-access', { token: await service.token('admin'), body: { ticketId: one.ticketId } }))
        .status,
    ).toBe(200);

    const day = cases.now().slice(0, 10);
    for (const personToldOn of ['2020-01-01', '2099-01-01'])
      expect(await act(one, 'restriction/lift', { reason: 'verificat', personToldOn })).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'personToldOn' }] },
      });
    expect((await act(one, 'restriction/lift', { reason: 'verificat', personToldOn: day })).status).toBe(200);
    const free = await service.call('GET', `/api/v1/tickets/${one.ticketId}`, { token: await service.token('staff', 's002') });
    expect(free.body.applicant.name).toBe('Lăcătuș Andrei');
    expect((await act(one, 'forget', { reason: 'x' })).status).toBe(200);
    expect((await act(one, 'restriction', asked)).status).toBe(404);
  });

  it('their request keeps the name, by hand and by form, as long as it lasts', async () => {
    const one = await cases.cancelled();
    await service.settled();
    expect((await act(one, 'restriction', asked)).status).toBe(200);
    const forget = () => forgetRequest(service.ports)(service.context(), { request: one.request, reason: 'cererea 15/2026' });
    expect(await forget()).toMatchObject({ code: 'wrong-state', details: { reason: 'restricted' } });
    const { number, filedOn } = one.request;
    const page = await (await browse(service, 'admin')).get(`/administrare/stergere/cerere/${number}/${filedOn}`);
    expect(textOf(page.body)).toContain('Persoana a cerut restricționarea');
    expect(page.body).not.toContain('class="grave"');
    expect((await act(one, 'restriction/lift', { reason: 'verificat', personToldOn: cases.now().slice(0, 10) })).status).toBe(200);
    expect(await forget()).toMatchObject({ kind: 'done' });
  });

  it('their name does not stand among the meetings that an absence has moved or waits for', async () => {
    const one = await cases.scheduled();
    await service.settled();
    const state = await currentTicket(service.ports, one.ticketId);
    if (!isRequested(state)) throw new Error('The ticket was requested.');
    const { startsAt: from, endsAt: to } = state.booking.slot;
    const { value } = mustBeDone(await recordAbsence(service.ports)(service.context(), { staffId: 's002', from, to, reason: 'Concediu' }));
    await service.settled();
    const applicants = async () => {
      const followed = await followAbsence(service.ports)({ staffId: 's002', absenceId: value.absenceId });
      return isRefusal(followed) ? followed : followed.meetings.map(({ applicant }) => applicant);
    };
    expect(await applicants()).toEqual(['Lăcătuș Andrei']);
    expect((await act(one, 'restriction', asked)).status).toBe(200);
    expect(await applicants()).toEqual(['[restricționat]']);
  });

  it('the official’s page of a meeting that has ended says what became of it, and nothing that is theirs, until it is lifted', async () => {
    const one = await cases.filed();
    await service.settled();
    const page = async () => textOf((await (await browse(service, 'staff', 's002')).get(`/programari/${one.ticketId}`)).body);
    const theirs = /Lăcătuș Andrei|0740 123 456|Se eliberează autorizația/u;
    expect(await page()).toMatch(theirs);
    expect((await act(one, 'restriction', asked)).status).toBe(200);
    expect(await page()).not.toMatch(theirs);
    expect(await page()).toContain('[restricționat]');
    expect((await act(one, 'restriction/lift', { reason: 'verificat', personToldOn: cases.now().slice(0, 10) })).status).toBe(200);
    expect(await page()).toMatch(theirs);
  });

  it('whoever still has to meet them knows whom, and how to reach them', async () => {
    const one = await cases.scheduled();
    await service.settled();
    expect((await act(one, 'restriction', asked)).status).toBe(200);
    const card = await service.call('GET', `/api/v1/tickets/${one.ticketId}`, { token: await service.token('staff', 's002') });
    expect(card.body.applicant).toMatchObject({ name: 'Lăcătuș Andrei', phone: '0740 123 456' });
  });

  it('is asked for and ended by a form', async () => {
    const one = await cases.cancelled();
    await service.settled();
    const admin = await browse(service, 'admin');
    const path = `/administrare/stergere/tichet/${referenceOf(one.ticketId)}/restrictionare`;
    expect((await admin.post(path, { reason: '', ground: 'claims' })).statusCode).toBe(422);
    expect((await admin.post(path, { reason: 'cererea 14/2026', ground: 'claims' })).headers.location).toBe(`${path}?facut=restrictionat`);
    expect(textOf((await admin.get(path)).body)).toContain('are nevoie de date pentru un drept în instanță');
    const lifted = await admin.post(`${path}/ridicare`, { reason: 'verificat', personToldOn: cases.now().slice(0, 10) }, path);
    expect(lifted.headers.location).toBe(`${path}?facut=ridicat`);
  });
});
