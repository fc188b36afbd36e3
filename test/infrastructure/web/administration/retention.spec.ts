import { registerRequest } from '../../../../src/application/requests/register-request';
import { retentionConfirmed } from '../../../../src/application/privacy/retention';
import { roles } from '../../../../src/application/kernel/access';
import { defaultRetention } from '../../../../src/domain/retention/retention';
import { applicant, mustBeDone, registered, startSeeded, type Service } from '../../../http/support/service';
import { browse, textOf, type Browsing } from '../registry/support/browsing';

const path = '/administrare/pastrare';
const api = '/api/v1/retention';
const due = [{ class: 'names', subject: `${registered.number}_${registered.filedOn}` }];

let service: Service;
let admin: Browsing;

/** A folder that is older than the shipped periods, with one closed request of long ago. */
beforeEach(async () => {
  service = await startSeeded({}, { opened: { retention: defaultRetention } });
  mustBeDone(await registerRequest(service.ports)(service.context(), { ...registered, status: 'closed' }));
  await service.ports.operations.keyValues.remove('retention-confirmed');
  service.ports.clock.set('2031-03-03T08:00:00.000Z');
  await service.settled();
  admin = await browse(service, 'admin');
});

const staffOf = (role: (typeof roles)[number]): string | undefined => (role === 'staff' || role === 'head' ? 's002' : undefined);
const ask = async (method: 'GET' | 'POST', address: string, body?: object, role: (typeof roles)[number] = 'admin') =>
  service.call(method, address, { token: await service.token(role, staffOf(role)), ...(body === undefined ? {} : { body }) });

describe('what is due, in data that are older than the periods', () => {
  it('is listed on the page and by the API, by number, and nobody by name', async () => {
    const page = await admin.get(path);
    expect(textOf(page.body)).toMatch(/nimic nu se șterge până când un administrator nu confirmă/);
    expect(page.body).toContain(`/administrare/stergere/cerere/${registered.number}/${registered.filedOn}`);
    const { status, text } = await ask('GET', api);
    expect([status, JSON.parse(text)]).toMatchObject([200, { state: 'waiting', due, total: 1 }]);
    expect(page.body + text).not.toContain(applicant);
    expect(textOf((await admin.get('/administrare')).body)).toContain('nimic nu se șterge până nu confirmați lista');
    expect(textOf((await (await browse(service, 'admin', undefined, 'en')).get(path)).body)).toContain('nothing is erased until');
  });

  it('is named on the page as far as a person reads, and the page says so', async () => {
    for (let one = 0; one < 100; one += 1)
      mustBeDone(
        await registerRequest(service.ports)(service.context(), { ...registered, number: String(520_000 + one), status: 'closed' }),
      );
    service.ports.clock.set('2035-03-05T08:00:00.000Z');
    await service.settled();
    const { body } = await (await browse(service, 'admin')).get(path);
    expect(body.match(/href="\/administrare\/stergere\/cerere\//g)).toHaveLength(100);
    expect(textOf(body)).toContain('101 seturi de date au ajuns la termen');
    expect(textOf(body)).toContain('Lista arată numai primele 100;');
    const { text } = await ask('GET', api);
    expect(text.match(/"subject":/g)).toHaveLength(101);
  });

  it('is confirmed without a script, once the number of what was seen is written and ticked; what was typed is kept', async () => {
    for (const [fields, fault] of [
      [{ due: '2', confirm: 'da' }, 'due'],
      [{ due: '1' }, 'confirm'],
      [{ due: 'una', confirm: 'da' }, 'due'],
    ] as const) {
      const back = await admin.post(path, fields);
      expect([back.statusCode, back.body.includes(`href="#${fault}"`)]).toEqual([422, true]);
      expect(back.body).toMatch(new RegExp(`name="due"[^>]*value="${fields.due}"|value="${fields.due}"[^>]*name="due"`));
      expect(await retentionConfirmed(service.ports)).toBe(false);
    }
    const sent = await admin.post(path, { due: '1', confirm: 'da' });
    expect(sent.headers.location).toBe(`${path}?facut=confirmat`);
    expect(await retentionConfirmed(service.ports)).toBe(true);
    const after = await admin.get(`${path}?facut=confirmat`);
    expect(textOf(after.body)).toContain('Termenele sunt în vigoare');
    expect(after.body).not.toContain('<form method="post" action="/administrare/pastrare"');
    // who it was stands where the command line writes it, too
    expect(await service.ports.operations.keyValues.get('retention-confirmed')).toMatch(/^2031-03-03T.* \S+$/);
  });

  it('is confirmed by the API for as many as were seen, and never for others', async () => {
    expect(await ask('POST', `${api}/confirmation`, { due: 7 })).toMatchObject({ status: 412, body: { code: 'precondition-failed' } });
    expect(await ask('POST', `${api}/confirmation`, {})).toMatchObject({ status: 400 });
    expect(await retentionConfirmed(service.ports)).toBe(false);
    expect(await ask('POST', `${api}/confirmation`, { due: 1 })).toMatchObject({ status: 200, body: { state: 'in-force' } });
    expect(await ask('POST', `${api}/confirmation`, { due: 9 })).toMatchObject({ status: 200, body: { state: 'in-force' } });
  });

  it('is nobody’s but an administrator’s', async () => {
    for (const role of roles.filter((one) => one !== 'admin')) {
      expect((await ask('GET', api, undefined, role)).status).toBe(403);
      expect((await ask('POST', `${api}/confirmation`, { due: 1 }, role)).status).toBe(403);
      expect((await (await browse(service, role, staffOf(role))).get(path)).statusCode).toBe(403);
    }
    expect(await retentionConfirmed(service.ports)).toBe(false);
  });
});
