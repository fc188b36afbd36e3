import { readFileSync } from 'node:fs';
import { environmentWithSecrets } from '../../../config/settings-table';
import { moveInstallation, type InstallationMoved, type MoveOutcome } from '../../copy/move-installation';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { numberOf } from '@tichet-albastru/event-log/stores/append-rules';
import { databaseFault } from '@tichet-albastru/event-log/database/postgres/database-fault';
import { alarmWords } from '../../../proof/fault-words';
import type { SealProved } from '../../copy/carry';
import { KeyUnusable } from '@tichet-albastru/event-log/keys/key-store';
import { addCommand, type CommandOfTichet, type Invocation, type JsonOption } from '../invocation';
import { CommandEnds, exitCodes } from '../terminal';
import { inBoth } from '../../../phrasing/sentences';

type CopyOptions = JsonOption & { readonly from: string; readonly to: string };

const place = (event: { readonly stream: string; readonly revision: number } | undefined): string =>
  event === undefined ? '—' : `${event.stream}@${event.revision}`;

/** What an outcome that is no success means to the administrator. */
const ends = (outcome: Exclude<MoveOutcome, InstallationMoved>): CommandEnds => {
  switch (outcome.kind) {
    case 'not-a-store':
      return new CommandEnds(exitCodes.wrongUse, outcome);
    case 'nothing-there':
      return new CommandEnds(exitCodes.notFound, inBoth.cli.copy.noDataCopyFolder({ folder: outcome.folder }));
    case 'differs': {
      const at = `${outcome.number}: ${place(outcome.from)} ≠ ${place(outcome.to)}`;
      return outcome.copied === 0
        ? new CommandEnds(exitCodes.invalidInput, inBoth.cli.copy.targetHoldsSomethingElse({ at }))
        : new CommandEnds(exitCodes.failed, inBoth.cli.copy.somebodyElseWroteTarget({ at }));
    }
    case 'damaged':
      return new CommandEnds(exitCodes.findings, inBoth.cli.copy.eventSourceNotWritten({ event: place(outcome.event) }));
    case 'other-key':
      return new CommandEnds(exitCodes.invalidInput, inBoth.cli.copy.targetAnotherKeyUnder({ name: outcome.name }));
    case 'not-as-sealed':
      return new CommandEnds(exitCodes.findings, inBoth.cli.copy.notAsSealed({ wrong: alarmWords(outcome.fault) }));
    case 'source-lacks':
      return new CommandEnds(exitCodes.findings, inBoth.cli.copy.sourceLacks({ wrong: alarmWords(outcome.fault) }));
    case 'stopped':
      return new CommandEnds(exitCodes.failed, inBoth.cli.copy.stoppedAfterEventsSame({ copied: outcome.copied }));
  }
};

const tellMoved = (cli: Invocation, { log, carried, seal }: InstallationMoved): void => {
  cli.print(cli.words.copy.eventsCopiedAlready({ copied: log.copied, alreadyThere: log.alreadyThere }));
  cli.print(`sha256 ${log.digests.from}  --from`);
  cli.print(`sha256 ${log.digests.to}  --to`);
  if (carried === undefined) cli.print(cli.words.copy.keysOperationalStateStay);
  else {
    const rows = Object.values(carried.operations).reduce((sum, count) => sum + count, 0);
    cli.print(cli.words.copy.keysDestroyedRowsOperational({ names: carried.keys.names, destroyed: carried.keys.destroyed, rows }));
  }
  if (seal !== undefined) tellSeal(cli, seal);
};

const tellSeal = (cli: Invocation, { size, verifier }: SealProved): void => {
  cli.print(cli.words.copy.sealMovedEventsCopy({ size }));
  cli.print(verifier);
};

/** A database that cannot be opened is told by its code alone: its address holds a password. */
const outage = (error: unknown): unknown => {
  if (error instanceof KeyUnusable) return new CommandEnds(exitCodes.invalidInput, inBoth.cli.copy.masterKeyTichetMaster);
  const code = errorCode(error) ?? '';
  if (databaseFault(error) === undefined && !/^(28|3D)/.test(code)) return error;
  return new CommandEnds(exitCodes.failed, inBoth.cli.copy.databaseCannotUsedNow({ code }));
};

export const copyCommand: CommandOfTichet = (program, cli) => {
  addCommand(program, cli, 'copy', cli.words.copy.aboutCopy, [
    'TICHET_POSTGRES_URL=postgres://… tichet copy --from sqlite:/var/lib/tichet --to postgres',
    'tichet copy --from postgres --to sqlite:/var/lib/tichet-new',
    'tichet copy --from sqlite --to eventstoredb',
  ])
    .requiredOption('--from <store>', cli.words.copy.optionFrom)
    .requiredOption('--to <store>', cli.words.copy.optionTo)
    .action(async ({ from, to, json = false }: CopyOptions) => {
      const { env, signal } = cli.terminal;
      const outcome = await cli
        .inSteps(cli.words.copy.steps, (tell) =>
          moveInstallation({
            names: { from, to },
            environment: environmentWithSecrets(env, readFileSync),
            // events are not counted beforehand: the positions of the source say how far it is
            progress: (step, done, until) => {
              tell(step, numberOf(done), numberOf(until));
            },
            ...(signal && { signal }),
          }),
        )
        .catch((error: unknown) => {
          throw outage(error);
        });
      if (outcome.kind !== 'moved') throw ends(outcome);
      if (json) cli.printJson({ ...outcome, ...outcome.log, kind: undefined, log: undefined });
      else tellMoved(cli, outcome);
      if (outcome.waitingReadings) cli.complain(cli.words.copy.readingsLeftBehind(outcome.waitingReadings));
      if (!outcome.sourceGrew) return;
      cli.complain(cli.words.copy.sourceGrownMeanwhileStop);
      cli.end(exitCodes.findings);
    });
};
