// Copies one store into another until it is done or killed: `copying-child FROM TO [offset FILE | still]`, addresses in the environment.
// Says on its output when it begins to write. `offset` is the broken variant: it remembers in a file how far it is, before it writes;
// the first time it is killed between the two. `still` stands still in the middle of its copy, until it is killed.
import { existsSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { appendsOf } from '../../src/infrastructure/tools/copy/copy-log';
import { moveInstallation } from '../../src/infrastructure/tools/copy/move-installation';
import { openInstallations } from '../../src/infrastructure/tools/copy/open-installations';
import { storeNamed } from '../../src/infrastructure/tools/copy/store-named';

const [from = '', to = '', variant, file = ''] = process.argv.slice(2);

const honest = async (): Promise<void> => {
  let steps = 0;
  const outcome = await moveInstallation({
    names: { from, to },
    environment: process.env,
    progress: (step) => {
      if (step !== 'copy') return;
      writeSync(1, '.');
      steps += 1;
      if (variant === 'still' && steps > 1) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    },
  });
  if (outcome.kind !== 'moved') throw new Error(JSON.stringify(outcome));
};

const fromOffset = async (): Promise<void> => {
  const [source, target] = [storeNamed(from, process.env), storeNamed(to, process.env)];
  if (source.kind === 'not-a-store' || target.kind === 'not-a-store') throw new Error('not a store');
  const houses = await openInstallations({ from: source, to: target }, new Set(), () => Buffer.alloc(32));
  const begun = existsSync(file);
  const after = begun ? readFileSync(file, 'utf8') : '';
  for await (const { appends, last } of appendsOf(houses.from.readAll({ after }))) {
    writeFileSync(file, last?.position ?? after);
    writeSync(1, '.');
    // the moment that a kill must meet
    if (!begun) process.kill(process.pid, 'SIGKILL');
    await houses.append(appends);
  }
  await houses.close();
};

void (variant === 'offset' ? fromOffset() : honest());
