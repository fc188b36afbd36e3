import { readSettings, type Settings } from '../../../../src/infrastructure/config/settings';
import { runCommandLine } from '../../../../src/infrastructure/tools/command-line/command-line';

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

export const environmentOf = (folder: string): Record<string, string> => ({
  TICHET_DATA_DIR: folder,
  TICHET_LOG_LEVEL: 'silent',
  PORT: '0',
});

export const settingsOf = (folder: string): Settings => readSettings(environmentOf(folder), () => '').settings;

/** One command in this environment. @param options of a host */
export const tichetIn = async (
  environment: Record<string, string>,
  argv: readonly string[],
  options: Parameters<typeof runCommandLine>[2] = {},
) => {
  const { said, terminal } = captured(environment);
  const exit = await runCommandLine(argv, terminal, options);
  return { exit, ...said };
};

/** One command on one data folder. */
export const tichet = (folder: string, ...argv: readonly string[]) => tichetIn(environmentOf(folder), argv);
