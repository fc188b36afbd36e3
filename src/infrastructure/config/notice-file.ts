import type { OwnRecordingNotice } from '../../domain/ticket/request-ticket';
import { recordingNotice } from '../../domain/ticket/request-ticket';
import { inBoth } from '../phrasing/sentences';
import { isJsonObject } from '../runtime/json.codec';
import { isText, unknownField } from './entries-of-file';
import { json } from './forms';

const said = inBoth.config.notice;
const fields: readonly string[] = ['version', 'ro', 'en'];
const longest = 4000;
/** Without a +: what stands behind it is how many days the recording is kept. */
const versionForm = /^[0-9A-Za-z][0-9A-Za-z.-]{0,39}$/;

/** A14: the notice of this installation, `{"version": "2027-1", "ro": "…", "en": "…"}`. */
export const notice = json<OwnRecordingNotice>((content, { wrong }) => {
  if (!isJsonObject(content)) return wrong(said.form);
  const unknown = unknownField(content, fields);
  if (unknown !== undefined) return wrong(unknown);
  const { version, ro, en } = content;
  if (!isText(version) || !versionForm.test(version)) return wrong(said.version);
  if (version === recordingNotice.version) return wrong(said.shipped({ version }));
  if (!isText(ro) || !isText(en) || [ro, en].some((text) => text.trim() === '' || text.length > longest))
    return wrong(said.text({ most: longest }));
  return { version, text: { ro: ro.trim(), en: en.trim() } };
});
