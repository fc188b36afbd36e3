import type { PersonalText } from '../../domain/kernel/personal-text';
import { erasedMark, type PersonalData } from './ports/personal-data';

/** What stands for personal data that nobody asked to see. */
const closedMark = '[…]';

/** Personal text for a reader: `[…]`, or in clear for those who asked and may, or `[șters]` once it was erased. */
export const readableText = async (text: PersonalText, personalData: PersonalData, showPersonal: boolean): Promise<string> => {
  const clear = await personalData.open(text);
  if (clear === undefined) return erasedMark;
  return showPersonal ? clear : closedMark;
};
