import type { Locale, Mode } from '../../../domain/ticket/facts';
import { RequestTicketBody } from '../../api/dto/citizen';
import type { Fault } from '../parts/fields';
import { faultsIn } from '../forms/checked';
import type { ContactTyped } from './contact-page';
import { sentences } from '../../phrasing/sentences';

const contactFields = ['email', 'phone', 'notes'] as const;
type ContactField = (typeof contactFields)[number];

const isContactField = (name: string): name is ContactField => contactFields.some((field) => field === name);

/** What is wrong with the contact, by the rules that hold for programs too; what the mode needs is said first (Art. 3 d, e). */
export const contactFaults = async ({ email, phone, notes }: ContactTyped, mode: Mode, locale: Locale): Promise<readonly Fault[]> => {
  const words = sentences[locale].booking.contact;
  const missing: readonly Fault[] = [
    ...(mode === 'online' && email === '' ? [{ field: 'email', message: words.noEmail }] : []),
    ...(mode !== 'in-person' && phone === '' ? [{ field: 'phone', message: words.noPhone[mode] }] : []),
  ];
  const typed = Object.fromEntries(Object.entries({ email, phone, notes }).filter(([, text]) => text !== ''));
  const wrong = await faultsIn(Object.assign(new RequestTicketBody(), typed), locale);
  // the rest of a booking is not known here
  const fields = wrong.map(({ field }) => field).filter(isContactField);
  const all = [...missing, ...fields.map((field) => ({ field, message: words.wrong[field] }))];
  const placeOf = ({ field }: Fault): number => contactFields.findIndex((name) => name === field);
  return [...all].sort((a, b) => placeOf(a) - placeOf(b));
};
