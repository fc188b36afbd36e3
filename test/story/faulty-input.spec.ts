import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldFaultOf } from '../../src/infrastructure/phrasing/problems/catalogue';
import { refuse } from '../../src/domain/kernel/refusal';
import { bookingToken, online, startSeeded, type Service } from '../http/support/service';
import { emptyFolder } from '../support/closing';

const header =
  'number,departmentCode,filedOn,applicantName,subject,status,handlerStaffId,answerDocumentNumber,answerCommunicatedOn,answerChannel';
const good = '600001,425,2026-02-02,Popescu Ion,Certificat,in-operation,s002,,,';

describe('wrong input over HTTP', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startSeeded();
  });

  const languages = ['ro', 'en'] as const;
  type Fault = { readonly line?: number; readonly field?: string; readonly message: string };
  /** Sends it in both languages; the log must not grow. */
  const refused = async (
    method: 'POST' | 'PUT' | 'GET',
    path: string,
    token: string | undefined,
    body: unknown,
  ): Promise<Readonly<Record<'ro' | 'en', { readonly status: number; readonly detail: string; readonly errors: readonly Fault[] }>>> => {
    const end = await service.ports.store.end();
    const answers = [];
    for (const language of languages) {
      const { status, body: told } = await service.call(method, `/api/v1${path}`, {
        ...(token === undefined ? {} : { token }),
        ...(body === undefined ? {} : { body }),
        headers: { 'accept-language': language },
      });
      answers.push({ status, detail: told.detail, errors: told.errors });
    }
    expect(await service.ports.store.end()).toBe(end);
    const [ro, en] = answers;
    if (ro === undefined || en === undefined) throw new Error('Two answers were asked for.');
    return { ro, en };
  };

  const request = { applicantName: 'Popescu Ion', handlerStaffId: 's002', departmentCode: '425', status: 'in-operation' };
  const person = { name: 'Ana Pop', role: 'executive', department: 'Taxe', departmentCode: '500', email: 'ana@primarie.example' };

  it.each<[string, 'POST' | 'PUT', string, 'registry' | 'admin' | 'nobody', object, string, RegExp, RegExp]>([
    [
      'a name that is missing',
      'POST',
      '/requests/lookup',
      'nobody',
      { requestNumber: '1', filedOn: '2026-02-02' },
      'applicantName',
      /^Text de la 1/,
      /^Text of 1/,
    ],
    [
      'a day that no calendar has',
      'POST',
      '/requests/lookup',
      'nobody',
      { requestNumber: '1', applicantName: 'Ion Pop', filedOn: '2026-02-30' },
      'filedOn',
      /calendar/,
      /calendar/,
    ],
    [
      'no registration number',
      'POST',
      '/requests/lookup',
      'nobody',
      { requestNumber: 'abc', applicantName: 'Ion Pop', filedOn: '2026-02-02' },
      'requestNumber',
      /număr de înregistrare/,
      /registration number/,
    ],
    [
      'a field that nobody knows',
      'POST',
      '/requests/lookup',
      'nobody',
      { requestNumber: '1', applicantName: 'Ion Pop', filedOn: '2026-02-02', cnp: '1' },
      'cnp',
      /necunoscut/,
      /Unknown/,
    ],
    [
      'a status that there is not',
      'PUT',
      '/requests/600002/2026-02-02',
      'registry',
      { ...request, status: 'lost' },
      'status',
      /^Una dintre: in-operation/,
      /^One of: in-operation/,
    ],
    [
      'a handler who is not there',
      'PUT',
      '/requests/600002/2026-02-02',
      'registry',
      { ...request, handlerStaffId: 's999' },
      'handlerStaffId',
      /Nu există o persoană/,
      /no person/,
    ],
    ['a day in a wrong address', 'PUT', '/requests/600002/2026-13-02', 'registry', request, 'filedOn', /calendar/, /calendar/],
    [
      'an answer before the request',
      'POST',
      '/requests/519073/2026-02-02/answers',
      'registry',
      { documentNumber: 'D', communicatedOn: '2026-02-01', channel: 'post' },
      'communicatedOn',
      /^Înainte de depunerea/,
      /^Before the request/,
    ],
    [
      'an answer in the future',
      'POST',
      '/requests/519073/2026-02-02/answers',
      'registry',
      { documentNumber: 'D', communicatedOn: '2027-02-01', channel: 'post' },
      'communicatedOn',
      /viitor/,
      /future/,
    ],
    ['an address that is none', 'PUT', '/staff/s009', 'admin', { ...person, email: 'ana' }, 'email', /e-mail/, /e-mail/],
    [
      'a bridge day without its decision',
      'POST',
      '/bridge-days',
      'admin',
      { date: '2026-06-02' },
      'decision',
      /^Text de la 1/,
      /^Text of 1/,
    ],
    [
      'a bridge day on a Sunday',
      'POST',
      '/bridge-days',
      'admin',
      { date: '2026-06-07', decision: 'HG 1' },
      'date',
      /deja liberă/,
      /free already/,
    ],
    [
      'a working day that is one',
      'POST',
      '/working-days',
      'admin',
      { date: '2026-06-03', decision: 'HG 1' },
      'date',
      /deja lucrătoare/,
      /working day already/,
    ],
  ])('a body with %s', async (_, method, path, role, body, field, ro, en) => {
    const answers = await refused(method, path, role === 'nobody' ? undefined : await service.token(role), body);
    for (const [language, sentence] of [
      ['ro', ro],
      ['en', en],
    ] as const) {
      expect(answers[language].status).toBe(400);
      expect(answers[language].errors.map((fault) => fault.field)).toEqual([field]);
      expect(answers[language].errors[0]?.message).toMatch(sentence);
    }
  });

  it.each<[string, object, string, RegExp]>([
    ['no e-mail online', { email: undefined }, 'email', /obligatoriu/],
    ['no phone online', { phone: undefined }, 'phone', /obligatoriu/],
    ['an hour off the grid', { startsAt: '2026-03-05T08:05:00Z' }, 'startsAt', /:00, :15/],
    ['a wall time without its offset', { startsAt: '2026-03-05T10:00:00' }, 'startsAt', /fus orar/],
    ['a mode that there is not', { mode: 'fax' }, 'mode', /^Una dintre: online/],
  ])('Art. 3: a booking with %s holds nothing', async (_, change, field, ro) => {
    const answers = await refused('POST', '/tickets', await bookingToken(service), { ...online, ...change });
    expect(answers.ro).toMatchObject({ status: 400, errors: [{ field, message: expect.stringMatching(ro) as string }] });
    const found = await service.call('POST', '/api/v1/requests/lookup', {
      body: { requestNumber: '519073', applicantName: 'Andrei Lacatus', filedOn: '2026-02-02' },
    });
    expect(found.status).toBe(200);
  });

  it.each(languages)('lines of a register are named one by one, and only the good ones go in (%s)', async (language) => {
    const token = await service.token('registry');
    const file = [
      header,
      good,
      '600002,425,2026-02-30,Popescu Ion,,in-operation,s002,,,',
      '6o0003,425,2026-02-02,Popescu Ion,,in-operation,s002,,,',
      '600004,425,2026-02-02,,,in-operation,s002,,,',
      '600005,425,2026-02-02,Popescu Ion,,lost,s002,,,',
      '600006,425,2026-02-02,Popescu Ion,,in-operation,s999,,,',
      '600007,425,2026-02-02,Popescu Ion,,answered,s002,D-7,2026-02-10,',
      '600008,425,2026-02-02,Popescu Ion',
      '600009,425,2026-02-02,Popescu Ion,,answered,s002,D-9,2026-01-10,post',
    ].join('\n');
    const send = () =>
      service.call('POST', '/api/v1/requests/import', {
        token,
        headers: { 'content-type': 'text/csv', 'accept-language': language },
        raw: { payload: file },
      });
    const { status, body } = await send();
    const faults = body.faults as readonly Fault[];
    expect([status, body.imported]).toEqual([200, 1]);
    expect(faults.map(({ line, field }) => [line, field])).toEqual([
      [3, 'filedOn'],
      [4, 'number'],
      [5, 'applicantName'],
      [6, 'status'],
      [7, 'handlerStaffId'],
      [8, 'answerDocumentNumber'],
      [9, undefined],
      [10, 'communicatedOn'],
    ]);
    const unnamed = ['Nu este corect.', 'It is not correct.', undefined, ''];
    expect(faults.filter(({ message }) => unnamed.includes(message))).toEqual([]);
    expect(faults[6]?.message).toMatch(language === 'ro' ? /coloane/ : /columns/);
    // The same file again writes nothing at all.
    const end = await service.ports.store.end();
    expect((await send()).body.imported).toBe(1);
    expect(await service.ports.store.end()).toBe(end);
    for (const line of [3, 5, 6, 7, 8, 10].map((fault) => 600_000 + fault - 1)) {
      const known = await service.call('GET', `/api/v1/eligibility?number=${String(line)}&filedOn=2026-02-02`, { token });
      expect([line, known.status]).toEqual([line, 404]);
    }
  });

  it('every reason for which the domain refuses a field has a sentence of its own', () => {
    const root = join(__dirname, '../../src');
    const sources = ['domain', 'application'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        // what the document system told wrongly nobody typed: the doctor names it by its code
        .filter((name) => name.endsWith('.ts') && !name.endsWith('readings.ts'))
        .map((name) => readFileSync(join(root, folder, name), 'utf8')),
    );
    const forms = [/field: '(\w+)', reason: '([\w-]+)'/g, /\binvalid\('(\w+)', '([\w-]+)'\)/g];
    const refusals = sources.flatMap((source) => forms.flatMap((form) => [...source.matchAll(form)]));
    expect(refusals.length).toBeGreaterThan(40);
    const unnamed = refusals.filter(
      ([, field = '', reason = '']) => fieldFaultOf(refuse('invalid', { field, reason }))?.message.en === 'It is not correct.',
    );
    expect(unnamed.map(([text]) => text)).toEqual([]);
  });
});

