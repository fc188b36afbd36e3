import { Option } from 'commander';
import { tables } from '../../../../application/kernel/ports/tables';
import { defined } from '../../../../domain/kernel/defined';
import { isRefusal } from '../../../../domain/kernel/refusal';
import type { Locale } from '../../../../domain/ticket/facts';
import { startOfDay, startOfNextDay } from '../../../../domain/time/civil-time';
import { auditCsv } from '../../../export/audit-csv';
import type { PaperLanguages } from '../../../export/paper/draw-paper';
import { ticketOnPaper } from '../../../export/paper/ticket-on-paper';
import { auditRows } from '../../../nest/audit-rows';
import { hasUnsound } from '../../../proof/export/export-lines';
import { writeExport } from '../../../proof/export/write-export';
import { addCommand, type CommandOfTichet, type Desk, type JsonOption } from '../desk';
import { CommandEnds, exitCodes } from '../exit-code';
import { findTicket } from '../find-ticket';
import { dateOf, momentOf } from '../moments';
import { whileReading } from '../open-reading';
import { progressOn } from '../progress';
import { endsWith } from '../refusal-words';
import { sealSignerOf } from '../seal-signer';

type ExportOptions = JsonOption & {
  readonly from?: string;
  readonly to?: string;
  readonly format: 'jsonl' | 'csv' | 'pdf';
  readonly ticket?: string;
  readonly asOf?: string;
  readonly language?: Locale;
  readonly personal?: boolean;
};

const ofOneTicket = ['ticket', 'asOf', 'language', 'personal'] as const;
const optionNames = { ticket: '--ticket', asOf: '--as-of', language: '--language', personal: '--personal' } as const;

/** @throws CommandEnds for options of one format that were given with another */
const mustFit = (options: ExportOptions): void => {
  const { format, from, to } = options;
  const wrong = format === 'pdf' ? undefined : ofOneTicket.find((name) => options[name] !== undefined);
  if (wrong !== undefined)
    throw new CommandEnds(exitCodes.wrongUse, {
      ro: `${optionNames[wrong]} este numai pentru --format pdf.`,
      en: `${optionNames[wrong]} is for --format pdf only.`,
    });
  if (format === 'pdf' && (from !== undefined || to !== undefined))
    throw new CommandEnds(exitCodes.wrongUse, {
      ro: 'Un PDF este al unui singur tichet: --ticket, fără --from și --to.',
      en: 'A PDF is of one ticket: --ticket, without --from and --to.',
    });
};

const paper = async (desk: Desk, { ticket, asOf, language, personal = false }: ExportOptions): Promise<void> => {
  if (ticket === undefined)
    throw new CommandEnds(exitCodes.wrongUse, {
      ro: 'Pentru PDF spuneți care tichet: --ticket TA-….',
      en: 'For a PDF say which ticket: --ticket TA-….',
    });
  if (desk.terminal.stdout.isTTY === true)
    throw new CommandEnds(exitCodes.wrongUse, {
      ro: 'Un PDF nu se citește în terminal; trimiteți-l într-un fișier: > tichet.pdf',
      en: 'A PDF is not read in a terminal; send it to a file: > ticket.pdf',
    });
  const moment = asOf === undefined ? {} : { asOf: momentOf(asOf) };
  const ticketId = await findTicket(desk, ticket);
  const languages: PaperLanguages = language === undefined ? { locale: 'ro', small: 'en' } : { locale: language };
  const drawn = await whileReading(desk.settings, (ports) => ticketOnPaper(ports, { ticketId, personal, ...moment }, languages));
  if (isRefusal(drawn)) throw endsWith(drawn);
  desk.write(drawn.bytes);
  if (drawn.differs) desk.end(exitCodes.findings);
};

const list = async (desk: Desk, { from, to, format, json = false }: ExportOptions): Promise<void> => {
  const days = { ...(from === undefined ? {} : { from: dateOf(from) }), ...(to === undefined ? {} : { to: dateOf(to) }) };
  const asked = {
    ...(days.from === undefined ? {} : { from: startOfDay(days.from) }),
    ...(days.to === undefined ? {} : { before: startOfNextDay(days.to) }),
  };
  await whileReading(desk.settings, async (ports, stores) => {
    const total = await ports.readModels.count(
      tables.auditTrail,
      Object.keys(asked).length === 0 ? [] : [{ column: 'startsAt', ...asked }],
    );
    const progress = progressOn(desk.terminal);
    let done = 0;
    const counted = (): void => {
      done += 1;
      progress.at(done, total);
    };
    if (format === 'csv' && !json) {
      const rows = async function* () {
        for await (const row of auditRows(ports, asked)) {
          yield row;
          counted();
        }
      };
      for await (const line of auditCsv(rows())) desk.write(line);
    } else {
      const signer = await sealSignerOf(desk.settings, stores);
      const lines = writeExport(ports, {
        ...days,
        ...defined({ signer }),
        onTicket: (ticket) => {
          counted();
          if (hasUnsound(ticket)) desk.end(exitCodes.findings);
        },
      });
      for await (const line of lines) desk.write(line);
    }
    progress.stop();
  });
};

export const exportCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, {
    usage: 'export',
    words: {
      ro: 'dosarul de audit, fără date personale: JSONL cu evenimente și manifest semnat, CSV pe scurt, sau PDF-ul unui tichet',
      en: 'the audit file, without personal data: JSONL with the events and a signed manifest, CSV in short, or the PDF of one ticket',
    },
    examples: [
      'tichet export --from 2026-03-01 --to 2026-03-31 --format csv > martie.csv',
      'tichet export --from 2026-03-01 --to 2026-03-31 > martie.jsonl',
      'tichet export --ticket TA-7K2M9QXD --format pdf > TA-7K2M9QXD.pdf',
    ],
  })
    .option('--from <date>', desk.say({ ro: 'întâlniri de la această dată', en: 'meetings from this date on' }))
    .option('--to <date>', desk.say({ ro: 'până la această dată, inclusiv', en: 'up to this date, inclusive' }))
    .addOption(
      new Option(
        '--format <format>',
        desk.say({
          ro: 'cu dovezi (jsonl), pe scurt (csv), un tichet pe hârtie (pdf)',
          en: 'with the evidence (jsonl), in short (csv), one ticket on paper (pdf)',
        }),
      )
        .choices(['jsonl', 'csv', 'pdf'])
        .default('jsonl'),
    )
    .option('--ticket <ticket>', desk.say({ ro: 'pdf: tichetul', en: 'pdf: the ticket' }))
    .option('--as-of <time>', desk.say({ ro: 'pdf: ce se știa atunci', en: 'pdf: what was known then' }))
    .addOption(
      new Option(
        '--language <language>',
        desk.say({
          ro: 'pdf: numai în această limbă; altfel română, cu engleza mic',
          en: 'pdf: in this language only; otherwise Romanian, with English small',
        }),
      ).choices(['ro', 'en']),
    )
    .option('--personal', desk.say({ ro: 'pdf: cu datele personale, însemnate', en: 'pdf: with the personal data, marked' }))
    .action(async (options: ExportOptions) => {
      mustFit(options);
      await (options.format === 'pdf' ? paper(desk, options) : list(desk, options));
    });
};
