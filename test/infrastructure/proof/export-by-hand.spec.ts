import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifierLine } from '@tichet-albastru/signed-log';
import { startService } from '../../http/support/service';
import { sealedDemo } from '../../support/sealed-demo';
import { emptyFolder } from '../../support/closing';
import { exportOf } from './support/exports-and-proofs';

const document = readFileSync(join(__dirname, '../../../docs/exports.md'), 'utf8');
const [, commands = ''] = /```bash\n([\s\S]*?)```/.exec(document) ?? [];
const tools = ['bash', 'python3', 'openssl', 'sha256sum', 'base64'];
const areThere = tools.every((tool) => spawnSync('which', [tool]).status === 0);

describe('docs/exports.md, by hand', () => {
  if (!areThere) console.info(`${tools.join(', ')}: not all are on this machine; left out.`);

  (areThere ? it : it.skip)('finds an export right, and one that somebody has touched wrong', async () => {
    const demo = await sealedDemo('2026-03-11T10:00:00.000Z');
    const service = await startService(demo.ports);
    await service.settled();
    const whole = (await exportOf(demo)).toString();
    await service.close();
    const folder = emptyFolder();
    const run = (text: string): string => {
      writeFileSync(join(folder, 'audit.jsonl'), text);
      const script = commands.replace(/^KEY=.*$/m, `KEY='${verifierLine(demo.key)}'`);
      const { stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' });
      return stdout + stderr;
    };
    expect(run(whole)).toMatch(/the sum fits\n[\s\S]*Signature Verified Successfully/);
    expect(run(whole.replace('"verdict":"pass"', '"verdict":"warn"'))).not.toContain('the sum fits');
    expect(run(whole.replace(/tickets \d+/, 'tickets 1'))).not.toContain('Verified Successfully');
  });
});
