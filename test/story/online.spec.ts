import { book, importAll, lookup, type Held, type Line } from './support/bookings';
import { createCityHall, must, type CityHall } from './support/city-hall';
import { createPostOffice, entryIn, type PostOffice } from './support/post-office';
import { eventually } from '../support/eventually';
import { everyPlace, type Place } from '../support/places';

// Monday, 2 March 2026; Thursday 5 March, 10:00 in Cluj, is 08:00 in UTC.
const lines = {
  whole: { number: '500001', applicant: 'Țurcanu Ștefan' },
  unrecorded: { number: '500002', applicant: 'Pop-Mureșan Ana Maria' },
  late: { number: '500003', applicant: 'Kovács Győző' },
  phone: { number: '500004', applicant: 'Lăcătuș Andrei' },
  moved: { number: '500005', applicant: 'POPESCU I. ION' },
  movedPhone: { number: '500006', applicant: 'Rusu Elena' },
  // Day 30 is Sunday, 22 March: the window runs to the end of Monday.
  answered: { number: '500007', applicant: 'Moldovan Ioana', status: 'answered', answer: ['600007', '2026-02-20', 'email'] },
} satisfies Record<string, Line>;
type Name = 'whole' | 'unrecorded' | 'late' | 'phone' | 'moved' | 'movedPhone';

const emailOf = (name: Name): string => `${name.toLowerCase()}@exemplu.ro`;
const thursday = (time: string): string => `2026-03-05T${time}.000Z`;
const slots: Readonly<Record<Name, string>> = {
  whole: thursday('08:00:00'),
  unrecorded: thursday('08:15:00'),
  late: thursday('08:30:00'),
  phone: thursday('08:45:00'),
  moved: thursday('09:00:00'),
  movedPhone: thursday('09:15:00'),
};
const onlineOnes = ['whole', 'unrecorded', 'late', 'moved'] as const;

