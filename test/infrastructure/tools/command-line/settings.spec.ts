import { settingNames } from '../../../../src/infrastructure/config/settings-table';
import { runCommandLine } from '../../../../src/infrastructure/tools/command-line/command-line';
import { captured } from './captured';

const run = async (argv: readonly string[], environment: Readonly<Record<string, string>> = {}) => {
  const { said, terminal } = captured({ LANG: 'en_GB.UTF-8', ...environment });
  const exit = await runCommandLine(['settings', ...argv], terminal);
  return { exit, ...said };
};

describe('tichet settings', () => {
  it('tells every setting in the language of the session, also where one of them is wrong', async () => {
    const { exit, stdout } = await run([], { PORT: 'http' });
    expect(exit).toBe(0);
    expect(stdout.match(/^\w+(?= \(|$)/gm)).toEqual(settingNames);
    expect(stdout).toContain('PORT (set here; by default 3000)\n  port; `0` lets the system choose one\n');
    expect((await run(['PORT'], { LANG: 'ro_RO.UTF-8' })).stdout).toBe('PORT (implicit 3000)\n  portul; `0` îl lasă pe sistem să aleagă\n');
  });

  it('says of a secret that it is set, there or in a file, and never what it is', async () => {
    const name = 'TICHET_SMTP_URL';
    const address = 'smtps://user:geheim@mail.example';
    const given = [{}, { [name]: address }, { [`${name}_FILE`]: '/etc/tichet/smtp' }];
    const told = await Promise.all(given.map((environment) => run([name, '--json'], environment)));
    expect(told.map(({ stdout }) => JSON.parse(stdout)[0].set)).toEqual([false, true, true]);
    expect(told.map(({ stdout }) => stdout).join('')).not.toContain('geheim');
    expect((await run(['TICHET_OIDC_AUDIENCE'])).stdout).toContain('(needed with TICHET_OIDC_ISSUER)');
  });

  it('names the setting that was probably meant', async () => {
    expect(await run(['TICHET_STMP_URL'])).toMatchObject({ exit: 3, stderr: expect.stringContaining('Perhaps TICHET_SMTP_URL is meant.') });
    expect(await run(['NOTHING_LIKE_IT'])).toMatchObject({ exit: 3, stderr: 'There is no setting NOTHING_LIKE_IT.\n' });
  });
});
