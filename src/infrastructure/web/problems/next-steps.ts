import type { Role } from '../../../application/kernel/access';
import type { Locale } from '../../../domain/ticket/facts';
import { navigationOf } from '../page/navigation';
import { sentences } from '../../phrasing/sentences';

export type NextStep = { readonly href: string; readonly text: string };

/** Where somebody who stands before a problem can go: an official to the pages of their role, a citizen to the beginning. */
export const nextSteps = (role: Role | undefined, locale: Locale): readonly NextStep[] => {
  const words = sentences[locale].problems;
  if (role !== undefined) {
    return [...navigationOf(role).map(({ href, label }) => ({ href, text: label[locale] })), { href: '/', text: words.start }];
  }
  return [
    { href: '/', text: words.start },
    { href: '/tichet', text: words.ticket },
    { href: '/procedura', text: words.procedure },
    { href: '/intra', text: words.signIn },
  ];
};
