import { Argument, Option } from 'commander';
import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { extname } from 'node:path';
import type { LetterRecord } from '../../../../application/kernel/ports/operations';
import { webhookList } from '../../../../application/operation/webhooks';
import { applyRetention } from '../../../../application/privacy/retention';
import type { RequestIdentity } from '../../../../domain/request/facts';
import { requestNamed } from '../../../../domain/request/registering';
import { retentionClasses } from '../../../../domain/retention/retention';
import { catchUp } from '../../../../projections/kernel/projector';
import { openPorts } from '../../../nest/open-ports';
import { everyTable } from '../../../nest/tables';
import { inBoth, languages } from '../../../phrasing/sentences';
import { alarmWords } from '../../../proof/fault-words';
import { alarmKey, type RaisedAlarm, raisedAlarmOf } from '../../../proof/alarm/log-alarm';
import { chainOf } from '../../../proof/chain-of';
import { signingState, type SigningState } from '../../../proof/signing/current-signed-log';
import { errorCode } from '../../../runtime/error-code';
import { systemUser } from '../../../runtime/system-user';
import { LogNotAsSigned } from '../../../signed-log/not-as-signed';
import { askLocalSocket, type SocketAnswer, type SocketRequest } from '../../local-socket/socket';
import { performInService } from '../../local-socket/socket-service';
import { mustHaveData, whileReading } from '../installation';
import { addCommand, addGroup, type CommandOfTichet, type Invocation, type JsonOption } from '../invocation';
import { findTicket } from '../named';
import { CommandEnds, type ExitCode, exitCodes } from '../terminal';

const withoutService = async ({ settings, own }: Invocation, request: SocketRequest, user: string): Promise<SocketAnswer> => {
  const opened = await openPorts({ ...settings, logLevel: 'silent' }, {}, own);
  const { ports, rows } = opened;
  try {
    const projecting = { ...ports, rows };
    await catchUp(projecting, everyTable(opened));
    const answer = await performInService(opened, request, user);
    await catchUp(projecting, everyTable(opened));
    return answer;
  } finally {
    await opened.close();
  }
};

const exitCodeOf = (exit: number): ExitCode => Object.values(exitCodes).find((code) => code === exit) ?? exitCodes.failed;

/** Has it done by the running service, or takes the data folder and does it here. */
const socketAnswer = async (desk: Invocation, request: SocketRequest): Promise<SocketAnswer> => {
  const user = systemUser(desk.terminal.env);
  return (await askLocalSocket(desk.settings.dataDirectory, request, user)) ?? withoutService(desk, request, user);
};

/** Says what came of it, and ends with its exit code. */
const tellAnswer = (desk: Invocation, answer: SocketAnswer, { json = false }: JsonOption): void => {
  const code = exitCodeOf(answer.exit);
  if (json) desk.printJson(answer.value);
  else if (code === exitCodes.done) desk.print(desk.say(answer));
  else desk.complain(desk.say(answer));
  desk.end(code);
};

/** Has it done, and says what came of it. */
export const askRunningService = async (desk: Invocation, request: SocketRequest, options: JsonOption): Promise<void> => {
  tellAnswer(desk, await socketAnswer(desk, request), options);
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

export const importCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, 'import', desk.words.import.aboutImport, [
    'tichet import staff examples/staff.csv',
    'tichet import requests examples/requests.csv --json',
  ])
    .addArgument(new Argument('<what>').choices(['staff', 'requests']))
    .argument('<file>')
    .action(async (what: 'staff' | 'requests', file: string, options: JsonOption) => {
      await askRunningService(desk, { command: 'import', what, text: read(file) }, options);
    });
};

const states: readonly LetterRecord['state'][] = ['accepted', 'failed', 'bounced'];

export const lettersCommand: CommandOfTichet = (program, desk) => {
  const letters = addGroup(program, desk, 'letters', desk.words.letters.about, [
    'tichet letters list',
    'tichet letters list --state failed',
    'tichet letters retry 0d5e…',
  ]);
  addCommand(letters, desk, 'list', desk.words.letters.aboutList, ['tichet letters list', 'tichet letters list --state failed --json'])
    .addOption(new Option('--state <state>', desk.words.letters.optionState).choices(states))
    .action(async ({ state, json = false }: JsonOption & { readonly state?: string }) => {
      const all = await whileReading(desk.settings, ({ operations }) => operations.outbox.list());
      const shown = all.filter((letter) => state === undefined || letter.state === state);
      if (json) desk.printJson({ letters: shown });
      else
        desk.printTable(
          ['letter', 'ticket', 'kind', 'state', 'at', 'attempts'],
          shown.map(({ letterId, ticketId, kind, state: stands, at, attempts }) => [
            letterId,
            ticketId,
            kind,
            stands,
            at,
            String(attempts),
          ]),
        );
    });
  addCommand(letters, desk, 'retry <letter>', desk.words.letters.aboutRetry, ['tichet letters retry 0d5e…']).action(
    async (letterId: string, options: JsonOption) => {
      await askRunningService(desk, { command: 'retry-letter', letterId }, options);
    },
  );
};

