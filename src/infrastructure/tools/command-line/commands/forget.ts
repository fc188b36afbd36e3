import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { extname } from 'node:path';
import type { RequestIdentity } from '../../../../domain/request/facts';
import { requestNamed } from '../../../../domain/request/registering';
import type { SocketAnswer, SocketRequest } from '../../local-socket/socket';
import { socketAnswer, tellAnswer } from '../ask-running-service';
import { addCommand, type CommandOfTichet, type Invocation, type JsonOption } from '../invocation';
import { CommandEnds, exitCodes } from '../terminal';
import { findTicket } from '../find-ticket';
import { inBoth, languages } from '../../../phrasing/sentences';

/** As it stands in a file or a report: `request-154997_2026-02-10`. */
const requestIn = (text: string): RequestIdentity | undefined => requestNamed(text.replace(/^request-/, ''));

type ForgetOptions = JsonOption & { readonly reason?: string; readonly report?: string; readonly reportOf?: string };

/** What is meant: a ticket, or a request. */
const subjectOf = async (desk: Invocation, named: string): Promise<RequestIdentity | { readonly ticketId: string }> =>
  requestIn(named) ?? { ticketId: await findTicket(desk, named) };

const asked = async (desk: Invocation, subject: string | undefined, { reason, reportOf }: ForgetOptions): Promise<SocketRequest> => {
  if (reportOf !== undefined && (subject !== undefined || reason !== undefined))
    throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.forget.reportShowsReportErases);
  if (reportOf !== undefined) {
    const about = await subjectOf(desk, reportOf);
    return 'ticketId' in about ? { command: 'report-of-ticket', ...about } : { command: 'report-of-request', ...about };
  }
  if (subject === undefined) throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.forget.erasedMissingTicketId);
  if (reason === undefined || reason.trim() === '')
    throw new CommandEnds(reason === undefined ? exitCodes.wrongUse : exitCodes.invalidInput, inBoth.cli.forget.reasonMissingReason);
  const about = await subjectOf(desk, subject);
  return 'ticketId' in about ? { command: 'forget-ticket', ...about, reason } : { command: 'forget-request', ...about, reason };
};

/** Before anything is erased: a report that cannot be kept must be known beforehand. */
const openReport = (file: string | undefined): number | undefined => {
  if (file === undefined) return undefined;
  try {
    return openSync(file, 'wx', 0o600);
  } catch {
    throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.forget.reportCannotWrittenExists({ file }));
  }
};

/** JSON in a file whose name says so; else as it is put on paper, in every language. */
const writeReport = (report: number, file: string, answer: SocketAnswer): void => {
  const onPaper = (): string => languages.map((language) => answer[language]).join(`\n\n${'-'.repeat(72)}\n\n`);
  writeSync(report, `${extname(file) === '.json' ? JSON.stringify(answer.value, undefined, 2) : onPaper()}\n`);
  fsyncSync(report);
};

export const forgetCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, 'forget [subject]', desk.words.forget.aboutForget, [
      'tichet forget TA-7K2M9QXD --reason "cererea persoanei, adresa 12/2026" --report stergere-12.txt',
      'tichet forget 154997_2026-02-10 --reason "cererea persoanei"',
      'tichet forget --report-of TA-7K2M9QXD',
    ])
    .option('--reason <text>', desk.words.forget.optionReason)
    .option('--report <file>', desk.words.forget.optionReport)
    .option('--report-of <subject>', desk.words.forget.optionReportOf)
    .action(async (subject: string | undefined, options: ForgetOptions) => {
      const request = await asked(desk, subject, options);
      const file = options.report;
      const report = openReport(file);
      let written = false;
      try {
        const answer = await socketAnswer(desk, request);
        if (report !== undefined && file !== undefined && answer.exit === exitCodes.done) {
          writeReport(report, file, answer);
          written = true;
        }
        tellAnswer(desk, answer, options);
      } finally {
        if (report !== undefined) closeSync(report);
        if (file !== undefined && !written) rmSync(file, { force: true });
      }
    });
};
