import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { extname } from 'node:path';
import { parseRegistrationNumber } from '../../../../domain/request/registering';
import { isCivilDate } from '../../../../domain/time/civil-time';
import type { SocketAnswer, SocketRequest } from '../../local-socket/protocol';
import { socketAnswer, tellAnswer } from '../ask-running-service';
import { addCommand, type CommandOfTichet, type Invocation, type JsonOption } from '../invocation';
import { CommandEnds, exitCodes } from '../exit-code';
import { findTicket } from '../find-ticket';
import { inBoth } from '../../../phrasing/sentences';

/** `154997_2026-02-10`, `154997/425/10.02.2026` or `request-154997_2026-02-10`. */
const requestIn = (text: string): { readonly number: string; readonly filedOn: string } | undefined => {
  const [number = '', filedOn = ''] = text.replace(/^request-/, '').split('_');
  if (isCivilDate(filedOn)) {
    const parsed = parseRegistrationNumber(number);
    return parsed && { number: parsed.number, filedOn };
  }
  const parsed = parseRegistrationNumber(text);
  return parsed?.filedOn === undefined ? undefined : { number: parsed.number, filedOn: parsed.filedOn };
};

type ForgetOptions = JsonOption & { readonly reason?: string; readonly report?: string; readonly reportOf?: string };

const toForget = async (desk: Invocation, subject: string, reason: string): Promise<SocketRequest> => {
  const request = requestIn(subject);
  return request === undefined
    ? { command: 'forget-ticket', ticketId: await findTicket(desk, subject), reason }
    : { command: 'forget-request', ...request, reason };
};

const toReport = async (desk: Invocation, subject: string): Promise<SocketRequest> => {
  const request = requestIn(subject);
  return request === undefined
    ? { command: 'report-of-ticket', ticketId: await findTicket(desk, subject) }
    : { command: 'report-of-request', ...request };
};

const asked = async (desk: Invocation, subject: string | undefined, { reason, reportOf }: ForgetOptions): Promise<SocketRequest> => {
  if (reportOf !== undefined && (subject !== undefined || reason !== undefined))
    throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.forget.reportShowsReportErases);
  if (reportOf !== undefined) return toReport(desk, reportOf);
  if (subject === undefined) throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.forget.erasedMissingTicketId);
  if (reason === undefined || reason.trim() === '')
    throw new CommandEnds(reason === undefined ? exitCodes.wrongUse : exitCodes.invalidInput, inBoth.cli.forget.reasonMissingReason);
  return toForget(desk, subject, reason);
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

/** JSON in a file whose name says so; else as it is put on paper, in both languages. */
const writeReport = (report: number, file: string, { value, ro, en }: SocketAnswer): void => {
  writeSync(report, extname(file) === '.json' ? `${JSON.stringify(value, undefined, 2)}\n` : `${ro}\n\n${'-'.repeat(72)}\n\n${en}\n`);
  fsyncSync(report);
};

export const forgetCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, {
    usage: 'forget [subject]',
    words: inBoth.cli.forget.aboutForget,
    examples: [
      'tichet forget TA-7K2M9QXD --reason "cererea persoanei, adresa 12/2026" --report stergere-12.txt',
      'tichet forget 154997_2026-02-10 --reason "cererea persoanei"',
      'tichet forget --report-of TA-7K2M9QXD',
    ],
  })
    .option('--reason <text>', desk.say(inBoth.cli.forget.optionReason))
    .option('--report <file>', desk.say(inBoth.cli.forget.optionReport))
    .option('--report-of <subject>', desk.say(inBoth.cli.forget.optionReportOf))
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
