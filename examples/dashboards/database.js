// Asks the reporting tables one of the questions in sql/, of a file reporting.db (SQLite) or of PostgreSQL, with the same text.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { driver, isServer, placeOf, variable } from './address.js';

// As SQLite gives them: whole and decimal numbers as numbers, dates as they are written. Instants become ISO 8601 text as JSON.
const { INT8, NUMERIC, DATE } = pg.types.builtins;
pg.types.setTypeParser(INT8, Number);
pg.types.setTypeParser(NUMERIC, Number);
pg.types.setTypeParser(DATE, String);

const askPostgres = async (connectionString, sql) => {
  const client = new pg.Client({ connectionString, application_name: 'tichet dashboards' });
  await client.connect();
  try {
    await client.query('BEGIN READ ONLY');
    await client.query('SET LOCAL search_path = reporting');
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

const askSqlite = (path, sql) => {
  const { openSqlite } = createRequire(import.meta.url)(fileURLToPath(driver));
  const database = openSqlite(path, { readonly: true, fileMustExist: true });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
};

/** @returns the rows of the question `sql/<question>.sql`; every count is a number, every instant ISO 8601 text in UTC */
export const answer = async (question, address = process.env[variable]) => {
  if (!address)
    throw new Error(`${variable} is not set. Give it the path of reporting.db, or an address such as postgres://reader@host/tichet.`);
  const place = placeOf(address);
  const sql = readFileSync(new URL(`sql/${question}.sql`, import.meta.url), 'utf8');
  try {
    return await (isServer(address) ? askPostgres : askSqlite)(address, sql);
  } catch (error) {
    throw new Error(`${question} could not be asked of ${place} (${variable}): ${error.message}`, { cause: error });
  }
};
