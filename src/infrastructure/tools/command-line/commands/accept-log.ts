import { isBlank } from '../../../../domain/kernel/blank';
import type { GoneFact } from '../../../../domain/ops/ops';
import { ticketStream } from '../../../../domain/ticket/facts';
import { referenceOf } from '../../../../domain/ticket/ticket';
import { peopleIn } from '../../../outside/identity/people';
import { inBoth } from '../../../phrasing/sentences';
import { acceptedLogs, type LostOfStream } from '../../../proof/accepted-logs';
import { faultWords } from '../../../proof/fault-words';
import { systemUser } from '../../../runtime/system-user';
import { acceptLogAsItIs, type AcceptOutcome } from '../../accept-log/accept-log';
import { InUse, openStopped } from '../../accept-log/open-stopped';
import type { Loss } from '../../accept-log/plan.codec';
import { mustHaveData, whileReading } from '../installation';
import { addCommand, type CommandOfTichet, type Invocation, type JsonOption } from '../invocation';
import { CommandEnds, exitCodes } from '../terminal';
import { askRunningService } from './of-service';

const ofTickets = ticketStream('');

/** As people write it: a ticket by its reference as well. */
const namedBy = (stream: string): string =>
  stream.startsWith(ofTickets) ? `${stream} ${referenceOf(stream.slice(ofTickets.length))}` : stream;

const revisionsOf = (facts: readonly GoneFact[], all: string): string =>
  [...new Set(facts.map(({ revision }) => (revision === undefined ? '?' : String(revision))))].join(', ') || all;

const tellLoss = (cli: Invocation, { gone, behind }: Loss): void => {
  const words = cli.words.acceptLog;
  const streams = new Map<string, GoneFact[]>();
  for (const fact of gone) streams.set(fact.stream, [...(streams.get(fact.stream) ?? []), fact]);
  cli.printTable(
    ['stream', 'revisions'],
    [...streams].map(([stream, facts]) => [namedBy(stream), revisionsOf(facts, words.all)]),
  );
  cli.print(words.gone({ count: gone.length, streams: streams.size }));
  if (behind !== undefined) cli.print(words.andBehind({ behind: behind === '' ? '0' : behind }));
};

/** For programs: everything that will stand, or stands, in the log; who asked and why is there. */
const valueOf = ({ alarm, events, root, gone, behind, known }: Loss) => ({ alarm, events, root, behind, verifier: known.verifier, gone });

const accept = async (cli: Invocation, reason: string, dryRun: boolean): Promise<AcceptOutcome & { readonly verifier?: string }> => {
  const toldInUse = (error: unknown): never => {
    if (!(error instanceof InUse)) throw error;
    throw new CommandEnds(exitCodes.failed, inBoth.cli.acceptLog.inUse({ names: error.processes.join(', ') }));
  };
  const stopped = await openStopped(cli.settings, cli.tables).catch(toldInUse);
  try {
    const user = systemUser(cli.terminal.env);
    const outcome = await cli
      .withProgress((onProgress) =>
        acceptLogAsItIs(stopped, {
          reason,
          dryRun,
          onProgress,
          by: () => peopleIn(stopped).pseudonymOf({ by: 'system', name: user }, user),
        }),
      )
      .catch(toldInUse);
    const { verifier } = await stopped.seal.known();
    return { ...outcome, ...(outcome.kind === 'accepted' && verifier !== undefined && { verifier }) };
  } finally {
    await stopped.close();
  }
};

const tellAccepted = (cli: Invocation, outcome: Awaited<ReturnType<typeof accept>>): void => {
  const words = cli.words.acceptLog;
  switch (outcome.kind) {
    case 'would-accept':
      tellLoss(cli, outcome.loss);
      cli.print(words.wouldAccept);
      return;
    case 'accepted':
      tellLoss(cli, outcome.plan);
      cli.print(words.accepted({ at: outcome.plan.at, events: outcome.plan.events }));
      cli.print(words.newKey({ verifier: outcome.verifier ?? '-' }));
      cli.print(words.whatNow);
      return;
    case 'nothing-gone':
      cli.print(outcome.alarm ? words.wholeWithAlarm : words.nothingGone);
      return;
    case 'contradicts-itself':
      cli.complain(words.contradictsItself({ wrong: cli.say(faultWords(outcome.fault)) }));
  }
};

