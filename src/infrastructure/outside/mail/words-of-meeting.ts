import type { MeetWith } from '../../../application/kernel/ports/correspondence';
import type { Locale, Mode } from '../../../domain/ticket/facts';
import { sentences } from '../../phrasing/sentences';
import { insideSentence } from './clean-text';

export const personInWords = ({ name, role, department }: MeetWith, locale: Locale): string =>
  `${insideSentence(name)}, ${sentences[locale].letters.roles[role]}, ${insideSentence(department)}`;

export const modeInWords = (mode: Mode, locale: Locale): string => sentences[locale].modes.letter[mode];
