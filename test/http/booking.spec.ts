import { policiesWith } from '../../src/domain/policies';
import { plusMinutes } from '../../src/domain/time/civil-time';
import { awaitedCodeOf } from '../support/codes';
import { type Answered, bookingToken, inPerson, lookupBody, online, staff, startSeeded, startsAt, type Service } from './support/service';
import { eventually } from '../support/eventually';

let service: Service;
beforeEach(async () => {
  service = await startSeeded();
});

const codeOf = (ticketId: string, n = 1): Promise<string> => awaitedCodeOf(service.ports, ticketId, n);

describe('a citizen books over HTTP', () => {
  it('Art. 3: finds the request, sees days and slots, asks, enters the code, and has a ticket', async () => {
    const found = await service.call('POST', '/api/v1/requests/lookup', { body: lookupBody });
    expect(found.status).toBe(200);
    expect(found.body).toMatchObject({
      request: { number: '519073', filedOn: '2026-02-02', ground: 'in-operation' },
      meetWith: { name: 'Zoltán Marc', role: 'executive', department: 'Autorizări' },
      modes: ['online', 'phone', 'in-person'],
      recordingNotice: { version: '2026-1' },
    });
    const token: string = found.body.bookingToken;

    const slots = await service.call('GET', '/api/v1/slots?from=2026-03-02&to=2026-03-08', { token });
    expect(slots.status).toBe(200);
    expect(slots.body.zone).toBe('Europe/Bucharest');
    expect(slots.body.first).toBe('2026-03-04');
    expect(slots.body.days.map(({ closed }) => closed ?? 'free')).toEqual([
      'under-48-hours',
      'under-48-hours',
      'free',
      'free',
      'free',
      'weekend',
      'weekend',
    ]);
    expect(slots.body.slots[0]).toEqual({ startsAt: '2026-03-04T08:00:00.000Z', endsAt: '2026-03-04T08:15:00.000Z' });

    const made = await service.call('POST', '/api/v1/tickets', { token, body: online });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      status: 'awaiting-code',
      heldUntil: '2026-03-02T08:15:00.000Z',
      codeExpiresAt: '2026-03-02T08:10:00.000Z',
    });
    expect(made.body.reference).toMatch(/^TA-[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(made.headers['tichet-position']).toMatch(/^\d{20}$/);
    const { ticketId, manageToken } = made.body;

    const wrong = await service.call('POST', `/api/v1/tickets/${ticketId}/verification`, { token: manageToken, body: { code: '000000' } });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'wrong-code', triesLeft: 4, article: '3 e' } });
    const verified = await service.call('POST', `/api/v1/tickets/${ticketId}/verification`, {
      token: manageToken,
      body: { code: await codeOf(ticketId) },
    });
    expect(verified).toMatchObject({
      status: 200,
      body: { status: 'scheduled', slot: { startsAt, zone: 'Europe/Bucharest' }, allowed: ['reschedule', 'cancel', 'contact'] },
    });
    expect(verified.body).not.toHaveProperty('applicant');

    const entry = await service.call('GET', `/api/v1/tickets/${ticketId}/invitation.ics`, { token: manageToken });
    expect(entry.headers['content-type']).toBe('text/calendar; charset=utf-8; method=PUBLISH');
    expect(entry.text).toContain('DTSTART;TZID=Europe/Bucharest:20260305T100000');

    const forStaff = await service.call('GET', `/api/v1/tickets/${ticketId}`, { token: await service.token('staff', 's002') });
    expect(forStaff.body).toMatchObject({
      applicant: { name: 'Lăcătuș Andrei', email: 'andrei@exemplu.ro', phone: '0740 123 456' },
      requestNumber: '519073',
    });
    for (const [role, staffId] of [
      ['staff', 's003'],
      ['auditor', undefined],
      ['admin', undefined],
    ] as const) {
      expect((await service.call('GET', `/api/v1/tickets/${ticketId}`, { token: await service.token(role, staffId) })).status).toBe(403);
    }
  });

  it('A28: whichever of the three is wrong, the answer is the same, byte for byte', async () => {
    const wrong = await Promise.all(
      [{ requestNumber: '519074' }, { applicantName: 'Ion Altul' }, { filedOn: '2026-02-03' }].map((change) =>
        service.call('POST', '/api/v1/requests/lookup', { body: { ...lookupBody, ...change } }),
      ),
    );
    for (const { status, text } of wrong) expect({ status, text }).toEqual({ status: 404, text: wrong[0]?.text });
    expect(wrong[0]?.body.code).toBe('request-not-found');
  });

  it('throttles lookups that match nothing, and only these', async () => {
    for (let n = 0; n < 12; n += 1) expect((await service.call('POST', '/api/v1/requests/lookup', { body: lookupBody })).status).toBe(200);
    for (let n = 0; n < 10; n += 1) {
      expect((await service.call('POST', '/api/v1/requests/lookup', { body: { ...lookupBody, requestNumber: '1' } })).status).toBe(404);
    }
    const over = await service.call('POST', '/api/v1/requests/lookup', { body: { ...lookupBody, requestNumber: '1' } });
    expect(over).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
    expect(Number(over.headers['retry-after'])).toBe(600);
    service.ports.clock.advance({ minutes: 11 });
    expect((await service.call('POST', '/api/v1/requests/lookup', { body: lookupBody })).status).toBe(200);
  });

  it('A24: one active ticket a request; a booking token works again after a conflict', async () => {
    const token = await bookingToken(service);
    expect((await service.call('POST', '/api/v1/tickets', { token, body: inPerson })).body.status).toBe('scheduled');
    expect(await service.call('POST', '/api/v1/tickets', { token, body: inPerson })).toMatchObject({
      status: 409,
      body: { code: 'active-ticket-exists' },
    });
    expect((await service.call('POST', '/api/v1/requests/lookup', { body: lookupBody })).body.code).toBe('active-ticket-exists');
  });

  it('A19: reschedules and cancels with the manage link; what staff say is no field of a citizen', async () => {
    const token = await bookingToken(service);
    const { ticketId, manageToken } = (await service.call('POST', '/api/v1/tickets', { token, body: inPerson })).body;
    const path = `/api/v1/tickets/${ticketId}`;
    const moved = await service.call('POST', `${path}/reschedule`, { token: manageToken, body: { startsAt: '2026-03-05T09:00:00Z' } });
    expect(moved).toMatchObject({ status: 200, body: { slot: { startsAt: '2026-03-05T09:00:00.000Z' } } });
    const agreed = await service.call('POST', `${path}/reschedule`, {
      token: manageToken,
      body: { startsAt: '2026-03-05T10:00:00Z', citizenAgreed: true },
    });
    expect(agreed).toMatchObject({ status: 400, body: { errors: [{ field: 'citizenAgreed' }] } });
    expect(await service.call('POST', `${path}/cancel`, { token: manageToken, body: {} })).toMatchObject({
      status: 200,
      body: { status: 'cancelled', allowed: ['contact'] },
    });
    const another = await service.call('GET', '/api/v1/tickets/019c0000-0000-7000-8000-000000000000', { token: manageToken });
    expect(another).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  });
});

