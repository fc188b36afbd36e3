import { lockDataFolder, lockWithoutSqlite } from '@tichet-albastru/event-log/database/data-folder/lock-data-folder';

// lock-child.ts FOLDER STEP…: `take`s and `release`s the lock and says how each went; after `stay` it goes on living, otherwise it ends as it is
const [, , folder = '', ...steps] = process.argv;
const locks: { release(): void }[] = [];
const said = steps.map((step) => {
  try {
    if (step === 'release') locks.pop()?.release();
    if (step === 'take') locks.push(lockWithoutSqlite(folder));
    if (step === 'take-with-sqlite') locks.push(lockDataFolder(folder));
    if (step === 'stay') setInterval(() => undefined, 1000);
    return step;
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
});
console.log(JSON.stringify(said));
