import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { longestPastedBytes } from '../../../../src/infrastructure/web/registry/sent-lines';
import { startSeeded, type Service } from '../../../http/support/service';
import { browse, textOf, type Browsing } from './support/browsing';

const path = '/registratura/import';
const header =
  'number,departmentCode,filedOn,applicantName,subject,status,handlerStaffId,answerDocumentNumber,answerCommunicatedOn,answerChannel';
const line = (number: number, name = 'Popescu Ion') => `${number},425,2026-02-02,${name},Obiect,in-operation,s002,,,`;
const file = (...lines: readonly string[]) => [header, ...lines, ''].join('\n');

let service: Service;
let registry: Browsing;
beforeAll(async () => {
  service = await startSeeded();
  registry = await browse(service, 'registry');
});

const upload = async (content: Buffer | string, fileName = 'cereri.csv') => {
  const answer = await registry.upload(path, { field: 'fisier', fileName, content });
  expect(answer.statusCode).toBe(303);
  const where = String(answer.headers.location);
  return { where, text: textOf((await registry.get(where)).body) };
};

describe('a file of the registry', () => {
  it('goes in line by line: the report is a page of its own, and looking at it imports nothing', async () => {
    const { where, text } = await upload(file(line(700_001), line(700_002, '"Pop, Ana ""Ani"""')));
    expect(text).toContain('Linii citite: 2. Au intrat: 2.');
    const end = await service.ports.store.end();
    expect(textOf((await registry.get(where)).body)).toContain('Linii citite: 2. Au intrat: 2.');
    expect(await service.ports.store.end()).toBe(end);
    const card = await registry.get('/registratura/cereri/700002/2026-02-02');
    expect(textOf(card.body)).toContain('Pop, Ana "Ani"');
  });

  it('changes nothing the second time, though it is sent as another form', async () => {
    const content = file(line(700_011), line(700_012));
    await upload(content);
    const end = await service.ports.store.end();
    expect((await upload(content)).text).toContain('Linii citite: 2. Au intrat: 2.');
    expect(await service.ports.store.end()).toBe(end);
  });

  it('with a bad line in the middle brings in the others and names that one, its column and what is wrong', async () => {
    const { where, text } = await upload(file(line(700_021), '700022,425,ieri,Pop,,in-operation,s002,,,', line(700_023)));
    expect(text).toContain('Linii citite: 3. Au intrat: 2.');
    expect(text).toContain('3 filedOn O dată din calendar');
    expect((await registry.get('/registratura/cereri/700023/2026-02-02')).statusCode).toBe(200);
    const csv = await registry.get(`${where}/greseli.csv`);
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.headers['content-disposition']).toContain('attachment');
    expect(csv.body.split('\r\n').slice(0, 2)).toEqual([
      '\ufeffLinia,Coloana,Ce este greșit',
      '3,filedOn,"O dată din calendar, AAAA-LL-ZZ."',
    ]);
  });

  it('that was mended may be sent from the same form, and its lines go in', async () => {
    await upload(file('700031,425,2026-02-02,,,in-operation,s002,,,'));
    await upload(file(line(700_031)));
    expect((await registry.get('/registratura/cereri/700031/2026-02-02')).statusCode).toBe(200);
  });

  it.each([
    ['of another encoding', Buffer.from(file(line(700_041, '\u00DEurcanu')), 'latin1'), 'Textul nu este UTF-8.', 0],
    ['with semicolons', file(line(700_042)).replaceAll(',', ';'), 'Coloanele sunt despărțite prin punct și virgulă', 0],
    ['with an open quotation mark', file(line(700_043), '700044,425,2026-02-02,"Pop'), 'Ghilimele neînchise.', 1],
    ['with too long a line', file(line(700_045), line(700_046, 'x'.repeat(20_000))), 'Linie prea lungă.', 1],
    ['of something else', '\u0000\u0001\u0002 PK', 'După antet nu este nicio linie.', 0],
  ])('%s is reported, not guessed at', async (_, content, sentence, count) => {
    const { text } = await upload(content);
    expect(text).toContain(sentence);
    expect(text).toContain(`Au intrat: ${count}.`);
  });

  it('may be NDJSON, whatever its name says', async () => {
    const { text } = await upload(
      `\ufeff{"number":"700051","filedOn":"2026-02-02","applicantName":"Pop","status":"in-operation","handlerStaffId":"s002"}\n`,
      'cereri.csv',
    );
    expect(text).toContain('Linii citite: 1. Au intrat: 1.');
  });

  it('has a report of many pages when it has many faults, and says how many are left out', async () => {
    const { where, text } = await upload(
      file(...Array.from({ length: 1001 }, (__, index) => `x${index},425,2026-02-02,Pop,,in-operation,s002,,,`)),
    );
    expect(text).toContain('1.001 greșeli');
    expect(text).toContain('Încă o greșeală nu este arătată.');
    expect(text).toContain('Pagina 1 din 20');
    expect(textOf((await registry.get(`${where}?pagina=20`)).body)).toContain('1.001');
  });

  it('shows hostile columns as text', async () => {
    const { where } = await upload('"<script>alert(1)</script>",b\n1,2\n');
    expect((await registry.get(where)).body).not.toContain('<script>alert');
  });

  it('of two in one form goes in with its report, and the other does not', async () => {
    const another = '\r\n------tichet\r\nContent-Disposition: form-data; name="fisier"; filename="b.csv"\r\n\r\n';
    const { text } = await upload([file(line(700_181)), file(line(700_182))].join(another));
    expect(text).toContain('Linii citite: 1. Au intrat: 1.');
    const found = async (number: number) => (await registry.get(`/registratura/cereri/${String(number)}/2026-02-02`)).statusCode;
    expect([await found(700_181), await found(700_182)]).toEqual([200, 404]);
  });

  it('that is not there, or empty, is asked for again', async () => {
    for (const answer of [
      await registry.upload(path, { field: 'fisier', fileName: '', content: '' }),
      await registry.upload(path, { field: 'fisier', fileName: 'gol.csv', content: ' \n' }),
    ]) {
      expect(answer.statusCode).toBe(422);
      expect(answer.body).toContain('<title>Eroare: ');
      expect(textOf(answer.body)).toContain('Alegeți un fișier');
    }
  });

  it('is taken by the pages that import only: not elsewhere, not by the API, and no other form there', async () => {
    const part = { field: 'fisier', fileName: 'a.csv', content: file(line(700_061)) };
    expect((await registry.upload('/registratura/cerere', part)).statusCode).toBe(415);
    expect((await registry.upload('/api/v1/requests/import', part)).statusCode).toBe(415);
    expect((await registry.send(path, { once: 'a' })).statusCode).toBe(415);
  });

  it('belongs to whoever sent it: nobody else finds its report', async () => {
    const { where } = await upload(file(line(700_071)));
    expect((await (await browse(service, 'admin')).get(where)).statusCode).toBe(404);
    expect((await (await browse(service, 'auditor')).get(where)).statusCode).toBe(403);
    expect((await (await browse(service)).get(where)).headers.location).toContain('/intra');
    const again = await registry.get(where.replace(/.{4}$/, 'ffff'));
    expect(again.statusCode).toBe(404);
  });
});

