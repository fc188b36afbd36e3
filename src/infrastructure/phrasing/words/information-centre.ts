import type { InformationCentre } from '../../../application/kernel/ports/city-hall';
import type { Locale } from '../../../domain/ticket/facts';
import { sentences } from '../sentences';

/** How the citizens’ information centre is reached: `telefon 0264 596 030, info@…, Calea Moților 3, luni–vineri 8–16`; empty where nothing is set. */
export const waysToCentre = (centre: InformationCentre | undefined, locale: Locale): string => {
  const { phone, email, address, hours } = centre ?? {};
  const words = sentences[locale].frame.informationCentre;
  const ways = [phone === undefined ? undefined : words.phone({ phone }), email, address, hours?.[locale]];
  return ways.filter((way) => way !== undefined).join(', ');
};

/** Who helps and how, as one sentence; nothing where nothing is set. */
export const helpOfCentre = (centre: InformationCentre | undefined, locale: Locale): string | undefined => {
  const ways = waysToCentre(centre, locale);
  return ways === '' ? undefined : `${sentences[locale].frame.informationCentre.help} ${ways}.`;
};

/** `tel:+40264596030` (RFC 3966): a number of Romania is one from everywhere, other short ones stay as they are dialled here. */
export const telephoneLink = (phone: string): string => {
  const dialled = phone.replace(/[^\d+]/g, '');
  return `tel:${/^0[1-9]\d{8}$/.test(dialled) ? `+40${dialled.slice(1)}` : dialled}`;
};
