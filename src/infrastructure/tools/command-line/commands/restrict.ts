import { Option } from 'commander';
import { isBlank } from '../../../../domain/kernel/blank';
import { restrictionGround, type RestrictionGround } from '../../../../domain/ticket/facts';
import { inBoth } from '../../../phrasing/sentences';
import type { SocketRequest } from '../../local-socket/socket';
import { addCommand, type CommandOfTichet, type JsonOption } from '../invocation';
import { findTicket } from '../named';
import { CommandEnds, exitCodes } from '../terminal';
import { askRunningService } from './of-service';

type RestrictOptions = JsonOption & {
  readonly reason: string;
  readonly ground?: RestrictionGround;
  readonly lift?: boolean;
  readonly toldOn?: string;
};

/** @throws CommandEnds where it is not said which of the two is meant, or not all of it */
const asked = (ticketId: string, { reason, ground, lift = false, toldOn }: RestrictOptions): SocketRequest => {
  if (isBlank(reason)) throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.seal.reasonCannotEmpty);
  if (lift && toldOn !== undefined && ground === undefined) return { command: 'lift-restriction', ticketId, personToldOn: toldOn, reason };
  if (!lift && ground !== undefined && toldOn === undefined) return { command: 'restrict', ticketId, ground, reason };
  throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.restrict.either);
};

/** GDPR 18, at the request of the person: for the official who answers such requests at the machine of the service. */
export const restrictCommand: CommandOfTichet = (program, cli) => {
  const words = cli.words.restrict;
  addCommand(program, cli, 'restrict <ticket>', words.about, [
    'tichet restrict TA-7K2M9QXD --ground claims --reason "adresa 12/2026"',
    'tichet restrict TA-7K2M9QXD --lift --told-on 2026-05-04 --reason "adresa 31/2026"',
  ])
    .addOption(new Option('--ground <ground>', words.optionGround).choices(restrictionGround.words))
    .option('--lift', words.optionLift)
    .option('--told-on <date>', words.optionToldOn)
    .requiredOption('--reason <text>', cli.words.forget.optionReason)
    .action(async (ticket: string, options: RestrictOptions) => {
      await askRunningService(cli, asked(await findTicket(cli, ticket), options), options);
    });
};
