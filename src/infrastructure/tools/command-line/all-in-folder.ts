import type { Settings } from '../../config/settings';
import { CommandEnds, exitCodes } from './exit-code';
import { inBoth } from '../../phrasing/sentences';

/** For commands that copy a data folder. @throws CommandEnds where the log or the tables are in a database, which copies itself better */
export const mustBeAllInFolder = ({ eventStore, readModels }: Settings): void => {
  if (eventStore === 'sqlite' && readModels === 'sqlite') return;
  throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.allInFolder.commandCopiesDataFolder({ eventStore, readModels }));
};