describe('wrong settings', () => {
  /** Starts the service as an administrator does. */
  const start = (settings: NodeJS.ProcessEnv): Promise<{ readonly code: unknown; readonly said: string }> =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        ['--require', './test/support/typescript-in-threads.cjs', 'src/main.ts'],
        { cwd: join(__dirname, '../..'), env: { PATH: process.env['PATH'], ...settings } },
        (error, stdout, stderr) => {
          resolve({ code: error?.code ?? 0, said: stdout + stderr });
        },
      );
    });

  it('are all told at once, in both languages, each with its name; nothing is made, and no password is repeated', async () => {
    const folder = emptyFolder();
    const policies = join(folder, 'policies.json');
    writeFileSync(policies, '{"lead-time": {"value": {"hours": 4800}, "version": 2}, "leadtime": {}}');
    const data = join(folder, 'data');
    const { code, said } = await start({
      PORT: '99999',
      TICHET_DATA_DIR: data,
      TICHET_SMTP_URL: 'http://user:parola-secreta@mail',
      TICHET_MAIL_FROM: 'primaria',
      TICHET_EVENT_STORE: 'oracle',
      TICHET_POSTGRES_URL: 'mysql://user:parola-secreta@db',
      TICHET_LOG_LEVEL: 'loud',
      TICHET_POLICIES_FILE: policies,
    });
    expect(code).toBe(1);
    const lines = said.trim().split('\n');
    const named = lines.flatMap((line) => /^([A-Z_]+): /.exec(line)?.[1] ?? []);
    expect(named.toSorted()).toEqual([
      'PORT',
      'TICHET_EVENT_STORE',
      'TICHET_LOG_LEVEL',
      'TICHET_MAIL_FROM',
      'TICHET_POLICIES_FILE',
      'TICHET_POLICIES_FILE',
      'TICHET_POSTGRES_URL',
      'TICHET_SMTP_URL',
    ]);
    expect(lines).toHaveLength(2 * named.length);
    expect(said).toContain('„99999” nu este un port');
    expect(said).toContain('"99999" is not a port');
    expect(said).toMatch(/"lead-time" must be .*0–720/);
    expect(said).toContain('There is no policy "leadtime"');
    expect(said).not.toMatch(/parola-secreta|\.ts:|Error/);
    expect(existsSync(data)).toBe(false);
  });
});
