import { allowedActions } from '../../../../src/domain/ticket/allowed';
import { manualDocumentRegister } from '../../../../src/infrastructure/outside/document-system/open-registry';
import { aboutAct, actOfPath } from '../../../../src/infrastructure/web/meetings/acts';
import { asTyped } from '../../../../src/infrastructure/web/meetings/typed-time';
import { registerRequest } from '../../../../src/application/requests/register-request';
import { applicant, mustBeDone, request, type Service } from '../../../http/support/service';
import { actsOn, book, bookAnother, type Official, signIn, startOffice, textOf, ticketOf } from './support/office';

let service: Service;
beforeEach(async () => {
  // what is filed by hand stays to be done for as long as the test looks
  service = await startOffice({ documents: manualDocumentRegister });
});

const starts = '2026-03-05T08:00:10.000Z';
/** Moves the clock; sessions end with the working day, so everybody signs in again. */
const at = async (instant: string, role: 'staff' | 'head' = 'staff'): Promise<Official> => {
  service.ports.clock.set(instant);
  return signIn(service, role, role === 'staff' ? 's002' : 's001');
};
const done = (ticketId: string, act: string) => ({ status: 303, location: `/programari/${ticketId}?facut=${act}` });

/** Pages of acts that were opened already: by role, state of the ticket, act, and whether it is offered. */
const opened = new Set<string>();

/**
 * Nothing is offered that would be refused, and nothing that may be done is left out: the domain says what, for the very moment. The page of
 * an act is opened once in each state of a ticket, offered and not offered.
 */
const mustOfferWhatIsAllowed = async (ticketId: string, role: 'staff' | 'head'): Promise<void> => {
  const official = await signIn(service, role, role === 'staff' ? 's002' : 's001');
  const { html } = await official.get(`/programari/${ticketId}`);
  const paths = actsOn(html);
  const offered = new Set(paths.map((path) => actOfPath(path)).flatMap((act) => (act === undefined ? ['?'] : [aboutAct[act].action])));
  const { ports } = service;
  const ticket = await ticketOf(service, ticketId);
  expect([...offered].sort()).toEqual([...allowedActions(ticket, ports.clock.now(), role, ports.policies)].sort());
  for (const { path } of Object.values(aboutAct)) {
    const isOffered = paths.includes(path);
    const place = [role, ticket.status, path, isOffered].join(' ');
    if (opened.has(place) || (path === 'repartizare' && role === 'staff')) continue;
    opened.add(place);
    const answer = await official.get(`/programari/${ticketId}/${path}`);
    const isRefused = textOf(answer.html).includes('Acum nu se poate');
    expect([path, answer.status, isRefused]).toEqual([path, isOffered ? 200 : 409, !isOffered]);
  }
};
const bothOffered = async (ticketId: string): Promise<void> => {
  await mustOfferWhatIsAllowed(ticketId, 'staff');
  await mustOfferWhatIsAllowed(ticketId, 'head');
};

