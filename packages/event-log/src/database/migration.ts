/** One step of a schema, run once in a database and never changed after a release. */
export type Migration = {
  /** kept in the database; unique for ever */
  readonly name: string;
  /** any number of statements; they run in one transaction */
  readonly sql: string;
};

/**
 * The steps that a database lacks, in order.
 * @param newer makes the error for applied steps that this program does not know
 */
export const leftToDo = (
  migrations: readonly Migration[],
  applied: readonly string[],
  newer: (unknown: readonly string[]) => Error,
): readonly Migration[] => {
  const unknown = applied.filter((name) => migrations.every((migration) => migration.name !== name));
  if (unknown.length > 0) throw newer(unknown);
  return migrations.filter(({ name }) => !applied.includes(name));
};
