import { book, csv, type Held, type Line, lookup, openCityHall } from '../support/bookings';
import { must, type CityHall } from '../support/city-hall';

const lines = {
  inside: { number: '530001', applicant: 'Țurcanu Ștefan' },
  elsewhere: { number: '530002', applicant: 'Kovács Győző' },
  declined: { number: '530003', applicant: 'Rusu Elena' },
  lapsed: { number: '530004', applicant: 'Pop Ioana' },
  soon: { number: '530005', applicant: 'Dan Măriuca' },
  cancelled: { number: '530006', applicant: 'Mureșan Ilie' },
  busy: { number: '530007', applicant: 'Székely Imre' },
} satisfies Record<string, Line>;
type Name = keyof typeof lines;
const free: Line = { number: '530009', applicant: 'Lăcătuș Andrei' };
const phone = '0264 596 030';
/** 8 o'clock of the clocks here is 10:00 in Cluj. */
const monday = (time: string): string => `2026-03-09T${time}:00.000Z`;
const tuesday = (time: string): string => `2026-03-10T${time}:00.000Z`;
const because = 'Dosarul este acum la alt serviciu.';
const others = [
  'staffId,name,role,department,departmentCode,email',
  's011,Ilka Fodor,head-of-service,Serviciul Cadastru,500,s011@primarie.example',
  's012,Doru Neamț,executive,Serviciul Cadastru,500,s012@primarie.example',
  's013,Vlad Sas,executive,Biroul fără șef,600,s013@primarie.example',
].join('\r\n');

