import { InvalidArgumentError, Option } from 'commander';
import { isRole, roles, type Official } from '../../../../application/kernel/access';
import { defined } from '../../../../domain/kernel/defined';
import { isStaffId } from '../../../../domain/staff/staff-member';
import { systemClock } from '../../../runtime/clock/system-clock';
import type { Settings } from '../../../config/settings';
import { asTheLogHasIt } from '../../../api/access/principals';
import { dataFiles, pathIn } from '../../../database/data-folder/data-files';
import { currentTokenKey, openPurposeKeys } from '../../../log/keys/purpose-keys';
import { epochOfFile } from '../../../log/keys/sqlite-key-epoch';
import { openSqliteKeyStore } from '../../../log/keys/sqlite-key-store';
import { openMasterKeyOf } from '../../../nest/open-master-key';
import { localTokens, officialTokenSeconds } from '../../../outside/identity/local-tokens';
import { readSharedKey, readServiceKey } from '../../../outside/identity/service-key';
import { addCommand, type CommandOfTichet, type Invocation, type JsonOption } from '../invocation';
import { CommandEnds, exitCodes } from '../terminal';
import { whileReading, hasData } from '../installation';
import { inBoth } from '../../../phrasing/sentences';

const units = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
const longestSeconds = 90 * units.d;

/** `12h`, `30m`, `7d`, or seconds. */
const secondsIn = (text: string): number => {
  const [, number = '', unit = 's'] = /^(\d{1,7})([smhd]?)$/.exec(text) ?? [];
  const factor = unit === 'm' ? units.m : unit === 'h' ? units.h : unit === 'd' ? units.d : units.s;
  const seconds = Number(number) * factor;
  if (number === '' || seconds < 1 || seconds > longestSeconds) throw new InvalidArgumentError('1s – 90d: 30m, 12h, 7d');
  return seconds;
};

type TokenOptions = JsonOption & { readonly role: string; readonly staff?: string; readonly ttl: number };

/** Where no log is kept on the disk nobody can be looked up, and the service says itself whom it knows. @throws CommandEnds */
const mustStandForSomebody = async ({ settings }: Invocation, official: Official): Promise<void> => {
  const { staffId } = official;
  if (staffId === undefined || settings.eventStore === 'memory' || !hasData(settings)) return;
  if ((await whileReading(settings, (ports) => asTheLogHasIt(ports, official))) !== undefined) return;
  throw new CommandEnds(exitCodes.notFound, inBoth.cli.token.noPersonTheyLeft({ staffId }));
};

/** A part of it is among the keys, once they were rotated. */
const tokenKeyOf = async (settings: Settings): Promise<Uint8Array> => {
  const { dataDirectory: folder, readModels } = settings;
  if (readModels === 'postgres')
    return whileReading(settings, async (_, { keys, purposeKeys }) => currentTokenKey(await readSharedKey(keys, 'token'), purposeKeys));
  const tokenKey = readServiceKey(folder, 'token');
  const path = pathIn(folder, dataFiles.keys);
  if ((epochOfFile(path)?.number ?? 1) === 1) return tokenKey;
  const masterKey = await openMasterKeyOf(settings, { create: false, finish: false });
  const keys = openSqliteKeyStore({ path, masterKey, readOnly: true });
  try {
    return currentTokenKey(tokenKey, await openPurposeKeys(keys, masterKey));
  } finally {
    keys.close();
  }
};

export const tokenCommand: CommandOfTichet = (program, cli) => {
  addCommand(program, cli, 'token', cli.words.token.aboutToken, [
    'tichet token --role auditor',
    'tichet token --role staff --staff f02 --ttl 8h',
    'TOKEN=$(tichet token --role admin)',
  ])
    .addOption(new Option('--role <role>', cli.words.token.optionRole).choices(roles).makeOptionMandatory())
    .option('--staff <id>', cli.words.token.optionStaff)
    .option('--ttl <time>', cli.words.token.optionTtl, secondsIn, officialTokenSeconds)
    .action(async ({ role, staff, ttl, json = false }: TokenOptions) => {
      if (!isRole(role)) throw new InvalidArgumentError(role);
      if ((role === 'staff' || role === 'head') && staff === undefined) {
        throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.token.roleBelongsPersonAdd({ role }));
      }
      if (staff !== undefined && !isStaffId(staff)) {
        throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.token.staffIdStaffDirectory);
      }
      if (cli.settings.identity?.localTokens === false) {
        throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.token.tichetOidcIssuerLocal);
      }
      const official: Official = { kind: 'official', role, ...defined({ staffId: staff }) };
      await mustStandForSomebody(cli, official);
      const tokens = localTokens(await tokenKeyOf(cli.settings), systemClock);
      const token = await tokens.official(official, ttl);
      if (json) cli.printJson({ token });
      else cli.print(token);
    });
};