const asJson = (outcome: Awaited<ReturnType<typeof accept>>): object => {
  const { kind } = outcome;
  if (kind === 'would-accept') return { outcome: kind, ...valueOf(outcome.loss) };
  if (kind === 'accepted') return { outcome: kind, at: outcome.plan.at, newVerifier: outcome.verifier, ...valueOf(outcome.plan) };
  return kind === 'nothing-gone' ? { outcome: kind, alarm: outcome.alarm } : { outcome: kind, fault: outcome.fault };
};

const report = async (cli: Invocation, { json = false }: JsonOption): Promise<void> => {
  const { acceptances, lost } = await whileReading(cli.settings, ({ store }) => acceptedLogs(store));
  const words = cli.words.acceptLog;
  if (json) cli.printJson({ acceptances, lost });
  else {
    if (acceptances.length === 0) cli.print(words.none);
    for (const { at, alarm, total, events, verifier, behind } of acceptances) {
      cli.print(words.oneAcceptance({ at, alarm, total, events, verifier }));
      if (behind !== undefined) cli.print(words.andBehind({ behind: behind === '' ? '0' : behind }));
    }
    if (lost.length > 0)
      cli.printTable(
        ['stream', 'revisions', 'state'],
        lost.map(({ stream, facts, settledAt: at }: LostOfStream) => [
          namedBy(stream),
          revisionsOf(facts, words.all),
          at === undefined ? words.open : words.settledAt({ at }),
        ]),
      );
  }
  if (lost.some(({ settledAt }) => settledAt === undefined)) cli.end(exitCodes.findings);
};

export const acceptLogCommand: CommandOfTichet = (program, cli) => {
  const words = cli.words.acceptLog;
  const command = addCommand(program, cli, 'accept-log', words.aboutAccept, [
    'tichet accept-log --reason "…" --dry-run',
    'systemctl stop tichet@1 && tichet accept-log --reason "serverul de rezervă nu primise tot" && systemctl start tichet@1',
    'tichet accept-log report',
  ])
    // --json of its parts is their own
    .enablePositionalOptions()
    .option('--reason <text>', words.optionReason)
    .option('--dry-run', words.optionDryRun)
    .action(async ({ reason = '', dryRun = false, json = false }: JsonOption & { readonly reason?: string; readonly dryRun?: boolean }) => {
      if (isBlank(reason) && !dryRun) throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.seal.reasonCannotEmpty);
      if (cli.settings.eventStore === 'memory') throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.acceptLog.memory);
      mustHaveData(cli.settings);
      const outcome = await accept(cli, reason, dryRun);
      if (json) cli.printJson(asJson(outcome));
      else tellAccepted(cli, outcome);
      const found = outcome.kind === 'would-accept' || (outcome.kind === 'nothing-gone' && outcome.alarm);
      if (found) cli.end(exitCodes.findings);
      if (outcome.kind === 'contradicts-itself') cli.end(exitCodes.failed);
    });
  addCommand(command, cli, 'report', words.aboutReport, ['tichet accept-log report', 'tichet accept-log report --json']).action(
    (options: JsonOption) => report(cli, options),
  );
  addCommand(command, cli, 'settle <stream>', words.aboutSettle, [
    'tichet accept-log settle ticket-019c… --note "am vorbit la telefon; tichet nou TA-7K2M9QXD"',
  ])
    .requiredOption('--note <text>', words.optionNote)
    .action(async (stream: string, { note, json = false }: JsonOption & { readonly note: string }) => {
      if (isBlank(note)) throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.acceptLog.noteCannotEmpty);
      mustHaveData(cli.settings);
      await askRunningService(cli, { command: 'settle-loss', stream, note }, { json });
    });
};