export const webhooksCommand: CommandOfTichet = (program, desk) => {
  const webhooks = addGroup(program, desk, 'webhooks', desk.words.webhooks.about, [
    'tichet webhooks list',
    'tichet webhooks enable statistics',
  ]);
  addCommand(webhooks, desk, 'list', desk.words.webhooks.aboutList, ['tichet webhooks list', 'tichet webhooks list --json']).action(
    async ({ json = false }: JsonOption) => {
      const { settings } = desk;
      const listed = await whileReading(settings, (kept) => webhookList(kept, desk.eventTargets));
      if (json) desk.printJson({ webhooks: listed });
      else
        desk.printTable(
          ['target', 'state', 'position', 'attempts', 'reason', 'next', 'disabled'],
          listed.map(({ name, state, position = '-', attempts = 0, reason = '-', nextAt = '-', disabledAt = '-' }) => [
            name,
            state,
            position === '' ? '-' : position,
            String(attempts),
            reason,
            nextAt,
            disabledAt,
          ]),
        );
    },
  );
  addCommand(webhooks, desk, 'enable <target>', desk.words.webhooks.aboutEnable, ['tichet webhooks enable statistics']).action(
    async (target: string, options: JsonOption) => {
      await askRunningService(desk, { command: 'enable-webhook', target }, options);
    },
  );
};

export const retentionCommand: CommandOfTichet = (program, desk) => {
  const retention = addGroup(program, desk, 'retention', desk.words.retention.about, [
    'tichet retention list',
    'tichet retention apply --dry-run',
  ]);
  addCommand(retention, desk, 'list', desk.words.retention.aboutList, ['tichet retention list', 'tichet retention list --json']).action(
    async ({ json = false }: JsonOption) => {
      const { retention: periods } = desk.settings;
      const { counts } = await whileReading(desk.settings, (ports) =>
        applyRetention({ ports, chainOf, periods }, { now: ports.clock.now(), by: 'command', dryRun: true }),
      );
      const rows = retentionClasses.map((name) => ({
        class: name,
        period: name === 'archive' ? null : (periods[name]?.text ?? null),
        ...(name in counts ? { today: Object.entries(counts).find(([kind]) => kind === name)?.[1] ?? {} } : {}),
      }));
      if (json) desk.printJson({ classes: rows });
      else
        desk.printTable(
          ['class', 'period', 'due', 'held-back'],
          rows.map(({ class: name, period, today }) => {
            const heldBack = Object.entries(today ?? {}).filter(([standing]) => standing !== 'due' && standing !== 'nothing');
            return [
              name,
              period ?? '-',
              today === undefined ? '-' : String(today.due ?? 0),
              heldBack.map(([standing, count]) => `${standing} ${count}`).join(', ') || '-',
            ];
          }),
        );
    },
  );
  addCommand(retention, desk, 'apply', desk.words.retention.aboutApply, ['tichet retention apply --dry-run', 'tichet retention apply'])
    .option('--dry-run', desk.words.retention.optionDryRun)
    .action(async ({ dryRun = false, ...options }: JsonOption & { readonly dryRun?: boolean }) => {
      mustHaveData(desk.settings);
      await askRunningService(desk, { command: 'apply-retention', dryRun }, options);
    });
};

type View = Partial<SigningState> & { readonly alarm?: RaisedAlarm };

const shownNow = (desk: Invocation): Promise<View> =>
  whileReading(desk.settings, async ({ seal, store, operations }, { checkpoints }) => {
    const alarm = raisedAlarmOf(await operations.keyValues.get(alarmKey));
    try {
      return { ...(seal && (await signingState(seal, store, checkpoints))), ...(alarm && { alarm }) };
    } catch (error) {
      if (!(error instanceof LogNotAsSigned)) throw error;
      return { alarm: alarm ?? { fault: error.fault, at: '' } };
    }
  });

const tell = (desk: Invocation, { verifier, size = 0, root = '-', signedAt = '-', waiting, witnessed, alarm }: View): void => {
  const wrong = alarm === undefined ? inBoth.cli.seal.none : alarmWords(alarm.fault);
  desk.printTable(
    [desk.words.seal.seal, ''],
    [
      [desk.words.seal.publicKey, verifier ?? '-'],
      [desk.words.seal.eventsSigned, String(size)],
      [desk.words.seal.root, root],
      [desk.words.seal.signed, signedAt],
      [desk.words.seal.eventsWaiting, waiting === undefined ? '?' : String(waiting)],
      [desk.words.seal.cosignedWitness, witnessed === undefined ? '-' : String(witnessed)],
      [desk.words.seal.alarm, alarm === undefined ? desk.say(wrong) : `${alarm.at} ${desk.say(wrong)}`],
    ],
  );
};

export const sealCommand: CommandOfTichet = (program, desk) => {
  const seal = addCommand(program, desk, 'seal', desk.words.seal.aboutSeal, [
    'tichet seal',
    'tichet seal --json',
    'tichet seal clear --reason "…"',
  ])
    // --json of clear is its own
    .enablePositionalOptions()
    .action(async ({ json = false }: JsonOption) => {
      const shown = await shownNow(desk);
      if (json) desk.printJson(shown);
      else tell(desk, shown);
      if (shown.alarm !== undefined) desk.end(exitCodes.findings);
    });
  addCommand(seal, desk, 'clear', desk.words.seal.aboutClear, [
    'tichet seal clear --reason "am pus la loc copia de siguranță din 5 martie"',
  ])
    .requiredOption('--reason <text>', desk.words.seal.optionReason)
    .action(async ({ reason, json = false }: JsonOption & { readonly reason: string }) => {
      if (reason.trim() === '') throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.seal.reasonCannotEmpty);
      mustHaveData(desk.settings);
      await askRunningService(desk, { command: 'clear-seal-alarm', reason }, { json });
    });
};

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
