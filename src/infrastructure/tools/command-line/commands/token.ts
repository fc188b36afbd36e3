import { InvalidArgumentError, Option } from 'commander';
import { isService, isPseudonym, isRole, type Role, roles, serviceNamed } from '../../../../application/kernel/access';
import { isStaffId } from '../../../../domain/staff/staff-member';
import { localTokens, longestTokenSeconds, officialTokenSeconds } from '../../../outside/identity/local-tokens';
import { peopleIn, randomPseudonym } from '../../../outside/identity/people';
import { readServiceKey } from '../../../outside/identity/service-key';
import { inBoth, type Sentence } from '../../../phrasing/sentences';
import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import type { TokenWanted } from '../../local-socket/socket';
import { addCommand, addGroup, type CommandOfTichet, type Invocation, type JsonOption } from '../invocation';
import { hasData, mustHaveData, whileReading } from '../installation';
import { CommandEnds, exitCodes } from '../terminal';
import { whileNaming } from '../while-showing';
import { askRunningService } from './of-service';

const units = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** `12h`, `30m`, `7d`, or seconds. */
const secondsIn = (text: string): number => {
  const [, number = '', unit = 's'] = /^(\d{1,7})([smhd]?)$/.exec(text) ?? [];
  const factor = unit === 'm' ? units.m : unit === 'h' ? units.h : unit === 'd' ? units.d : units.s;
  const seconds = Number(number) * factor;
  if (number === '' || seconds < 1 || seconds > longestTokenSeconds) throw new InvalidArgumentError('1s – 90d: 30m, 12h, 7d');
  return seconds;
};

type TokenOptions = JsonOption & Partial<Record<TokenWanted['by'] | 'role', string>> & { readonly ttl: number };

const said = inBoth.cli.token;
const ofPerson = { ways: ['person', 'staff'], needs: said.roleNeedsPerson } as const;
const ofStaff = { ways: ['staff'], needs: said.roleBelongsPersonAdd } as const;

/** For whom a token of each role may be, and what is said where it names no holder. */
const holders: Readonly<
  Record<Role, { readonly ways: readonly TokenWanted['by'][]; readonly needs: (values: { role: Role }) => Sentence }>
> = {
  staff: ofStaff,
  head: ofStaff,
  registry: ofPerson,
  admin: ofPerson,
  auditor: ofPerson,
  reports: { ways: ['person', 'staff', 'service'], needs: said.reportsNeedHolder },
  integrator: { ways: ['service'], needs: said.integratorIsProgram },
};

const longestName = 200;
const isName = (text: string): boolean => text !== '' && text.length <= longestName;
/** The forms that stand for a person, and what is said of all others. */
const forms: Readonly<Record<TokenWanted['by'], readonly [(name: string) => boolean, Sentence]>> = {
  staff: [isStaffId, said.staffIdStaffDirectory],
  service: [(name) => isService(serviceNamed(name)), said.serviceUnusable],
  person: [isName, said.personUnusable],
};

/** @throws CommandEnds where the token would have no holder */
const wantedBy = ({ role = '', ttl: seconds, ...options }: TokenOptions): TokenWanted => {
  if (!isRole(role)) throw new CommandEnds(exitCodes.wrongUse, said.roleMissing);
  const given = (['staff', 'person', 'service'] as const).filter((way) => options[way] !== undefined);
  const [by] = given;
  if (by === undefined || given.length > 1 || !holders[role].ways.includes(by))
    throw new CommandEnds(exitCodes.wrongUse, holders[role].needs({ role }));
  const name = (options[by] ?? '').normalize('NFC').trim().replaceAll(/\s+/g, ' ');
  const [fits, otherwise] = forms[by];
  if (!fits(name)) throw new CommandEnds(exitCodes.wrongUse, otherwise);
  return { role, by, name, seconds };
};