describe.each(everyPlace)('the online story over HTTP $name, with a mail server, restarts and days of clock', ({ open }) => {
  let place: Place;
  let hall: CityHall;
  let post: PostOffice;
  const tickets = new Map<Name, Held>();
  const ticket = (name: Name): Held => {
    const held = tickets.get(name);
    if (held === undefined) throw new Error(`No ticket ${name}.`);
    return held;
  };
  const staff: CityHall['call'] = (method, path, options) => hall.as('staff', 's002')(method, path, options);
  const onTicket = (name: Name, action: string, body: object, status = 200) =>
    must(status, staff('POST', `/tickets/${ticket(name).ticketId}/${action}`, { body }));
  const happened = (name: Name, type: string, times = 1) => hall.happened(ticket(name).ticketId, type, times);
  const verdict = (name: Name, check: string, asOf?: string) => hall.verdict(ticket(name).ticketId, check, asOf);
  const audit = async (name: Name) => (await must(200, hall.as('auditor')('GET', `/audit/tickets/${ticket(name).ticketId}`))).body;
  const openTasks = async () =>
    (await must(200, staff('GET', '/tasks'))).body.tasks.map(({ kind, ticketId }) => {
      const [name] = [...tickets].find(([, held]) => held.ticketId === ticketId) ?? ['?'];
      return `${kind} ${name}`;
    });
  const tasks = async (...wanted: readonly string[]): Promise<void> => {
    const sorted = wanted.toSorted().join(', ');
    const asWanted = async () => ((await openTasks()).toSorted().join(', ') === sorted ? true : undefined);
    await eventually(`the tasks ${sorted}`, asWanted).catch(async () => {
      expect((await openTasks()).toSorted()).toEqual(wanted.toSorted());
    });
  };

  beforeAll(async () => {
    post = await createPostOffice();
    place = await open();
    hall = await createCityHall({ ...place.settings, TICHET_SMTP_URL: post.url, TICHET_MAIL_FROM: 'Primăria <tichet@primaria.example>' });
    await hall.moveTo('2026-03-02T07:59:00.000Z');
    await hall.service.start();
  });

  it('imports staff and requests, and shows the 30 days of an answered one', async () => {
    await importAll(hall, Object.values(lines));
    const { body } = await must(200, hall.as('auditor')('GET', '/eligibility?number=500007&filedOn=2026-02-02'));
    expect(body).toMatchObject({
      ground: 'clarification',
      communicatedOn: '2026-02-20',
      advertisedUntil: '2026-03-22',
      enforcedUntil: '2026-03-23',
      eligible: true,
    });
    expect((await must(200, lookup(hall, lines.answered))).body.request).toMatchObject({
      ground: 'clarification',
      clarificationUntil: '2026-03-23',
    });
    const operated = await must(200, lookup(hall, { ...lines.whole, applicant: 'Stefan Turcanu' }));
    expect(operated.body).toMatchObject({
      request: { ground: 'in-operation' },
      meetWith: { name: 'Zoltán Marc', role: 'executive', department: 'Serviciul Autorizări urbanism' },
      modes: ['online', 'phone', 'in-person'],
    });
  });

  it('Art. 3: books by the code that the mail brings; by phone at once; nothing before 48 hours', async () => {
    await hall.moveTo('2026-03-02T08:00:00.000Z');
    const { bookingToken } = (await must(200, lookup(hall, lines.whole))).body;
    const free = await must(200, hall.call('GET', '/slots?from=2026-03-02&to=2026-03-06', { token: bookingToken }));
    expect(free.body.days.map(({ date, closed }) => [date, closed])).toEqual([
      ['2026-03-02', 'under-48-hours'],
      ['2026-03-03', 'under-48-hours'],
      ['2026-03-04', undefined],
      ['2026-03-05', undefined],
      ['2026-03-06', undefined],
    ]);
    expect(free.body.slots[0]?.startsAt).toBe('2026-03-04T08:15:00.000Z');

    for (const name of onlineOnes) {
      const wish = { startsAt: slots[name], mode: 'online', email: emailOf(name), phone: '0740 123 456' };
      tickets.set(name, await book(hall, lines[name], wish, post));
    }
    for (const name of ['phone', 'movedPhone'] as const) {
      tickets.set(name, await book(hall, lines[name], { startsAt: slots[name], mode: 'phone', phone: '0264 596 030' }));
    }
    const taken = await must(200, hall.call('GET', '/slots?from=2026-03-05&to=2026-03-05', { token: bookingToken }));
    expect(taken.body.slots[0]?.startsAt).toBe(thursday('06:00:00'));
    expect(taken.body.slots.map(({ startsAt }) => startsAt).filter((startsAt) => Object.values(slots).includes(startsAt))).toEqual([]);
    expect((await lookup(hall, lines.whole)).body.code).toBe('active-ticket-exists');
  });

  it('Art. 3 e: sends the invitation with its calendar entry; Art. 5: asks for the meetings', async () => {
    const invitation = await post.letter(emailOf('whole'), 2);
    expect(entryIn(invitation)).toEqual({
      uid: entryIn(invitation).uid,
      sequence: 0,
      startsAt: slots.whole,
      endsAt: thursday('08:15:00'),
      url: '',
      method: 'REQUEST',
    });
    for (const name of onlineOnes) await happened(name, 'InvitationSent');
    await tasks(...onlineOnes.map((name) => `create-meeting ${name}`));
  });

  it('goes on after kill -9; Art. 5: the link goes in a second letter under a higher number', async () => {
    await hall.service.kill();
    await hall.moveTo('2026-03-02T12:00:00.000Z');
    await hall.service.start();
    for (const name of onlineOnes) await onTicket(name, 'meeting-link', { joinUrl: `https://primaria.webex.com/${name}` });
    const first = entryIn(await post.letter(emailOf('whole'), 2));
    const second = entryIn(await post.letter(emailOf('whole'), 3));
    expect(second).toEqual({ ...first, sequence: 1, url: 'https://primaria.webex.com/whole' });
    expect((await post.letter(emailOf('whole'), 3)).text).toContain('https://primaria.webex.com/whole');
    for (const name of onlineOnes) await happened(name, 'InvitationSent', 2);
    await tasks();
  });

  it('Art. 8: a rescheduling by staff tells the citizen, or asks somebody to', async () => {
    await hall.moveTo('2026-03-03T09:00:00.000Z');
    const friday = '2026-03-06T09:00:00.000Z';
    const refused = await staff('POST', `/tickets/${ticket('moved').ticketId}/reschedule`, { body: { startsAt: friday } });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: 'reason' }] } });
    await onTicket('moved', 'reschedule', { startsAt: friday, reason: 'illness' });
    await onTicket('movedPhone', 'reschedule', { startsAt: '2026-03-06T09:15:00.000Z', reason: 'illness' });
    const change = await post.letter(emailOf('moved'), 4);
    expect(change.subject).toContain('altă oră');
    expect(entryIn(change)).toMatchObject({ sequence: 2, startsAt: friday, url: '' });
    await happened('moved', 'CitizenNotified');
    expect(await verdict('moved', 'C19')).toBe('pass');
    await tasks('create-meeting moved', 'notify-citizen movedPhone');
    expect(await verdict('movedPhone', 'C19')).toBe('pending');
    await onTicket('movedPhone', 'notice', { channel: 'phone', outcome: 'voicemail' });
    expect(await verdict('movedPhone', 'C19')).toBe('pending');
    await onTicket('movedPhone', 'notice', { channel: 'phone', outcome: 'reached' });
    expect(await verdict('movedPhone', 'C19')).toBe('pass');
    await onTicket('moved', 'meeting-link', { joinUrl: 'https://primaria.webex.com/moved-2' });
    expect(entryIn(await post.letter(emailOf('moved'), 5))).toMatchObject({ sequence: 3, startsAt: friday });
    await happened('moved', 'InvitationSent', 4);
    await tasks();
  });

  it('Art. 4: the staff calendar shows every meeting where it stands now', async () => {
    const { body } = await must(200, staff('GET', '/calendar?from=2026-03-02&to=2026-03-08'));
    const shown = body.meetings.map(({ ticketId, startsAt, status }) => [
      [...tickets].find(([, held]) => held.ticketId === ticketId)?.[0],
      startsAt,
      status,
    ]);
    expect(shown).toEqual([
      ['whole', slots.whole, 'scheduled'],
      ['unrecorded', slots.unrecorded, 'scheduled'],
      ['late', slots.late, 'scheduled'],
      ['phone', slots.phone, 'scheduled'],
      ['moved', '2026-03-06T09:00:00.000Z', 'scheduled'],
      ['movedPhone', '2026-03-06T09:15:00.000Z', 'scheduled'],
    ]);
  });

  it('Art. 5 to 7: the meeting, its recording and the resolution, sent although the mail server and the service were away', async () => {
    await hall.moveTo(thursday('07:59:00'));
    expect((await staff('POST', `/tickets/${ticket('whole').ticketId}/start`, { body: {} })).body.code).toBe('wrong-state');
    await hall.moveTo(thursday('08:00:30'));
    expect((await onTicket('whole', 'start', {})).body.status).toBe('in-progress');
    await hall.moveTo(thursday('08:13:00'));
    await onTicket('whole', 'held', { startedAt: thursday('08:00:30'), endedAt: thursday('08:12:30') });
    // 576 of the 720 seconds are 80 %.
    await onTicket('whole', 'recording', { recordingId: 'R-1', startedAt: thursday('08:00:30'), durationSeconds: 576 });
    post.close();
    expect((await onTicket('whole', 'resolution', { conclusions: 'Se depune planul cadastral.' })).body.status).toBe('resolved');
    await hall.service.kill();
    post.open();
    await hall.service.start();
    // "later" means a minute, and its attempt was kept
    await hall.moveTo(thursday('08:20:00'));
    const resolution = await post.letter(emailOf('whole'), 4);
    expect(resolution.text).toContain('Se depune planul cadastral.');
    await happened('whole', 'ResolutionSent');
    await happened('whole', 'ResolutionFiled');
    expect((await must(200, staff('GET', `/tickets/${ticket('whole').ticketId}`))).body.status).toBe('concluded');
  });

  it('ends with overall pass', async () => {
    const { overall, warnings, checks } = await audit('whole');
    const byVerdict = (wanted: string) => checks.filter(({ verdict: given }) => given === wanted).map(({ id }) => id);
    expect({ overall, warnings, fail: byVerdict('fail'), pending: byVerdict('pending') }).toEqual({
      overall: 'pass',
      warnings: 0,
      fail: [],
      pending: [],
    });
    // 30 days (C03), rescheduling (C19) and an amended resolution (C26) do not concern it.
    expect(byVerdict('not-applicable')).toEqual(['C03', 'C19', 'C26']);
    expect(byVerdict('pass')).toHaveLength(23);
    const { steps } = (await must(200, hall.as('auditor')('GET', `/audit/tickets/${ticket('whole').ticketId}/history`))).body;
    const story = [
      'Requested',
      'VerificationCodeIssued',
      'EmailVerified',
      'Scheduled',
      'MeetingLinkAttached',
      'MeetingStarted',
      'Held',
      'RecordingAttached',
      'ResolutionIssued',
    ];
    expect(steps.map(({ type }) => type).filter((type) => story.includes(type))).toEqual(story);
    expect(steps.at(-1)?.state).toBe('concluded');
  });

  it('the others are held too; phone: the resolution is handed over, and C05 does not apply', async () => {
    await hall.moveTo(thursday('08:29:30'));
    await onTicket('unrecorded', 'held', { startedAt: slots.unrecorded, endedAt: thursday('08:29:00') });
    await onTicket('unrecorded', 'resolution', { conclusions: 'Fără înregistrare.' });
    await hall.moveTo(thursday('08:44:30'));
    await onTicket('late', 'held', { startedAt: slots.late, endedAt: thursday('08:44:00') });
    await onTicket('late', 'recording', { recordingId: 'R-3', startedAt: slots.late, durationSeconds: 840 });
    await hall.moveTo(thursday('08:59:30'));
    await onTicket('phone', 'held', { startedAt: slots.phone, endedAt: thursday('08:57:00') });
    await onTicket('phone', 'resolution', { conclusions: 'La telefon.' });
    await happened('unrecorded', 'ResolutionSent');
    await tasks('attach-recording unrecorded', 'write-resolution late', 'hand-over-resolution phone');
    await hall.moveTo(thursday('09:30:00'));
    // it leaves at the next look, and the clock of this story jumps over a day from here
    await happened('moved', 'ReminderSent');
    await onTicket('phone', 'resolution/handed-over', { channel: 'pickup', at: thursday('09:29:00'), proof: 'semnătură' });
    const phone = await audit('phone');
    expect(phone.overall).toBe('pass');
    expect(await verdict('phone', 'C05')).toBe('not-applicable');
    expect(phone.checks.find(({ id }) => id === 'C05')?.text).toEqual({
      ro: 'Nu s-a dat o adresă de e-mail.',
      en: 'No e-mail address was given.',
    });
    for (const [check, expected] of [
      ['C13', 'not-applicable'],
      ['C16', 'pass'],
      ['C17', 'pass'],
      ['C18', 'not-applicable'],
    ] as const)
      expect([check, await verdict('phone', check)]).toEqual([check, expected]);
  });

  it('Art. 7: a late resolution is a warning after two hours, and a failure after the next working day', async () => {
    expect(await verdict('late', 'C16')).toBe('pending');
    expect(await verdict('late', 'C16', thursday('10:44:00'))).toBe('pending');
    await hall.moveTo(thursday('10:44:00'));
    await eventually('the warning', async () => ((await verdict('late', 'C16')) === 'warn' ? true : undefined));
    expect((await audit('late')).overall).toBe('pending');

    await hall.moveTo('2026-03-06T09:15:30.000Z');
    await onTicket('moved', 'held', { startedAt: '2026-03-06T09:00:00.000Z', endedAt: '2026-03-06T09:15:00.000Z' });
    await onTicket('moved', 'recording', { recordingId: 'R-5', startedAt: '2026-03-06T09:00:00.000Z', durationSeconds: 900 });
    await onTicket('moved', 'resolution', { conclusions: 'Mutată cu bine.' });
    await happened('moved', 'ResolutionSent');
    // the table of the audit follows the log when it gets to it
    await eventually('the moved one passes', async () => ((await audit('moved')).overall === 'pass' ? true : undefined));
    expect(await verdict('moved', 'C19')).toBe('pass');

    // 24:00 of Friday in Cluj.
    await hall.moveTo('2026-03-06T21:59:50.000Z');
    expect(await verdict('late', 'C16')).toBe('warn');
    await hall.moveTo('2026-03-06T22:00:01.000Z');
    expect(await verdict('late', 'C16')).toBe('fail');
    await onTicket('late', 'resolution', { conclusions: 'Prea târziu.' });
    await happened('late', 'ResolutionSent');
    expect(await verdict('late', 'C16')).toBe('fail');
    expect((await audit('late')).overall).toBe('fail');
    expect(await verdict('late', 'C16', thursday('12:00:00'))).toBe('warn');
  });

  it('Art. 5: without a recording C13 fails 48 hours after the end, not earlier', async () => {
    // The meeting ended on Thursday at 08:29.
    await hall.moveTo('2026-03-07T08:28:50.000Z');
    expect(await verdict('unrecorded', 'C13')).toBe('pending');
    expect((await audit('unrecorded')).overall).toBe('pending');
    await hall.moveTo('2026-03-07T08:29:01.000Z');
    expect(await verdict('unrecorded', 'C13')).toBe('fail');
    await happened('unrecorded', 'RecordingMissing');
    const { overall, checks } = await audit('unrecorded');
    expect([overall, checks.filter(({ verdict: given }) => given === 'fail').map(({ id }) => id)]).toEqual(['fail', ['C13']]);
    const failing = await must(200, hall.as('auditor')('GET', '/audit/tickets?check=C13&verdict=fail'));
    expect((failing.body.tickets as readonly { readonly ticketId: string }[]).map(({ ticketId }) => ticketId)).toEqual([
      ticket('unrecorded').ticketId,
    ]);
  });

  it('counts what happened', async () => {
    const { rows } = (await must(200, hall.as('reports')('GET', '/reports/summary?from=2026-03-02&to=2026-03-08&by=mode'))).body;
    expect(rows.map(({ averageLeadHours: _, averageResolutionMinutes: __, medianResolutionMinutes: ___, ...row }) => row)).toEqual([
      {
        key: 'online',
        tickets: 4,
        held: 4,
        cancelled: 0,
        citizenAbsent: 0,
        staffAbsent: 0,
        rescheduledByCitizen: 0,
        rescheduledByStaff: 1,
        recorded: 3,
        recordingMissing: 1,
        resolutionsIssued: 4,
        // 12, 14, 14 and 15 minutes
        averageMinutes: 13.8,
        heldOnline: 4,
        recordingWaived: 0,
        resolutionsDelivered: 4,
        recordedDeclared: 3,
        resolutionsDeclared: 0,
      },
      {
        key: 'phone',
        tickets: 2,
        held: 1,
        cancelled: 0,
        citizenAbsent: 0,
        staffAbsent: 0,
        rescheduledByCitizen: 0,
        rescheduledByStaff: 1,
        recorded: 0,
        recordingMissing: 0,
        resolutionsIssued: 1,
        averageMinutes: 12,
        heldOnline: 0,
        recordingWaived: 0,
        resolutionsDelivered: 1,
        recordedDeclared: 0,
        resolutionsDeclared: 1,
      },
    ]);
    // 72, 72.25, 72.5 and 73 hours from the form to the first slot; picked up 32 minutes after the end.
    expect(rows[0]?.['averageLeadHours']).toBe(72.4);
    expect(rows[1]?.['averageResolutionMinutes']).toBe(32);
    expect(rows[1]?.['medianResolutionMinutes']).toBe(32);
    const table = await hall.as('reports')('GET', '/reports/summary?from=2026-03-02&to=2026-03-08&by=week', {
      headers: { accept: 'text/csv' },
    });
    expect(table.text.split(/\r?\n/)[1]).toMatch(/^2026-W10,6,5,/);
  });

  it('wrote every letter exactly once, to the one address, with nothing personal in an address of the web', () => {
    const counts = { whole: 4, unrecorded: 4, late: 4, moved: 7 };
    for (const name of onlineOnes) {
      const letters = post.to(emailOf(name));
      expect([name, letters.length]).toEqual([name, counts[name]]);
      expect(new Set(letters.map(({ messageId }) => messageId)).size).toBe(counts[name]);
    }
    // the clock passed the day before the new hour, and none of the others
    const reminders = onlineOnes.flatMap((name) =>
      post.to(emailOf(name)).flatMap(({ subject = '' }) => /vă reamintim.*/u.exec(subject) ?? []),
    );
    expect(reminders).toEqual(['vă reamintim întâlnirea, vineri, 6 martie 2026, 11:00–11:15 (ora României)']);
    // civil servants are told as well: their letters lead to the card of a meeting
    const toCitizens = post.received.filter(({ to }) => !to.some((address) => address.endsWith('@primarie.example')));
    expect(toCitizens).toHaveLength(19);
    const urls = toCitizens.flatMap(({ mail }) => `${mail.text ?? ''} ${String(mail.html)}`.match(/https?:\/\/[^\s"<>]+/g) ?? []);
    expect(urls.length).toBeGreaterThan(19);
    for (const { manageToken, ticketId } of tickets.values())
      expect(urls.filter((url) => url.includes(manageToken) || url.includes(ticketId))).toEqual([]);
  });
});
