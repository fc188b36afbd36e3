import { Option } from 'commander';
import { extname } from 'node:path';
import { subjectAccess, type SubjectAccessQuery } from '../../../../application/privacy/subject-access';
import { isRefusal } from '../../../../domain/kernel/refusal';
import { requestNamed } from '../../../../domain/request/registering';
import type { Locale } from '../../../../domain/ticket/facts';
import { subjectAccessHtml, subjectAccessJson } from '../../../export/subject-access/subject-access-file';
import { inBoth, languages } from '../../../phrasing/sentences';
import { filledStatements } from '../../../web/statements/filled-statements';
import { addCommand, type CommandOfTichet, type Invocation } from '../invocation';
import { endsWith, findTicket } from '../named';
import { CommandEnds, exitCodes } from '../terminal';
import { writeOwnFile } from '../own-file';
import { whileShowing } from '../while-showing';

type Options = {
  readonly request?: string;
  readonly name?: string;
  readonly email?: string;
  readonly out?: string;
  readonly language: Locale;
};

const subjectIn = async (cli: Invocation, ticket: string | undefined, { request, name, email }: Options): Promise<SubjectAccessQuery> => {
  const identity = request === undefined ? undefined : requestNamed(request);
  const ways: readonly SubjectAccessQuery[] = [
    ...(ticket === undefined ? [] : [{ ticketId: await findTicket(cli, ticket) }]),
    ...(identity === undefined || name === undefined ? [] : [{ request: identity, applicantName: name }]),
    ...(email === undefined ? [] : [{ email }]),
  ];
  const [asked] = ways;
  if (asked === undefined || ways.length > 1) throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.access.oneWay);
  return asked;
};

/** GDPR 15. The file is written once the log says who was shown it. */
export const subjectAccessCommand: CommandOfTichet = (program, cli) => {
  addCommand(program, cli, 'subject-access [ticket]', cli.words.access.aboutAccess, [
    'tichet subject-access TA-7K2M9QXD --out date.html',
    'tichet subject-access --request 154997_2026-02-10 --name "Lăcătuș Andrei" --out date.json',
    'tichet subject-access --email andrei@exemplu.ro --out date.html --language en',
  ])
    .option('--request <request>', cli.words.access.optionRequest)
    .option('--name <name>', cli.words.access.optionName)
    .option('--email <address>', cli.words.access.optionEmail)
    .option('--out <file>', cli.words.access.optionOut)
    .addOption(new Option('--language <language>', cli.words.access.optionLanguage).choices(languages).default(languages[0]))
    .action(async (ticket: string | undefined, options: Options) => {
      const asked = await subjectIn(cli, ticket, options);
      const { out, language } = options;
      const looking = { page: 'tichet subject-access', purpose: 'subject-access' } as const;
      const made = await whileShowing(cli, looking, async (ports) => {
        const access = await subjectAccess(ports)(asked);
        if (isRefusal(access)) return access;
        const { personalData: statement } = await filledStatements(
          { ports, settings: cli.settings, retention: cli.settings.retention },
          language,
        );
        return {
          text:
            out !== undefined && extname(out) === '.json'
              ? subjectAccessJson(access, statement)
              : subjectAccessHtml(access, statement, language),
        };
      });
      if (isRefusal(made)) throw endsWith(made);
      if (out === undefined) cli.write(made.text);
      else writeOwnFile(out, made.text);
    });
};
