import { logLacks } from '../log-lacks';
import { Argument, Option } from 'commander';
import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { extname } from 'node:path';
import type { LetterRecord } from '../../../../application/kernel/ports/operations';
import type { Ports } from '../../../../application/kernel/ports/ports';
import { webhookList } from '../../../../application/operation/webhooks';
import { applyRetention } from '../../../../application/privacy/retention';
import { otherRetentionInForce } from '../../../../application/privacy/retention-in-force';
import { defined } from '@tichet-albastru/kernel/defined';
import { isBlank } from '../../../../domain/kernel/blank';
import type { RequestIdentity } from '../../../../domain/request/facts';
import { requestNamed } from '../../../../domain/request/registering';
import { retentionClasses } from '../../../../domain/retention/retention';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { openPorts } from '../../../nest/open-ports';
import { everyTable } from '../../../nest/tables';
import { inBoth, languages } from '../../../phrasing/sentences';
import { type Acceptance, acceptedLogs } from '../../../proof/accepted-logs';
import { alarmWords } from '../../../proof/fault-words';
import type { RaisedAlarm } from '../../../proof/alarm/log-alarm';
import { chainOf } from '../../../proof/chain-of';
import { signingState, type SigningState } from '../../../proof/signing/current-signed-log';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { systemUser } from '../../../runtime/system-user';
import { LogNotAsSigned } from '@tichet-albastru/signed-log';
import { askLocalSocket, type SocketAnswer, type SocketRequest } from '../../local-socket/socket';
import { performInService } from '../../local-socket/socket-service';
import { mustHaveData, whileReading } from '../installation';
import { addCommand, addGroup, type CommandOfTichet, type Invocation, type JsonOption } from '../invocation';
import { findTicket } from '../named';
import { CommandEnds, type ExitCode, exitCodes } from '../terminal';

/**
 * Without the settings of the service the shell has periods of its own: by them nothing is listed, and nothing erased.
 * @throws CommandEnds
 */
const mustKnowPeriods = async ({ settings }: Invocation, ports: Pick<Ports, 'operations'>): Promise<void> => {
  const other = await otherRetentionInForce(ports, settings.retention);
  if (other !== undefined) throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.retention.otherPeriods(other));
};

const aboutPeriods: readonly SocketRequest['command'][] = ['apply-retention', 'confirm-retention'];

const withoutService = async (cli: Invocation, request: SocketRequest, user: string): Promise<SocketAnswer> => {
  const { settings, own } = cli;
  const opened = await openPorts({ ...settings, logLevel: 'silent' }, {}, own);
  const { ports, rows, sealing } = opened;
  try {
    if (aboutPeriods.includes(request.command)) await mustKnowPeriods(cli, ports);
    // while an alarm stands nothing is written but about it, and the tables may be ahead of the log
    const project = async (): Promise<void> => {
      await sealing?.alarm.look();
      if (sealing?.alarm.standing() === undefined) await catchUp({ ...ports, rows }, everyTable(opened));
    };
    await project();
    const answer = await performInService(opened, request, user);
    await project();
    return answer;
  } finally {
    await opened.close();
  }
};

const exitCodeOf = (exit: number): ExitCode => Object.values(exitCodes).find((code) => code === exit) ?? exitCodes.failed;

/** Has it done by the running service, or takes the data folder and does it here. */
export const socketAnswer = async (cli: Invocation, request: SocketRequest): Promise<SocketAnswer> => {
  const user = systemUser(cli.terminal.env);
  return (await askLocalSocket(cli.settings.dataDirectory, request, user)) ?? withoutService(cli, request, user);
};

/** Says what came of it, and ends with its exit code. */
const tellAnswer = (cli: Invocation, answer: SocketAnswer, { json = false }: JsonOption): void => {
  const code = exitCodeOf(answer.exit);
  if (json) cli.printJson(answer.value);
  else if (code === exitCodes.done) cli.print(cli.say(answer));
  else cli.complain(cli.say(answer));
  cli.end(code);
};

/** Has it done, and says what came of it. */
export const askRunningService = async (cli: Invocation, request: SocketRequest, options: JsonOption): Promise<void> => {
  tellAnswer(cli, await socketAnswer(cli, request), options);
};

