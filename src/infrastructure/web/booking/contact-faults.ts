import type { Locale, Mode } from '../../../domain/ticket/facts';
import { RequestTicketBody } from '../../http/dto/citizen';
import type { Fault } from '../parts/fields';
import { faultsIn } from './checked';
import type { ContactTyped } from './contact-page';
import { contactWords } from './contact-words';

/** Only what was typed is looked at: the rest of a booking is not known here. */
const contactFields = ['email', 'phone', 'notes'];

/** What is wrong with the contact, by the rules that hold for programs too; what the mode needs is said first (Art. 3 d, e). */
export const contactFaults = async ({ email, phone, notes }: ContactTyped, mode: Mode, locale: Locale): Promise<readonly Fault[]> => {
  const words = contactWords[locale];
  const missing: readonly Fault[] = [
    ...(mode === 'online' && email === '' ? [{ field: 'email', message: words.noEmail }] : []),
    ...(mode !== 'in-person' && phone === '' ? [{ field: 'phone', message: words.noPhone[mode] }] : []),
  ];
  const typed = Object.fromEntries(Object.entries({ email, phone, notes }).filter(([, text]) => text !== ''));
  const wrong = await faultsIn(Object.assign(new RequestTicketBody(), typed), locale);
  const all = [...missing, ...wrong.filter(({ field }) => contactFields.includes(field))];
  return [...all].sort((a, b) => contactFields.indexOf(a.field) - contactFields.indexOf(b.field));
};
