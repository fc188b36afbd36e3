import { writeFileSync } from 'node:fs';
import { isRefusal } from '../../../../domain/kernel/refusal';
import { EventLogCorrupt } from '../../../../application/kernel/ports/event-store';
import { errorCode } from '../../../runtime/error-code';
import { type Proved, ticketProof } from '../../../proof/ticket-proof';
import { unprovedWords } from '../../../proof/verify/unproved-words';
import { ticketProofText } from '../../../proof/verify/read-ticket-proof';
import { addCommand, type CommandOfTichet } from '../desk';
import { CommandEnds, exitCodes, type ExitCode } from '../exit-code';
import { findTicket } from '../find-ticket';
import { whileReading } from '../open-reading';
import { endsWith } from '../refusal-words';

const onlyOwner = 0o600;

const exitCodeOf = ({ kind }: Proved): ExitCode => (kind === 'differs' ? exitCodes.findings : exitCodes.failed);

const write = (path: string, text: string): void => {
  try {
    writeFileSync(path, text, { flag: 'wx', mode: onlyOwner });
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new CommandEnds(exitCodes.invalidInput, {
      ro: `Fișierul ${path} nu poate fi scris, sau există deja; alegeți altul (--out).`,
      en: `The file ${path} cannot be written, or is there already; choose another one (--out).`,
    });
  }
};

export const proofCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, {
    usage: 'proof <ticket>',
    words: {
      ro: 'dovada unui tichet într-un fișier: evenimentele lui, drumul lor până la rădăcină, sigiliul; se verifică oriunde (tichet verify, tools/verify_ticket.py)',
      en: 'the proof of a ticket in one file: its events, how they lead to the root, the checkpoint; verified anywhere (tichet verify, tools/verify_ticket.py)',
    },
    examples: ['tichet proof TA-7K2M9QXD --out TA-7K2M9QXD.json', 'tichet proof TA-7K2M9QXD > dovada.json'],
  })
    .option('--out <file>', desk.say({ ro: 'scrie în acest fișier, care nu există încă', en: 'writes this file, which is not there yet' }))
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
      desk.tell({
        ro: `Evenimente dovedite: ${proved.proof.events.length}, încă nesigilate: ${proved.proof.notYetSealed}; ${out}`,
        en: `${proved.proof.events.length} events proved, ${proved.proof.notYetSealed} not sealed yet: ${out}`,
      });
    });
};