const read = (file: string): string => {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const code = errorCode(error) ?? 'unknown';
    throw new CommandEnds(exitCodes.notFound, inBoth.cli.import.fileCannotRead({ file, code }));
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.import.fileNotUtf8({ file }));
  }
};

export const importCommand: CommandOfTichet = (program, cli) => {
  addCommand(program, cli, 'import', cli.words.import.aboutImport, [
    'tichet import staff examples/staff.csv',
    'tichet import requests examples/requests.csv --json',
  ])
    .addArgument(new Argument('<what>').choices(['staff', 'requests']))
    .argument('<file>')
    .action(async (what: 'staff' | 'requests', file: string, options: JsonOption) => {
      await askRunningService(cli, { command: 'import', what, text: read(file) }, options);
    });
};

const states: readonly LetterRecord['state'][] = ['accepted', 'failed', 'bounced'];

export const lettersCommand: CommandOfTichet = (program, cli) => {
  const letters = addGroup(program, cli, 'letters', cli.words.letters.about, [
    'tichet letters list',
    'tichet letters list --state failed',
    'tichet letters retry 0d5e…',
  ]);
  addCommand(letters, cli, 'list', cli.words.letters.aboutList, ['tichet letters list', 'tichet letters list --state failed --json'])
    .addOption(new Option('--state <state>', cli.words.letters.optionState).choices(states))
    .action(async ({ state, json = false }: JsonOption & { readonly state?: string }) => {
      const all = await whileReading(cli.settings, ({ operations }) => operations.outbox.list());
      const shown = all.filter((letter) => state === undefined || letter.state === state);
      cli.printList(
        json,
        { letters: shown },
        ['letter', 'ticket', 'kind', 'state', 'at', 'attempts'],
        shown.map((letter) => [letter.letterId, letter.ticketId, letter.kind, letter.state, letter.at, String(letter.attempts)]),
      );
    });
  addCommand(letters, cli, 'retry <letter>', cli.words.letters.aboutRetry, ['tichet letters retry 0d5e…']).action(
    async (letterId: string, options: JsonOption) => {
      await askRunningService(cli, { command: 'retry-letter', letterId }, options);
    },
  );
};

export const webhooksCommand: CommandOfTichet = (program, cli) => {
  const webhooks = addGroup(program, cli, 'webhooks', cli.words.webhooks.about, [
    'tichet webhooks list',
    'tichet webhooks enable statistics',
  ]);
  addCommand(webhooks, cli, 'list', cli.words.webhooks.aboutList, ['tichet webhooks list', 'tichet webhooks list --json']).action(
    async ({ json = false }: JsonOption) => {
      const { settings } = cli;
      const listed = await whileReading(settings, (kept) => webhookList(kept, cli.eventTargets));
      cli.printList(
        json,
        { webhooks: listed },
        ['target', 'state', 'position', 'attempts', 'reason', 'next', 'disabled'],
        listed.map(({ name, state, position = '', attempts = 0, reason = '-', nextAt = '-', disabledAt = '-' }) => [
          name,
          state,
          position || '-',
          String(attempts),
          reason,
          nextAt,
          disabledAt,
        ]),
      );
    },
  );
  addCommand(webhooks, cli, 'enable <target>', cli.words.webhooks.aboutEnable, ['tichet webhooks enable statistics']).action(
    async (target: string, options: JsonOption) => {
      await askRunningService(cli, { command: 'enable-webhook', target }, options);
    },
  );
};

/** Of the selection commission (Legea 16/1996): without it no resolution loses its text. */
type MinuteOptions = { readonly minuteNumber?: string; readonly minuteDate?: string };

