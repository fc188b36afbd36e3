import { policiesWith } from '../../src/domain/policies';
import { staffDaysTableUnder } from '../../src/projections/reporting/capacity';
import { reportingTablesUnder } from '../../src/projections/reporting/reporting';
import { requestsTableUnder } from '../../src/projections/reporting/requests';

const policies = policiesWith();

/** The reporting tables by the first version of the rulebook. */
export const reportingTables = reportingTablesUnder(policies);
export const requestsTable = requestsTableUnder(policies['days-declared-later']);
export const staffDaysTable = staffDaysTableUnder(policies['booking-horizon']);
