import { commandLine, type Projection } from '../../src';
import { type HandledRow, handledRequests } from '../support/own-table';

/** The command line of a team that has a table of its own; where it is told to, its process dies while the table is filled. */
const { OWN_VERSION: version = '1', OWN_DIES_AT: diesAt = 'never' } = process.env;

const dying = (table: Projection<HandledRow>): Projection<HandledRow> => {
  let applied = 0;
  return {
    ...table,
    apply: (row, event, key) => {
      applied += 1;
      if (String(applied) === diesAt) process.kill(process.pid, 'SIGKILL');
      return table.apply(row, event, key);
    },
  };
};

void commandLine({ projections: [dying(handledRequests({ version: Number(version) }))] });