describe('Idempotency-Key', () => {
  const headers = { 'idempotency-key': 'form-1' };

  it('twins sent at once, and a repetition, get one ticket and the same bytes', async () => {
    const token = await bookingToken(service);
    const twins = await Promise.all([1, 2, 3, 4].map(() => service.call('POST', '/api/v1/tickets', { token, body: online, headers })));
    const again = await service.call('POST', '/api/v1/tickets', { token, body: online, headers });
    for (const { status, text } of [...twins, again]) expect({ status, text }).toEqual({ status: 201, text: again.text });
    expect(new Set([...twins, again].map(({ headers: answered }) => answered['tichet-position'])).size).toBe(1);
    const reordered = await service.call('POST', '/api/v1/tickets', {
      token,
      headers,
      body: Object.fromEntries(Object.entries(online).reverse()),
    });
    expect(reordered.text).toBe(again.text);
  });

  it('belongs to the token: who has found the same request by themselves gets nobody’s answer by their key', async () => {
    const tokens = [await bookingToken(service), await bookingToken(service)];
    const answers: Answered[] = [];
    for (const token of tokens) answers.push(await service.call('POST', '/api/v1/tickets', { token, body: online, headers }));
    expect(answers.map(({ status }) => status)).toEqual([201, 409]);
    expect(answers[1]?.body).toMatchObject({ code: 'active-ticket-exists' });
    expect(answers[1]?.text).not.toContain(answers[0]?.body.manageToken);
  });

  it('finishes a command that a crash cut off after its first append, as the same command', async () => {
    const token = await bookingToken(service);
    const append = service.ports.store.append.bind(service.ports.store);
    let appends = 0;
    service.ports.store.append = (...parts) => {
      appends += 1;
      if (appends > 2) throw new Error('killed');
      return append(...parts);
    };
    expect((await service.call('POST', '/api/v1/tickets', { token, body: online, headers })).status).toBe(500);
    service.ports.store.append = append;
    service.ports.clock.advance({ minutes: 1 });
    const finished = await service.call('POST', '/api/v1/tickets', { token, body: online, headers });
    expect(finished).toMatchObject({ status: 201, body: { heldUntil: '2026-03-02T08:15:00.000Z' } });
    expect((await service.call('POST', '/api/v1/tickets', { token, body: online, headers })).text).toBe(finished.text);
  });

  it('another body is a conflict; another principal or route is another command; a refusal is kept too', async () => {
    const token = await bookingToken(service);
    const early = { ...online, startsAt: '2026-03-03T08:00:00Z' };
    const refused = await service.call('POST', '/api/v1/tickets', { token, body: early, headers });
    expect(refused).toMatchObject({ status: 422, body: { code: 'too-soon', article: '4' } });
    expect((await service.call('POST', '/api/v1/tickets', { token, body: early, headers })).text).toBe(refused.text);
    expect(await service.call('POST', '/api/v1/tickets', { token, body: online, headers })).toMatchObject({
      status: 409,
      body: { code: 'idempotency-conflict' },
    });
    expect((await service.call('POST', '/api/v1/requests/lookup', { body: lookupBody, headers })).status).toBe(200);
    expect(await service.call('POST', '/api/v1/tickets', { token, body: online, headers: { 'idempotency-key': 'a b' } })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'Idempotency-Key' }] },
    });
  });
});

