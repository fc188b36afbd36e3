// Appends under load and says on its output what was acknowledged, until it is killed: `appending-child FOLDER [early]`.
// `early` is the broken variant: it acknowledges before the commit, and is killed between the two.
import { lockDataFolder } from '@tichet-albastru/event-log/database/data-folder/lock-data-folder';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { appendWithoutEnd } from './append-without-end';

const [folder = '', variant] = process.argv.slice(2);

const main = async (): Promise<void> => {
  lockDataFolder(folder);
  await appendWithoutEnd(await openSqliteEventStore({ folder }), variant === 'early');
};

void main();
