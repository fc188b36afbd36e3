import type { Migration } from '../database/migration';
import { postgresDialect, type Dialect } from '../read-models/dialect';

/**
 * What is kept about the reporting tables: how far each is, when its rows are due to be asked again, and the rows that could not be filled.
 * `generation` rises with each commit of the process that fills them; `asked_at` is the latest moment for which rows were asked.
 */
export const createReportingBookkeeping = ({ schema, text, rising, whenThere }: Dialect): readonly string[] => {
  const unless = whenThere === 'leave' ? 'IF NOT EXISTS ' : '';
  const place = (name: string): string => (schema === undefined ? name : `${schema}.${name}`);
  const row = `name ${text} NOT NULL, key ${text} NOT NULL`;
  return [
    `CREATE TABLE ${unless}${place('reporting_state')}
      (one integer PRIMARY KEY CHECK (one = 1), generation ${rising.type} NOT NULL, asked_at ${text}, epoch ${text}, declared ${text})`,
    `CREATE TABLE ${unless}${place('reporting_tables')}
      (name ${text} PRIMARY KEY, source ${text} NOT NULL, version integer NOT NULL, under ${text}, keyed ${text} NOT NULL, fill_after ${text},
        position ${text} NOT NULL, filled_at ${text}, behind integer NOT NULL, behind_since ${text})`,
    `CREATE TABLE ${unless}${place('reporting_views')} (name ${text} PRIMARY KEY)`,
    `CREATE TABLE ${unless}${place('reporting_due')} (${row}, at ${text} NOT NULL, PRIMARY KEY (name, key))`,
    `CREATE INDEX ${unless}reporting_due_by_time ON ${place('reporting_due')} (at)`,
    `CREATE INDEX ${unless}reporting_due_of_table ON ${place('reporting_due')} (name, at)`,
    `CREATE TABLE ${unless}${place('reporting_parked')} (${row}, error ${text} NOT NULL, parked_at ${text} NOT NULL, PRIMARY KEY (name, key))`,
  ];
};

/** How many rows wait for a person in what a table is made from. */
export const addSourceParked = ({ schema }: Pick<Dialect, 'schema'>): string =>
  `ALTER TABLE ${schema === undefined ? '' : `${schema}.`}reporting_tables ADD COLUMN source_parked integer NOT NULL DEFAULT 0`;

export const sourceParked: Migration = { name: 'reporting-2', sql: addSourceParked(postgresDialect) };

export const reportingBookkeeping: Migration = {
  name: 'reporting-1',
  sql: [
    ...createReportingBookkeeping(postgresDialect),
    `CREATE TABLE reporting.department_roles
      (role_name text NOT NULL, department_code text NOT NULL, PRIMARY KEY (role_name, department_code))`,
    `COMMENT ON TABLE reporting.department_roles IS
      'Which departments whoever logs in with a role sees in the tables v2_…; who is not listed sees all of them, and nothing as a member of tichet_reporting_department alone.'`,
    `COMMENT ON COLUMN reporting.department_roles.role_name IS 'The name with which the role logs in.'`,
    `COMMENT ON COLUMN reporting.department_roles.department_code IS 'The code of a department that it sees.'`,
    // the policy also checks a user who was given a single table, so every user must be able to read the list
    'GRANT SELECT ON reporting.department_roles TO PUBLIC',
  ].join(';\n'),
};
