import { historySteps } from '../../../../src/domain/audit/history';
import { auditColumns } from '../../../../src/infrastructure/export/table/audit-columns';
import { csvFile, excelCsvFile } from '../../../../src/infrastructure/export/table/csv-files';
import { xlsxFile } from '../../../../src/infrastructure/export/table/xlsx-file';
import { checksCsv, historyCsv, listJson } from '../../../../src/infrastructure/web/audit/downloads.controller';
import type { AuditListed } from '../../../../src/application/audit/audit-list';
import { onlineHistory } from '../../../support/histories';

const listed: AuditListed = {
  owed: null,
  ticketId: 't',
  reference: 'TA-7D3E8F40',
  staffId: '-2+3',
  department: 'Taxe',
  departmentCode: '@SUM(A1)',
  mode: 'phone',
  startsAt: '2026-03-05T08:00:00.000Z',
  requestedAt: '2026-03-02T07:00:00.000Z',
  recordKind: null,
  requestNumber: '154997',
  filedOn: '2026-02-10',
  ground: 'in-operation',
  overall: 'pass',
  grade: 'observed',
  warnings: 0,
  waived: 0,
  verdicts: { C01: 'pass' },
  grades: { C01: 'observed' },
  observable: {},
  asOf: '2026-03-05T08:00:00.000Z',
};
const rowsOf = async function* (...rows: readonly AuditListed[]): AsyncGenerator<AuditListed> {
  for (const row of rows) yield await Promise.resolve(row);
};
const joined = async (lines: AsyncIterable<string>): Promise<string> => {
  let text = '';
  for await (const line of lines) text += line;
  return text;
};

describe('files for a spreadsheet', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('defuse %j, whoever brought it in', (hostile) => {
    const [step] = historySteps(onlineHistory().ticket);
    if (step === undefined) throw new Error('no step');
    const line = historyCsv({ ticketId: 't', steps: [{ ...step, actor: { kind: 'staff', id: hostile } }] }).split('\r\n')[1] ?? '';
    expect(line).toMatch(/,staff,"?'/);
  });

  it('defuse the list as well, line by line, with one head and one byte order mark', async () => {
    const text = await joined(csvFile(auditColumns, rowsOf(listed, listed)));
    expect(text).toContain(",'-2+3,'@SUM(A1),phone,pass,0,0,");
    expect(text.match(/\ufeff/g)).toHaveLength(1);
    expect(text.split('\r\n')).toHaveLength(4);
  });

  it('have an empty cell for what a row of a former version has not', async () => {
    const row = { ...listed };
    for (const name of ['ground', 'requestNumber', 'filedOn']) Reflect.deleteProperty(row, name);
    const [, line = ''] = (await joined(csvFile(auditColumns, rowsOf(row)))).split('\r\n');
    expect(line.split(',').length).toBe(auditColumns.length);
    expect(line).not.toContain('undefined');
    let bytes = 0;
    for await (const part of xlsxFile({ title: 'Audit', columns: auditColumns, rows: rowsOf(row) }, 'ro')) bytes += part.length;
    expect(bytes).toBeGreaterThan(0);
  });

  it('say at the end of a row what is owed most urgently, in cells that are empty where nothing is', async () => {
    const owed = { kind: 'send-resolution', limitAt: '2026-03-04T21:59:59.999Z', overdue: true } as const;
    const endsOf = (text: string) => text.split('\r\n').map((line) => line.split(/[,;]/).slice(-4));
    expect(endsOf(await joined(csvFile(auditColumns, rowsOf({ ...listed, owed }, listed))))).toEqual([
      ['owed', 'owedTargetAt', 'owedLimitAt', 'owedOverdue'],
      ['send-resolution', '', owed.limitAt, 'true'],
      ['', '', '', ''],
      [''],
    ]);
    expect(endsOf(await joined(excelCsvFile(auditColumns, rowsOf({ ...listed, owed }), 'ro')))).toEqual([
      ['Ce se datorează', 'Termen-țintă', 'Termen-limită', 'Depășit'],
      ['Trimiterea sau predarea rezoluției', '', '2026-03-04 23:59:59', 'da'],
      [''],
    ]);
  });

  it('keep a text of several lines in one cell', () => {
    const sentence = 'o "frază"\r\n=pe două rânduri, cu virgulă';
    const text = checksCsv(
      {
        ticketId: 't',
        asOf: listed.asOf,
        facts: {
          reference: listed.reference,
          status: 'scheduled',
          requestNumber: '1',
          filedOn: '2026-02-02',
          ground: 'in-operation',
          mode: 'phone',
          staffId: 's',
          department: 'd',
          slot: { startsAt: listed.startsAt, endsAt: listed.startsAt },
          requestedAt: listed.requestedAt,
          recordKind: 'written-record',
        },
        overall: 'pass',
        warnings: 0,
        waived: 0,
        checks: [{ id: 'C01', verdict: 'pass', article: '2', evidence: ['a', 'b'], text: { ro: sentence, en: '' } }],
        duties: [],
      },
      'ro',
    );
    expect(text).toContain(',C01,pass,2,"o ""frază""\r\n=pe două rânduri, cu virgulă",,a b,,\r\n');
  });
});

describe('the list as JSON', () => {
  it.each([0, 1, 3])('is whole with %i tickets', async (count) => {
    const text = await joined(listJson(rowsOf(...Array.from({ length: count }, () => listed))));
    expect(JSON.parse(text)).toEqual({ tickets: Array.from({ length: count }, () => listed) });
  });
});
