import type { LetterHead } from '../../../../application/kernel/ports/correspondence';
import type { Policies } from '../../../../domain/policies';
import type { Block } from '../letter-body';
import { paragraph } from '../letter-body';
import { insideSentence, webAddress } from '../clean-text';

/** What the city hall says about itself in every letter. */
export type Office = {
  readonly policies: Policies;
  /** of the citizen information centre, as people dial it */
  readonly telephone?: string;
};

export const greeting = ({ name, locale }: LetterHead): Block => {
  const shown = insideSentence(name);
  if (shown === '') return paragraph(locale === 'ro' ? 'Bună ziua,' : 'Good day,');
  return paragraph(locale === 'ro' ? `Bună ziua, ${shown},` : `Good day, ${shown},`);
};

/** The ticket's page, as a bare link: opening it does nothing by itself, and it holds no token. */
export const page = ({ publicUrl, reference, locale }: LetterHead): readonly Block[] => {
  const url = webAddress(`${publicUrl.replace(/\/+$/, '')}/tichet/${reference}`);
  return url === undefined
    ? []
    : [{ kind: 'link', label: locale === 'ro' ? 'Pagina Tichetului albastru' : 'The page of your blue ticket', url }];
};

/** Whom to call, and the signature. */
export const closing = ({ reference, locale }: LetterHead, { telephone }: Office): readonly Block[] => {
  const number = telephone === undefined ? '' : insideSentence(telephone);
  if (locale === 'ro') {
    const call = number === '' ? 'Întrebați la' : `Sunați la ${number},`;
    return [
      paragraph(
        `Aveți nevoie de ajutor? ${call} Centrul de informare pentru cetățeni al Primăriei și spuneți numărul tichetului: ${reference}.`,
      ),
      paragraph('Acest mesaj este trimis automat; la el nu se răspunde.'),
      paragraph('Cu respect,\nPrimăria municipiului Cluj-Napoca'),
    ];
  }
  const call = number === '' ? 'Ask' : `Call ${number},`;
  return [
    paragraph(`Do you need help? ${call} the citizen information centre of City Hall, and give your ticket number: ${reference}.`),
    paragraph('This message was sent automatically; nobody reads answers to it.'),
    paragraph('Yours sincerely,\nCluj-Napoca City Hall'),
  ];
};
