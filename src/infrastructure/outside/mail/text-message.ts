import type { TextMessageRequest } from '../../../application/kernel/ports/correspondence';
import { sentences } from '../../phrasing/sentences';
import { insideSentence } from './clean-text';
import type { Office } from './letters';
import { slotInWords } from './local-time';
import { modeInWords } from './words-of-meeting';

/** Art. 8, in as few words as say it. Reference and hour are all that it names: a telephone is read over shoulders. */
export const textMessage = ({ about, reference, locale, slot, mode }: TextMessageRequest, { informationCentre }: Office): string => {
  const words = sentences[locale].letters.textMessage;
  const phone = insideSentence(informationCentre?.phone ?? '');
  const said = words[about]({ reference, when: slotInWords(slot, locale), how: modeInWords(mode, locale) });
  return phone === '' ? said : `${said} ${words.call({ phone })}`;
};