describe('Art. 8: a meeting is offered to somebody else, whose head accepts, over HTTP', () => {
  let hall: CityHall;
  const tickets = new Map<Name, Held>();
  const ticketId = (name: Name): string => tickets.get(name)?.ticketId ?? '';
  const official = (role: 'staff' | 'head', staffId: string) => (name: Name, act: string, body: object) =>
    hall.as(role, staffId)('POST', `/tickets/${ticketId(name)}/${act}`, { body });
  const zoltan = official('staff', 's002');
  const head = official('head', 's001');
  const ilka = official('head', 's011');
  const offerOf = async (name: Name, staffId = 's011'): Promise<string> => {
    const { body } = await must(200, hall.as('head', staffId)('GET', `/tickets/${ticketId(name)}/offer`));
    return (body as unknown as { readonly offerId: string }).offerId;
  };
  const standsAt = async (name: Name): Promise<object> => {
    const { body } = await must(200, hall.call('GET', `/tickets/${ticketId(name)}`, { token: tickets.get(name)?.manageToken ?? '' }));
    return { startsAt: body.slot.startsAt, with: body.meetWith.name };
  };
  const types = async (name: Name): Promise<readonly string[]> =>
    (await must(200, hall.as('auditor')('GET', `/audit/tickets/${ticketId(name)}/history`))).body.steps.map(({ type }) => type);
  const tasksOf = async (staffId: string): Promise<readonly string[]> =>
    (await must(200, hall.as('head', staffId)('GET', '/tasks'))).body.tasks
      .filter(({ kind }) => kind === 'accept-move')
      .map((task) => `${task.ticketId} ${String(task.dueAt)}`);
  const failed = async (name: Name): Promise<readonly string[]> =>
    (await hall.as('auditor')('GET', `/audit/tickets/${ticketId(name)}`)).body.checks
      .filter(({ verdict }) => verdict === 'fail')
      .map(({ id }) => id);

  beforeAll(async () => {
    hall = await openCityHall('2026-03-02T08:00:00.000Z', [...Object.values(lines), free]);
    await must(200, hall.as('admin')('POST', '/staff/import', { file: csv(others) }));
    const names = Object.keys(lines) as readonly Name[];
    for (const [index, name] of names.entries()) {
      const startsAt = monday(`${index < 4 ? '08' : '09'}:${String((index % 4) * 15).padStart(2, '0')}`);
      tickets.set(name, await book(hall, lines[name], { startsAt, mode: 'phone', phone }));
    }
  });

  it('A3: an official offers a meeting to a colleague; it stays until the head of the department accepts, who has a task', async () => {
    const before = await standsAt('inside');
    await must(200, zoltan('inside', 'offer', { staffId: 's003', reason: 'Ana a scris avizul.' }));
    expect(await standsAt('inside')).toEqual(before);
    expect(await tasksOf('s001')).toEqual([`${ticketId('inside')} 2026-03-08T08:00:00.000Z`]);
    const offerId = await offerOf('inside', 's001');
    // neither whoever offers it, nor who would hold it, nor the head of another department
    for (const other of [zoltan, official('staff', 's003'), ilka])
      expect(await other('inside', 'offer/accepted', { because, offerId })).toMatchObject({ status: 403 });
    await must(200, head('inside', 'offer/accepted', { because, offerId }));
    expect(await standsAt('inside')).toEqual({ startsAt: monday('08:00'), with: 'Ana Țîrlea' });
    expect((await types('inside')).filter((type) => /Offer|Re/.test(type))).toEqual(['Requested', 'MoveOffered', 'Reassigned']);
    expect(await tasksOf('s001')).toEqual([]);
    expect(await failed('inside')).toEqual([]);
  });

  it('Art. 8: to another department it is an offer that its head accepts, naming the person; the hour that is left is free at once', async () => {
    const offer = { departmentCode: '500', startsAt: tuesday('08:00'), reason: 'Ține de cadastru.' };
    // a head gives it to nobody of another department (A3)
    const given = { startsAt: tuesday('08:00'), staffId: 's012', reason: 'other', reasonText: 'Ține de cadastru.' };
    expect(await head('elsewhere', 'reschedule', given)).toMatchObject({ status: 403 });
    await must(200, zoltan('elsewhere', 'offer', offer));
    expect(await standsAt('elsewhere')).toEqual({ startsAt: monday('08:15'), with: 'Zoltán Marc' });
    const offerId = await offerOf('elsewhere');
    expect(await hall.as('head', 's001')('GET', `/tickets/${ticketId('elsewhere')}/offer`)).toMatchObject({ status: 403 });
    expect(await head('elsewhere', 'offer/accepted', { because, offerId, staffId: 's012' })).toMatchObject({ status: 403 });
    expect(await ilka('elsewhere', 'offer/accepted', { because, offerId })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'staffId' }] },
    });
    expect(await ilka('elsewhere', 'offer/accepted', { because, offerId, staffId: 's003' })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'staffId' }] },
    });
    expect(await ilka('elsewhere', 'offer/accepted', { because, offerId, staffId: 's012', startsAt: tuesday('09:00') })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'startsAt' }] },
    });
    await must(200, ilka('elsewhere', 'offer/accepted', { because, offerId, staffId: 's012' }));
    expect(await standsAt('elsewhere')).toEqual({ startsAt: tuesday('08:00'), with: 'Doru Neamț' });
    const { bookingToken } = (await must(200, lookup(hall, free))).body;
    const { body } = await must(200, hall.call('GET', '/slots?from=2026-03-09&to=2026-03-10', { token: bookingToken }));
    expect(body.slots.map(({ startsAt }) => startsAt)).toContain(monday('08:15'));
    expect(await failed('elsewhere')).toEqual([]);
    // whoever had it has no more to do with it, and whoever accepted is their head now
    expect(await zoltan('elsewhere', 'offer', offer)).toMatchObject({ status: 403 });
    await must(200, ilka('elsewhere', 'reassign', { staffId: 's011', reason: 'Concediu' }));
  });

  it('Art. 8: declined with a reason, or withdrawn, the meeting stays where it stood, and nobody accepts any more', async () => {
    await must(200, zoltan('declined', 'offer', { departmentCode: '500', reason: 'Ține de cadastru.' }));
    const offerId = await offerOf('declined');
    expect(await zoltan('declined', 'offer', { staffId: 's003', reason: 'Sau Ana.' })).toMatchObject({
      status: 409,
      body: { article: '8', code: 'wrong-state' },
    });
    expect(await ilka('declined', 'offer/declined', { offerId, reason: ' ' })).toMatchObject({ status: 400 });
    await must(200, ilka('declined', 'offer/declined', { offerId, reason: 'Nu ține de noi.' }));
    expect(await ilka('declined', 'offer/accepted', { because, offerId, staffId: 's012' })).toMatchObject({
      status: 409,
      body: { article: '8' },
    });
    await must(200, zoltan('declined', 'offer', { departmentCode: '500', reason: 'Totuși.' }));
    const second = await offerOf('declined');
    expect(await ilka('declined', 'offer/withdrawn', {})).toMatchObject({ status: 403 });
    await must(200, head('declined', 'offer/withdrawn', {}));
    expect(await ilka('declined', 'offer/accepted', { because, offerId: second, staffId: 's012' })).toMatchObject({ status: 409 });
    expect(await tasksOf('s011')).toEqual([]);
    expect(await standsAt('declined')).toEqual({ startsAt: monday('08:30'), with: 'Zoltán Marc' });
    expect((await types('declined')).slice(-4)).toEqual(['MoveOffered', 'MoveOfferDeclined', 'MoveOffered', 'MoveOfferWithdrawn']);
    expect(await failed('declined')).toEqual([]);
  });

  it('Art. 1, 8: it is offered to nobody without a head, without a reason, or who has it already', async () => {
    const refused = async (body: object, field: string): Promise<void> => {
      expect(await zoltan('busy', 'offer', body)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
    };
    await refused({ departmentCode: '600', reason: 'x' }, 'departmentCode');
    await refused({ departmentCode: '425', reason: 'x' }, 'staffId');
    await refused({ staffId: 's002', reason: 'x' }, 'staffId');
    await refused({ staffId: 's003', departmentCode: '500', reason: 'x' }, 'staffId');
    await refused({ reason: 'x' }, 'staffId');
    await refused({ staffId: 's003', reason: ' ' }, 'reason');
    expect(await zoltan('busy', 'offer', { staffId: 's999', reason: 'x' })).toMatchObject({ status: 404 });
    expect(await official('staff', 's003')('busy', 'offer', { staffId: 's003', reason: 'x' })).toMatchObject({ status: 403 });
  });

  it('Art. 4 (A20): an hour under 48 hours only with the citizen’s agreement, which the offer carries', async () => {
    const soon = { staffId: 's003', startsAt: '2026-03-03T10:00:00.000Z', reason: 'Ana poate mai devreme.' };
    expect(await zoltan('soon', 'offer', soon)).toMatchObject({ status: 422, body: { code: 'too-soon', article: '4' } });
    const agreed = { ...soon, citizenAgreed: true, agreedBy: 'phone', agreedAt: hall.service.now().toISOString() };
    expect(await zoltan('soon', 'offer', { ...agreed, startsAt: undefined })).toMatchObject({ status: 400 });
    // half of it is refused, and nothing of it is left out in silence
    for (const half of [{ agreedBy: undefined }, { agreedAt: undefined }, { agreedBy: undefined, agreedAt: undefined }])
      expect(await zoltan('soon', 'offer', { ...agreed, startsAt: tuesday('12:00'), ...half })).toMatchObject({
        status: 400,
        body: { article: '4' },
      });
    await must(200, zoltan('soon', 'offer', agreed));
    await must(200, head('soon', 'offer/accepted', { because, offerId: await offerOf('soon', 's001') }));
    expect(await standsAt('soon')).toEqual({ startsAt: soon.startsAt, with: 'Ana Țîrlea' });
    expect(await hall.verdict(ticketId('soon'), 'C04')).toBe('pass');
  });

  it('Art. 3 c: the hour that is offered is not held meanwhile; taken by somebody else, it cannot be accepted', async () => {
    await must(200, zoltan('busy', 'offer', { staffId: 's003', startsAt: tuesday('10:00'), reason: 'Ana a scris avizul.' }));
    await must(200, head('declined', 'reschedule', { startsAt: tuesday('10:00'), staffId: 's003', reason: 'other', reasonText: 'întâi' }));
    const offerId = await offerOf('busy', 's001');
    expect(await head('busy', 'offer/accepted', { because, offerId })).toMatchObject({
      status: 409,
      body: { code: 'slot-taken', article: '3 c' },
    });
    expect(await standsAt('busy')).toEqual({ startsAt: monday('09:30'), with: 'Zoltán Marc' });
  });

  it('Art. 4: an hour that is named ends the offer once it would come too soon; then somebody else can be asked', async () => {
    await must(200, head('busy', 'offer/withdrawn', {}));
    const offer = { staffId: 's003', startsAt: '2026-03-04T10:00:00.000Z', reason: 'Ana poate miercuri.' };
    await must(200, zoltan('busy', 'offer', offer));
    const task = (await tasksOf('s001')).find((one) => one.startsWith(ticketId('busy')));
    expect(task).toBe(`${ticketId('busy')} 2026-03-02T10:00:00.000Z`);
    const offerId = await offerOf('busy', 's001');
    await hall.moveTo('2026-03-02T10:00:00.000Z');
    expect(await head('busy', 'offer/accepted', { because, offerId })).toMatchObject({ status: 409, body: { article: '8' } });
    await must(200, zoltan('busy', 'offer', { ...offer, startsAt: tuesday('12:00') }));
    await must(200, head('busy', 'offer/withdrawn', {}));
  });

  it('Art. 3 d, 5: once the mode changes, the offer says the mode in which the meeting stands', async () => {
    await must(200, zoltan('busy', 'offer', { departmentCode: '500', reason: 'Ține de cadastru.' }));
    const read = async () => (await must(200, hall.as('head', 's011')('GET', `/tickets/${ticketId('busy')}/offer`))).body;
    expect(await read()).toMatchObject({ mode: 'phone' });
    await must(200, head('busy', 'reschedule', { startsAt: monday('09:30'), mode: 'in-person', reason: 'technical' }));
    expect(await read()).toMatchObject({ mode: 'in-person' });
    await must(200, ilka('busy', 'offer/declined', { offerId: await offerOf('busy'), reason: 'Nu ține de noi.' }));
    expect(await failed('busy')).toEqual([]);
  });

  it('A19: once the citizen moves or cancels the meeting, the offer is over, and so is the task', async () => {
    await must(200, zoltan('cancelled', 'offer', { departmentCode: '500', reason: 'Ține de cadastru.' }));
    const offerId = await offerOf('cancelled');
    expect(await tasksOf('s011')).toHaveLength(1);
    const token = tickets.get('cancelled')?.manageToken ?? '';
    await must(200, hall.call('POST', `/tickets/${ticketId('cancelled')}/reschedule`, { token, body: { startsAt: tuesday('11:00') } }));
    expect(await tasksOf('s011')).toEqual([]);
    expect(await ilka('cancelled', 'offer/accepted', { because, offerId, staffId: 's012' })).toMatchObject({ status: 409 });
    await must(200, zoltan('cancelled', 'offer', { departmentCode: '500', reason: 'Ține de cadastru.' }));
    await must(200, hall.call('POST', `/tickets/${ticketId('cancelled')}/cancel`, { token, body: {} }));
    expect(await tasksOf('s011')).toEqual([]);
  });

  it('Art. 8: until 24 hours before the hour it can be accepted, and no later; no fact and no task is left of it', async () => {
    await must(200, zoltan('lapsed', 'offer', { staffId: 's003', reason: 'Ana a scris avizul.' }));
    const offerId = await offerOf('lapsed', 's001');
    const [before] = (await tasksOf('s001')).filter((task) => task.startsWith(ticketId('lapsed')));
    expect(before).toBe(`${ticketId('lapsed')} 2026-03-08T08:45:00.000Z`);
    await hall.moveTo('2026-03-08T08:45:00.000Z');
    expect((await tasksOf('s001')).filter((task) => task.startsWith(ticketId('lapsed')))).toEqual([]);
    expect(await head('lapsed', 'offer/accepted', { because, offerId })).toMatchObject({ status: 409, body: { article: '8' } });
    expect(await zoltan('lapsed', 'offer', { staffId: 's003', reason: 'Totuși.' })).toMatchObject({ status: 409, body: { article: '8' } });
    expect(await standsAt('lapsed')).toEqual({ startsAt: monday('08:45'), with: 'Zoltán Marc' });
    // a head still gives it to a colleague at once
    await must(200, head('lapsed', 'reassign', { staffId: 's003', reason: 'Avizul' }));
    expect(await failed('lapsed')).toEqual([]);
  });
});
