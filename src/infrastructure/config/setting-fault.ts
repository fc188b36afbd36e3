/** One setting that is wrong: which one, and what is wrong with it, for the person who set it. */
export type SettingFault = { readonly setting: string; readonly ro: string; readonly en: string };

export const fault = (setting: string, ro: string, en: string): SettingFault => ({ setting, ro, en });

/** The service does not start on wrong settings. The message has one line per fault, in both languages. */
export class SettingsInvalid extends Error {
  override readonly name = 'SettingsInvalid';
  constructor(readonly faults: readonly SettingFault[]) {
    super(faults.map(({ setting, ro, en }) => `${setting}: ${ro}\n${' '.repeat(setting.length + 2)}${en}`).join('\n'));
  }
}
