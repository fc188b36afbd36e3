import { jsonLimits, type JsonFaultKind } from '../../runtime/strict-json';
import type { BothLanguages } from './catalogue';
import { inBoth } from '../sentences';

/** What is wrong with a body that cannot even be read. */
export const jsonFaultSentences: Readonly<Record<JsonFaultKind, BothLanguages>> = {
  'not-utf-8': inBoth.api.body.notUtf8,
  'not-json': inBoth.api.body.notJson,
  'too-deep': inBoth.api.body.tooDeep({ depth: jsonLimits.depth }),
  'too-many-keys': inBoth.api.body.tooManyKeys({ keys: jsonLimits.keys }),
  'duplicate-key': inBoth.api.body.duplicateKey,
  'forbidden-key': inBoth.api.body.forbiddenKey,
  'number-out-of-range': inBoth.api.body.numberOutOfRange,
  'broken-text': inBoth.api.body.brokenText,
};
