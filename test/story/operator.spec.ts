import { registerRequest } from '../../src/application/requests/register-request';
import { registerStaff } from '../../src/application/staff/register-staff';
import { opsStream } from '@tichet-albastru/kernel/skip';
import { collectingMailer } from '../../src/infrastructure/testing/test-ports';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { createTestPorts } from '../../src/infrastructure/testing/test-ports';
import { bookingToken, mustBeDone, online, registered, staff, startService, type Service } from '../http/support/service';
import { browse, onceIn, textOf, type Browsing } from '../infrastructure/web/registry/support/browsing';
import { contextAt } from '../support/command-context';
import { type Mending, requestCounts, requestRows } from './support/broken-tables';
import { eventually } from '../support/eventually';

const path = '/administrare/serviciu';
const rows = 'request-rows';
const counts = 'request-counts';

const nameError = 'TypeError: Cannot read properties of undefined (reading …)';
const subjectError = 'RangeError';

const mending: Mending = { names: false, subjects: false, second: false };
let mailServer: 'away' | 'there' = 'away';
const collected = collectingMailer();
let service: Service;
let admin: Browsing;
/** What the journal tells of who has done what. */
const acted: unknown[] = [];
let register: (from: number, to: number) => Promise<void>;

const page = async (): Promise<string> => (await admin.get(path)).body;
const said = async (): Promise<string> => textOf(await page());
/** The card or the row of the page that has this in it. */
const partWith = (html: string, tag: 'article' | 'tr', text: string): string =>
  [...html.matchAll(new RegExp(`<${tag}[ >][^]*?</${tag}>`, 'g'))].map(([part]) => part).find((part) => textOf(part).includes(text)) ?? '';
/** What is sent when the first button of this part with these words is pressed. */
const press = async (part: string, words: string) => {
  const form = [...part.matchAll(/<form[^]*?<\/form>/g)].map(([one]) => one).find((one) => textOf(one).includes(words)) ?? '';
  const action = /action="([^"]+)"/.exec(form)?.[1] ?? '';
  const plain = (value: string): string => textOf(`<i>${value}</i>`).trim();
  const fields = Object.fromEntries(
    [...form.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, plain(value)]),
  );
  expect(action).not.toBe('');
  return admin.send(action, fields);
};
const follow = async (answer: { readonly headers: Record<string, unknown> }): Promise<string> =>
  textOf((await admin.get(String(answer.headers['location']))).body);

beforeAll(async () => {
  const ports = createTestPorts();
  const contextOf = (what: string) => contextAt(ports.clock.now(), ports.identifiers.derive('operator', what));
  register = async (from, to) => {
    for (let number = from; number <= to; number += 1) {
      const told = { number: String(number), filedOn: '2026-02-02', applicantName: 'Popescu Ana', handlerStaffId: 's002' } as const;
      mustBeDone(await registerRequest(ports)(contextOf(String(number)), { ...told, status: 'in-operation' }));
    }
  };
  for (const person of Object.values(staff)) mustBeDone(await registerStaff(ports)(contextOf(person.staffId), person));
  await register(1, 100);
  // the program of yesterday has read all that there was
  await catchUp({ ...ports, rows: ports.rows }, [requestCounts(1, mending)]);
  await register(101, 200);
  mustBeDone(await registerRequest(ports)(contextOf('of the letter'), registered));
  const mailer: typeof collected = {
    ...collected,
    send: (letter) =>
      mailServer === 'away' ? Promise.reject(new Error('connect ECONNREFUSED andrei@exemplu.ro')) : collected.send(letter),
  };
  const logger = {
    ...ports.logger,
    info: (event: string, values = {}) => {
      if (event === 'operator.acted') acted.push(values);
    },
  };
  service = await startService(
    { ...ports, mailer, logger },
    { processes: true, projections: [requestRows(mending), requestCounts(2, mending)] },
  );
  admin = await browse(service, 'admin');
  const token = await bookingToken(service);
  const { status } = await service.call('POST', '/api/v1/tickets', { token, body: online });
  expect(status).toBe(201);
});

