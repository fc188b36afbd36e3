import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { registerRequest } from '../../../../src/application/requests/register-request';
import { registerStaff } from '../../../../src/application/staff/register-staff';
import { createApplication } from '../../../../src/infrastructure/service/application';
import { createTestPorts } from '../../../../src/infrastructure/testing/test-ports';
import { applicant, mustBeDone, request, staff } from '../../../http/support/service';
import { contextAt } from '../../../support/command-context';
import { closing } from '../../../support/closing';

/** Only the first is registered; the other stands for one that was erased or has its ticket. */
const toTry = [
  { ...request, name: applicant },
  { ...request, number: '519074', name: applicant },
];
const tokenKey = new Uint8Array(32).fill(5);

const start = async (development: boolean): Promise<NestFastifyApplication> => {
  const ports = createTestPorts();
  const opened = { ...ports, tokenKey, ...(development ? { development: { toTry } } : {}) };
  const app = closing(await createApplication({ ports: opened, processes: false }));
  for (const [index, person] of Object.values(staff).entries()) {
    const id = ports.identifiers.derive('test-command', String(index));
    const context = contextAt(ports.clock.now(), id);
    mustBeDone(await registerStaff(ports)(context, person));
  }
  const id = ports.identifiers.derive('test-command', 'request');
  const context = contextAt(ports.clock.now(), id, { kind: 'system', id: 'test' });
  const { number, filedOn } = request;
  mustBeDone(
    await registerRequest(ports)(context, { number, filedOn, applicantName: applicant, handlerStaffId: 's002', status: 'in-operation' }),
  );
  await ports.readModels.reached(await ports.store.end(), 5000);
  return app;
};

let trial: NestFastifyApplication;
let real: NestFastifyApplication;
beforeAll(async () => {
  [trial, real] = [await start(true), await start(false)];
});

const pageOf = async (app: NestFastifyApplication, url: string, language = 'ro'): Promise<string> =>
  (await app.inject({ url, headers: { accept: 'text/html', 'accept-language': language, host: 'pagini.example' } })).body;
/** The fields of the forms that lead there. */
const formsTo = (page: string, action: string): readonly Readonly<Record<string, string>>[] =>
  [...page.matchAll(/<form.*?<\/form>/gs)]
    .map(([form]) => form)
    .filter((form) => form.includes(`action="${action}"`))
    .map((form) =>
      Object.fromEntries([...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value])),
    );

describe('the first page', () => {
  it('begins with a request in one click where people try it out, with the name in the form and in no address', async () => {
    const page = await pageOf(trial, '/');
    const [form, ...others] = formsTo(page, '/programare/cerere');
    expect(others).toEqual([]);
    expect(form).toEqual({
      once: expect.stringMatching(/^[\da-f-]{36}$/),
      requestNumber: request.number,
      applicantName: applicant,
      day: '2',
      month: '2',
      year: '2026',
    });
    expect(page).not.toMatch(/(href|action)="[^"]*519073/);
    // another showing, another form
    expect(formsTo(await pageOf(trial, '/'), '/programare/cerere')[0]?.['once']).not.toBe(form?.['once']);
  });

  it('leads to every role in one click', async () => {
    const forms = formsTo(await pageOf(trial, '/'), '/intra/incercare');
    expect(forms.map(({ role, staffId }) => `${role ?? ''} ${staffId ?? ''}`.trim())).toEqual([
      'head s001',
      'staff s002',
      'staff s003',
      'auditor',
      'reports',
      'registry',
      'admin',
    ]);
    for (const fields of forms) {
      const answer = await trial.inject({
        method: 'POST',
        url: '/intra/incercare',
        headers: { 'content-type': 'application/x-www-form-urlencoded', host: 'pagini.example', origin: 'http://pagini.example' },
        payload: new URLSearchParams(fields).toString(),
      });
      expect(answer.statusCode).toBe(303);
    }
  });

  it('is complete in English', async () => {
    const page = (await pageOf(trial, '/', 'en')).replace(/Română|Calea Moților|Zoltán Marc|Ana Străină|Autorizări|Lăcătuș/g, '');
    expect(page).toContain('Who can do what');
    expect(page.replace(/<[^>]+>/g, ' ')).not.toMatch(/[ăâîșț]/i);
  });

  it('offers nothing of that where it is in earnest', async () => {
    const page = await pageOf(real, '/');
    expect([formsTo(page, '/intra/incercare'), formsTo(page, '/programare/cerere')]).toEqual([[], []]);
    expect(page).toContain('href="/intra"');
    expect(page).toContain('href="/programare"');
    expect(page).not.toContain(applicant);
  });
});

describe('the way in', () => {
  it('offers, where people try it out, those who may open the page that was asked for', async () => {
    const forms = formsTo(await pageOf(trial, '/intra?spre=/rapoarte?from=2026-01-01'), '/intra/incercare');
    expect(forms).toEqual([
      { role: 'reports', spre: '/rapoarte?from=2026-01-01' },
      { role: 'head', staffId: 's001', spre: '/rapoarte?from=2026-01-01' },
    ]);
    const people = formsTo(await pageOf(trial, '/intra?spre=/programari'), '/intra/incercare');
    expect(people.map(({ staffId }) => staffId)).toEqual(['s001', 's002', 's003']);
    expect(formsTo(await pageOf(trial, '/intra?spre=//rau.example/programari'), '/intra/incercare')).toEqual([]);
  });
  it('offers them as well where the page is in nobody’s menu', async () => {
    const offeredFor = async (path: string): Promise<readonly string[]> =>
      formsTo(await pageOf(trial, `/intra?spre=${encodeURIComponent(path)}`), '/intra/incercare').map(({ role, staffId }) =>
        `${role ?? ''} ${staffId ?? ''}`.trim(),
      );
    const pauses = ['admin', 'head s001'];
    expect(await offeredFor('/pauze')).toEqual(pauses);
    expect(await offeredFor('/pauze/verificare?from=2027-03-11&to=2027-03-16')).toEqual(pauses);
    expect(await offeredFor('/pauzele')).toEqual([]);
    expect(await offeredFor('/program/s002/inlocuitori')).toEqual(['admin', 'head s001', 'staff s002', 'staff s003']);
    expect(await offeredFor('/program/s002/absenta')).toEqual(['head s001', 'staff s002', 'staff s003']);
  });
  it('asks for a token, and for nothing else, where it is in earnest', async () => {
    const page = await pageOf(real, '/intra?spre=/rapoarte');
    expect(formsTo(page, '/intra/incercare')).toEqual([]);
    expect(page).toContain('name="token"');
    expect(page).toContain('<code>tichet token --role staff --staff ID</code>');
  });
});
