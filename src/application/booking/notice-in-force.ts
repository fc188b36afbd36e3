import type { RecordingNotice } from '../../domain/ticket/request-ticket';
import type { Ports } from '../kernel/ports/ports';

/** The text of a version, as it was in force; a citizen's consent names the version only (A14). */
const registerOf = (version: string): string => `recording-notice:${version}`;

/**
 * Keeps the text of the notice under its version, for good: an auditor who is asked later what a citizen accepted finds it there.
 * @returns whether it is the text that this version has had all along; `true` where nothing is kept to compare with (a store in memory,
 *   operational state that was lost)
 */
export const noteNoticeInForce = async (
  { operations }: Pick<Ports, 'operations'>,
  { version, text }: RecordingNotice,
): Promise<boolean> => {
  const written = JSON.stringify(text);
  const before = await operations.keyValues.get(registerOf(version));
  if (before === undefined) await operations.keyValues.put(registerOf(version), written);
  return before === undefined || before === written;
};
