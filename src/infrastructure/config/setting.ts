import { inBoth, languages, type Sentence } from '../phrasing/sentences';

export type Environment = Readonly<Record<string, string | undefined>>;
export type ReadFile = (path: string, as: 'utf8' | 'base64') => string;

/** One setting that is wrong: which one, and what is wrong with it, for the person who set it. */
export type SettingFault = { readonly setting: string } & Sentence;

/** The service does not start on wrong settings. The message has a line per fault and language. */
export class SettingsInvalid extends Error {
  override readonly name = 'SettingsInvalid';
  constructor(readonly faults: readonly SettingFault[]) {
    const said = ({ setting, ...words }: SettingFault): string =>
      `${setting}: ${languages.map((language) => words[language]).join(`\n${' '.repeat(setting.length + 2)}`)}`;
    super(faults.map(said).join('\n'));
  }
}

/** Where a text is read: there it is said what is wrong with it, and the files that it names are opened. */
export type Place = { readonly wrong: (sentence: Sentence) => null; readonly readFile: ReadFile };
/** What a text means; `null` where something is wrong with it, which was said. */
export type Form<T> = (text: string, place: Place) => T | null;

/** One setting: what may stand there, what holds when it is left out, and which other setting gives it a meaning. */
export type Setting<T> = {
  readonly byDefault?: string;
  /** `TICHET_VIDEO=webex`: with another value this one has no effect; without a value any will do */
  readonly with?: string;
  /** the setting named by `with` does not work without this one */
  readonly needed?: true;
  /** it may also stand in a file, named by the setting of the same name and `_FILE` */
  readonly secret?: true;
  readonly read: (text: string | undefined, place: Place) => T;
};

export const optional = <T>(form: Form<T>, by?: string): Setting<T | undefined> => ({
  ...(by !== undefined && { with: by }),
  read: (text, place) => (text === undefined ? undefined : (form(text, place) ?? undefined)),
});

/** One that lets in whoever knows it. */
export const secret = <T>(setting: Setting<T>): Setting<T> => ({ ...setting, secret: true });

/** What holds when it is left out is taken as it is. */
export const usual = <T extends string | number>(form: Form<T>, byDefault: NoInfer<T>, by?: string): Setting<T> => ({
  ...optional(form, by),
  byDefault: String(byDefault),
  read: (text, place) => (text === undefined ? byDefault : (form(text, place) ?? byDefault)),
});

/** Its absence is a fault wherever it is read. `blank` stands there meanwhile; it never gets any further. */
export const needed = <T>(form: Form<T>, blank: NoInfer<T>, by: string): Setting<T> => ({
  with: by,
  needed: true,
  read: (text, place) => (text === undefined ? place.wrong(inBoth.config.settings.needed({ by })) : form(text, place)) ?? blank,
});
