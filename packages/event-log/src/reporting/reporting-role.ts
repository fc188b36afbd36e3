import type { Pool } from 'pg';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { databaseUnusable } from '../database/postgres/database-unusable';
import { inTransaction } from '../database/postgres/in-transaction';

/** Whoever draws reports is a member of it, and reads what stands in the schema `reporting` and nothing else. */
export const reportingRole = 'tichet_reporting';
/** The same for whoever reads as one department's role: of the tables `v2_…` alone, which show each the rows that he may see. */
export const departmentReportingRole = 'tichet_reporting_department';
/** Any number that nobody else takes: processes that start at the same time grant one after the other. */
const lockNumber = 7_142_051_964;
const insufficientPrivilege = '42501';

/** Roles belong to all databases of a server, so another one may just be making it; and whoever may not make one leaves it. */
const makeRole = (role: string): string => `
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN CREATE ROLE ${role} NOLOGIN; END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN NULL;
  END $$`;

const grant = `
  GRANT USAGE ON SCHEMA reporting TO ${reportingRole};
  GRANT SELECT ON ALL TABLES IN SCHEMA reporting TO ${reportingRole};
  ALTER DEFAULT PRIVILEGES IN SCHEMA reporting GRANT SELECT ON TABLES TO ${reportingRole}`;

/**
 * Lets the role `tichet_reporting` read the views that stand and those that come, and makes both roles where this user may.
 * @throws DatabaseUnusable when the database cannot be had, or only reads
 * @returns those that an administrator has to make (`CREATE ROLE tichet_reporting NOLOGIN`) or to let read; the next start grants
 */
export const openReporting = async (pool: Pool): Promise<readonly string[]> => {
  try {
    return await makeAndGrant(pool);
  } catch (error) {
    throw databaseUnusable(error) ?? error;
  }
};

const makeAndGrant = async (pool: Pool): Promise<readonly string[]> => {
  const roles = [reportingRole, departmentReportingRole];
  for (const role of roles) await pool.query(makeRole(role));
  const { rows } = await pool.query<{ readonly role: string }>('SELECT rolname AS role FROM pg_roles WHERE rolname = ANY($1)', [roles]);
  const missing = roles.filter((name) => rows.every(({ role }) => role !== name));
  if (missing.includes(reportingRole)) return missing;
  try {
    await inTransaction(pool, async (client) => {
      await client.query('SELECT pg_advisory_xact_lock($1)', [lockNumber]);
      await client.query(grant);
    });
  } catch (error) {
    if (errorCode(error) === insufficientPrivilege) return [reportingRole, ...missing];
    throw error;
  }
  return missing;
};
