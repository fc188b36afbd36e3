import { jsonLimits, type JsonFaultKind } from '../../runtime/strict-json';
import type { BothLanguages } from './catalogue';

/** What is wrong with a body that cannot even be read. */
export const jsonFaultSentences: Readonly<Record<JsonFaultKind, BothLanguages>> = {
  'not-utf-8': { ro: 'Textul nu este UTF-8.', en: 'The text is not UTF-8.' },
  'not-json': { ro: 'Textul nu este JSON corect.', en: 'The text is not correct JSON.' },
  'too-deep': { ro: `Mai mult de ${jsonLimits.depth} niveluri.`, en: `More than ${jsonLimits.depth} levels.` },
  'too-many-keys': { ro: `Mai mult de ${jsonLimits.keys} de câmpuri.`, en: `More than ${jsonLimits.keys} fields.` },
  'duplicate-key': { ro: 'Câmpul apare de două ori.', en: 'The field appears twice.' },
  'forbidden-key': { ro: 'Nume de câmp nepermis.', en: 'This field name is not allowed.' },
  'number-out-of-range': { ro: 'Numărul este prea mare.', en: 'The number is too large.' },
  'broken-text': { ro: 'Text deteriorat (jumătate de caracter).', en: 'Broken text (half a character).' },
};

export const atCharacter = (at: number): BothLanguages => ({ ro: ` La caracterul ${at}.`, en: ` At character ${at}.` });