/** Where nothing is kept on the disk, there is no directory to ask: each token is for a new pseudonym, except of staff and services. */
const withoutData = async ({ settings }: Invocation, { role, by, name, seconds }: TokenWanted): Promise<string> => {
  const person = by === 'staff' ? name : by === 'service' ? serviceNamed(name) : randomPseudonym();
  const key = readServiceKey(settings.dataDirectory, 'token');
  return localTokens(key, systemClock).official({ role, person }, seconds);
};

export const tokenCommand: CommandOfTichet = (program, cli) => {
  const words = cli.words.token;
  const token = addCommand(program, cli, 'token', words.aboutToken, [
    'tichet token --role auditor --person "Ana Pop"',
    'tichet token --role staff --staff f02 --ttl 8h',
    'tichet token --role integrator --service statistics --ttl 90d',
    'TOKEN=$(tichet token --role admin --person "Ana Pop")',
    'tichet token list',
  ])
    // --json of list and revoke is their own
    .enablePositionalOptions()
    .addOption(new Option('--role <role>', words.optionRole).choices(roles))
    .option('--staff <id>', words.optionStaff)
    .option('--person <name>', words.optionPerson)
    .option('--service <name>', words.optionService)
    .option('--ttl <time>', words.optionTtl, secondsIn, officialTokenSeconds)
    .action(async (options: TokenOptions) => {
      const wanted = wantedBy(options);
      const { settings } = cli;
      if (settings.identity?.localTokens === false) throw new CommandEnds(exitCodes.wrongUse, said.tichetOidcIssuerLocal);
      if (settings.eventStore !== 'memory' && hasData(settings)) {
        await askRunningService(cli, { command: 'issue-token', ...wanted }, options);
        return;
      }
      const made = await withoutData(cli, wanted);
      if (options.json === true) cli.printJson({ token: made });
      else cli.print(made);
    });
  addCommand(token, cli, 'list', words.aboutList, ['tichet token list', 'tichet token list --json']).action(
    async ({ json = false }: JsonOption) => {
      const tokens = (await whileReading(cli.settings, ({ operations }) => operations.tokens.list())).filter(({ role }) => isRole(role));
      if (json) cli.printJson({ tokens });
      else
        cli.printTable(
          ['id', 'role', 'person', 'from', 'until', 'revoked'],
          tokens.map(({ id, role, person, at, expiresAt, revokedAt = '-' }) => [id, role, person, at, expiresAt, revokedAt]),
        );
    },
  );
  addCommand(token, cli, 'revoke <id>', words.aboutRevoke, ['tichet token revoke 019c…']).action(
    async (id: string, options: JsonOption) => {
      if (!/^[\w-]{1,64}$/.test(id)) throw new CommandEnds(exitCodes.invalidInput, said.idUnusable);
      mustHaveData(cli.settings);
      await askRunningService(cli, { command: 'revoke-token', id }, options);
    },
  );
};

export const peopleCommand: CommandOfTichet = (program, cli) => {
  const words = cli.words.people;
  const group = addGroup(program, cli, 'people', words.about, ['tichet people list', 'tichet people forget p.k3v7…']);
  addCommand(group, cli, 'list', words.aboutList, ['tichet people list', 'tichet people list --json']).action(
    async ({ json = false }: JsonOption) => {
      const looking = { page: 'tichet people list', purpose: 'administration' } as const;
      const people = await whileNaming(cli, looking, (ports, { keys }) => peopleIn({ ...ports, keys }).list());
      if (json) cli.printJson({ people });
      else
        cli.printTable(
          ['person', 'since', 'name'],
          people.map(({ person, since, name = '-' }) => [person, since, name]),
        );
    },
  );
  addCommand(group, cli, 'forget <person>', words.aboutForget, ['tichet people forget p.k3v7…']).action(
    async (person: string, options: JsonOption) => {
      if (!isPseudonym(person)) throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.people.personUnusable);
      mustHaveData(cli.settings);
      await askRunningService(cli, { command: 'forget-person', person }, options);
    },
  );
};