export const retentionCommand: CommandOfTichet = (program, cli) => {
  const retention = addGroup(program, cli, 'retention', cli.words.retention.about, [
    'tichet retention list',
    'tichet retention apply --dry-run',
  ]);
  addCommand(retention, cli, 'list', cli.words.retention.aboutList, ['tichet retention list', 'tichet retention list --json']).action(
    async ({ json = false }: JsonOption) => {
      const { retention: periods, retentionReasons: reasons } = cli.settings;
      const { counts } = await whileReading(cli.settings, async (ports) => {
        await mustKnowPeriods(cli, ports);
        return applyRetention({ ports, chainOf, periods }, { now: ports.clock.now(), by: 'command', dryRun: true });
      });
      const rows = retentionClasses.map((name) => ({
        class: name,
        period: name === 'archive' ? null : (periods[name]?.text ?? null),
        ...(name === 'archive' ? {} : defined({ reason: reasons[name] })),
        ...(name in counts ? { today: Object.entries(counts).find(([kind]) => kind === name)?.[1] ?? {} } : {}),
      }));
      cli.printList(
        json,
        { classes: rows },
        ['class', 'period', 'due', 'held-back', 'reason'],
        rows.map(({ class: name, period, today, reason = '-' }) => {
          const heldBack = Object.entries(today ?? {}).filter(([status]) => status !== 'due' && status !== 'nothing');
          return [
            name,
            period ?? '-',
            today === undefined ? '-' : String(today.due ?? 0),
            heldBack.map(([status, count]) => `${status} ${count}`).join(', ') || '-',
            reason,
          ];
        }),
      );
    },
  );
  addCommand(retention, cli, 'confirm', cli.words.retention.aboutConfirm, ['tichet retention confirm', 'tichet retention confirm --yes'])
    .option('--yes', cli.words.retention.optionYes)
    .action(async ({ yes = false, ...options }: JsonOption & { readonly yes?: boolean }) => {
      mustHaveData(cli.settings);
      await askRunningService(cli, { command: 'confirm-retention', yes }, options);
    });
  addCommand(retention, cli, 'apply', cli.words.retention.aboutApply, ['tichet retention apply --dry-run', 'tichet retention apply'])
    .option('--dry-run', cli.words.retention.optionDryRun)
    .option('--minute-number <number>', cli.words.forget.optionMinuteNumber)
    .option('--minute-date <date>', cli.words.forget.optionMinuteDate)
    .action(
      async ({ dryRun = false, minuteNumber, minuteDate, ...options }: JsonOption & MinuteOptions & { readonly dryRun?: boolean }) => {
        mustHaveData(cli.settings);
        await askRunningService(cli, { command: 'apply-retention', dryRun, ...defined({ minuteNumber, minuteDate }) }, options);
      },
    );
};

type View = Partial<SigningState> & {
  readonly alarm?: RaisedAlarm;
  /** times when the log was accepted without something, newest last */ readonly accepted?: readonly Acceptance[];
};

const shownNow = (cli: Invocation): Promise<View> =>
  whileReading(cli.settings, async ({ signedLog, store }, stores) => {
    const { checkpoints } = stores;
    const alarm = await logLacks(cli.settings, stores, cli.tables);
    try {
      const { acceptances } = await acceptedLogs(store);
      return {
        ...(signedLog && (await signingState(signedLog, store, checkpoints))),
        ...(acceptances.length > 0 && { accepted: acceptances }),
        ...(alarm && { alarm }),
      };
    } catch (error) {
      if (!(error instanceof LogNotAsSigned)) throw error;
      return { alarm: alarm ?? { fault: error.fault, at: '' } };
    }
  });

const tell = (
  cli: Invocation,
  { verifier, size = 0, root = '-', signedAt = '-', waiting, witnessed, alarm, accepted = [] }: View,
): void => {
  const wrong = alarm === undefined ? inBoth.cli.seal.none : alarmWords(alarm.fault);
  cli.printTable(
    [cli.words.seal.seal, ''],
    [
      [cli.words.seal.publicKey, verifier ?? '-'],
      [cli.words.seal.eventsSigned, String(size)],
      [cli.words.seal.root, root],
      [cli.words.seal.signed, signedAt],
      [cli.words.seal.eventsWaiting, waiting === undefined ? '?' : String(waiting)],
      [cli.words.seal.cosignedWitness, witnessed === undefined ? '-' : String(witnessed)],
      ...accepted.map(({ at, total }) => [cli.words.seal.acceptedWithout, cli.words.seal.acceptedAt({ at, total })]),
      [cli.words.seal.alarm, alarm === undefined ? cli.say(wrong) : `${alarm.at} ${cli.say(wrong)}`],
    ],
  );
};

