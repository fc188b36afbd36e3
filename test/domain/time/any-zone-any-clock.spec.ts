import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

type Printed = { readonly table: string; readonly obvious: string; readonly machine: string };

const program = join(__dirname, 'civil-table.program.ts');
const preload = join(__dirname, '../../support/typescript-in-threads.cjs');
const printedUnder = (zone: string, now?: string): Printed => {
  const environment: NodeJS.ProcessEnv = { ...process.env, TZ: zone, LANG: 'ar_EG.UTF-8', LC_ALL: 'ar_EG.UTF-8' };
  if (now !== undefined) environment['MACHINE_NOW'] = now;
  return JSON.parse(execFileSync(process.execPath, ['--require', preload, program], { env: environment, encoding: 'utf8' })) as Printed;
};

describe('the same facts give the same tables on any machine', () => {
  const reference = printedUnder('UTC', '2026-07-01T12:00:00Z');
  const others = [
    printedUnder('America/New_York', '2026-01-15T12:00:00Z'),
    printedUnder('Pacific/Auckland', '2026-10-25T00:45:00Z'),
    printedUnder('Europe/Bucharest', '2026-10-25T01:15:00Z'),
    printedUnder('Asia/Kolkata'),
  ];

  it('A7, A5: byte for byte under every zone and clock', () => {
    const lines = reference.table.split('\n');
    expect(lines.length).toBeGreaterThan(1100);
    expect(lines).toContain('window 2026-03-11 2026-04-10 2026-04-14 2026-03-13T22:00:00.000Z');
    expect(lines).toContain('text 2026-10-25T03:30 refused');
    for (const other of others) expect(other.table).toBe(reference.table);
  });
  it('the obvious way of reading a repeated hour would have been caught, and so would the zone of the machine', () => {
    expect(new Set([reference, ...others].map(({ obvious }) => obvious)).size).toBeGreaterThan(1);
    expect(new Set([reference, ...others].map(({ machine }) => machine)).size).toBeGreaterThan(3);
  });
});
