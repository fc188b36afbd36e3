import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const program = (text: string) =>
  spawnSync(
    process.execPath,
    [
      '--require',
      './test/support/typescript-in-threads.cjs',
      '--eval',
      `const { endProcess } = require('./src/infrastructure/runtime/end-process'); ${text}`,
    ],
    // whoever goes on for ever is ended, and then has no exit code
    { cwd: root, encoding: 'utf8', timeout: 120_000, killSignal: 'SIGKILL' },
  );

describe('the end of the process', () => {
  it('comes with its code though something goes on for ever', () => {
    expect(program('setInterval(() => undefined, 1000); endProcess(3);').status).toBe(3);
  });

  it('waits for what is under way, and for nothing else', () => {
    const { status, stdout } = program("setImmediate(() => process.stdout.write('written')); endProcess(4);");
    expect([status, stdout]).toEqual([4, 'written']);
  });
});
