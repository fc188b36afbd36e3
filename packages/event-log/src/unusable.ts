/** Why a store cannot be opened or a table cannot be made, in English; each sentence says what to do. */
const reasons = {
  'dataFolder.notWritable': 'The data folder {folder} cannot be written ({code}): let this process write there, or make room on the disk.',
  'dataFolder.inUse': 'Another process uses the data folder {folder}: stop it.',
  'dataFolder.halfRestored': 'A restore into the data folder {folder} was interrupted: restore the same backup again.',
  'dataFolder.newer': 'The data folder {folder} is newer than this program ({steps}): start a newer version.',
  sqlite: 'On Node.js {node} SQLite needs better-sqlite3 {version} (found: {found}): npm install better-sqlite3@{version}',
  'database.notLetIn': 'PostgreSQL refuses the connection ({code}): look at user, password, host and database of its address.',
  'database.mayNotCreate': 'The user of PostgreSQL may not make the schema ({code}): GRANT CREATE ON DATABASE …',
  'database.silent': 'PostgreSQL does not answer ({fault}): start it, or look at its address.',
  'database.notDurable': 'PostgreSQL runs with {setting}=off and can lose what it acknowledged: set {setting}=on.',
  'database.newer': 'The database is newer than this program ({steps}): start a newer version.',
  'database.statementPool': 'The pooler lends a connection for each statement: set its pool_mode to transaction or session.',
  'database.otherSchema': 'The schema of the database is of another version: let the service of this version migrate it first.',
  'masterKey.missing': 'The master key file {path} is missing: put it back.',
  'masterKey.mode': 'The master key file {path} has the mode {mode}: chmod 400.',
  'masterKey.length': 'The master key file {path} has {length} bytes instead of {due}: put back its backup.',
  'masterKey.unreadable': 'The master key file {path} cannot be read ({reason}).',
  'masterKey.other': 'The master key is not the one that wrapped the keys in {where}: put back the file of epoch {epoch}.',
  'table.view': 'The reporting view {name} of the table {table} cannot be made ({reason}): mend its SQL.',
} as const;
export type UnusableReason = keyof typeof reasons;
const isReason = (name: string): name is UnusableReason => Object.hasOwn(reasons, name);
export const unusableReasons: readonly UnusableReason[] = Object.keys(reasons).filter(isReason);

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
export type UnusableValues = Readonly<Record<string, string | number>>;
/** A reason and what its sentence takes. */
type Why<Reason extends UnusableReason> = Reason extends UnusableReason
  ? readonly [reason: Reason, values: Readonly<Record<NamesIn<(typeof reasons)[Reason]>, string | number>>]
  : never;

const filled = (reason: UnusableReason, values: UnusableValues): string =>
  reasons[reason].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]));

/** The sentence of a reason. */
export const inEnglish = (...[reason, values]: Why<UnusableReason>): string => filled(reason, values);

/** A store that must not or cannot be opened as it is. `reason` and `values` tell a program why; the message tells a person, in English. */
export class Unusable<Reason extends UnusableReason = UnusableReason> extends Error {
  readonly reason: UnusableReason;
  readonly values: UnusableValues;
  constructor(...[reason, values]: Why<Reason>) {
    super(filled(reason, values));
    this.reason = reason;
    this.values = { ...values };
  }
}