describe('two hundred parked rows, one table behind and one letter stuck', () => {
  it('are found: 198 times one error and twice another, without a name, number or address', async () => {
    const shown = await eventually('the letter that failed', async () => {
      const html = await page();
      return textOf(html).includes('se încearcă din nou') && textOf(html).includes('nu a putut fi înlocuit') ? html : undefined;
    });
    expect(textOf(shown)).toContain('201 rânduri sunt oprite.');
    expect(textOf(partWith(shown, 'article', '198 ×'))).toMatch(/RequestRegistered/);
    expect(partWith(shown, 'article', '198 ×')).toContain(`<code>${nameError}</code>`);
    expect(partWith(shown, 'article', '2 ×')).toContain(`<code>${subjectError}</code>`);
    for (const personal of ['Popescu', '0740', 'ana@exemplu.ro', 'andrei@exemplu.ro', 'autorizație pentru'])
      expect(shown).not.toContain(personal);
    expect(textOf(partWith(shown, 'tr', counts))).toMatch(/versiunea 1 .*nu a putut fi înlocuit .* \d+ evenimente, 0 secunde/);
    expect(textOf(partWith(shown, 'tr', 'scrisoarea'))).toMatch(/Trimite din nou .*se încearcă din nou.* Error/);
  });

  it('are tried again together: what still cannot be applied stays and is said, and once the program is mended all 198 are up to date', async () => {
    const retryAll = async (): Promise<string> => follow(await press(partWith(await page(), 'article', '198 ×'), 'Încearcă din nou toate'));
    expect(await retryAll()).toContain(
      'Niciun rând nu este la zi după reîncercare. La 198 de rânduri evenimentul tot nu poate fi aplicat.',
    );
    mending.names = true;
    expect(await retryAll()).toContain('198 de rânduri sunt din nou la zi.');
    expect(await said()).toContain('3 rânduri sunt oprite.');
  });

  it('are skipped one by one with a reason, which is a fact; or tried again alone', async () => {
    const to =
      /<a href="(\/administrare\/oprite[^"]*)"/.exec(partWith(await page(), 'article', '2 ×'))?.[1]?.replaceAll('&amp;', '&') ?? '';
    const list = (await admin.get(to)).body;
    expect(list.match(/\/omitere\?/g)).toHaveLength(2);
    expect(textOf(list)).toMatch(/Evenimentul RequestRegistered Unde stă request-199\S*, poziția \d+/);
    expect(list).not.toContain('ana@exemplu.ro');
    const skip = /href="(\/administrare\/oprite\/[^"]+\/omitere\?[^"]*)"/.exec(list)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect((await admin.post(skip, { reason: ' ' })).statusCode).toBe(422);
    const done = await admin.post(skip, { reason: 'incidentul 7' });
    expect(done.headers.location).toBe(`${to}&facut=omis`);
    expect(await follow(done)).toContain('Evenimentul a fost omis');
    const decided: string[] = [];
    for await (const { type } of service.ports.store.read(opsStream(rows), 0)) decided.push(type);
    expect(decided).toEqual(['EventSkipped']);
    mending.subjects = true;
    const left = await eventually('one row', async () => {
      const { body } = await admin.get(to);
      return body.match(/\/omitere\?/g)?.length === 1 ? body : undefined;
    });
    expect(await follow(await press(left, 'Încearcă din nou'))).toContain('rândul este din nou la zi');
  });

  it('a table that could not be replaced is filled anew from the page, once however often the button is pressed', async () => {
    mending.second = true;
    expect(await follow(await press(partWith(await page(), 'article', counts), 'Încearcă din nou toate'))).toContain(
      'Un rând este din nou la zi.',
    );
    const shown = await page();
    const row = partWith(shown, 'tr', counts);
    expect(textOf((await admin.get(String((await press(row, 'Reconstruiește')).headers.location))).body)).toContain(
      'Reconstruirea a fost cerută',
    );
    expect(await follow(await press(row, 'Reconstruiește'))).toContain('Reconstruirea era cerută deja');
    const done = await eventually('the new table', async () => {
      const told = textOf(partWith(await page(), 'tr', counts));
      return told.includes('ultima reconstruire s-a încheiat') ? told : undefined;
    });
    expect(done).toMatch(/versiunea 2 .*la zi .* nimic/);
    expect(await service.ports.readModels.get(counts, 'all')).toEqual({ seen: 201, made: 2 });
  });

  it('those of which no program will make a row are skipped together with one reason, a fact each; and none that nobody has seen', async () => {
    const skipped = async (): Promise<readonly string[]> => {
      const keys: string[] = [];
      for await (const recorded of service.ports.store.read(opsStream(rows), 0)) {
        const { fact } = service.ports.codec.decodeOf('ops', recorded);
        if (fact.type === 'EventSkipped' && fact.data.projection === rows) keys.push(fact.data.key);
      }
      return keys;
    };
    const before = (await skipped()).length;
    const plain = (text = ''): string => text.replaceAll('&amp;', '&');
    await register(301, 449);
    const card = await eventually('the group', async () => partWith(await page(), 'article', '149 ×') || undefined);
    expect(card).not.toContain('Popescu');
    const link = plain(/href="([^"]+omitere[^"]*)"/.exec(card)?.[1]);
    const shown = (await admin.get(link)).body;
    expect(textOf(shown)).toContain('149 de rânduri din request-rows');
    await register(450, 450);
    await eventually('another one', async () => partWith(await page(), 'article', '150 ×') || undefined);
    const give = (html: string, reason: string) =>
      admin.send(plain(/action="([^"]+omitere[^"]+)"/.exec(html)?.[1]), { once: onceIn(html), reason });
    const early = await give(shown, 'incidentul 8, de două ori');
    expect(early.statusCode).toBe(422);
    expect(textOf(early.body)).toContain('Nu au fost omise toate evenimentele');
    expect(textOf(early.body)).toContain('Între timp s-au oprit și altele');
    expect(early.body).toContain('>incidentul 8, de două ori</textarea>');
    expect((await give(early.body, ' ')).statusCode).toBe(422);
    expect(await skipped()).toHaveLength(before);
    const done = await give(early.body, 'incidentul 8');
    expect(await follow(done)).toContain('Evenimentele au fost omise, iar motivul a fost consemnat la fiecare.');
    const keys = (await skipped()).slice(before);
    expect([...keys].sort()).toEqual(Array.from({ length: 150 }, (_, place) => `request-${301 + place}`));
    await eventually('a table that goes on', async () => ((await service.ports.readModels.parked()).length === 0 ? true : undefined));
    expect(await service.ports.readModels.get(rows, 'request-301')).toBeUndefined();
    // the second of two clicks, and whoever comes later
    expect((await admin.get(link)).statusCode).toBe(404);
    const late = await give(early.body, 'incidentul 8');
    expect(late.headers.location).toBe(`${path}?facut=nimic`);
    expect(await follow(late)).toContain('Nimic nu mai aștepta: altcineva a fost mai repede.');
    expect(await skipped()).toHaveLength(before + 150);
  });

  it('the letter is sent again from the page, and then nothing waits for anybody', async () => {
    mailServer = 'there';
    expect(await follow(await press(partWith(await page(), 'tr', 'scrisoarea'), 'Trimite din nou'))).toContain(
      'Reîncercarea a fost cerută',
    );
    await eventually('the letter', () => (collected.letters.length > 0 ? true : undefined));
    const by: unknown = expect.stringMatching(/^p\./);
    expect(acted).toEqual([
      ...[198, 198, 1, 1].map((count) => ({ effect: 'row.tried-again', by, count })),
      { effect: 'table.rebuilt', by, count: 1 },
      { effect: 'letter.tried-again', by, count: 1 },
    ]);
    await eventually('a page on which nothing waits', async () =>
      (await said()).includes('Tot ce urmează jurnalul este la zi și nimic nu așteaptă un om.') ? true : undefined,
    );
  });
});

