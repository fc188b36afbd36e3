import { Readable } from 'node:stream';
import { recordsOf } from '../../../../src/infrastructure/outside/document-system/import/line-records';

const header = 'number,applicantName,subject';

const read = async (...parts: readonly (string | Buffer)[]) => {
  const records = [];
  for await (const record of recordsOf('csv', Readable.from(parts.map((part) => Buffer.from(part))))) records.push(record);
  return records;
};
const notUtf8 = { en: 'The text is not UTF-8.' };

describe('a table of the register', () => {
  it('Art. 3 b: a name in another encoding is a fault of its line, not a name that nobody can match', async () => {
    // Ștefan and Țurcanu, as Windows-1250 and ISO 8859-16 write them
    const latin = Buffer.concat([
      Buffer.from('1,'),
      Buffer.from([0xaa]),
      Buffer.from('tefan '),
      Buffer.from([0xde]),
      Buffer.from('urcanu,x\n'),
    ]);
    expect(await read(`${header}\n`, latin, '2,Ștefan Țurcanu,x\n')).toMatchObject([
      { line: 2, field: 'applicantName', message: notUtf8 },
      { line: 3, fields: { number: '2', applicantName: 'Ștefan Țurcanu' } },
    ]);
  });
  it('a character that two chunks share is whole', async () => {
    const bytes = Buffer.from(`${header}\n1,Ștefan,x\n`);
    const within = bytes.indexOf(0xc8) + 1;
    expect(await read(bytes.subarray(0, within), bytes.subarray(within))).toMatchObject([{ fields: { applicantName: 'Ștefan' } }]);
  });
  it('UTF-16 with its mark, as a spreadsheet may save it, is read', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`${header}\n1,Ștefan,x\n`, 'utf16le')]);
    expect(await read(bytes)).toMatchObject([{ line: 2, fields: { number: '1', applicantName: 'Ștefan' } }]);
  });
  it('a header in another encoding is told once, not line by line', async () => {
    const bytes = Buffer.concat([Buffer.from([0xaa]), Buffer.from(`${header}\n1,Ion Pop,x\n2,Ion Pop,x\n`)]);
    expect(await read(bytes)).toMatchObject([{ line: 1, message: notUtf8 }]);
  });
  it('columns separated by semicolons are told once, not line by line', async () => {
    expect(await read(`${header}\n1,Ion Pop,x\n`.replaceAll(',', ';'))).toMatchObject([
      { line: 1, message: { en: 'The columns are separated by semicolons. Save the file with commas.' } },
    ]);
  });
  it('what breaks off on its way is no file that ended', async () => {
    const input = Readable.from(
      (async function* () {
        yield Buffer.from(`${header}\n1,Ion Pop,x\n`);
        await Promise.resolve();
        throw new Error('broken off');
      })(),
    );
    const reading = async () => {
      for await (const record of recordsOf('csv', input)) expect(record.line).toBe(2);
    };
    await expect(reading()).rejects.toThrow('broken off');
  });
  it('a column written twice would hide one of the two: nothing is read', async () => {
    expect(await read(`${header},number\n1,Ion Pop,x,2\n`)).toMatchObject([
      { line: 1, message: { en: 'A column written twice in the header.' } },
    ]);
  });
  it('an empty file has no header', async () => {
    expect(await read('')).toMatchObject([{ line: 1, message: { en: 'The header line is missing.' } }]);
    expect(await read(`${header}\n`)).toEqual([]);
  });
  it('nothing of a line that is too long goes in, nor what may be its rest', async () => {
    const long = Array.from({ length: 25 }, () => 'a'.repeat(65_536));
    const tooLong = { line: 3, message: { en: 'The line is too long. Nothing after it was read.' } };
    const before = { line: 2, fields: { number: '1', applicantName: 'Ion Pop' } };
    expect(await read(`${header}\n1,Ion Pop,\n2,Ana Pop,`, ...long, '\n3,Ana Pop,x\n')).toMatchObject([tooLong, before]);
    expect(await read(`${header}\n1,Ion Pop,\n2,"`, ...long, '",x\n3,Ana Pop,x\n')).toMatchObject([tooLong, before]);
  });
});
