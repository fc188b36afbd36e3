import { spawnSync } from 'node:child_process';
import { transformSync } from '@swc/core';
import { codeBlocks, read } from '../docs/markdown';
import { createReceiver, type Got, newSecret, type Receiver } from './support/receiver';
import { createTold, targetFor } from './support/told';

const page = read('docs/integrators.md');

type IsGenuine = (secret: string, header: (name: string) => string | undefined, body: Buffer, now?: number) => boolean;

/** The sample of the page, as it stands there. */
const inTypeScript = (): IsGenuine => {
  const [sample = ''] = codeBlocks(page, 'ts');
  const { code } = transformSync(sample, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } });
  const exported: { isGenuine?: IsGenuine } = {};
  // the code of our own document
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  new Function('exports', 'require', code)(exported, require);
  if (exported.isGenuine === undefined) throw new Error('The page shows no isGenuine.');
  return exported.isGenuine;
};

const headersOf = ({ headers }: Got): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

const later = (got: Got): Got => ({
  ...got,
  headers: { ...got.headers, 'webhook-timestamp': String(Number(got.headers['webhook-timestamp']) + 301) },
});

let receiver: Receiver;
let got: Got;
beforeAll(async () => {
  receiver = await createReceiver();
  const told = await createTold([targetFor(receiver, { secrets: [newSecret(), receiver.secret] })], {
    clock: { now: () => new Date().toISOString() },
  });
  const run = told.run();
  [got] = (await receiver.first(1)) as [Got];
  await run.stop();
  await told.close();
});

/** What is genuine, and what must not be taken for it. */
const cases = (): readonly (readonly [Got, string, boolean])[] => [
  [got, receiver.secret, true],
  [got, newSecret(), false],
  [{ ...got, body: got.body.replace('staff', 'stuff') }, receiver.secret, false],
  [{ ...got, headers: { ...got.headers, 'webhook-id': 'another' } }, receiver.secret, false],
  [{ ...got, headers: { ...got.headers, 'webhook-signature': 'v1,' } }, receiver.secret, false],
  [later(got), receiver.secret, false],
];

it('the TypeScript of docs/integrators.md knows what is genuine', () => {
  const isGenuine = inTypeScript();
  const judged = cases().map(([one, secret]) => isGenuine(secret, (name) => headersOf(one)[name], Buffer.from(one.body)));
  expect(judged).toEqual(cases().map(([, , genuine]) => genuine));
  const replayedAt = Date.now() + 301_000;
  expect(isGenuine(receiver.secret, (name) => headersOf(got)[name], Buffer.from(got.body), replayedAt)).toBe(false);
});

const python = spawnSync('python3', ['--version']).status === 0;
if (!python) process.stderr.write('python3 is not here: the Python of docs/integrators.md is not run.\n');

(python ? it : it.skip)('the Python of docs/integrators.md knows what is genuine', () => {
  const [sample = ''] = codeBlocks(page, 'python');
  const program = `${sample}
import json, sys
print(json.dumps([is_genuine(secret, headers, body.encode()) for body, headers, secret in json.load(sys.stdin)]))`;
  const input = JSON.stringify(cases().map(([one, secret]) => [one.body, headersOf(one), secret]));
  const { stdout, stderr } = spawnSync('python3', ['-c', program], { input, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual(cases().map(([, , genuine]) => genuine));
});