describe('lines that were pasted', () => {
  const paste = (content: string) => registry.upload(path, { field: 'randuri', content });

  it('go in as a file does', async () => {
    const answer = await paste(file(line(700_081)).replaceAll('\n', '\r\n'));
    expect(textOf((await registry.get(String(answer.headers.location))).body)).toContain('Linii citite: 1. Au intrat: 1.');
  });

  it('are few', async () => {
    const answer = await paste(file(line(700_091)) + 'x'.repeat(longestPastedBytes));
    expect(answer.statusCode).toBe(422);
    expect(textOf(answer.body)).toContain('Trimiteți-l ca fișier.');
    expect((await registry.get('/registratura/cereri/700091/2026-02-02')).statusCode).toBe(404);
  });
});

describe('the samples of the project', () => {
  it('go in, staff by the administrator and requests by the registry', async () => {
    const sample = (name: string) => readFileSync(join(__dirname, '../../../../examples', name));
    service.ports.clock.set('2026-11-25T08:00:00.000Z');
    const admin = await browse(service, 'admin');
    const late = await browse(service, 'registry');
    const staffPath = '/administrare/functionari/import';
    const people = await admin.upload(staffPath, { field: 'fisier', fileName: 'staff.csv', content: sample('staff.csv') });
    expect(textOf((await admin.get(String(people.headers.location))).body)).toContain('Nicio greșeală.');
    const requests = await late.upload(path, { field: 'fisier', fileName: 'requests.csv', content: sample('requests.csv') });
    expect(textOf((await late.get(String(requests.headers.location))).body)).toContain('Nicio greșeală.');
    expect((await late.upload(staffPath, { field: 'fisier', fileName: 'staff.csv', content: sample('staff.csv') })).statusCode).toBe(403);
  });
});
