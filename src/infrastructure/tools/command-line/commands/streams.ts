import { isBlank } from '../../../../domain/kernel/blank';
import { inBoth } from '../../../phrasing/sentences';
import { damagedKey, damagedStreams, suspectedIn } from '../../../proof/damaged-streams';
import { damageAndMending, damageWords, streamInWords } from '../../../proof/fault-words';
import { mustHaveData, whileReading } from '../installation';
import { addCommand, addGroup, type CommandOfTichet, type JsonOption } from '../invocation';
import { CommandEnds, exitCodes } from '../terminal';
import { askRunningService } from './of-service';

export const streamsCommand: CommandOfTichet = (program, cli) => {
  const words = cli.words.streams;
  const streams = addGroup(program, cli, 'streams', words.about, [
    'tichet streams list',
    'tichet streams close ticket-019c… --reason "șters pe server; tichet nou TA-7K2M9QXD"',
  ]);
  addCommand(streams, cli, 'list', words.aboutList, ['tichet streams list', 'tichet streams list --json']).action(
    async ({ json = false }: JsonOption) => {
      const damaged = await whileReading(cli.settings, async ({ store, operations }) =>
        damagedStreams(store, { suspected: suspectedIn(await operations.keyValues.get(damagedKey)) }),
      );
      if (json) cli.printJson({ damaged: damaged.map((one) => ({ ...one, text: damageWords(one) })) });
      else if (damaged.length === 0) cli.print(words.none);
      for (const one of json ? [] : damaged) {
        const [colour, said] =
          one.closedAt === undefined
            ? (['red', cli.say(damageWords(one))] as const)
            : (['yellow', `${cli.say(damageAndMending(one))} ${words.closedAt({ at: one.closedAt })}`] as const);
        cli.print(`${cli.colour(colour, streamInWords(one.stream))}: ${said}`);
      }
      if (damaged.some(({ closedAt }) => closedAt === undefined)) cli.end(exitCodes.findings);
    },
  );
  addCommand(streams, cli, 'close <stream>', words.aboutClose, [
    'tichet streams close ticket-019c… --reason "șters pe server; tichet nou TA-7K2M9QXD"',
  ])
    .requiredOption('--reason <text>', words.optionReason)
    .action(async (stream: string, { reason, json = false }: JsonOption & { readonly reason: string }) => {
      if (isBlank(reason)) throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.seal.reasonCannotEmpty);
      mustHaveData(cli.settings);
      await askRunningService(cli, { command: 'close-stream', stream, reason }, { json });
    });
};
