import { writeFileSync } from 'node:fs';
import { isRefusal } from '../../../../domain/kernel/refusal';
import { EventLogCorrupt } from '../../../../application/kernel/ports/event-store';
import { errorCode } from '../../../runtime/error-code';
import { type Proved, ticketProof } from '../../../proof/ticket-proof';
import { unprovedWords } from '../../../proof/fault-words';
import { ticketProofText } from '../../../proof/verify/read-ticket-proof';
import { addCommand, type CommandOfTichet } from '../invocation';
import { CommandEnds, exitCodes, type ExitCode } from '../exit-code';
import { findTicket } from '../find-ticket';
import { whileReading } from '../open-reading';
import { endsWith } from '../refusal-words';
import { inBoth } from '../../../phrasing/sentences';

const onlyOwner = 0o600;

const exitCodeOf = ({ kind }: Proved): ExitCode => (kind === 'differs' ? exitCodes.findings : exitCodes.failed);

const write = (path: string, text: string): void => {
  try {
    writeFileSync(path, text, { flag: 'wx', mode: onlyOwner });
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.proof.fileCannotWrittenAlready({ path }));
  }
};

export const proofCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, {
    usage: 'proof <ticket>',
    words: inBoth.cli.proof.aboutProof,
    examples: ['tichet proof TA-7K2M9QXD --out TA-7K2M9QXD.json', 'tichet proof TA-7K2M9QXD > dovada.json'],
  })
    .option('--out <file>', desk.say(inBoth.cli.proof.optionOut))
    .action(async (named: string, { out }: { readonly out?: string }) => {
      const ticketId = await findTicket(desk, named);
      const proved = await whileReading(desk.settings, (ports) =>
        ticketProof(ports, ticketId).catch((error: unknown): Proved => {
          if (error instanceof EventLogCorrupt) return { kind: 'differs' };
          throw error;
        }),
      );
      if (isRefusal(proved)) throw endsWith(proved);
      if (proved.kind !== 'proved') throw new CommandEnds(exitCodeOf(proved), unprovedWords(proved));
      const text = ticketProofText(proved.proof);
      if (out === undefined) {
        desk.print(text.trimEnd());
        return;
      }
      write(out, text);
      desk.tell(
        inBoth.cli.proof.eventsProvedNotSealed({ events: proved.proof.events.length, notYetSealed: proved.proof.notYetSealed, out }),
      );
    });
};
