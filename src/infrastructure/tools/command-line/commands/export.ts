import { Option } from 'commander';
import { EventLogCorrupt } from '@tichet-albastru/event-log/ports/event-store';
import { tables } from '../../../../application/kernel/ports/tables';
import { defined } from '@tichet-albastru/kernel/defined';
import { isRefusal } from '../../../../domain/kernel/refusal';
import type { Locale } from '../../../../domain/ticket/facts';
import { wholeDays } from '../../../../domain/time/civil-time';
import type { Settings } from '../../../config/settings';
import { auditColumns } from '../../../export/table/audit-columns';
import { csvFile } from '../../../export/table/csv-files';
import type { PaperLanguages } from '../../../export/paper/draw-paper';
import { ticketOnPaper } from '../../../export/paper/ticket-on-paper';
import { auditRows } from '../../../nest/audit-rows';
import { readServiceKey, readSharedKey } from '../../../outside/identity/service-key';
import { inBoth, languages } from '../../../phrasing/sentences';
import { hasUnsound } from '../../../proof/export/export-lines';
import { writeExport } from '../../../proof/export/write-export';
import { judgedProof, type Proved } from '../../../proof/ticket-proof';
import { ticketProofText } from '../../../proof/verify/read-ticket-proof';
import { unprovedWords } from '../../../proof/fault-words';
import { createNoteSigner, type NoteSigner, noteVerifierOf } from '@tichet-albastru/signed-log';
import { type ReadingStores, whileReading } from '../installation';
import { addCommand, type CommandOfTichet, type Invocation, type JsonOption } from '../invocation';
import { tellWhereLogLacks } from '../log-lacks';
import { writeOwnFile } from '../own-file';
import { whileShowing } from '../while-showing';
import { daysOf, endsWith, findTicket, momentOf } from '../named';
import { CommandEnds, type ExitCode, exitCodes } from '../terminal';

/** The key that signs this log; `undefined` where nothing was ever sealed. @throws ServiceKeyUnusable */
const sealSignerOf = async (
  { readModels, dataDirectory }: Settings,
  { checkpoints, keys }: Pick<ReadingStores, 'checkpoints' | 'keys'>,
): Promise<NoteSigner | undefined> => {
  const known = noteVerifierOf((await checkpoints.get('verifier')) ?? '');
  if (known === undefined) return undefined;
  return createNoteSigner(
    known.name,
    readModels === 'postgres' ? await readSharedKey(keys, 'seal') : readServiceKey(dataDirectory, 'seal'),
  );
};

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
  if (wrong !== undefined) throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.export.formatPdf({ optionNames: optionNames[wrong] }));
  if (format === 'pdf' && (from !== undefined || to !== undefined))
    throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.export.pdfOneTicketTicket);
};

const paper = async (cli: Invocation, { ticket, asOf, language, personal = false }: ExportOptions): Promise<void> => {
  if (ticket === undefined) throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.export.pdfSayTicketTicket);
  if (cli.terminal.stdout.isTTY === true) throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.export.pdfNotReadTerminal);
  const moment = asOf === undefined ? {} : { asOf: momentOf(asOf) };
  const ticketId = await findTicket(cli, ticket);
  const languages: PaperLanguages = language === undefined ? { locale: 'ro', small: 'en' } : { locale: language };
  await tellWhereLogLacks(cli);
  const looking = { page: 'tichet export', purpose: 'audit' } as const;
  const drawn = await whileShowing(cli, looking, (ports) => ticketOnPaper(ports, { ticketId, personal, ...moment }, languages));
  if (isRefusal(drawn)) throw endsWith(drawn);
  cli.write(drawn.bytes);
  if (drawn.differs) cli.end(exitCodes.findings);
};

const list = async (cli: Invocation, { from, to, format, json = false }: ExportOptions): Promise<void> => {
  const days = daysOf({ from, to });
  const asked = wholeDays(days);
  if (await tellWhereLogLacks(cli)) cli.end(exitCodes.findings);
  await whileReading(cli.settings, async (ports, stores) => {
    const total = await ports.readModels.count(
      tables.auditTrail,
      Object.keys(asked).length === 0 ? [] : [{ column: 'startsAt', ...asked }],
    );
    await cli.withProgress(async (at) => {
      let done = 0;
      const counted = (): void => {
        done += 1;
        at(done, total);
      };
      if (format === 'csv' && !json) {
        const rows = async function* () {
          for await (const row of auditRows(ports, { ...asked, order: 'earliest' })) {
            yield row;
            counted();
          }
        };
        for await (const line of csvFile(auditColumns, rows())) cli.write(line);
      } else {
        const signer = await sealSignerOf(cli.settings, stores);
        const lines = writeExport(ports, {
          ...days,
          ...defined({ signer }),
          onTicket: (ticket) => {
            counted();
            if (hasUnsound(ticket)) cli.end(exitCodes.findings);
          },
        });
        for await (const line of lines) cli.write(line);
      }
    });
  });
};

export const exportCommand: CommandOfTichet = (program, cli) => {
  addCommand(program, cli, 'export', cli.words.export.aboutExport, [
    'tichet export --from 2026-03-01 --to 2026-03-31 --format csv > martie.csv',
    'tichet export --from 2026-03-01 --to 2026-03-31 > martie.jsonl',
    'tichet export --ticket TA-7K2M9QXD --format pdf > TA-7K2M9QXD.pdf',
  ])
    .option('--from <date>', cli.words.export.optionFrom)
    .option('--to <date>', cli.words.export.optionTo)
    .addOption(new Option('--format <format>', cli.words.export.optionFormat).choices(['jsonl', 'csv', 'pdf']).default('jsonl'))
    .option('--ticket <ticket>', cli.words.export.optionTicket)
    .option('--as-of <time>', cli.words.export.optionAsOf)
    .addOption(new Option('--language <language>', cli.words.export.optionLanguage).choices(languages))
    .option('--personal', cli.words.export.optionPersonal)
    .action(async (options: ExportOptions) => {
      mustFit(options);
      await (options.format === 'pdf' ? paper(cli, options) : list(cli, options));
    });
};

const exitCodeOf = ({ kind }: Proved): ExitCode => (kind === 'differs' ? exitCodes.findings : exitCodes.failed);

export const proofCommand: CommandOfTichet = (program, cli) => {
  addCommand(program, cli, 'proof <ticket>', cli.words.proof.aboutProof, [
    'tichet proof TA-7K2M9QXD --out TA-7K2M9QXD.json',
    'tichet proof TA-7K2M9QXD > dovada.json',
  ])
    .option('--out <file>', cli.words.proof.optionOut)
    .action(async (named: string, { out }: { readonly out?: string }) => {
      const ticketId = await findTicket(cli, named);
      const proved = await whileReading(cli.settings, async (ports, stores) =>
        judgedProof(ports, ticketId, await sealSignerOf(cli.settings, stores)).catch((error: unknown): Proved => {
          if (error instanceof EventLogCorrupt) return { kind: 'differs' };
          throw error;
        }),
      );
      if (isRefusal(proved)) throw endsWith(proved);
      if (proved.kind !== 'proved') throw new CommandEnds(exitCodeOf(proved), unprovedWords(proved));
      const text = ticketProofText(proved.proof);
      if (out === undefined) {
        cli.print(text.trimEnd());
        return;
      }
      writeOwnFile(out, text);
      cli.tell(cli.words.proof.eventsProvedNotSealed({ events: proved.proof.events.length, notYetSealed: proved.proof.notYetSealed, out }));
    });
};