describe('an online meeting, act by act', () => {
  it('Art. 5–7: link, start, held, recording, resolution, each through its form; what is offered is what is allowed', async () => {
    const ticketId = await book(service, 'online');
    const path = `/programari/${ticketId}`;
    let official = await signIn(service, 'staff', 's002');
    await bothOffered(ticketId);
    expect(await official.fill(`${path}/link`, { joinUrl: 'https://webex.com/j/1', meetingId: '123 456' })).toMatchObject(
      done(ticketId, 'link'),
    );
    expect((await official.get(`${path}?facut=link`)).html).toContain('Linkul a fost salvat');
    expect((await ticketOf(service, ticketId)).meetingLink?.meetingId).toBe('123 456');
    await bothOffered(ticketId);

    official = await at(starts);
    await bothOffered(ticketId);
    expect(await official.fill(`${path}/incepere`, {})).toMatchObject(done(ticketId, 'start'));
    await bothOffered(ticketId);
    const card = (await official.get(path)).html;
    expect(card).toContain('apăsați butonul record');
    // titles stay in the history of browsers
    expect(/<title>(.*)<\/title>/.exec(card)?.[1]).toMatch(/^TA-[0-9A-Z]{8}, joi, 5 martie 2026, 10:00 /);

    official = await at('2026-03-05T08:14:30.000Z');
    await bothOffered(ticketId);
    const held = { date: '2026-03-05', startedAt: '10:00', endedAt: '10:14' };
    expect(await official.fill(`${path}/incheiere`, held)).toMatchObject(done(ticketId, 'held'));
    expect(await ticketOf(service, ticketId)).toMatchObject({
      status: 'held',
      held: { startedAt: starts, endedAt: '2026-03-05T08:14:00.000Z' },
    });
    await bothOffered(ticketId);

    const recorded = { recordingId: 'WBX-7F31', durationSeconds: '13:20', url: 'https://webex.com/r/1' };
    expect(await official.fill(`${path}/inregistrare`, recorded)).toMatchObject({ status: 422 });
    const from = { date: '2026-03-05', at: '10:00' };
    expect(await official.fill(`${path}/inregistrare`, { ...recorded, ...from })).toMatchObject(done(ticketId, 'recording'));
    expect((await ticketOf(service, ticketId)).recording.attached).toMatchObject([
      { recordingId: 'WBX-7F31', startedAt: starts, durationSeconds: 800 },
    ]);
    await bothOffered(ticketId);

    const conclusions = 'Se depun planurile.\nTermen: 30 de zile.';
    expect(await official.fill(`${path}/rezolutie`, { conclusions, documentNumber: '12/2026' })).toMatchObject(
      done(ticketId, 'resolution'),
    );
    await service.settled();
    expect(textOf((await official.get(path)).html)).toContain('Se depun planurile. Termen: 30 de zile.');
    expect(await ticketOf(service, ticketId)).toMatchObject({ resolution: { issued: { documentNumber: '12/2026' } } });
    await bothOffered(ticketId);
  });

  it('A13: without a recording it says why; after a refusal by the citizen, only if something else was offered', async () => {
    const ticketId = await book(service, 'online');
    const path = `/programari/${ticketId}`;
    const official = await at('2026-03-05T08:20:00.000Z');
    await official.fill(`${path}/incheiere`, { date: '2026-03-05', startedAt: '10:01', endedAt: '10:15' });
    const refused = await official.fill(`${path}/inregistrare-refuzata`, { reason: 'Nu dorește' });
    expect(refused).toMatchObject({ status: 422, html: expect.stringContaining('id="offeredAlternative-fault"') });
    expect(refused.html).toContain('<title>Eroare: ');
    expect(refused.html).toContain('Nu dorește');
    const waived = { reason: 'Nu dorește', offeredAlternative: 'da' };
    expect(await official.fill(`${path}/inregistrare-refuzata`, waived)).toMatchObject(done(ticketId, 'recording-waived'));
    await bothOffered(ticketId);
    expect(actsOn((await official.get(path)).html)).toEqual(['continuare', 'inregistrare', 'inregistrare-retrasa', 'rezolutie']);
  });

  it('Art. 5: what went on by phone is proposed from the end of its recording on, and refused from the start of the meeting in words', async () => {
    const ticketId = await book(service, 'online');
    const path = `/programari/${ticketId}`;
    const official = await at('2026-03-05T08:20:00.000Z');
    await official.fill(`${path}/incheiere`, { date: '2026-03-05', startedAt: '10:01', endedAt: '10:15' });
    const recorded = { recordingId: 'WBX-7F31', durationSeconds: '4:50', date: '2026-03-05', at: '10:01' };
    expect(await official.fill(`${path}/inregistrare`, recorded)).toMatchObject(done(ticketId, 'recording'));
    const proposed = (field: string, html: string) => new RegExp(`<input[^>]*name="${field}"[^>]*>`).exec(html)?.[0];
    const { html } = await official.get(`${path}/continuare`);
    expect(proposed('date', html)).toContain('value="2026-03-05"');
    expect(proposed('at', html)).toContain('value="10:05"');
    const said = { mode: 'phone', cause: 'platform', date: '2026-03-05' };
    expect(await official.fill(`${path}/continuare`, { ...said, at: '10:01' })).toMatchObject({
      status: 400,
      html: expect.stringContaining('Există o înregistrare a întâlnirii, deci ea a început pe Webex'),
    });
    expect(await official.fill(`${path}/continuare`, { ...said, at: '10:05' })).toMatchObject(done(ticketId, 'continued'));
    expect(await ticketOf(service, ticketId)).toMatchObject({
      continued: { mode: 'phone', continuedAt: '2026-03-05T08:05:50.000Z', wasOnline: true },
    });
    await bothOffered(ticketId);
  });

  it('A13: the recording is missing', async () => {
    const ticketId = await book(service, 'online');
    const path = `/programari/${ticketId}`;
    const official = await at('2026-03-05T08:20:00.000Z');
    await official.fill(`${path}/incheiere`, { date: '2026-03-05', startedAt: '10:01', endedAt: '10:15' });
    expect(await official.fill(`${path}/fara-inregistrare`, { reason: '' })).toMatchObject({ status: 422 });
    expect(await official.fill(`${path}/fara-inregistrare`, { reason: 'Butonul nu a fost apăsat' })).toMatchObject(
      done(ticketId, 'no-recording'),
    );
    expect((await ticketOf(service, ticketId)).recording.missingSince).toBeDefined();
    await bothOffered(ticketId);
    expect(actsOn((await official.get(path)).html)).toEqual(['inregistrare', 'inregistrare-retrasa', 'rezolutie']);
  });
});

