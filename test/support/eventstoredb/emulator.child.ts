import { readFileSync } from 'node:fs';
import { commandsOn } from './commands';
import { Emulator } from './emulator';
import type { Command, Started } from './emulator-process';

const run = (commands: ReturnType<typeof commandsOn>, { name, args }: Command): unknown => Reflect.apply(commands[name], commands, args);

// A process of its own, so that the server and the clients do not share a thread; it ends with who started it.
process.on('disconnect', () => process.exit(0));
const [key, chain, authorityFile] = process.argv.slice(2);
const certificate =
  key !== undefined && chain !== undefined && authorityFile !== undefined
    ? { certificate: { key: readFileSync(key), chain: readFileSync(chain), keyFile: key, chainFile: chain, authorityFile } }
    : {};
void Emulator.start(certificate).then((emulator) => {
  const commands = commandsOn(emulator);
  process.on('message', (command: Command) => {
    void (async () => {
      try {
        process.send?.({ id: command.id, value: await run(commands, command) });
      } catch (error) {
        process.send?.({ id: command.id, error: String(error) });
      }
    })();
  });
  const started: Started = { url: emulator.url, port: emulator.wire.port };
  process.send?.(started);
});