export const sealCommand: CommandOfTichet = (program, cli) => {
  const seal = addCommand(program, cli, 'seal', cli.words.seal.aboutSeal, [
    'tichet seal',
    'tichet seal --json',
    'tichet seal clear --reason "…"',
  ])
    // --json of clear is its own
    .enablePositionalOptions()
    .action(async ({ json = false }: JsonOption) => {
      const shown = await shownNow(cli);
      if (json) cli.printJson(shown);
      else tell(cli, shown);
      if (shown.alarm !== undefined) cli.end(exitCodes.findings);
    });
  addCommand(seal, cli, 'clear', cli.words.seal.aboutClear, ['tichet seal clear --reason "am pus la loc copia de siguranță din 5 martie"'])
    .requiredOption('--reason <text>', cli.words.seal.optionReason)
    .action(async ({ reason, json = false }: JsonOption & { readonly reason: string }) => {
      if (isBlank(reason)) throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.seal.reasonCannotEmpty);
      mustHaveData(cli.settings);
      await askRunningService(cli, { command: 'clear-seal-alarm', reason }, { json });
    });
};

/** As it stands in a file or a report: `request-154997_2026-02-10`. */
const requestIn = (text: string): RequestIdentity | undefined => requestNamed(text.replace(/^request-/, ''));

type ForgetOptions = JsonOption &
  MinuteOptions & { readonly conclusions?: boolean; readonly reason?: string; readonly report?: string; readonly reportOf?: string };

/** What is meant: a ticket, or a request. */
const subjectOf = async (cli: Invocation, named: string): Promise<RequestIdentity | { readonly ticketId: string }> =>
  requestIn(named) ?? { ticketId: await findTicket(cli, named) };

const asked = async (cli: Invocation, subject: string | undefined, options: ForgetOptions): Promise<SocketRequest> => {
  const { reason, reportOf, conclusions = false, minuteNumber, minuteDate } = options;
  if (reportOf !== undefined && (subject !== undefined || reason !== undefined))
    throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.forget.reportShowsReportErases);
  if (reportOf !== undefined) {
    const about = await subjectOf(cli, reportOf);
    return 'ticketId' in about ? { command: 'report-of-ticket', ...about } : { command: 'report-of-request', ...about };
  }
  if (subject === undefined) throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.forget.erasedMissingTicketId);
  if (reason === undefined || isBlank(reason))
    throw new CommandEnds(reason === undefined ? exitCodes.wrongUse : exitCodes.invalidInput, inBoth.cli.forget.reasonMissingReason);
  const about = await subjectOf(cli, subject);
  if (conclusions) {
    if (!('ticketId' in about) || minuteNumber === undefined || minuteDate === undefined)
      throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.forget.conclusionsNeedMinute);
    return { command: 'forget-conclusions', ...about, reason, minuteNumber, minuteDate };
  }
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

export const forgetCommand: CommandOfTichet = (program, cli) => {
  addCommand(program, cli, 'forget [subject]', cli.words.forget.aboutForget, [
    'tichet forget TA-7K2M9QXD --reason "cererea persoanei, adresa 12/2026" --report stergere-12.txt',
    'tichet forget 154997_2026-02-10 --reason "cererea persoanei"',
    'tichet forget TA-7K2M9QXD --conclusions --minute-number 3 --minute-date 2036-05-04 --reason "selecționare"',
    'tichet forget --report-of TA-7K2M9QXD',
  ])
    .option('--reason <text>', cli.words.forget.optionReason)
    .option('--conclusions', cli.words.forget.optionConclusions)
    .option('--minute-number <number>', cli.words.forget.optionMinuteNumber)
    .option('--minute-date <date>', cli.words.forget.optionMinuteDate)
    .option('--report <file>', cli.words.forget.optionReport)
    .option('--report-of <subject>', cli.words.forget.optionReportOf)
    .action(async (subject: string | undefined, options: ForgetOptions) => {
      const request = await asked(cli, subject, options);
      const file = options.report;
      const report = openReport(file);
      let written = false;
      try {
        const answer = await socketAnswer(cli, request);
        if (report !== undefined && file !== undefined && answer.exit === exitCodes.done) {
          writeReport(report, file, answer);
          written = true;
        }
        tellAnswer(cli, answer, options);
      } finally {
        if (report !== undefined) closeSync(report);
        if (file !== undefined && !written) rmSync(file, { force: true });
      }
    });
};