describe('when it does not go as planned', () => {
  it('Art. 8: an address that is written otherwise is that of the same act', async () => {
    const path = `/programari/${await book(service, 'phone')}`;
    const official = await signIn(service, 'staff', 's002');
    const heading = async (act: string) => /<h1[^>]*>.*?<\/h1>/s.exec((await official.get(`${path}/${act}`)).html)?.[0];
    expect(await heading('%61nulare')).toBe(await heading('anulare'));
    expect(await heading('%72eprogramare')).toBe(await heading('reprogramare'));
    expect(await heading('anulare')).not.toBe(await heading('reprogramare'));
  });

  it('A22: the citizen’s absence is offered after ten minutes only, and refused in words before', async () => {
    const ticketId = await book(service, 'phone');
    const path = `/programari/${ticketId}`;
    let official = await at('2026-03-05T08:05:00.000Z');
    await bothOffered(ticketId);
    expect(actsOn((await official.get(path)).html)).not.toContain('neprezentare');
    const early = await official.send(`${path}/neprezentare`, { once: '1', waitedMinutes: '5' });
    expect(early).toMatchObject({ status: 409, html: expect.stringContaining('Se poate nota de la ora 10:10.') });
    official = await at('2026-03-05T08:12:00.000Z');
    await bothOffered(ticketId);
    expect(await official.fill(`${path}/neprezentare`, { waitedMinutes: '40' })).toMatchObject({
      status: 400,
      html: expect.stringContaining('În afara limitelor.'),
    });
    expect(await official.fill(`${path}/neprezentare`, { waitedMinutes: '11' })).toMatchObject(done(ticketId, 'citizen-absent'));
    await bothOffered(ticketId);
  });

  it('A23, Art. 8: the civil servant’s absence; the citizen is told, refuses another hour, or gets one', async () => {
    const ticketId = await book(service, 'phone');
    const path = `/programari/${ticketId}`;
    const official = await at('2026-03-05T08:20:00.000Z');
    expect(await official.fill(`${path}/absenta-functionarului`, {})).toMatchObject(done(ticketId, 'staff-absent'));
    await bothOffered(ticketId);
    expect(await official.fill(`${path}/instiintare`, {})).toMatchObject({
      status: 422,
      html: expect.stringContaining('id="outcome-fault"'),
    });
    expect(await official.fill(`${path}/instiintare`, { outcome: 'phone:no-answer' })).toMatchObject(done(ticketId, 'notice'));
    expect(await official.fill(`${path}/instiintare`, { outcome: 'phone:reached' })).toMatchObject(done(ticketId, 'notice'));
    expect((await ticketOf(service, ticketId)).notices.map(({ outcome }) => outcome)).toEqual(['no-answer', 'reached']);
    await bothOffered(ticketId);
    expect(await official.fill(`${path}/instiintare`, { outcome: 'phone:declined-new-slot' })).toMatchObject(done(ticketId, 'notice'));
    await bothOffered(ticketId);
  });

  it('Art. 8 (A20): another hour, with a reason; sooner than 48 hours only if the citizen agreed; a taken hour names itself', async () => {
    const ticketId = await book(service, 'in-person', { email: 'andrei@exemplu.ro' });
    const path = `/programari/${ticketId}/reprogramare`;
    const official = await at('2026-03-03T07:00:00.000Z');
    const page = await official.get(path);
    expect(page.html).toContain('value="2026-03-05T07:00:00.000Z"');
    expect(page.html.match(/value="2026-03-05T08:00:00.000Z"/g)).toHaveLength(1);
    expect(page.html).toContain('Ora de acum, joi, 5 martie 2026, 10:00');
    expect(await official.fill(path, {})).toMatchObject({ status: 422, html: expect.stringContaining('id="startsAt-fault"') });
    const soon = { startsAt: '2026-03-04T08:00:00.000Z', reason: 'illness' };
    const refused = await official.fill(path, soon);
    expect(refused).toMatchObject({ status: 422, html: expect.stringContaining('id="citizenAgreed-fault"') });
    const other = await official.fill(path, { ...soon, reason: 'other', citizenAgreed: 'da' });
    expect(other).toMatchObject({ status: 422, html: expect.stringContaining('id="reasonText-fault"') });
    const unseen = await official.fill(path, { ...soon, reason: 'other', reasonText: '\u200b\u00ad\u202e', citizenAgreed: 'da' });
    expect(unseen).toMatchObject({ status: 422, html: expect.stringContaining('id="reasonText-fault"') });
    await bookAnother(service, '2026-03-06T08:00:00.000Z');
    const taken = await official.fill(path, { startsAt: '2026-03-06T08:00:00.000Z', reason: 'illness' });
    expect(taken).toMatchObject({ status: 409, html: expect.stringContaining('Ora 10:00 tocmai a fost rezervată de altcineva.') });
    const silent = await official.fill(path, { ...soon, citizenAgreed: 'da' });
    expect(silent).toMatchObject({ status: 422, html: expect.stringContaining('id="agreedAt-fault"') });
    expect(silent.html).toContain('id="agreedBy-fault"');
    const agreed = { citizenAgreed: 'da', agreedBy: 'phone', agreedOn: '2026-03-03', agreedAt: '08:30' };
    expect(await official.fill(path, { ...soon, ...agreed })).toMatchObject(done(ticketId, 'reschedule'));
    expect(await ticketOf(service, ticketId)).toMatchObject({ booking: { slot: { startsAt: soon.startsAt } } });
    await bothOffered(ticketId);
    const sent = await official.send(path, { once: '1', startsAt: '2026-03-07T08:00:00.000Z', reason: 'illness' });
    expect(sent).toMatchObject({ status: 422, html: expect.stringContaining('Intervalul nu este în programul de lucru.') });
  });

  it('Art. 8: cancelled with a reason; then somebody must tell the citizen', async () => {
    const ticketId = await book(service, 'phone');
    const path = `/programari/${ticketId}`;
    const official = await signIn(service, 'staff', 's002');
    expect(await official.fill(`${path}/anulare`, {})).toMatchObject({ status: 422, html: expect.stringContaining('id="reason-fault"') });
    expect(await official.fill(`${path}/anulare`, { reason: 'technical' })).toMatchObject(done(ticketId, 'cancel'));
    expect((await ticketOf(service, ticketId)).status).toBe('cancelled');
    expect((await official.get(path)).html).toContain('propuneți-i altă oră');
    await bothOffered(ticketId);
  });

  it('A3: the head gives the meeting to a colleague; staff may not', async () => {
    const ticketId = await book(service, 'phone');
    const path = `/programari/${ticketId}/repartizare`;
    expect((await (await signIn(service, 'staff', 's002')).get(path)).status).toBe(403);
    const head = await signIn(service, 'head', 's001');
    const page = await head.get(path);
    expect(page.html).toContain('Ilinca Colega');
    expect(page.html).not.toMatch(/<option value="s002"/);
    expect(await head.fill(path, {})).toMatchObject({ status: 422 });
    expect(await head.fill(path, { staffId: 's004', reason: 'Concediu' })).toMatchObject(done(ticketId, 'reassign'));
    expect((await ticketOf(service, ticketId)).booking.staffId).toBe('s004');
    await mustOfferWhatIsAllowed(ticketId, 'head');
    expect((await (await signIn(service, 'staff', 's002')).get(`/programari/${ticketId}`)).status).toBe(403);
    expect((await (await signIn(service, 'staff', 's004')).get(`/programari/${ticketId}`)).status).toBe(200);
  });

  it('Art. 8, A3, Art. 3 d: in one form the head changes person, hour and mode; staff see no persons in it', async () => {
    const ticketId = await book(service, 'phone', { email: 'andrei@exemplu.ro' });
    const path = `/programari/${ticketId}/reprogramare`;
    expect((await (await signIn(service, 'staff', 's002')).get(path)).html).not.toContain('Ilinca Colega');
    const head = await signIn(service, 'head', 's001');
    expect((await head.get(path)).html).toContain(`${path}?cu=s004`);
    const chosen = await head.get(`${path}?cu=s004`);
    expect(chosen.html).toContain('<input type="hidden" name="staffId" value="s004"/>');
    const wanted = { startsAt: '2026-03-06T08:00:00.000Z', staffId: 's004', mode: 'online', reason: 'leave' };
    expect(await head.fill(path, wanted)).toMatchObject({ status: 422, html: expect.stringContaining('id="reasonText-fault"') });
    const said = { ...wanted, reasonText: 'concediu' };
    expect(await head.fill(path, said)).toMatchObject({ status: 422, html: expect.stringContaining('id="recordingNotice-fault"') });
    const now = service.ports.clock.now();
    const agreed = { citizenAgreed: 'da', agreedBy: 'phone', agreedOn: asTyped(now).date, agreedAt: asTyped(now).time };
    expect(await head.fill(path, { ...said, ...agreed, recordingNotice: 'da' })).toMatchObject(done(ticketId, 'reschedule'));
    expect(await ticketOf(service, ticketId)).toMatchObject({
      booking: { staffId: 's004', mode: 'online', slot: { startsAt: '2026-03-06T08:00:00.000Z' } },
      recordingNotice: { version: '2026-1' },
    });
  });

  it('Art. 3 d: the same form sent twice changes the way they meet once; one that changes nothing is told so', async () => {
    const ticketId = await book(service, 'phone');
    const path = `/programari/${ticketId}/reprogramare`;
    const official = await signIn(service, 'staff', 's002');
    const { html } = await official.get(path);
    expect(html).toContain('<input type="hidden" name="modeShown" value="phone"/>');
    const kept = { startsAt: '2026-03-05T08:00:00.000Z', reason: 'illness' };
    const once = /name="once" value="([^"]+)"/.exec(html)?.[1] ?? '';
    for (const key of [once, once, `${once}2`]) {
      const sent = await official.send(path, { once: key, ...kept, mode: 'in-person', modeShown: 'phone' });
      expect(sent).toMatchObject(done(ticketId, 'reschedule'));
    }
    expect((await ticketOf(service, ticketId)).booking.mode).toBe('in-person');
    const nothing = await official.fill(path, { ...kept, mode: 'in-person', modeShown: 'in-person' });
    expect(nothing).toMatchObject({ html: expect.stringContaining('Este aceeași oră.') });
  });

  it('A3: the head gives it to another department only where the register says that the file is there', async () => {
    const ticketId = await book(service, 'phone');
    const path = `/programari/${ticketId}/repartizare`;
    const head = await signIn(service, 'head', 's001');
    expect((await head.get(path)).html).not.toContain('Ana Străină');
    expect((await head.fill(path, { staffId: 's003', reason: 'Concediu' })).status).toBe(403);
    const { ports, context } = service;
    const moved = { ...request, applicantName: applicant, departmentCode: '425', handlerStaffId: 's003', status: 'in-operation' } as const;
    mustBeDone(await registerRequest(ports)(context(), moved));
    expect((await head.get(path)).html).toContain('Ana Străină');
    expect(await head.fill(path, { staffId: 's003', reason: 'Dosarul' })).toMatchObject({ status: 303, location: '/programari' });
    expect((await ticketOf(service, ticketId)).booking).toMatchObject({ staffId: 's003', departmentCode: '500' });
  });

  it('Art. 7 (A11): without an e-mail the resolution is handed over, in the very minute in which it was issued too', async () => {
    const ticketId = await book(service, 'in-person');
    const path = `/programari/${ticketId}`;
    const official = await at('2026-03-05T08:20:40.000Z');
    await official.fill(`${path}/incheiere`, { date: '2026-03-05', startedAt: '10:01', endedAt: '10:16' });
    await official.fill(`${path}/rezolutie`, { conclusions: 'Clarificat.' });
    await bothOffered(ticketId);
    expect(await official.fill(`${path}/conexare`, {})).toMatchObject({
      status: 422,
      html: expect.stringContaining('Introduceți numărul documentului.'),
    });
    expect(await official.fill(`${path}/conexare`, { documentNumber: '161203' })).toMatchObject(done(ticketId, 'filed'));
    expect((await ticketOf(service, ticketId)).resolution.filed).toMatchObject({ documentNumber: '161203' });
    await bothOffered(ticketId);
    const handed = { channel: 'pickup', date: '2026-03-05', at: '10:20' };
    expect(await official.fill(`${path}/predare`, handed)).toMatchObject({
      status: 422,
      html: expect.stringContaining('id="proof-fault"'),
    });
    expect(await official.fill(`${path}/predare`, { ...handed, at: '10:10', proof: 'semnătură' })).toMatchObject({
      status: 400,
      html: expect.stringContaining('Înainte de încheierea întâlnirii.'),
    });
    expect(await official.fill(`${path}/predare`, { ...handed, proof: 'semnătură' })).toMatchObject(done(ticketId, 'handed-over'));
    expect(await ticketOf(service, ticketId)).toMatchObject({ status: 'concluded' });
    await bothOffered(ticketId);
  });
});

