import type { OwnRecordingNotice } from '../../domain/ticket/request-ticket';
import { recordingNotice } from '../../domain/ticket/request-ticket';
import { inBoth, inEveryLanguage, languages } from '../phrasing/sentences';
import { isJsonObject } from '@tichet-albastru/kernel/json.codec';
import { isText, unknownField } from './entries-of-file';
import { json } from './forms';

const said = inBoth.config.notice;
const fields: readonly string[] = ['version', ...languages];
const longest = 4000;
/** Without a +: what stands behind it is how many days the recording is kept. */
const versionForm = /^[0-9A-Za-z][0-9A-Za-z.-]{0,39}$/;

/** A14: the notice of this installation, `{"version": "2027-1", "ro": "…", "en": "…"}`. */
export const notice = json<OwnRecordingNotice>((content, { wrong }) => {
  if (!isJsonObject(content)) return wrong(said.form({}));
  const unknown = unknownField(content, fields);
  if (unknown !== undefined) return wrong(unknown);
  const { version } = content;
  if (!isText(version) || !versionForm.test(version)) return wrong(said.version);
  if (version === recordingNotice.version) return wrong(said.shipped({ version }));
  const text = inEveryLanguage((language) => {
    const written = content[language];
    return isText(written) ? written.trim() : '';
  });
  const isWhole = languages.every((language) => text[language] !== '' && text[language].length <= longest);
  return isWhole ? { version, text } : wrong(said.text({ most: longest }));
});
