import { Option } from 'commander';
import type { LetterRecord } from '../../../../application/kernel/ports/operations';
import { askRunningService } from '../ask-running-service';
import { addCommand, addGroup, type CommandOfTichet, type JsonOption } from '../invocation';
import { whileReading } from '../installation';
import { inBoth } from '../../../phrasing/sentences';

const states: readonly LetterRecord['state'][] = ['accepted', 'failed', 'bounced'];

export const lettersCommand: CommandOfTichet = (program, desk) => {
  const letters = addGroup(program, desk, 'letters', desk.words.letters.about, ['tichet letters list', 'tichet letters list --state failed', 'tichet letters retry 0d5e…']);
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
  addCommand(letters, desk, 'retry <letter>', desk.words.letters.aboutRetry, ['tichet letters retry 0d5e…']).action(async (letterId: string, options: JsonOption) => {
    await askRunningService(desk, { command: 'retry-letter', letterId }, options);
  });
};
