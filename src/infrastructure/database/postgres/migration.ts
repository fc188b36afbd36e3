/** One step of the schema, run once in a database and never changed after a release. */
export type Migration = {
  /** kept in the database; unique for ever */
  readonly name: string;
  /** any number of statements; they run in one transaction */
  readonly sql: string;
};
