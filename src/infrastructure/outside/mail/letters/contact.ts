import type { LetterHead } from '../../../../application/kernel/ports/correspondence';
import type { Policies } from '../../../../domain/policies';
import { sentences } from '../../../phrasing/sentences';
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
  const { greeting: named, greetingWithoutName } = sentences[locale].letters.all;
  const shown = insideSentence(name);
  return paragraph(shown === '' ? greetingWithoutName : named({ name: shown }));
};

/** The ticket's page, as a bare link: opening it does nothing by itself, and it holds no token. */
export const page = ({ publicUrl, reference, locale }: LetterHead): readonly Block[] => {
  const url = webAddress(`${publicUrl.replace(/\/+$/, '')}/tichet/${reference}`);
  return url === undefined ? [] : [{ kind: 'link', label: sentences[locale].letters.all.page, url }];
};

/** Whom to call, and the signature. */
export const closing = ({ reference, locale }: LetterHead, { telephone }: Office): readonly Block[] => {
  const { help, helpByPhone, automatic, signature } = sentences[locale].letters.all;
  const number = telephone === undefined ? '' : insideSentence(telephone);
  const whom = number === '' ? help({ reference }) : helpByPhone({ telephone: number, reference });
  return [paragraph(whom), paragraph(automatic), paragraph(signature)];
};
