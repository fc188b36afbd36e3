// Preloaded into the demonstration: streams of its log that are not whole, as a file says. Who asks for them sees them, and nobody who
// watches: all else goes on.
const { readFileSync } = require('node:fs');
const { SqliteEventStore } = require('@tichet-albastru/event-log/stores/sqlite/sqlite-event-store');

SqliteEventStore.prototype.damaged = function damaged({ anew = true } = {}) {
  if (!anew) return Promise.resolve([]);
  try {
    return Promise.resolve(JSON.parse(readFileSync(process.env.TEST_DAMAGED_FILE, 'utf8')));
  } catch {
    // No file yet: all are whole.
    return Promise.resolve([]);
  }
};
