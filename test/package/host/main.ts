import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bookOnce } from './host';

// main.js memory|sqlite|postgres://… [outbox|mailer [FOLDER]]: what came of a booking, as one line of JSON; a folder that is named stays
const [, , eventStore = 'memory', letters, kept] = process.argv;
const folder = kept ?? mkdtempSync(join(tmpdir(), 'tichet-host-'));
bookOnce({ folder, eventStore, outbox: letters === 'outbox' })
  .then(
    (booked) => {
      console.log(JSON.stringify(booked));
    },
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  )
  .finally(() => {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  });
