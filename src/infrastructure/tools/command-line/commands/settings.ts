import type { Locale } from '../../../../domain/ticket/facts';
import { fileOf, isSetting, settingNames, settingsTable, type SettingName } from '../../../config/settings-table';
import { inBoth, sentences } from '../../../phrasing/sentences';
import { nearestTo } from '../../../runtime/nearest';
import { addCommand, type CommandOfTichet, type JsonOption } from '../invocation';
import { CommandEnds, exitCodes } from '../terminal';

/** One setting as a person reads it: what holds when it is left out, what gives it a meaning, and the file that may hold a secret one. */
export const settingTold = (name: SettingName, language: Locale) => {
  const { byDefault, with: by, needed } = settingsTable[name];
  const meaning = sentences[language].settings[name];
  return { name, byDefault, by, needed, file: fileOf(name), meaning: typeof meaning === 'string' ? meaning : meaning({}) };
};

/** The settings by name. It reads no installation, so it works before the first start and where a setting is wrong. */
export const settingsCommand: CommandOfTichet = (program, cli) => {
  const words = cli.words.settings;
  const mustBeSetting = (name: string): SettingName => {
    if (isSetting(name)) return name;
    const [meant] = nearestTo(name, settingNames, 4);
    throw new CommandEnds(
      exitCodes.notFound,
      inBoth.cli.settings[meant === undefined ? 'unknown' : 'unknownPerhaps']({ name, meant: meant ?? '' }),
    );
  };
  addCommand(program, cli, 'settings', words.about, ['tichet settings', 'tichet settings TICHET_SMTP_URL --json'])
    .argument('[names...]')
    .action((named: readonly string[], { json = false }: JsonOption) => {
      const told = (named.length === 0 ? settingNames : named.map(mustBeSetting)).map((name) => {
        const setting = settingTold(name, cli.language);
        const set = [name, setting.file].some((given = '') => (cli.terminal.env[given] ?? '').trim() !== '');
        return { ...setting, set };
      });
      if (json) {
        cli.printJson(told);
        return;
      }
      for (const { name, byDefault, by = '', needed, file, meaning, set } of told) {
        const notes = [
          set && words.set,
          byDefault !== undefined && words.byDefault({ byDefault }),
          by !== '' && (needed ? words.needed({ by }) : words.with({ by })),
          file !== undefined && words.file({ file }),
        ].filter((note) => note !== false);
        cli.print(cli.colour('bold', name) + (notes.length === 0 ? '' : ` (${notes.join('; ')})`));
        cli.print(`  ${meaning}`);
      }
    });
};