describe('who may', () => {
  it.each(['registry', 'staff', 'head', 'auditor', 'reports', 'integrator'] as const)('%s sees and does nothing of it', async (role) => {
    const person = await browse(service, role, role === 'head' ? 's001' : role === 'staff' ? 's002' : undefined);
    expect((await person.get(path)).statusCode).toBe(403);
    expect((await person.get(`${path}/live`)).statusCode).toBe(403);
    expect((await person.send(`${path}/tabele/${counts}/reconstruire`, {})).statusCode).toBe(403);
    expect((await person.get(`/administrare/oprite/grup/none/omitere`)).statusCode).toBe(403);
    const token = await service.token(role, role === 'head' ? 's001' : role === 'staff' ? 's002' : undefined);
    expect((await service.call('GET', '/api/v1/operations', { token })).status).toBe(403);
    expect((await service.call('POST', `/api/v1/operations/tables/${counts}/rebuild`, { token })).status).toBe(403);
  });
});

it('programs of an administrator read the same, and ask for the same', async () => {
  const token = await service.token('admin');
  const { status, text } = await service.call('GET', '/api/v1/operations', { token });
  expect(status).toBe(200);
  const told = JSON.parse(text) as { tables: readonly { name: string; state: string; asked?: object }[]; parked: readonly object[] };
  expect(told.parked).toEqual([]);
  expect(told.tables.find(({ name }) => name === counts)).toMatchObject({
    state: 'up-to-date',
    version: 2,
    behind: { events: 0, seconds: 0 },
    asked: { outcome: 'switched' },
  });
  const asked = await service.call('POST', `/api/v1/operations/tables/${rows}/rebuild`, { token });
  expect([asked.status, JSON.parse(asked.text)]).toEqual([202, { table: rows, result: 'asked' }]);
  expect((await service.call('POST', '/api/v1/operations/tables/nothing/rebuild', { token })).status).toBe(404);
  expect(JSON.parse((await service.call('POST', '/api/v1/operations/parked/retry', { token, body: { projection: rows } })).text)).toEqual({
    applied: 0,
    still: 0,
    needsRebuild: 0,
    left: 0,
  });
  const skip = { projection: rows, upTo: '1', reason: 'incidentul 9' };
  expect((await service.call('POST', '/api/v1/operations/parked/skip', { token, body: skip })).status).toBe(404);
  const nobody = service.ports.identifiers.next();
  expect((await service.call('POST', `/api/v1/operations/letters/${nobody}/retry`, { token })).status).toBe(404);
});
