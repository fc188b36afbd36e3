import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings, type Settings } from '../../src/infrastructure/config/settings';
import { runCommandLine } from '../../src/infrastructure/tools/command-line/command-line';

/** A terminal that keeps what it is told. */
export const captured = (env: Record<string, string>, { isTTY = false, signal }: { isTTY?: boolean; signal?: AbortSignal } = {}) => {
  const said = { stdout: '', stderr: '' };
  return {
    said,
    terminal: {
      stdout: { isTTY, write: (text: string) => (said.stdout += text) },
      stderr: { isTTY, write: (text: string) => (said.stderr += text) },
      env,
      ...(signal === undefined ? {} : { signal }),
    },
  };
};

const made: string[] = [];

export const emptyFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'tichet-cli-'));
  made.push(folder);
  return folder;
};
/** Every folder made in this file of tests. */
export const removeFolders = (): void => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
};

export const environmentOf = (folder: string): Record<string, string> => ({
  TICHET_DATA_DIR: folder,
  TICHET_LOG_LEVEL: 'silent',
  PORT: '0',
});

export const settingsOf = (folder: string): Settings => readSettings(environmentOf(folder), () => '').settings;

/** One command on one data folder. */
export const tichet = async (folder: string, ...argv: readonly string[]) => {
  const { said, terminal } = captured(environmentOf(folder));
  const exit = await runCommandLine(argv, terminal);
  return { exit, ...said };
};