describe('A9: an hour that was held for a code that nobody entered', () => {
  it('is free when the hold ends, and stays free when that is noted: A30 is about cancelled meetings', async () => {
    // in tests nobody waits for A30, unless they ask for it
    const waiting = await startSeeded({ policies: policiesWith() }, { processes: true });
    const token = await bookingToken(waiting);
    const { ticketId, manageToken } = (await waiting.call('POST', '/api/v1/tickets', { token, body: online })).body;
    waiting.ports.clock.advance({ minutes: 15 });
    const isNoted = async (): Promise<boolean> => {
      const { status } = (await waiting.call('GET', `/api/v1/tickets/${ticketId}`, { token: manageToken })).body;
      return status === 'lapsed';
    };
    await eventually('the lapse', isNoted);
    const day = `agenda-${staff.s002.staffId}_2026-03-05`;
    const released = async (): Promise<boolean> => {
      for await (const { type } of waiting.ports.store.read(day)) if (type === 'SlotReleased') return true;
      return false;
    };
    await eventually('the hour is free', released);
    await waiting.settled();

    const again = await bookingToken(waiting);
    const { slots } = (await waiting.call('GET', '/api/v1/slots?from=2026-03-05&to=2026-03-05', { token: again })).body;
    expect(slots).toContainEqual({ startsAt, endsAt: plusMinutes(startsAt, 15) });
    expect((await waiting.call('POST', '/api/v1/tickets', { token: again, body: online })).status).toBe(201);
  });
});

describe('Art. 1 and 8: an hour that staff moved a meeting away from', () => {
  it('is free at once, so that a ticket given to a colleague can be given back', async () => {
    const waiting = await startSeeded({ policies: policiesWith() });
    const token = await bookingToken(waiting);
    const { ticketId } = (await waiting.call('POST', '/api/v1/tickets', { token, body: { ...inPerson, phone: '0740 123 456' } })).body;
    const head = await waiting.token('head', 's001');
    const give = async (staffId: string): Promise<number> =>
      (await waiting.call('POST', `/api/v1/tickets/${ticketId}/reassign`, { token: head, body: { staffId, reason: 'Concediu medical' } }))
        .status;
    expect(await give('s001')).toBe(200);
    expect(await give('s002')).toBe(200);
    expect(await give('s001')).toBe(200);
  });
});
