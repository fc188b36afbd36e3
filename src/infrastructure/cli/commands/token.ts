import { InvalidArgumentError, Option } from 'commander';
import { isRole, roles } from '../../../application/access';
import { systemClock } from '../../clock/system-clock';
import { localTokens, officialTokenSeconds } from '../../identity/local-tokens';
import { readTokenKey } from '../../identity/token-key';
import { addCommand, type CommandOfTichet, type JsonOption } from '../desk';
import { CommandEnds, exitCodes } from '../exit-code';

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

export const tokenCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, {
    usage: 'token',
    words: { ro: 'scrie un jeton pentru un rol, și nimic altceva', en: 'prints a token for a role, and nothing else' },
    examples: ['tichet token --role auditor', 'tichet token --role staff --staff f02 --ttl 8h', 'TOKEN=$(tichet token --role admin)'],
  })
    .addOption(new Option('--role <role>', roles.join(', ')).choices(roles).makeOptionMandatory())
    .option('--staff <id>', desk.say({ ro: 'persoana; necesară pentru staff și head', en: 'the person; needed for staff and head' }))
    .option('--ttl <time>', desk.say({ ro: 'cât este valabil', en: 'how long it lives' }), secondsIn, officialTokenSeconds)
    .action(async ({ role, staff, ttl, json = false }: TokenOptions) => {
      if (!isRole(role)) throw new InvalidArgumentError(role);
      if ((role === 'staff' || role === 'head') && staff === undefined) {
        throw new CommandEnds(exitCodes.wrongUse, {
          ro: `Rolul ${role} este al unei persoane: adăugați --staff ID.`,
          en: `The role ${role} belongs to a person: add --staff ID.`,
        });
      }
      const tokens = localTokens(readTokenKey(desk.settings.dataDirectory), systemClock);
      const token = await tokens.official({ role, ...(staff === undefined ? {} : { staffId: staff }) }, ttl);
      if (json) desk.printJson({ token });
      else desk.print(token);
    });
};
