import { parseRegistrationNumber } from '../../../domain/request/registration-number';
import { isCivilDate } from '../../../domain/time/civil-time';
import type { OfficeRequest } from '../../local-socket/protocol';
import { askOffice } from '../ask-office';
import { addCommand, type CommandOfTichet, type Desk, type JsonOption } from '../desk';
import { CommandEnds, exitCodes } from '../exit-code';
import { findTicket } from '../find-ticket';

/** `154997_2026-02-10`, `154997/425/10.02.2026` or `request-154997_2026-02-10`. */
const requestIn = (text: string): { readonly number: string; readonly filedOn: string } | undefined => {
  const [number = '', filedOn = ''] = text.replace(/^request-/, '').split('_');
  if (isCivilDate(filedOn)) {
    const parsed = parseRegistrationNumber(number);
    return parsed && { number: parsed.number, filedOn };
  }
  const parsed = parseRegistrationNumber(text);
  return parsed?.filedOn === undefined ? undefined : { number: parsed.number, filedOn: parsed.filedOn };
};

const toForget = async (desk: Desk, subject: string, reason: string): Promise<OfficeRequest> => {
  const request = requestIn(subject);
  return request === undefined
    ? { command: 'forget-ticket', ticketId: await findTicket(desk, subject), reason }
    : { command: 'forget-request', ...request, reason };
};

export const forgetCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, {
    usage: 'forget <subject>',
    words: {
      ro: 'șterge datele personale ale unui tichet (numărul sau referința lui) ori ale unei cereri (număr_data); faptele și verdictele rămân',
      en: 'erases the personal data of a ticket (its id or reference) or of a request (number_date); facts and verdicts stay',
    },
    examples: [
      'tichet forget TA-7K2M9QXD --reason "cererea persoanei, adresa 12/2026"',
      'tichet forget 154997_2026-02-10 --reason "cererea persoanei"',
    ],
  })
    .requiredOption('--reason <text>', desk.say({ ro: 'de ce; rămâne în istoric, sigilat', en: 'why; it stays in the history, sealed' }))
    .action(async (subject: string, options: JsonOption & { readonly reason: string }) => {
      if (options.reason.trim() === '') {
        throw new CommandEnds(exitCodes.invalidInput, { ro: 'Motivul lipsește (--reason).', en: 'The reason is missing (--reason).' });
      }
      await askOffice(desk, await toForget(desk, subject, options.reason), options);
    });
};
