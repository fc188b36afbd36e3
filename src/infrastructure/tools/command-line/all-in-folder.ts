import type { Settings } from '../../config/settings';
import { CommandEnds, exitCodes } from './exit-code';

/** For commands that copy a data folder. @throws CommandEnds where the log or the tables are in a database, which copies itself better */
export const mustBeAllInFolder = ({ eventStore, readModels }: Settings): void => {
  if (eventStore === 'sqlite' && readModels === 'sqlite') return;
  throw new CommandEnds(exitCodes.wrongUse, {
    ro: `Comanda copiază un dosar de date, iar aici jurnalul este în ${eventStore}, tabelele în ${readModels}: folosiți copierea de siguranță a bazei de date (pg_dump; docs/operations.md), și păstrați cheia principală separat.`,
    en: `This command copies a data folder, and here the log is in ${eventStore}, the tables in ${readModels}: use the database's own backup (pg_dump; docs/operations.md), and keep the master key apart.`,
  });
};