describe('a form', () => {
  it('that is sent twice is one command, and goes on to the card both times', async () => {
    const ticketId = await book(service, 'phone');
    const path = `/programari/${ticketId}`;
    const official = await at(starts);
    const once = { once: 'a-double-click' };
    const before = await service.ports.store.end();
    const both = await Promise.all([official.send(`${path}/incepere`, once), official.send(`${path}/incepere`, once)]);
    expect(both).toMatchObject([done(ticketId, 'start'), done(ticketId, 'start')]);
    expect((await ticketOf(service, ticketId)).status).toBe('in-progress');
    expect(Number(await service.ports.store.end()) - Number(before)).toBe(1);
  });

  it('that comes back keeps what was typed, names each fault at its field, and says why in the title', async () => {
    const ticketId = await book(service, 'phone');
    const path = `/programari/${ticketId}/incheiere`;
    const official = await at('2026-03-05T08:20:00.000Z');
    const wrong = await official.fill(path, { date: '2026-02-31', startedAt: '10:01', endedAt: '25:00' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('<title>Eroare: ');
    expect(wrong.html).toMatch(/href="#startedAt"[^]*href="#endedAt"/);
    expect(wrong.html).toContain('value="2026-02-31"');
    const ahead = await official.fill(path, { date: '2026-03-05', startedAt: '10:01', endedAt: '10:40' });
    expect(ahead).toMatchObject({ status: 400, html: expect.stringContaining('Nu poate fi în viitor.') });
    expect(await official.fill(path, { date: '2026-03-05', startedAt: '09:40', endedAt: '10:10' })).toMatchObject({
      status: 409,
      html: expect.stringContaining('Întâlnirea nu începe înainte de ora ei, 10:00.'),
    });
  });

  it('holds the longest conclusions there may be, and shows hostile text as text', async () => {
    const ticketId = await book(service, 'phone');
    const path = `/programari/${ticketId}`;
    const official = await at('2026-03-05T08:20:00.000Z');
    await official.fill(`${path}/incheiere`, { date: '2026-03-05', startedAt: '10:01', endedAt: '10:15' });
    const hostile = `<script>alert(1)</script>\r\n"'&\u202eabc 🎫`;
    const conclusions = hostile + 'ș'.repeat(11_900);
    expect((await official.fill(`${path}/rezolutie`, { conclusions: `${conclusions}${'ș'.repeat(200)}` })).status).toBe(422);
    expect(await official.fill(`${path}/rezolutie`, { conclusions })).toMatchObject(done(ticketId, 'resolution'));
    const { html } = await official.get(path);
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('&lt;script>alert(1)&lt;/script>');
    expect(html).toContain('🎫');
  });
});
