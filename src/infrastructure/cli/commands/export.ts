import { Option } from 'commander';
import { tables } from '../../../application/ports/tables';
import type { Ports } from '../../../application/ports/ports';
import type { AuditListed } from '../../../application/queries/audit-list';
import { auditTicket } from '../../../application/queries/audit-ticket';
import { checkIds } from '../../../domain/audit/check';
import { isRefusal } from '../../../domain/kernel/refusal';
import { startOfDay, startOfNextDay } from '../../../domain/time/civil-time';
import { auditRows } from '../../nest/audit-rows';
import { chainOf } from '../../nest/chain-of';
import { addCommand, type CommandOfTichet, type JsonOption } from '../desk';
import { dateOf } from '../moments';
import { whileReading } from '../open-reading';
import { progressOn } from '../progress';

type ExportOptions = JsonOption & { readonly from?: string; readonly to?: string; readonly format: 'jsonl' | 'csv' };

const csvHead = [
  'ticketId',
  'reference',
  'startsAt',
  'requestedAt',
  'staffId',
  'departmentCode',
  'mode',
  'overall',
  'warnings',
  'waived',
  'asOf',
  ...checkIds,
];

/** RFC 4180; a cell that a spreadsheet would take for a formula is led by an apostrophe. */
const cell = (value: string | number | null): string => {
  const text = String(value ?? '');
  const harmless = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

const csvLine = (row: AuditListed): string =>
  [
    row.ticketId,
    row.reference,
    row.startsAt,
    row.requestedAt,
    row.staffId,
    row.departmentCode,
    row.mode,
    row.overall,
    row.warnings,
    row.waived,
    row.asOf,
    ...checkIds.map((id) => row.verdicts[id] ?? ''),
  ]
    .map(cell)
    .join(',');

const jsonLine = async (ports: Ports, row: AuditListed): Promise<string> => {
  const audited = await auditTicket(chainOf)(ports)({ ticketId: row.ticketId });
  return JSON.stringify(isRefusal(audited) ? row : audited);
};

export const exportCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, {
    usage: 'export',
    words: {
      ro: 'dosarul de audit al fiecărui tichet, fără date personale; JSONL cu dovezi, sau CSV',
      en: 'the audit file of every ticket, without personal data; JSONL with the evidence, or CSV',
    },
    examples: ['tichet export --from 2026-03-01 --to 2026-03-31 --format csv > martie.csv', 'tichet export --format jsonl | head -1'],
  })
    .option('--from <date>', desk.say({ ro: 'întâlniri de la această dată', en: 'meetings from this date on' }))
    .option('--to <date>', desk.say({ ro: 'până la această dată, inclusiv', en: 'up to this date, inclusive' }))
    .addOption(
      new Option(
        '--format <format>',
        desk.say({ ro: 'cu dovezi (jsonl) sau pe scurt (csv)', en: 'with the evidence (jsonl) or in short (csv)' }),
      )
        .choices(['jsonl', 'csv'])
        .default('jsonl'),
    )
    .action(async ({ from, to, format, json = false }: ExportOptions) => {
      const asked = {
        ...(from === undefined ? {} : { from: startOfDay(dateOf(from)) }),
        ...(to === undefined ? {} : { before: startOfNextDay(dateOf(to)) }),
      };
      const asCsv = format === 'csv' && !json;
      await whileReading(desk.settings, async (ports) => {
        const total = await ports.readModels.count(
          tables.auditTrail,
          Object.keys(asked).length === 0 ? [] : [{ column: 'startsAt', ...asked }],
        );
        const progress = progressOn(desk.terminal);
        if (asCsv) desk.print(csvHead.join(','));
        let done = 0;
        for await (const row of auditRows(ports, asked)) {
          desk.print(asCsv ? csvLine(row) : await jsonLine(ports, row));
          done += 1;
          progress.at(done, total);
        }
        progress.stop();
      });
    });
};
